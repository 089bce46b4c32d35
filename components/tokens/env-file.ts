/** Hands a token over as a file of one variable. The address that holds it meanwhile is taken back at once. */
export function downloadEnvFile(name: string, secret: string) {
  const url = URL.createObjectURL(new Blob([`LATCHKEY_TOKEN=${secret}\n`], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = envFileName(name);
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
