import { plainTextSelectors, render, toPlainText } from "@react-email/render";
import type { ReactElement } from "react";
import { deletedTogether, expiring, unused } from "./digest-mail";
import { happened } from "./event-mail";
import { headerText } from "./mail-address";
import type { RenderedMail } from "./mail-content";
import type { Letter } from "./mail-letter";
import { type Place, settingsUrl } from "./mail-words";

/** Puts a letter into words, in HTML and in plain text. The same arguments give the same message, character by character. */
export async function renderMail(letter: Letter, place: Place): Promise<RenderedMail> {
  const { subject, element } = compose(letter, place);
  const html = await render(element);
  return {
    subject: headerText(subject),
    html,
    text: toPlainText(html, { wordwrap: 78, selectors: [FACTS, ...plainTextSelectors] }),
    headers: {
      "Auto-Submitted": "auto-generated",
      "List-Unsubscribe": `<${settingsUrl(letter, place)}>`,
    },
  };
}

/** Facts keep their columns in plain text; addresses are never broken. */
const FACTS = { selector: "table.facts", format: "dataTable", options: { colSpacing: 2, maxColumnWidth: 200 } };

function compose(letter: Letter, place: Place): { subject: string; element: ReactElement } {
  switch (letter.kind) {
    case "token_expiring":
      return expiring(letter, place);
    case "token_inactive":
      return unused(letter, place);
    case "token_deleted":
      return "tokens" in letter ? deletedTogether(letter, place) : happened(letter, place);
    case "token_created":
    case "token_leaked":
      return happened(letter, place);
  }
}
