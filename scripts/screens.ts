// `npm run screens [name…]`: a picture of every page and state in light, dark and phone width, in ./screens. Starts the
// product on a temporary folder, or uses the one at BASE_URL.
import { mkdirSync, rmSync } from "node:fs";
import { type BrowserContext, chromium } from "@playwright/test";
import { findBrowser, LAUNCH_ARGUMENTS } from "@/e2e/browser";
import { SCREENS, type Screen } from "@/e2e/screens-list";
import { startServer } from "@/e2e/server";
import { openSession } from "@/e2e/session";
import { untilSettled } from "@/e2e/settled";
import { showTheme, type Theme } from "@/e2e/themes";

interface Look {
  name: string;
  theme: Theme;
  width: number;
  height: number;
}

const LOOKS: readonly Look[] = [
  { name: "light", theme: "light", width: 1440, height: 900 },
  { name: "dark", theme: "dark", width: 1440, height: 900 },
  { name: "phone", theme: "light", width: 390, height: 844 },
];
const FOLDER = "screens";

const wanted = process.argv.slice(2);
const screens = SCREENS.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
if (screens.length === 0) throw new Error(`no screen is called ${wanted.join(" or ")}`);
if (wanted.length === 0) rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });

const server = process.env.BASE_URL ? null : await startServer();
const url = server?.url ?? process.env.BASE_URL ?? "";
const browser = await chromium.launch({ executablePath: await findBrowser(), args: LAUNCH_ARGUMENTS });
const sessions = new Map<string, Awaited<ReturnType<typeof openSession>>>();
let failed = 0;

async function contextFor({ account }: Screen, look: Look): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: look.width, height: look.height },
    colorScheme: look.theme,
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  if (account) {
    const cookies = sessions.get(account) ?? (await openSession(browser, url, account));
    sessions.set(account, cookies);
    await context.addCookies(cookies);
  }
  return context;
}

async function takePicture(screen: Screen, look: Look): Promise<void> {
  const context = await contextFor(screen, look);
  try {
    const page = await context.newPage();
    await page.goto(screen.path);
    await showTheme(page, look.theme);
    await untilSettled(page);
    await screen.steps?.(page);
    if (!screen.unsettled) await untilSettled(page);
    const path = `${FOLDER}/${screen.name}.${look.name}.png`;
    await page.screenshot({ path, fullPage: screen.fullPage ?? false, animations: "disabled", caret: "hide" });
    console.log(path);
  } finally {
    await context.close();
  }
}

try {
  for (const screen of screens) {
    for (const look of LOOKS) {
      await takePicture(screen, look).catch((error: unknown) => {
        failed += 1;
        console.error(`${screen.name} (${look.name}): ${error instanceof Error ? error.message : error}`);
      });
    }
  }
} finally {
  await browser.close();
  await server?.stop();
}
console.log(`${screens.length * LOOKS.length - failed} pictures in ./${FOLDER}${failed ? `, ${failed} failed` : ""}`);
process.exitCode = failed > 0 ? 1 : 0;
