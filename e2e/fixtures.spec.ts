import { expect, expectNoSidewaysScroll, test } from "./fixtures";
import { watchForProblems } from "./problems";

test("console errors, uncaught errors and 5xx answers are noticed; a 404 from elsewhere is not", async ({
  browser,
}) => {
  const context = await browser.newContext();
  await context.route("http://product.example/**", (route) =>
    route.fulfill({ status: route.request().url().endsWith("/broken") ? 503 : 200, body: "<p>page</p>" }),
  );
  await context.route("http://elsewhere.example/**", (route) => route.fulfill({ status: 500 }));
  const problems = watchForProblems(context, "http://product.example");
  const page = await context.newPage();
  await page.goto("http://product.example/");
  expect(problems).toEqual([]);

  await page.evaluate(() => console.error("said aloud"));
  await page.evaluate(() => setTimeout(() => Promise.reject(new Error("left alone"))));
  // What a page has not told yet is lost when it is left.
  await expect.poll(() => problems.join("\n")).toMatch(/said aloud.*left alone/s);
  await page.goto("http://product.example/broken");
  await expect.poll(() => problems.join("\n")).toMatch(/503 from GET/);
  await context.close();
});

test("a page wider than a phone is noticed, and a table that scrolls by itself is not", async ({ page }) => {
  const wide = `<div style="width: 900px">wide</div>`;
  await page.setContent(`<body style="margin: 0"><div style="overflow-x: auto">${wide}</div></body>`);
  await expectNoSidewaysScroll(page);
  await page.setContent(`<body style="margin: 0">${wide}</body>`);
  await expect(expectNoSidewaysScroll(page)).rejects.toThrow("900 px wide");
});
