import type { BrowserContext } from "@playwright/test";

/** Collects what no page of the product may do: console errors, uncaught errors, and 5xx answers of the server at `url`. */
export function watchForProblems(context: BrowserContext, url: string): string[] {
  const problems: string[] = [];
  context.on("console", (message) => {
    if (message.type() === "error")
      problems.push(`console.error on ${message.page()?.url()}: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (webError) => {
    problems.push(`uncaught on ${webError.page()?.url()}: ${webError.error().stack ?? webError.error()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 500 && response.url().startsWith(url)) {
      problems.push(`${response.status()} from ${response.request().method()} ${response.url()}`);
    }
  });
  return problems;
}
