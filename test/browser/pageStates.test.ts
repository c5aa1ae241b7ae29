import { join } from "node:path";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { scratchFolder } from "../support/harness.ts";
import { closePages, hasChromium, launchChromium } from "./chromium.ts";
import {
  HOSTILE,
  openPage,
  openSample,
  overflow,
  type PageServer,
  startPage,
  violations,
  withStudy,
  writeHostile,
} from "./pageServer.ts";

const folder = await scratchFolder();
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 800 } };

describe.skipIf(!hasChromium())("the page in every state", () => {
  let browser: Browser;
  let server: PageServer;
  let sample: string;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchChromium(), startPage(folder)]);
    sample = await openSample(server);
  });

  afterAll(async () => {
    await browser?.close();
    expect(await server?.stop()).not.toMatch(/fault/);
  });

  // No test sees a page of another, not even of one that failed.
  afterEach(() => closePages(browser));

  const open = (path: string, options?: BrowserContextOptions) => openPage(browser, server, path, options);

  /** Addresses of all views, and what is there when a view is. */
  const views = (): readonly (readonly [string, string])[] => [
    ["/d", "h1"],
    [`${sample}/data`, "#columns"],
    [`${sample}/study`, ".first li"],
    [`${sample}/shortlist`, ".rows .name"],
    [`${sample}/shortlist?compare=3,4,5`, ".compare thead .name"],
    [`${sample}/profile/7`, ".said"],
  ];

  it("shows names full of markup, marks and emoji as text", async () => {
    const file = join(folder, "people.csv");
    await writeHostile(file);
    const { page, trouble } = await open("/d");
    await page.locator('input[type="file"]').setInputFiles(file);
    await page.waitForURL(/\/shortlist$/);
    await page.locator(".rows .name").nth(4).waitFor();
    const text = await page.locator(".rows").innerText();
    expect(text).toContain("<b>bold</b>");
    expect(text).toContain("</script><script>window.hit=1</script>");
    // A name that shows nothing gives way to the handle; one that never ends is cut.
    expect(text).toContain("@zeroWidth");
    expect((text.match(/🎉/gu) ?? []).length).toBeLessThan(100);
    expect(await page.locator(".rows b, .rows img, .rows script").count()).toBe(0);

    for (const [handle, name] of Object.entries(HOSTILE)) {
      await page.getByRole("grid").waitFor();
      await page
        .locator(".rows a")
        .filter({ hasText: `@${handle}` })
        .first()
        .click();
      await page.getByRole("heading", { name: "Biography" }).waitFor();
      expect(await page.locator(".biography").innerText()).toContain(
        Array.from(name).slice(0, 40).join("").trim(),
      );
      expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
      expect(await page.getByRole("link", { name: "boss@example.org" }).getAttribute("href")).toBe(
        "mailto:boss@example.org",
      );
      expect(await overflow(page)).toBe(0);
      await page.goBack();
    }
    expect(await page.evaluate(() => "hit" in globalThis)).toBe(false);
    expect(trouble).toEqual([]);
  });

  it("says what to do where there is nothing to show", async () => {
    const { page } = await open("/d");
    for (const [path, words] of [
      ["/nowhere", "There is nothing at"],
      ["/d/unknown/shortlist", "This file is not open any more"],
      [`${sample}/profile/999999`, "There is no such account"],
      [`${sample}/shortlist?min_followers=many`, "The list cannot be filtered like that"],
      [`${sample}/shortlist?sort=nothing:asc`, "The list cannot be filtered like that"],
      [`${sample}/shortlist?compare=x,y`, "These cannot be compared"],
      [`${sample}/study`, "There is no study of this file"],
    ]) {
      await page.goto(server.address + path);
      await page.getByText(words).first().waitFor();
    }
  });

  it("says that the server is gone, and goes on when it is back", async () => {
    const { page } = await open("/d");
    await page.route("**/v1/profiles?*", (route) => route.abort());
    await page.goto(`${server.address}${sample}/shortlist`);
    await page.getByText("Is insights serve still running?").waitFor();
    await page.unroute("**/v1/profiles?*");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(".rows .name").first().waitFor();
  });

  it("scrolls a hundred thousand accounts with a handful of rows in the page", async () => {
    const { page, trouble } = await open("/d");
    const total = 100_000;
    await page.route("**/v1/profiles?*", (route) => {
      const words = new URL(route.request().url()).searchParams;
      const offset = Number(words.get("offset"));
      const rows = Array.from({ length: Math.min(200, total - offset) }, (_, i) => ({
        row: offset + i,
        rank: offset + i + 1,
        account: `account${offset + i}`,
        ...{ id: null, name: null, url: null, tier: "nano", verified: null, language: null, region: null },
        ...{ probability: 0.5, active: true, has_email: false, last_post: null, followers: 1 },
        ...{ following: 1, likes: 1, videos: 1, engagement_rate: null, engagement_percentile: null },
        ...{ days_since_last_post: null, posts_per_week: null, account_age_days: null },
        ...{ still_posting: null, well_answered: null, evidence: null },
        ...{ reasons: [], flags: [], expected_posts: null },
      }));
      return route.fulfill({ json: { total, matching: total, rows } });
    });
    await page.goto(`${server.address}${sample}/shortlist?all=1`);
    await page.getByText("@account0", { exact: true }).waitFor();
    for (const index of [50_000, 99_999, 12_345]) {
      await page.locator(".sheet-frame").evaluate((frame, to) => frame.scrollTo(0, to), index * 52);
      await page.getByText(`@account${index}`, { exact: true }).waitFor();
    }
    expect(await page.locator(".rows > div").count()).toBeLessThan(60);
    expect(trouble).toEqual([]);
  });

  it("asks for the token where the server wants one, and hands files over with it", async () => {
    const other = await startPage(folder, { words: ["--token", "a-token-that-is-long"] });
    const { page } = await openPage(browser, other, "/d");
    await page.getByLabel("Token").fill("a-token-that-is-long");
    await page.getByRole("button", { name: "Open" }).click();
    await page.getByText("Drop a file here").waitFor();
    await page.locator('input[type="file"]').setInputFiles(join(folder, "people.csv"));
    await page.waitForURL(/\/shortlist$/);
    await page.locator(".rows .name").first().waitFor();
    await page.getByRole("button", { name: "Export" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "CSV", exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("shortlist.csv");
    await other.stop();
  });

  it("follows the system's theme and the reader's choice, and keeps it", async () => {
    const { page } = await open(`${sample}/data`, { colorScheme: "dark" });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await page.getByRole("button", { name: "Dark" }).click();
    const light = await ground();
    expect(light).not.toBe(dark);
    await page.reload();
    expect(await ground()).toBe(light);
  });

  it("fits a phone, whatever is shown", async () => {
    const { page, trouble } = await open("/d", PHONE);
    await withStudy(page);
    for (const [path, there] of views()) {
      await page.goto(server.address + path);
      await page.locator(there).first().waitFor();
      expect(await overflow(page), path).toBe(0);
    }
    await page.goto(`${server.address}${sample}/shortlist`);
    await page.getByLabel("Sort by").selectOption("followers:desc");
    await page.waitForURL(/sort=followers/);
    await page.locator(".rows .brief").first().waitFor();
    expect(trouble).toEqual([]);
  });

  it.each([390, 700, 768, 1000])("opens its panels inside a page of %i pixels", async (width) => {
    const { page } = await open(`${sample}/shortlist`, { viewport: { width, height: 900 } });
    await page.locator(".rows .name").first().waitFor();
    for (const name of ["Filters", "Columns", "Lists", "Export"]) {
      const button = page.getByRole("button", { name, exact: true });
      // A phone has no columns to choose.
      if ((await button.count()) === 0) continue;
      await button.click();
      const panel = await page.locator(".panel").boundingBox();
      expect(panel!.x, name).toBeGreaterThanOrEqual(0);
      expect(panel!.x + panel!.width, name).toBeLessThanOrEqual(width);
      expect(await overflow(page), name).toBe(0);
      await page.keyboard.press("Escape");
    }
  });

  it.each([
    [390, ".brief .note, .brief .handle"],
    [1440, ".rows .number"],
  ])("cuts nothing of what is told of an account, %i pixels wide", async (width, cells) => {
    const { page } = await open("/d", { viewport: { width, height: 900 } });
    const rows = [3, 45, 593, 700, 729].map((days, i) => ({
      ...{
        row: i,
        rank: 888_888,
        account: `account${i}`,
        id: null,
        name: "A name",
        url: null,
        tier: "starter",
      },
      ...{ verified: true, language: "en", region: "US", probability: 1, active: true, has_email: true },
      ...{ last_post: null, followers: 888_000, following: 888_000, likes: 888_000, videos: 888_000 },
      ...{ engagement_rate: 88.888, engagement_percentile: 1, days_since_last_post: days },
      ...{ posts_per_week: 88.8, account_age_days: 700 },
      ...{ still_posting: 1, well_answered: 1, evidence: "posts+profile", expected_posts: null },
      ...{ reasons: ["posted today, about 3 a week"], flags: [{ name: "zero-likes", words: "no likes" }] },
    }));
    await page.route("**/v1/profiles?*", (route) =>
      route.fulfill({ json: { total: rows.length, matching: rows.length, rows } }),
    );
    await page.goto(`${server.address}${sample}/shortlist`);
    await page.locator(cells).nth(4).waitFor();
    const cut = await page
      .locator(cells)
      .evaluateAll((all) =>
        all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent),
      );
    expect(cut).toEqual([]);
  });

  it.each([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["dark, on a phone", { colorScheme: "dark", ...PHONE }],
  ] as const)("has nothing that axe finds wrong, %s", async (_, options) => {
    const { page, trouble } = await open("/d", { ...options, bypassCSP: true });
    await withStudy(page);
    for (const [path, there] of views()) {
      await page.goto(server.address + path);
      await page.locator(there).first().waitFor();
      expect(await violations(page), path).toEqual([]);
    }
    await page.goto(`${server.address}${sample}/shortlist`);
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByRole("checkbox", { name: "mega" }).waitFor();
    await page.locator(".rows .name").first().waitFor();
    expect(await violations(page)).toEqual([]);
    expect(trouble).toEqual([]);
  });
});
