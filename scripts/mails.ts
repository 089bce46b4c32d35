// `npm run mails [name…]`: a picture of every kind of message, light and dark, wide and 390 px, in ./screens; and the
// dark one as a mail program shows it that turns the colours of light messages around by itself.
import { mkdirSync } from "node:fs";
import { chromium } from "@playwright/test";
import { findBrowser, LAUNCH_ARGUMENTS } from "@/e2e/browser";
import { renderMail } from "@/lib/mail/render-mail";
import { LETTERS, LOOKED_AT } from "./mail-letters";

const LOOKS = [
  { name: "light", colorScheme: "light", width: 800, turned: false },
  { name: "dark", colorScheme: "dark", width: 800, turned: false },
  { name: "phone", colorScheme: "light", width: 390, turned: false },
  { name: "phone-dark", colorScheme: "dark", width: 390, turned: false },
  { name: "turned", colorScheme: "light", width: 390, turned: true },
] as const;
const FOLDER = "screens";
const PLACE = {
  publicUrl: "https://tokens.example.com",
  organizationId: "0190f0c8-7a54-7c3e-9a1b-2f6d3c4b5a69",
  now: LOOKED_AT,
};

const wanted = process.argv.slice(2);
const letters = Object.entries(LETTERS).filter(
  ([name]) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
);
if (letters.length === 0) throw new Error(`no message is called ${wanted.join(" or ")}`);
mkdirSync(FOLDER, { recursive: true });

const browser = await chromium.launch({ executablePath: await findBrowser(), args: LAUNCH_ARGUMENTS });
try {
  for (const { name: look, colorScheme, width, turned } of LOOKS) {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 600 } });
    for (const [name, letter] of letters) {
      const { html } = await renderMail(letter, PLACE);
      await page.setContent(html);
      // As such programs do: everything turned around, pictures as they are.
      if (turned)
        await page.addStyleTag({ content: "html { filter: invert(1) hue-rotate(180deg); background: #fff }" });
      const path = `${FOLDER}/mail-${name}.${look}.png`;
      await page.screenshot({ path, fullPage: true });
      console.log(path);
    }
    await page.close();
  }
} finally {
  await browser.close();
}
