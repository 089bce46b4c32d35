import { densityKey } from "./density";

/** Sets the row density that this browser remembers before the first paint. Belongs in the head. */
export function DensityScript({ nonce }: { nonce?: string }) {
  const script = `try{if(localStorage.getItem("${densityKey}")==="compact")document.documentElement.dataset.density="compact"}catch{}`;
  return (
    <script
      nonce={nonce}
      // A browser hides the nonce from scripts, so that it differs from what the server wrote.
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant
      dangerouslySetInnerHTML={{ __html: script }}
    />
  );
}
