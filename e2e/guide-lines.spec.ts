import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { DEMO_PASSWORD } from "@/lib/auth/demo-accounts";
import { type CopyingShell, openCopyingShell } from "./copying-shell";
import { expect, test } from "./fixtures";
import { temporaryMember } from "./temporary-member";
import { createClient, createToken, leaveSecret, TOKENS, uniqueName } from "./token-dialogs";

interface Copied {
  chapter: string;
  title: string;
  code: string;
}

let shell: CopyingShell;
test.beforeEach(async () => {
  shell = await openCopyingShell();
});
test.afterEach(() => shell.close());

/** Everything in the guide that has a button to copy it, in the order of the page. */
const copiedFrom = async (guide: Page): Promise<Copied[]> =>
  guide.getByRole("figure").evaluateAll((figures) =>
    figures.flatMap((figure) =>
      figure.querySelector('button[aria-label^="Copy"]')
        ? [
            {
              chapter: figure.closest("section")?.getAttribute("aria-labelledby") ?? "",
              title: figure.querySelector("figcaption")?.childNodes[0]?.textContent ?? "",
              code: figure.querySelector("pre")?.textContent ?? "",
            },
          ]
        : [],
    ),
  );

test("every line of the guide that can be copied does what it says, one after the other in one shell", async ({
  page,
  context,
  signIn,
}) => {
  const person = await temporaryMember({ role: "User" });
  await signIn(page, person.email, { fresh: true });
  await page.goto(TOKENS);
  const token = await createToken(page, uniqueName("Of the guide"), { role: "Viewer" });
  await leaveSecret(page);
  const engineer = await temporaryMember({ role: "Engineer", like: "meridian" });
  await signIn(page, engineer.email, { fresh: true });
  await page.goto(TOKENS);
  const client = await createClient(page, "Follows the guide", "Viewer");

  const guide = await context.newPage();
  await guide.goto("/docs/guide");
  const lines = await copiedFrom(guide);
  const login = lines.filter(({ chapter }) => chapter === "login");
  expect(login.at(-1)?.title).toBe("Logout");

  let said = "";
  const answer = () => JSON.parse(said);
  /** What one pastes behind a line that ends with =. */
  const pasted: Record<string, () => string> = {
    LATCHKEY_TOKEN: () => token,
    LATCHKEY_CLIENT_ID: () => client.id,
    LATCHKEY_CLIENT_SECRET: () => client.secret,
    LATCHKEY_EMAIL: () => person.email,
    LATCHKEY_ORGANIZATION: () => person.organizationId,
    LATCHKEY_ACCESS_TOKEN: () => answer().access_token,
    LATCHKEY_REFRESH_TOKEN: () => answer().refresh_token,
    LATCHKEY_ROLE_ID: () => answer().data.find(({ name }: { name: string }) => name === "Viewer").id,
  };
  /** What is asked for at a terminal. */
  const typed: Record<string, string> = {
    Password: `\n${DEMO_PASSWORD}`,
    "As a person": ' --email "$LATCHKEY_EMAIL" <<< "$LATCHKEY_PASSWORD"',
  };

  async function copy({ chapter, title, code }: Copied): Promise<string> {
    const where = `${chapter}: ${title}`;
    if (/\.(ts|mjs)$/.test(title)) {
      await writeFile(join(shell.folder, title), code);
      if (title.endsWith(".mjs")) return "";
      const ran = await shell.type(`node --import tsx ${title}`);
      expect(ran.exit, `${where}\n${ran.said}`).toBe(0);
      return ran.said;
    }
    const variable = code.match(/^export (\w+)=$/)?.[1];
    const line = variable ? code + (pasted[variable]?.() ?? "") : code;
    const { said: heard, exit } = await shell.type(line + (typed[title] ?? ""));
    expect(exit, `${where}\n${heard}`).toBe(0);
    if (!/\bcurl\b/.test(code)) return variable ? said : heard;
    const status = heard.trimEnd().split("\n").at(-1);
    // The one line that needs a setting, as the page says beside it.
    if (title === "Exchange for that API") {
      expect(heard).toContain("invalid_target");
      await expect(guide.getByText("It lists none here now")).toBeVisible();
    } else expect(status, `${where}\n${heard}`).toMatch(/^20[01]$/);
    return heard.trimEnd().slice(0, -3).trim();
  }

  const did = new Map<string, string>();
  for (const step of lines) {
    // Whoever signed out signs in again, as the chapter says.
    if (step.chapter === "idempotency" && step.title === "Roles") {
      for (const again of login.slice(0, -1)) if (again.title !== "Refresh") said = await copy(again);
    }
    said = await copy(step);
    did.set(`${step.chapter}: ${step.title}`, said);
  }

  const of = (step: string) => JSON.parse(did.get(step) ?? "null");
  expect(of("client-credentials: First call")).toMatchObject({ id: client.id, kind: "cls" });
  expect(of("access-tokens: For less").scope).toBe("organization:read tokens:read");
  expect(of("access-tokens: Introspection")).toMatchObject({ active: true, client_id: client.id });
  expect(of("login: Call")).toMatchObject({ kind: "login" });
  expect(of("login: Refresh").refresh_token).not.toBe(of("login: Login").refresh_token);
  expect(did.get("programs: tokens.ts")).toContain(token.split("_")[2]);
  expect(did.get("programs: In a terminal")).toContain(token.split("_")[2]);
  expect(of("programs: A call of your own")).toMatchObject({ kind: "login" });
  expect(did.get("offline: Verify")).toContain("client_id: 'latchkey'");

  const again = lines.at(-1);
  expect(again).toMatchObject({ chapter: "idempotency", title: "Request" });
  const first = of("idempotency: Request");
  const second = JSON.parse(await copy(again as Copied));
  expect(second.id, "the arrow up makes no second token").toBe(first.id);
  expect(second.secret).toBeUndefined();
});
