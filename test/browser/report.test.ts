import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { renderReport } from "../../src/report/report.tsx";
import { exampleFigures, figureFiles } from "../support/report/figures.ts";
import { exampleFound } from "../support/report/found.ts";
import { exampleFiles, exampleMetrics } from "../support/report/metrics.ts";
import { closePages, hasChromium, launchChromium } from "./chromium.ts";

/** What is used of axe's global. */
interface Axe {
  run: () => Promise<{
    violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
    passes: { id: string }[];
  }>;
}

describe.skipIf(!hasChromium())("the report in a browser", () => {
  let browser: Browser;
  let folder: string;
  let address: string;
  let names: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "insights-report-"));
    const figures = await exampleFigures();
    names = figures.map(({ figure }) => figure.name);
    const metrics = exampleMetrics({
      figures: figures.map(({ figure: { name, title, description } }) => ({ name, title, description })),
    });
    const file = join(folder, "report.html");
    await writeFile(
      file,
      await renderReport({
        metrics,
        found: exampleFound,
        figures,
        files: [...exampleFiles, ...figureFiles(figures)],
      }),
    );
    address = pathToFileURL(file).href;
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  // No test sees a page of another, not even of one that failed.
  afterEach(() => closePages(browser));

  /** Opens the report and tells what it complained of and what it asked the network for. */
  async function open(options: BrowserContextOptions = {}): Promise<{ page: Page; trouble: string[] }> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const trouble: string[] = [];
    await context.route("**/*", async (route) => {
      const url = route.request().url();
      if (url === address) return await route.continue();
      trouble.push(`asked for ${url.slice(0, 100)}`);
      await route.abort();
    });
    const page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") trouble.push(message.text());
    });
    page.on("pageerror", (error) => trouble.push(String(error)));
    await page.goto(address);
    return { page, trouble };
  }

  /** Brings every figure into view and waits until each answers the pointer. */
  async function wakeFigures(page: Page): Promise<void> {
    for (const name of names) await page.locator(`[data-figure="${name}"]`).scrollIntoViewIfNeeded();
    await page.waitForFunction(
      (count) => document.querySelectorAll(".canvas.is-live").length === count,
      names.length,
      { timeout: 20_000 },
    );
  }

  const overflow = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  it("opens from a file without complaint and asks the network for nothing", async () => {
    const { page, trouble } = await open();
    await wakeFigures(page);
    expect(await page.locator("[data-failed]").count()).toBe(0);
    expect(await page.locator("h1").innerText()).toMatch(/^431\saccounts of 1,000 are worth a look\.$/);
    expect(await page.evaluate(() => document.fonts.check('600 16px "Inter"'))).toBe(true);
    expect(trouble).toEqual([]);
  });

  it("draws figures only when they come near", async () => {
    const { page } = await open();
    await page.waitForTimeout(300);
    expect(await page.locator(".canvas.is-live").count()).toBeLessThan(names.length);
  });

  it("shows the numbers of a mark under the pointer, and hides them when it leaves", async () => {
    const { page, trouble } = await open();
    await wakeFigures(page);
    const tip = page.locator(".tooltip");
    expect(await tip.isVisible()).toBe(false);
    const mark = page.locator('[data-figure="confusion-matrix"] .live .mark-rect path').first();
    await mark.scrollIntoViewIfNeeded();
    const box = (await mark.boundingBox())!;
    await page.mouse.move(box.x + box.width / 4, box.y + box.height / 4);
    await tip.waitFor({ state: "visible" });
    expect(await tip.innerText()).toMatch(/Accounts\s+\d+/);
    const place = (await tip.boundingBox())!;
    expect(place.x + place.width).toBeLessThanOrEqual(1280);
    await page.mouse.move(5, 5);
    await tip.waitFor({ state: "hidden" });
    expect(trouble).toEqual([]);
  });

  it("shows the nearest point of a line chart", async () => {
    const { page } = await open();
    await wakeFigures(page);
    const chart = page.locator('[data-figure="training-curve"]');
    await chart.scrollIntoViewIfNeeded();
    const box = (await chart.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.6);
    await page.mouse.move(box.x + box.width * 0.52, box.y + box.height * 0.62);
    await page.locator(".tooltip").waitFor({ state: "visible" });
    expect(await page.locator(".tooltip").innerText()).toMatch(/epoch/i);
  });

  it("follows the system's theme and the reader's choice, and keeps it", async () => {
    const { page } = await open({ colorScheme: "dark" });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    const button = page.getByRole("button", { name: "Dark theme" });
    expect(await button.getAttribute("aria-pressed")).toBe("true");
    await button.click();
    expect(await button.getAttribute("aria-pressed")).toBe("false");
    const light = await ground();
    expect(light).not.toBe(dark);
    await page.reload();
    expect(await ground()).toBe(light);
    await page.getByRole("button", { name: "Dark theme" }).click();
    expect(await ground()).toBe(dark);
  });

  it("changes the colours of figures with the theme", async () => {
    const { page } = await open({ colorScheme: "light" });
    await wakeFigures(page);
    const ink = () =>
      page.evaluate(() => getComputedStyle(document.querySelector('[data-figure="roc"] .live text')!).fill);
    const light = await ink();
    await page.getByRole("button", { name: "Dark theme" }).click();
    expect(await ink()).not.toBe(light);
  });

  it.each([320, 390, 768, 1280])("fits a window %s pixels wide", async (width) => {
    const { page, trouble } = await open({ viewport: { width, height: 800 } });
    expect(await overflow(page)).toBe(0);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    await wakeFigures(page);
    expect(await overflow(page)).toBe(0);
    expect(trouble).toEqual([]);
  });

  it("redraws for a narrow window and back", async () => {
    const { page } = await open();
    await wakeFigures(page);
    const width = () =>
      page.evaluate(() =>
        Number(document.querySelector('[data-figure="roc"] .live svg')!.getAttribute("width")),
      );
    const wide = await width();
    await page.setViewportSize({ width: 390, height: 800 });
    await page.waitForFunction((before) => {
      const svg = document.querySelector('[data-figure="roc"] .live svg');
      return svg !== null && Number(svg.getAttribute("width")) < before;
    }, wide);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.waitForFunction((before) => {
      const all = document.querySelectorAll('[data-figure="roc"] .live svg');
      return all.length === 1 && Number(all[0].getAttribute("width")) === before;
    }, wide);
  });

  it("prints every figure as it was drawn, and no controls", async () => {
    const { page } = await open({ colorScheme: "dark" });
    await wakeFigures(page);
    const pdf = await page.pdf({ format: "A4", printBackground: true });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pdf.length).toBeGreaterThan(100_000);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".drawn.wide:visible").count()).toBe(names.length);
    expect(await page.locator(".live:visible, button.theme:visible, .contents:visible").count()).toBe(0);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      "rgb(255, 255, 255)",
    );
  });

  it("shows the figures without scripts, and no button that would do nothing", async () => {
    const { page } = await open({ javaScriptEnabled: false });
    expect(await page.locator(".drawn.wide svg:visible").count()).toBe(names.length);
    expect(await page.locator("button.theme").isVisible()).toBe(false);
  });

  it("is reached by keyboard: past the contents, the theme, the links, the tables that scroll", async () => {
    const { page } = await open({ viewport: { width: 390, height: 800 } });
    const focused = () =>
      page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        return element.matches(".scroll") ? "table" : (element.textContent?.trim() ?? "");
      });
    const seen: string[] = [];
    for (let i = 0; i < 32; i++) {
      await page.keyboard.press("Tab");
      seen.push(await focused());
    }
    expect(seen[0]).toBe("Skip to the report");
    expect(seen[1]).toBe("Dark theme");
    expect(seen).toContain("What was read");
    expect(seen).toContain("The files beside this one");
    expect(seen).toContain("table");
    await page.getByRole("link", { name: "How good it is" }).first().focus();
    await page.keyboard.press("Enter");
    expect(page.url()).toMatch(/#results$/);
  });

  it("opens with the people found; the study says which model to use, and leads to it and its figures", async () => {
    const { page, trouble } = await open();
    const [first] = await page.locator("main section").evaluateAll((all) => all.map(({ id }) => id));
    expect(first).toBe("found");
    expect(await page.locator(".people li").count()).toBe(2);
    expect(await page.locator(".people a").first().getAttribute("rel")).toBe("noopener noreferrer");
    const top = page.locator("#study .verdict");
    expect(await top.innerText()).toMatch(/puts a creator ahead of another in 80 of 100 cases/);
    await top.getByRole("link", { name: "The recommended model" }).click();
    expect(page.url()).toMatch(/#recommended$/);
    const figures = page.locator("#recommended [data-figure]");
    const shown = await figures.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.figure));
    expect(shown).toEqual([
      "reliability",
      "leaderboard",
      "thresholds",
      "threshold-choices",
      "recommended-permutation-importance",
      "partial-dependence",
    ]);
    const box = page.locator('[data-figure="thresholds"]');
    await box.scrollIntoViewIfNeeded();
    await page.locator('[data-figure="thresholds"] .live svg').waitFor();
    const { x, y, width, height } = (await box.boundingBox())!;
    await page.mouse.move(x + width * 0.5, y + height * 0.6);
    await page.mouse.move(x + width * 0.52, y + height * 0.62);
    await page.locator(".tooltip").waitFor({ state: "visible" });
    expect(await page.locator(".tooltip").innerText()).toMatch(/Threshold\s+0\.\d\d\s+Precision\s+0\.\d{3}/);
    expect(trouble).toEqual([]);
  });

  it("takes tables out of the tab order where nothing in them is cut", async () => {
    const { page } = await open({ viewport: { width: 1280, height: 800 } });
    const stops = () => page.locator(".scroll[tabindex]").count();
    await page.waitForTimeout(200);
    const wide = await stops();
    await page.setViewportSize({ width: 340, height: 800 });
    await page.waitForTimeout(200);
    expect(await stops()).toBeGreaterThan(wide);
  });

  it.each([
    ["light", 1280],
    ["dark", 1280],
    ["dark", 390],
  ] as const)("has nothing that axe finds wrong, %s, %s pixels wide", async (colorScheme, width) => {
    const { page } = await open({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    await page.evaluate(axe.source);
    const { violations, passes } = await page.evaluate(async () => {
      const page = globalThis as unknown as { axe: Axe };
      const result = await page.axe.run();
      return {
        violations: result.violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(" ")} ${failureSummary}`).join("; ")}`,
        ),
        passes: result.passes.map(({ id }) => id),
      };
    });
    expect(violations).toEqual([]);
    expect(passes).toContain("color-contrast");
  });
});
