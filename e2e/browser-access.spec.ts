import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { expect, expectNoAxeViolations, expectNoSidewaysScroll, test } from "./fixtures";
import { temporaryMember } from "./temporary-member";
import { createToken, leaveSecret, TOKENS, uniqueName } from "./token-dialogs";

/** A site of nobody's: its origin, and its end. */
async function openSite(): Promise<{ origin: string; close: () => void }> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>A site</title>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}

/** What a script of the site that `page` shows gets to see of the API. */
const callFrom = (page: Page, url: string, secret: string) =>
  page.evaluate(
    async ([address, authorization]) => {
      const answer = await fetch(address ?? "", { headers: { authorization: authorization ?? "" } }).catch(() => null);
      if (!answer) return "kept from the script";
      const tag = answer.headers.get("etag") ?? "";
      const again = await fetch(address ?? "", {
        headers: { authorization: authorization ?? "", "if-none-match": tag },
      });
      return `${answer.status}, then ${again.status}`;
    },
    [`${url}/api/v1/me`, `Bearer ${secret}`],
  );

test("a script reads the API on a site that the organization lists, and on no other, from when it is saved", async ({
  page,
  signIn,
  baseURL,
  expectProblem,
}) => {
  expectProblem(/blocked by CORS policy|Failed to load resource/);
  const url = baseURL ?? "";
  const [listed, other] = [await openSite(), await openSite()];
  const admin = await temporaryMember({ role: "Administrator" });
  await signIn(page, admin.email, { fresh: true });
  await page.goto(TOKENS);
  const secret = await createToken(page, uniqueName("From a browser"), { role: "Viewer" });
  await leaveSecret(page);

  const script = await page.context().newPage();
  await script.goto(listed.origin);
  expect(await callFrom(script, url, secret)).toBe("kept from the script");

  await page.goto("/settings/general");
  const sites = page.getByLabel("Sites that may call the API from a browser");
  await sites.fill(`${listed.origin}/\nhttp://app.example.com\nhttps://*.example.com`);
  await page.getByRole("button", { name: "Save sites" }).click();
  await expect(page.getByText("Line 2: Begin with https://.")).toBeVisible();
  await expect(page.getByText("Line 3: Name each site by itself")).toBeVisible();
  await expect(sites).toHaveAttribute("aria-invalid", "true");
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
  expect(await callFrom(script, url, secret)).toBe("kept from the script");

  await sites.fill(`${listed.origin}/`);
  await page.getByRole("button", { name: "Save sites" }).click();
  await expect(page.getByText("Changes saved")).toBeVisible();
  await expect(sites).toHaveValue(listed.origin);
  await expect.poll(() => callFrom(script, url, secret), { timeout: 10_000 }).toBe("200, then 304");

  const elsewhere = await page.context().newPage();
  await elsewhere.goto(other.origin);
  expect(await callFrom(elsewhere, url, secret)).toBe("kept from the script");

  await sites.fill("");
  await page.getByRole("button", { name: "Save sites" }).click();
  await expect(sites).toHaveValue("");
  // What the browser remembers of its question decides nothing.
  await expect.poll(() => callFrom(script, url, secret), { timeout: 10_000 }).toBe("kept from the script");
  listed.close();
  other.close();
});
