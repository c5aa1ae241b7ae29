import type { Browser } from "playwright-core";
import { openTab } from "./opened.ts";
import type { Served } from "./served.ts";

/** What is there once a view is. */
const SEEN = { shortlist: ".rows .name", data: "#columns", study: ".threshold output" } as const;
const TIMES = 5;

/**
 * Milliseconds from the start of the navigation to the first frame that shows a view of the sample, each in a browser that has nothing of it.
 */
export async function firstView(
  browser: Browser,
  { address, sample }: Served,
  view: keyof typeof SEEN,
): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    const page = await openTab(browser);
    await page.addInitScript((wanted) => {
      const seen = new Promise<number>((resolve) => {
        const look = () => {
          if (document.querySelector(wanted) === null) requestAnimationFrame(look);
          // The frame that holds it is drawn before the next begins.
          else requestAnimationFrame(() => resolve(performance.now()));
        };
        requestAnimationFrame(look);
      });
      Object.assign(globalThis, { seen });
    }, SEEN[view]);
    await page.goto(`${address}${sample}/${view}`);
    times.push(await page.evaluate(() => (globalThis as unknown as { seen: Promise<number> }).seen));
    await page.context().close();
  }
  return times;
}
