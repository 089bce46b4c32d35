/**
 * What a page may load: this site's own files, and the scripts that carry the nonce. Inline styles stay allowed, since
 * floating elements are placed by `style` and libraries insert style sheets that take no nonce; nothing a person types is
 * ever rendered as markup that could hold one.
 */
export function contentSecurityPolicy(
  nonce: string,
  { development, secure }: { development: boolean; secure: boolean },
) {
  return [
    "default-src 'self'",
    // React rebuilds the server's stacks with eval while developing, and at no other time.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(secure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
