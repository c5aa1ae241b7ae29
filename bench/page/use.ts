import type { Browser, CDPSession, Page } from "playwright-core";
import { openTab, type Served } from "./served.ts";

/** Milliseconds between two things that are done. */
const REST = 300;
/** Rounds after which everything has been opened, and what is kept on purpose is kept. */
const FIRST = 3;

interface Held {
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
}

/** How memory stood at the end, over how it stood after the first rounds. */
export type Growth = Held;

/**
 * Uses the page for minutes without loading it anew, as one who looks for people: scrolls, sorts, filters, selects, compares, opens
 * accounts, goes back, drags the threshold. After each round, at the top of the list again, what is of no use is collected and
 * what is left is counted.
 */
export async function useFor(
  browser: Browser,
  served: Served,
  minutes: number,
  tell: (line: string) => void,
): Promise<Growth> {
  const page = await openTab(browser);
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable");
  await page.goto(`${served.address}/`);
  const held: Held[] = [];
  const until = performance.now() + 60_000 * minutes;
  for (let round = 0; performance.now() < until; round++) {
    await oneRound(page, served, round);
    const now = await collected(client);
    held.push(now);
    const left = Math.max(0, (until - performance.now()) / 60_000);
    tell(
      `round ${round + 1}: heap ${(now.heap / 1e6).toFixed(1)} MB, ${now.nodes} nodes, ${now.listeners} listeners; ` +
        `${left.toFixed(1)} minutes left`,
    );
  }
  await page.context().close();
  const measured = held.slice(FIRST);
  if (measured.length < 6) throw new Error("too few rounds to tell: more --minutes");
  const third = Math.floor(measured.length / 3);
  const [before, after] = [measured.slice(0, third), measured.slice(-third)];
  const grown = (what: keyof Held) =>
    median(after.map((one) => one[what])) / median(before.map((one) => one[what]));
  return { heap: grown("heap"), nodes: grown("nodes"), listeners: grown("listeners") };
}

/** What is held once all that is of no use has gone. */
async function collected(client: CDPSession): Promise<Held> {
  for (let i = 0; i < 3; i++) await client.send("HeapProfiler.collectGarbage");
  const { metrics } = await client.send("Performance.getMetrics");
  const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  return { heap: of("JSHeapUsedSize"), nodes: of("Nodes"), listeners: of("JSEventListeners") };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** One round: begins anywhere, ends at the top of the long list. */
async function oneRound(page: Page, { long, sample }: Served, round: number): Promise<void> {
  const rest = () => page.waitForTimeout(REST);
  const part = (name: string) =>
    page.getByRole("navigation", { name: "Parts" }).getByRole("link", { name, exact: true });
  const list = () => page.locator(".people .rows .name").first().waitFor();
  const toLong = async () => {
    await part("Files").click();
    await page.locator(`a[href="/files/${long}"]`).click();
    await page.getByRole("link", { name: "See its people" }).click();
    await list();
  };

  // The sample: what was read, its study with the threshold, all charts drawn.
  await part("Files").click();
  await page.locator(`a[href="/files/${sample}"]`).click();
  await page.locator("#columns").waitFor();
  await walkDown(page);
  await page.getByRole("link", { name: "Study it" }).click();
  const slider = page.getByRole("slider");
  await slider.waitFor();
  await slider.focus();
  for (let i = 0; i < 20; i++) {
    await page.keyboard.press(i % 2 === round % 2 ? "PageUp" : "ArrowLeft");
    await page.waitForTimeout(REST / 3);
  }
  await walkDown(page);

  // The long list: scrolled, sorted, filtered.
  await toLong();
  const box = await page.locator(".people").boundingBox();
  if (box === null) throw new Error("the list is not there");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let i = 0; i < 30; i++) {
    await page.mouse.wheel(0, 4000);
    await page.waitForTimeout(REST / 3);
  }
  for (const name of ["Followers", "Last post", "Followers"]) {
    await page.getByRole("columnheader").getByRole("button", { name }).click();
    await list();
    await rest();
  }
  await page.getByRole("button", { name: /^Filters/ }).click();
  const sheet = page.getByRole("dialog", { name: "Filters" });
  await sheet.getByRole("button", { name: /^Micro/ }).click();
  await rest();
  await sheet.getByRole("button", { name: "Clear all" }).click();
  await rest();
  await page.keyboard.press("Escape");
  await page.getByRole("searchbox").fill("ma");
  await rest();
  await list();
  await toLong();

  // Compared, and people opened one after the other.
  for (const key of [" ", "j", " ", "j", " "]) await page.keyboard.press(key);
  await page.getByRole("button", { name: "Compare" }).click();
  await page.getByRole("dialog").locator("thead th").first().waitFor();
  await rest();
  await page.keyboard.press("Escape");
  await page.locator(".people .rows a").first().click();
  const panel = page.locator(".person-panel");
  for (let i = 0; i < 5; i++) {
    await panel.getByText(/^Where .* comes from$/).click();
    await panel.locator(".waterfall").waitFor();
    await page.keyboard.press("j");
    await rest();
  }
  await panel.locator(".alike a").first().click();
  await rest();
  await page.goBack();
  await rest();
  await page.getByRole("button", { name: "Dark" }).click();
  await toLong();
  await rest();
}

/** To the foot of the page, so that every chart is drawn. */
async function walkDown(page: Page): Promise<void> {
  for (;;) {
    const more = await page.evaluate(() => {
      const before = scrollY;
      scrollBy(0, 700);
      return scrollY > before;
    });
    await page.waitForTimeout(REST / 2);
    if (!more) return;
  }
}
