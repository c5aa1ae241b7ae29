import type { Browser, Page } from "playwright-core";

/** A tab in a browser that has nothing yet; its context is closed with it. */
export async function openTab(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  // What runs these files marks the names of functions by one that a page does not have.
  await context.addInitScript({ content: "globalThis.__name = (value) => value" });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return page;
}
