import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_FILE } from "../../src/base/data.ts";
import { SHIPPED_MODEL } from "../../src/bundle/shipped.ts";
import { scratchFolder } from "../support/harness.ts";
import { closePages, hasChromium, launchChromium } from "./chromium.ts";
import {
  addFile,
  openPage,
  overflow,
  type PageServer,
  startPage,
  violations,
  withStudy,
  writeHostile,
} from "./pageServer.ts";

const folder = await scratchFolder();
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 800 } };
/** Somebody of the list. */
const NAME = ".people .rows .name";

/** A person of whom much is told, to stand in a list that no file has. */
async function someone({ address }: PageServer): Promise<object> {
  const { rows } = (await (await fetch(`${address}/v1/people?limit=1`)).json()) as { rows: object[] };
  return rows[0]!;
}

describe.skipIf(!hasChromium())("the page in every state", () => {
  let browser: Browser;
  let server: PageServer;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchChromium(), startPage(folder, { model: SHIPPED_MODEL })]);
    await addFile(server, SAMPLE_FILE);
  });

  afterAll(async () => {
    await browser?.close();
    expect(await server?.stop()).not.toMatch(/fault/);
  });

  // No test sees a page of another, not even of one that failed.
  afterEach(() => closePages(browser));

  const open = (path: string, options?: BrowserContextOptions) => openPage(browser, server, path, options);

  /** Puts rows in place of the server's. */
  async function withRows(page: Page, total: number, rowAt: (index: number) => object): Promise<void> {
    const template = await someone(server);
    await page.route("**/v1/people?*", (route) => {
      const words = new URL(route.request().url()).searchParams;
      const [offset, limit] = [Number(words.get("offset")), Number(words.get("limit") ?? 100)];
      const rows = Array.from({ length: Math.min(limit, total - offset) }, (_, i) => ({
        ...template,
        person: offset + i + 1,
        ...rowAt(offset + i),
      }));
      return route.fulfill({ json: { total, of: total, hidden: 0, rows } });
    });
  }

  it("says what to do where there is nothing to show", async () => {
    const { page } = await open("/forecasts");
    for (const [path, words] of [
      ["/nowhere", "There is nothing at this address"],
      ["/d/default/shortlist", "There is nothing at this address"],
      ["/people/999999", "There is no such person"],
      ["/people?min_followers=many", "The list cannot be filtered like that"],
      ["/people?sort=nothing:asc", "The list cannot be filtered like that"],
      ["/files/999999", "This file is not here any more"],
      ["/study/999999", "This file is not here any more"],
      ["/study/1", "It is not studied yet"],
    ]) {
      await page.goto(server.address + path);
      await page.getByText(words).first().waitFor();
    }
    await page.goto(`${server.address}/d`);
    await page.getByRole("link", { name: "To the people" }).click();
    await page.locator(NAME).first().waitFor();
  });

  it("says that the server is gone, and goes on when it is back", async () => {
    const { page } = await open("/forecasts");
    await page.route("**/v1/people?*", (route) => route.abort());
    await page.goto(`${server.address}/people`);
    await page.getByText("Is insights serve still running?").waitFor();
    await page.unroute("**/v1/people?*");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(NAME).first().waitFor();
  });

  it("scrolls a hundred thousand people with a handful of rows in the page", async () => {
    const { page, trouble } = await open("/forecasts");
    await withRows(page, 100_000, (index) => ({ account: `account${index}`, name: null }));
    await page.goto(`${server.address}/people`);
    await page.getByText("@account0", { exact: true }).waitFor();
    const row = (await page.locator(".people .rows [role=row]").first().boundingBox())!.height;
    for (const index of [50_000, 99_999, 12_345]) {
      await page.getByRole("grid").evaluate((frame, to) => frame.scrollTo(0, to), index * row);
      await page.getByText(`@account${index}`, { exact: true }).waitFor();
    }
    expect(await page.locator(".people .rows [role=row]").count()).toBeLessThan(80);
    expect(trouble).toEqual([]);
  });

  it("tells both answers, what they stand on, and why in a sentence; where a number comes from for the asking", async () => {
    const { page, trouble } = await open("/people");
    const first = page.locator(".people .rows [role=row]").first();
    await first.locator(".meter-line").nth(1).waitFor();
    const titles = await first
      .locator(".meter-line")
      .evaluateAll((all) => all.map((one) => one.getAttribute("title")));
    expect(titles).toEqual(["from dated posts", "from the observed engagement"]);
    for (const text of await first.locator(".meter-line").allInnerTexts())
      expect(text.trim()).toMatch(/^\d{1,2}\s%$/);
    expect(await first.locator(".of-why").innerText()).toMatch(/posted|posts|answered/i);
    await first.locator("a").click();
    const panel = page.locator(".person-panel");
    await panel.waitFor();
    expect(await panel.innerText()).toMatch(
      /Goes on posting[\s\S]*from dated posts[\s\S]*Answered well[\s\S]*Posts to come\s+\d+\s\(\d+\sto\s\d+\)/,
    );
    const tiktok = panel.getByRole("link", { name: /on TikTok$/ });
    expect(await tiktok.getAttribute("href")).toMatch(/^https:\/\/www\.tiktok\.com\/@/);
    expect(await tiktok.getAttribute("rel")).toBe("noopener noreferrer");
    await panel.getByText(/^Where .* comes from$/).click();
    await panel.getByText(/as a table$/).click();
    expect(await panel.locator(".waterfall li").count()).toBeGreaterThan(2);
    expect(trouble).toEqual([]);
  });

  it("says how old the profiles are", async () => {
    const { page } = await open("/people");
    await page
      .getByRole("note")
      .getByText(/\d{4}, .+ ago/)
      .waitFor();
  });

  it("asks for the token where the server wants one, and hands files over with it", async () => {
    const other = await startPage(folder, { words: ["--token", "a-token-that-is-long"] });
    const { page } = await openPage(browser, other, "/people");
    await page.getByLabel("Token").fill("a-token-that-is-long");
    await page.getByRole("button", { name: "Open" }).click();
    await page.getByText("Drop a file here").waitFor();
    const file = join(folder, "few.csv");
    await writeHostile(file);
    await page.locator('input[type="file"]').first().setInputFiles(file);
    await page.locator(NAME).first().waitFor();
    await page.getByRole("button", { name: "Export" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("dialog").getByRole("link", { name: "Export" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("people.xlsx");
    expect((await readFile(await download.path())).subarray(0, 2).toString()).toBe("PK");
    await other.stop();
    // A second server, which has to load its model, on a busy machine.
  }, 150_000);

  it("follows the system's theme and the reader's choice, and keeps it", async () => {
    const { page } = await open("/files", { colorScheme: "dark" });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await page.getByRole("button", { name: "Dark" }).click();
    const light = await ground();
    expect(light).not.toBe(dark);
    await page.reload();
    expect(await ground()).toBe(light);
  });

  it.each([390, 720, 768, 1024])("opens its panels inside a page of %i pixels", async (width) => {
    const { page } = await open("/people", { viewport: { width, height: 900 } });
    await page.locator(NAME).first().waitFor();
    for (const name of ["Filters", "Searches", "Lists", "Columns", "Export"]) {
      const button = page.getByRole("button", { name, exact: true });
      // A phone has no columns to choose.
      if ((await button.count()) === 0) continue;
      await button.click();
      const panel = await page.getByRole("dialog").last().boundingBox();
      expect(panel!.x, name).toBeGreaterThanOrEqual(0);
      expect(panel!.x + panel!.width, name).toBeLessThanOrEqual(width);
      expect(await overflow(page), name).toBe(0);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
  });

  it("cuts no number that is told of a person", async () => {
    const { page } = await open("/forecasts", { viewport: { width: 1440, height: 900 } });
    await withRows(page, 5, () => ({
      ...{ followers: 888_000, likes: 888_000, videos: 888_000, still_posting: 1, well_answered: 1 },
      ...{ last_post: "2026-12-28T00:00:00Z", days_since_last_post: 700 },
    }));
    await page.goto(`${server.address}/people`);
    const cells = page.locator(".people .rows .number");
    await cells.nth(4).waitFor();
    const cut = await cells.evaluateAll((all) =>
      all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent),
    );
    expect(cut).toEqual([]);
  });

  it.each([1440, 1280, 1024, 768])(
    "shows all of why to whoever points or comes by key, at %i pixels",
    async (width) => {
      const { page } = await open("/forecasts", { viewport: { width, height: 900 } });
      const why = "answered better than 94 % of its size, posted 18 days ago, about 2 a month";
      await withRows(page, 9, () => ({ why }));
      await page.goto(`${server.address}/people`);
      const whys = page.locator(".people .of-why > span");
      await whys.nth(5).waitFor();
      const cut = (row: number) => whys.nth(row).evaluate((one) => one.scrollHeight > one.clientHeight);
      await whys.nth(5).hover();
      expect(await cut(5)).toBe(false);
      await page.getByRole("grid").focus();
      await page.keyboard.press("j");
      expect([await page.locator(".row.active").getAttribute("id"), await cut(1)]).toEqual(["row-1", false]);
      // What it covers is no taller than before.
      expect((await page.locator("#row-1").boundingBox())!.height).toBe(40);
    },
  );

  it("names both meters of a card on a phone: seen, and read with the link that the card is", async () => {
    const { page, trouble } = await open("/people", PHONE);
    const card = page.locator(".people .rows [role=row]").first();
    const meters = card.locator(".meter-line");
    await meters.nth(1).waitFor();
    const edge = (await card.boundingBox())!.x + 390;
    for (const [i, words] of [/^\d+\s% goes on posting$/, /^\d+\s% answered well$/].entries()) {
      expect((await meters.nth(i).innerText()).replaceAll("\n", " ")).toMatch(words);
      const { x, width } = (await meters.nth(i).boundingBox())!;
      expect(x + width).toBeLessThanOrEqual(edge);
    }
    const link = await card.getByRole("link").ariaSnapshot();
    expect(link).toMatch(/\d+\s% goes on posting\s?\d+\s% answered well/);
    expect(trouble).toEqual([]);
  });

  it("draws when somebody posted, and shows a person whole on a phone", async () => {
    const { page } = await open("/people/7", PHONE);
    const bar = page.locator(".timeline rect").first();
    await bar.waitFor();
    expect(await bar.evaluate((one) => getComputedStyle(one).fill)).not.toBe("rgb(0, 0, 0)");
    const { x, width } = (await page.locator(".person-panel").boundingBox())!;
    expect([x >= 0, x + width <= 390]).toEqual([true, true]);
  });

  it.each([
    ["a desk", {}],
    ["a phone", PHONE],
  ] as const)("fits and has nothing that axe finds wrong, on %s", async (_, options) => {
    const { page, trouble } = await open("/forecasts", { ...options, bypassCSP: true });
    const sound = async (path: string, there: string) => {
      await page.goto(server.address + path);
      await page.locator(there).first().waitFor();
      expect([path, await overflow(page), await violations(page)]).toEqual([path, 0, []]);
    };
    for (const path of ["/nowhere", "/files/999999", "/study/999999"]) await sound(path, ".failed");
    trouble.length = 0;
    for (const [path, there] of [
      ["/people", NAME],
      ["/people/7", ".person-panel .properties"],
      ["/files", ".imports, .import-cards"],
      ["/files/1", "#columns"],
      ["/forecasts", "main h1, main h2"],
      ["/study", ".to-study a"],
      ["/study/1", ".state button"],
    ])
      await sound(path, there);
    await withStudy(page);
    await sound("/study/1", ".first li");
    expect(trouble).toEqual([]);
  });
});
