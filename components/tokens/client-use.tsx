import Link from "next/link";

/** How a client's credentials are used, beside the command: the secret itself opens nothing. */
export function ClientUse() {
  return (
    <p className="text-pretty text-soft text-sm">
      A program exchanges both for an access token and calls with that. The client secret itself is refused as{" "}
      <code className="font-mono text-xs">Bearer</code>:{" "}
      <Link
        href="/docs/guide#client-credentials"
        target="_blank"
        className="underline decoration-line-strong underline-offset-3 hover:text-ink"
      >
        from here to a first call
      </Link>
      .
    </p>
  );
}
