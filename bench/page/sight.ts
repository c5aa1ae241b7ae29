import type { Page } from "playwright-core";

/** What a page that keeps watch has of its own. */
interface Watching {
  readonly sights: readonly Promise<number>[];
  chosen: number | null;
}

/**
 * Has each page that the tab opens watch for what comes into sight, frame by frame. Playwright itself looks every half second once it has
 * waited a while, and so tells too late.
 *
 * @param wanted selectors
 */
export async function watchFor(page: Page, wanted: readonly string[]): Promise<void> {
  await page.addInitScript((selectors) => {
    const sightOf = (selector: string) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (document.querySelector(selector) === null) requestAnimationFrame(look);
          // The frame that holds it is drawn before the next begins.
          else requestAnimationFrame(() => resolve(performance.now()));
        };
        requestAnimationFrame(look);
      });
    const watching: Watching = { sights: selectors.map(sightOf), chosen: null };
    const choose = () => {
      watching.chosen = performance.now();
    };
    addEventListener("change", choose, { capture: true, once: true });
    Object.assign(globalThis, { watching });
  }, wanted);
}

/** Milliseconds from the start of the navigation to the sight of each selector, in their order; waits for all. */
export function sightsIn(page: Page): Promise<number[]> {
  return page.evaluate(() => Promise.all((globalThis as unknown as { watching: Watching }).watching.sights));
}

/** Milliseconds from the start of the navigation to the first choice of a file. */
export async function choiceIn(page: Page): Promise<number> {
  const chosen = await page.evaluate(() => (globalThis as unknown as { watching: Watching }).watching.chosen);
  if (chosen === null) throw new Error("no file was chosen");
  return chosen;
}
