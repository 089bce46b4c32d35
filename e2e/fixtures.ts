import { type APIRequestContext, test as base, expect, type Page } from "@playwright/test";
import { departures, forgetHeard, hear, isOfApi } from "@/test/openapi/hear-api";
import { watchForProblems } from "./problems";
import { type Cookies, openSession } from "./session";
import { hearRequests } from "./watch-api";

export { expectNoAxeViolations } from "./accessibility";
export { expectNoSidewaysScroll } from "./layout";
export { signInByForm } from "./session";
export { expect };

export interface SignInOptions {
  /** A session of its own, for tests that end it; the default is one for each account and worker. */
  fresh?: boolean;
}

interface TestFixtures {
  /** Gives the page's browser a real session of a demo account. Does not navigate the page. */
  signIn: (page: Page, email: string, options?: SignInOptions) => Promise<void>;
  /** Requests without cookies, with `Authorization: Bearer <secret>` where a secret is given. */
  api: (secret?: string) => Promise<APIRequestContext>;
  /**
   * Console errors, uncaught errors and 5xx answers of the product fail the test, except those that match a pattern
   * given here.
   */
  expectProblem: (pattern: RegExp) => void;
  /** Whatever the test, its requests and its pages hear of the API is held to the OpenAPI document of the server. */
  apiAsDocumented: undefined;
}

interface WorkerFixtures {
  sessions: Map<string, Cookies>;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from the pattern
  baseURL: async ({}, use) => {
    const url = process.env.BASE_URL;
    if (!url) throw new Error("BASE_URL is not set: run the tests with `npm run e2e`");
    await use(url);
  },

  sessions: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      await use(new Map());
    },
    { scope: "worker" },
  ],

  signIn: async ({ browser, sessions, baseURL }, use) => {
    await use(async (page, email, { fresh = false } = {}) => {
      const url = baseURL ?? "";
      const context = page.context();
      await context.clearCookies();
      const known = fresh ? undefined : sessions.get(email);
      if (known) {
        await context.addCookies(known);
        // Another test may have ended this session since.
        const answer = await context.request.get(`${url}/`, { maxRedirects: 0 });
        if (!answer.headers().location?.includes("/sign-in")) return;
        await context.clearCookies();
      }
      const cookies = await openSession(browser, url, email);
      if (!fresh) sessions.set(email, cookies);
      await context.addCookies(cookies);
    });
  },

  api: async ({ playwright, baseURL }, use) => {
    const opened: APIRequestContext[] = [];
    await use(async (secret) => {
      const context = await playwright.request.newContext({
        baseURL: baseURL ?? "",
        extraHTTPHeaders: secret ? { authorization: `Bearer ${secret}` } : {},
      });
      opened.push(context);
      return context;
    });
    await Promise.all(opened.map((context) => context.dispose()));
  },

  apiAsDocumented: [
    async ({ context, baseURL }, use) => {
      forgetHeard();
      hearRequests(context.request);
      context.on("response", async (response) => {
        if (!isOfApi(response.url())) return;
        // What the browser had kept and was told to go on with: the headers are a 304's, the rest is what it had.
        if ((await response.request().allHeaders())["if-none-match"]) return;
        const text = await response.text().catch(() => null);
        if (text === null) return;
        const headers = await response.allHeaders();
        hear(response.url(), { method: response.request().method(), status: response.status(), headers, text });
      });
      await use(undefined);
      expect(await departures(baseURL ?? "")).toEqual([]);
    },
    { auto: true },
  ],

  expectProblem: [
    async ({ context, baseURL }, use) => {
      const problems = watchForProblems(context, baseURL ?? "");
      const expected: RegExp[] = [];
      await use((pattern) => expected.push(pattern));
      expect(problems.filter((problem) => !expected.some((pattern) => pattern.test(problem)))).toEqual([]);
    },
    { auto: true },
  ],
});
