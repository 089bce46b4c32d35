const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Whether a form was sent from a page of this very instance. Next compares `Origin` with `Host`, both of which the
 * client's side of a proxy may set; this compares with the address that the host configured. On a machine's own
 * loopback its names count as one.
 */
export function isOwnOrigin(origin: string | null, publicUrl: string): boolean {
  if (!origin || !URL.canParse(origin)) return false;
  const sent = new URL(origin);
  const own = new URL(publicUrl);
  if (sent.origin === own.origin) return true;
  return (
    sent.protocol === own.protocol &&
    sent.port === own.port &&
    LOOPBACK.test(sent.hostname) &&
    LOOPBACK.test(own.hostname)
  );
}
