import { readFile } from "node:fs/promises";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { scratchFolder } from "../support/harness.ts";
import { closePages, hasChromium, launchChromium } from "./chromium.ts";
import { openPage, openSample, type PageServer, startPage, withStudy } from "./pageServer.ts";

const folder = await scratchFolder();

describe.skipIf(!hasChromium())("the page in a browser", () => {
  let browser: Browser;
  let server: PageServer;
  /** `/d/ID` of the sample. */
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
  /** Of the rows in view, once none is drawn in part. */
  async function firstNames(page: Page, count = 3): Promise<(string | null)[]> {
    await expect.poll(() => page.locator('.rows [aria-busy="true"]').count()).toBe(0);
    return page
      .locator(".rows .who .name")
      .evaluateAll((all, most) => all.slice(0, most).map((one) => one.textContent), count);
  }

  /** The list of everybody, or as it is asked for, once its rows are there. */
  async function openList(query = "?all=1", options: BrowserContextOptions = {}) {
    const opened = await open(`${sample}/shortlist${query}`, options);
    await opened.page.locator(".rows .name").first().waitFor();
    return opened;
  }

  it("opens the sample from the start: the list at once, then the data, and the rest can be cancelled", async () => {
    const { page, trouble } = await open("/d");
    await page.getByRole("button", { name: "Try the sample" }).click();
    await page.waitForURL(/\/d\/[^/]+\/shortlist$/);
    await page.locator(".rows .name").first().waitFor();
    await page.getByRole("progressbar").waitFor();
    await page.getByRole("link", { name: "Data" }).click();
    await page.getByRole("heading", { name: "What to know about this file" }).waitFor();
    expect(await page.locator(".facts").innerText()).toMatch(/Bright Data[\s\S]*1,000/);
    const chart = page.locator(".chart").first();
    await chart.scrollIntoViewIfNeeded();
    await chart.locator("svg").waitFor();
    expect(await chart.getByRole("img").first().getAttribute("aria-label")).toMatch(/\w{3}/);
    expect(await chart.locator("figcaption").innerText()).toMatch(/\w{3}/);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Cancelled.").waitFor();
    await page.getByRole("link", { name: "Study" }).click();
    await page.getByText("There is no study of this file").waitFor();
    expect(trouble).toEqual([]);
  });

  it("lists what is open at the start, and leads from a size to its accounts", async () => {
    const { page } = await open("/d");
    await page.getByRole("link", { name: "sample.csv" }).first().click();
    await page.getByRole("link", { name: "Data" }).click();
    await page.getByRole("link", { name: "mega" }).click();
    await page.waitForURL(/shortlist\?all=1&tiers=mega$/);
    await page.getByText(/^\d+ of 1,000 accounts$/).waitFor();
  });

  it("moves precision, recall and the shortlist with the threshold, and keeps it in the address", async () => {
    const { page, trouble } = await open("/d");
    await withStudy(page);
    await page.goto(`${server.address}${sample}/study?threshold=0.30`);
    const slider = page.getByRole("slider");
    await slider.waitFor();
    const recall = page.locator(".threshold .facts > div").nth(1).locator(".value");
    const picked = page.locator(".first h3");
    const before = [await recall.innerText(), await picked.innerText()];
    await slider.focus();
    await page.keyboard.press("End");
    await page.waitForURL(/threshold=1$/);
    await page.getByText("Nobody is this likely").waitFor();
    expect([await recall.innerText(), await picked.innerText()]).not.toEqual(before);
    await page.getByRole("button", { name: "the best F1" }).click();
    await page.waitForURL(/threshold=0\.\d+$/);
    const address = page.url();
    const after = await recall.innerText();
    await page.reload();
    await slider.waitFor();
    expect([page.url(), await recall.innerText()]).toEqual([address, after]);
    await page.getByRole("link", { name: "See them all" }).click();
    await page.waitForURL(/shortlist\?all=1&min_probability=/);
    expect(trouble).toEqual([]);
  });

  it("sorts by a column's head, by mouse and by keyboard, and tells the order", async () => {
    const { page, trouble } = await openList();
    const head = page.getByRole("columnheader", { name: "Followers" });
    const ranked = await firstNames(page);
    await head.getByRole("button").click();
    await page.waitForURL(/sort=followers%3Adesc/);
    await expect.poll(() => firstNames(page)).not.toEqual(ranked);
    expect(await head.getAttribute("aria-sort")).toBe("descending");
    const most = await firstNames(page);
    await page.keyboard.press("Enter");
    await page.waitForURL(/sort=followers%3Aasc/);
    expect(await head.getAttribute("aria-sort")).toBe("ascending");
    await expect.poll(() => firstNames(page)).not.toEqual(most);
    await page.goBack();
    await expect.poll(() => firstNames(page)).toEqual(most);
    await page.reload();
    await expect.poll(() => firstNames(page)).toEqual(most);
    expect(trouble).toEqual([]);
  });

  it("searches and filters, keeps both in the address, and says what to do where nobody is left", async () => {
    const { page } = await openList();
    const [name] = await firstNames(page, 1);
    await page.getByRole("searchbox").fill(name!.slice(0, 6));
    await page.waitForURL(/search=/);
    await page.getByText(/^\d+ of 1,000 accounts$/).waitFor();
    expect((await firstNames(page)).join()).toContain(name!.slice(0, 6));
    await page.goBack();
    await page.getByText("1,000 accounts, the surest first").waitFor();
    expect(await page.getByRole("searchbox").inputValue()).toBe("");
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByRole("checkbox", { name: "mega" }).check();
    await page.getByLabel("E-mail address").selectOption("true");
    await page.waitForURL(/tiers=mega&has_email=true/);
    await page.getByLabel("Followers from").fill("6000000");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Filters (3)" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("No account is like that").waitFor();
    await page.getByRole("button", { name: "Take all filters away" }).click();
    await page.getByText("1,000 accounts, the surest first").waitFor();
  });

  it("opens with the short list, filters it, and shows everybody for the asking", async () => {
    const { page, trouble } = await openList("");
    await page.getByText(/^The first 200 of \d+\saccounts: 1,000 followers or more$/).waitFor();
    expect(await page.getByRole("grid").getAttribute("aria-rowcount")).toBe("201");
    await page.getByText(/^Profiles read from .* ago\. Profiles older than 30 days/).waitFor();
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByLabel("E-mail address").selectOption("true");
    await page.waitForURL(/shortlist\?has_email=true$/);
    await page.getByText(/^\d+\saccounts: 1,000 followers or more$/).waitFor();
    await page.goBack();
    await page.getByText(/^The first 200/).waitFor();
    await page.getByRole("button", { name: "Show everybody" }).click();
    await page.waitForURL(/all=1/);
    await page.getByText("1,000 accounts, the surest first").waitFor();
    await page.getByRole("button", { name: "Show the short list" }).click();
    await page.getByText(/^The first 200/).waitFor();
    await page.goto(`${server.address}${sample}/shortlist?top=50`);
    await page.getByText(/^The first 50 of/).waitFor();
    expect(await page.getByRole("grid").getAttribute("aria-rowcount")).toBe("51");
    expect(trouble).toEqual([]);
  });

  it("compares what is selected side by side", async () => {
    const { page, trouble } = await openList();
    const names = await firstNames(page);
    for (const i of [0, 1, 2]) await page.locator(".rows").getByRole("checkbox").nth(i).check();
    await page.getByText("3 selected").waitFor();
    await page.getByRole("button", { name: "Compare" }).click();
    await page.waitForURL(/compare=/);
    const heads = page.locator(".compare thead .name");
    await heads.first().waitFor();
    expect(await heads.allTextContents()).toEqual(names);
    // The sample tells the language of nobody.
    await page.getByRole("rowheader", { name: "Account age" }).waitFor();
    expect(await page.getByRole("rowheader", { name: "Language" }).count()).toBe(0);
    await page.getByRole("button", { name: "Take away" }).first().click();
    await expect.poll(() => heads.allTextContents()).toEqual(names.slice(1));
    await page.reload();
    await expect.poll(() => heads.allTextContents()).toEqual(names.slice(1));
    await page.getByRole("button", { name: "Back to the list" }).click();
    await page.locator(".rows .name").first().waitFor();
    expect(trouble).toEqual([]);
  });

  it("saves a named list in the browser, opens, renames and deletes it", async () => {
    const { page } = await openList();
    const names = await firstNames(page, 2);
    for (const i of [0, 1]) await page.locator(".rows").getByRole("checkbox").nth(i).check();
    await page.getByRole("button", { name: "Lists" }).click();
    await page.getByLabel(/^Save 2 selected as/).fill("Spring <b>");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved as Spring <b>.").waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Lists (1)" }).click();
    await page.getByRole("button", { name: /^Spring <b> 2$/ }).click();
    await page.waitForURL(/rows=/);
    await page.getByText("2 of 1,000 accounts").waitFor();
    expect(await firstNames(page)).toEqual(names);
    await page.getByRole("button", { name: "Rename Spring <b>" }).click();
    await page.getByLabel("New name of Spring <b>").fill("Summer");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Delete Summer" }).click();
    await page.getByRole("button", { name: "Lists", exact: true }).waitFor();
  });

  it("exports the list as it is filtered, or what is selected, with contacts or without", async () => {
    const { page } = await openList("?has_email=true");
    const take = async (name: string) => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name, exact: true }).click(),
      ]);
      return readFile(await download.path(), "utf8");
    };
    await page.getByRole("button", { name: "Export" }).click();
    const all = (await take("NDJSON"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(all.length).toBeGreaterThan(10);
    expect(all.every(({ contacts }) => contacts.some(({ kind }: { kind: string }) => kind === "email"))).toBe(
      true,
    );
    await page.keyboard.press("Escape");
    await page.locator(".rows").getByRole("checkbox").first().check();
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("checkbox", { name: /^with contacts/ }).uncheck();
    const [head, ...lines] = (await take("CSV")).trim().split("\n");
    expect(lines).toHaveLength(1);
    expect(head).not.toMatch(/contact|email/);
  });

  it("keeps the choice of columns", async () => {
    const { page } = await openList();
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("checkbox", { name: "Likes" }).check();
    await page.getByRole("checkbox", { name: "Followers", exact: true }).uncheck();
    await page.reload();
    await page.getByRole("columnheader", { name: "Likes" }).waitFor();
    expect(await page.getByRole("columnheader", { name: "Followers", exact: true }).count()).toBe(0);
  });

  it("is walked by keyboard alone: to the list, down it, to an account and back", async () => {
    const { page } = await openList();
    const seen: string[] = [];
    while (seen.length < 40 && !seen.includes("grid")) {
      await page.keyboard.press("Tab");
      const role = await page.evaluate(
        () =>
          document.activeElement?.getAttribute("role") ?? document.activeElement?.textContent?.trim() ?? "",
      );
      seen.push(role);
    }
    expect(seen[0]).toBe("Skip to the content");
    expect(seen).toContain("grid");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await page.getByText("1 selected").waitFor();
    await page.keyboard.press("End");
    await page.locator('[aria-rowindex="1001"] .name').waitFor();
    const grid = page.getByRole("grid");
    expect(await grid.getAttribute("aria-rowcount")).toBe("1001");
    expect(await grid.getAttribute("aria-activedescendant")).toBe("row-999");
    const last = await page.locator("#row-999 .name").textContent();
    await page.keyboard.press("Enter");
    await page.waitForURL(/profile\/\d+$/);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(last);
    await page.goBack();
    await page.locator('[aria-rowindex="1001"] .name').waitFor();
  });

  it("tells all about an account, and leads to those beside it and like it", async () => {
    const { page, trouble } = await openList();
    const names = await firstNames(page, 2);
    await page.locator(".rows a").first().click();
    const title = page.getByRole("heading", { level: 1 });
    await expect.poll(() => title.textContent()).toBe(names[0]);
    const tiktok = page.getByRole("link", { name: /on TikTok$/ });
    expect(await tiktok.getAttribute("href")).toMatch(/^https:\/\/www\.tiktok\.com\/@/);
    expect(await tiktok.getAttribute("rel")).toBe("noopener noreferrer");
    expect(await page.locator(".waterfall").count()).toBe(0);
    const why = page.getByRole("button", { name: "Why this number" });
    await why.click();
    expect(await why.getAttribute("aria-expanded")).toBe("true");
    expect(await page.locator(".waterfall li").count()).toBeGreaterThan(3);
    await page.getByText(/as a table$/).click();
    expect(await page.locator(".profile tbody tr").count()).toBeGreaterThan(5);
    await page.getByRole("link", { name: "Next →" }).click();
    await expect.poll(() => title.textContent()).toBe(names[1]);
    await page.locator(".like a").first().click();
    await expect.poll(() => title.textContent()).not.toBe(names[1]);
    await page.reload();
    await title.waitFor();
    expect(trouble).toEqual([]);
  });
});
