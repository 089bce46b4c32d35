import type { TokenRow } from "@/lib/tokens/token-row";

type Credential = Pick<TokenRow, "id" | "kind" | "name">;

/** The variables of a token: one, or a client's two. */
export const envLines = ({ id, kind }: Credential, secret: string): string =>
  kind === "cls" ? `LATCHKEY_CLIENT_ID=${id}\nLATCHKEY_CLIENT_SECRET=${secret}\n` : `LATCHKEY_TOKEN=${secret}\n`;

/** Hands a token over as a file of variables. The address that holds it meanwhile is taken back at once. */
export function downloadEnvFile(token: Credential, secret: string) {
  const url = URL.createObjectURL(new Blob([envLines(token, secret)], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = envFileName(token.name);
  link.click();
  // The download has taken hold of the content by the next task.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

/** "Nightly export" is nightly-export.env. A name of the dot alone would be hidden or renamed by the browser. */
export function envFileName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  return `${plain || "token"}.env`;
}
