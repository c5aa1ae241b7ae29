import type { Browser, Page } from "playwright-core";
import { openTab, type Served } from "./served.ts";

const LATE = 50;
/** Pixels of a turn of the wheel, and turns a second: a hand in a hurry, past 500 rows a second. */
const TURN = 900;
const TURNS = 30;
const ROW = 40;

/** What was drawn while a list was scrolled. */
export interface Frames {
  readonly frames: number;
  /** Milliseconds between two frames. */
  readonly median: number;
  readonly longest: number;
  /** Frames that were over 50 ms away from the one before. */
  readonly late: number;
  /** Rows between the first and the last that were at the top. */
  readonly far: number;
}

/** Scrolls a long list by the wheel: down, up again, and on. */
export async function byWheel(browser: Browser, served: Served, seconds: number): Promise<Frames> {
  return scrolled(browser, served, async (page, box) => {
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const until = performance.now() + 1000 * seconds;
    for (let i = 0; performance.now() < until; i++) {
      await page.mouse.wheel(0, i % 90 < 70 ? TURN : -TURN);
      await page.waitForTimeout(1000 / TURNS);
    }
  });
}

/** Steps of the bar between two rests in which rows come, and milliseconds of a rest. */
const STEPS = 15;
const REST = 250;

/** Scrolls a long list by its bar: to the end and back, with a look at the rows every half second. */
export async function byBar(browser: Browser, served: Served, seconds: number): Promise<Frames> {
  return scrolled(browser, served, async (page, box) => {
    const x = box.x + box.width - 8;
    await page.mouse.move(x, box.y + 20);
    await page.mouse.down();
    const steps = Math.round((1000 * seconds) / (1000 / TURNS + REST / STEPS));
    for (let i = 1; i <= steps; i++) {
      const share = 1 - Math.abs(1 - (2 * i) / steps);
      await page.mouse.move(x, box.y + 20 + share * (box.height - 60));
      await page.waitForTimeout(1000 / TURNS + (i % STEPS === 0 ? REST : 0));
    }
    await page.mouse.up();
  });
}

async function scrolled(
  browser: Browser,
  { address, long }: Served,
  scroll: (page: Page, box: { x: number; y: number; width: number; height: number }) => Promise<void>,
): Promise<Frames> {
  const page = await openTab(browser);
  await page.goto(`${address}/people?imports=${long}`);
  await page.locator(".people .rows .name").first().waitFor();
  const frame = page.locator(".people");
  const box = await frame.boundingBox();
  if (box === null) throw new Error("the list is not there");
  await page.waitForTimeout(1000);
  await frame.evaluate((list) => {
    const seen = { times: [] as number[], low: list.scrollTop, high: list.scrollTop, on: true };
    Object.assign(globalThis, { seen });
    const look = (now: number) => {
      seen.times.push(now);
      seen.low = Math.min(seen.low, list.scrollTop);
      seen.high = Math.max(seen.high, list.scrollTop);
      if (seen.on) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await scroll(page, box);
  const seen = await page.evaluate(() => {
    const { seen: all } = globalThis as unknown as {
      seen: { times: number[]; low: number; high: number; on: boolean };
    };
    all.on = false;
    return all;
  });
  await page.context().close();
  const gaps = seen.times.slice(1).map((time, i) => time - seen.times[i]);
  const sorted = gaps.toSorted((a, b) => a - b);
  const far = (seen.high - seen.low) / ROW;
  if (far < 1000) throw new Error(`the list was scrolled past ${far.toFixed(0)} rows only`);
  return {
    frames: gaps.length,
    median: sorted[Math.floor(sorted.length / 2)],
    longest: sorted[sorted.length - 1],
    late: gaps.filter((gap) => gap > LATE).length,
    far,
  };
}
