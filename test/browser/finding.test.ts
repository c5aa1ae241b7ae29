import { setTimeout } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_FILE } from "../../src/base/data.ts";
import { scratchFolder } from "../support/harness.ts";
import { closePages, hasChromium, launchChromium } from "./chromium.ts";
import { openPage, overflow, type PageServer, startPage, violations } from "./pageServer.ts";

const folder = await scratchFolder();

describe.skipIf(!hasChromium())("finding people in a browser", () => {
  let browser: Browser;
  let server: PageServer;

  const asked = async <Answer>(path: string, init?: RequestInit) =>
    (await (await fetch(`${server.address}/v1/${path}`, init)).json()) as Answer;
  const total = async (query: string) => (await asked<{ total: number }>(`people?${query}`)).total;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchChromium(), startPage(folder)]);
    await asked("imports?sample=1", { method: "POST" });
    while ((await asked<unknown[]>("imports")).length === 0) await setTimeout(100);
  });

  afterAll(async () => {
    await browser?.close();
    expect(await server?.stop()).not.toMatch(/fault/);
  });

  afterEach(() => closePages(browser));

  async function open(query = "", phone = false) {
    const opened = await openPage(browser, server, `/people${query}`, {
      viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
      acceptDownloads: true,
    });
    await opened.page.getByRole("grid").waitFor();
    return opened;
  }
  const filters = (page: Page) => page.getByRole("dialog", { name: "Filters" });
  async function openFilters(page: Page) {
    await page.getByRole("button", { name: /^Filters/ }).click();
    await filters(page)
      .getByRole("button", { name: /^Show \d/ })
      .waitFor();
    return filters(page);
  }
  /** How many the foot of the list says there are. */
  const listed = (page: Page) =>
    page.getByRole("contentinfo").or(page.locator(".list-foot")).first().getByRole("status").innerText();

  it("filters by what is typed and chosen, counts what each choice leaves, and shows the same after a reload", async () => {
    const { page, trouble } = await open();
    const sheet = await openFilters(page);
    await sheet.getByRole("textbox", { name: "Followers" }).fill("10-500k");
    await page.keyboard.press("Enter");
    const sized = await total("min_followers=10000&max_followers=500000");
    expect(sized).toBeGreaterThan(10);
    expect(sized).toBeLessThan(1000);
    await sheet.getByRole("button", { name: `Show ${sized} people` }).waitFor();
    expect(await sheet.getByRole("textbox", { name: "Followers" }).inputValue()).toBe("10K to 500K");

    // Beside a choice stands how many it would leave.
    const food = sheet.getByRole("button", { name: /^Food \d/ });
    const left = Number(/\d+$/.exec(await food.innerText())?.[0]);
    expect(left).toBe(await total("min_followers=10000&max_followers=500000&niches=food"));
    await food.click();
    await sheet.getByRole("button", { name: new RegExp(`^Show ${left} `) }).waitFor();
    await sheet.getByRole("button", { name: /^Music \d/ }).click();
    const both = await total("min_followers=10000&max_followers=500000&niches=food,music");
    await sheet.getByRole("button", { name: new RegExp(`^Show ${both} `) }).click();
    expect(await violations(page)).toEqual([]);

    await page.reload();
    await page.getByRole("grid").waitFor();
    const chips = page.getByRole("list", { name: "Filters that are on" });
    expect(await chips.innerText()).toMatch(/Followers\s+10K to 500K[\s\S]*About\s+Food, Music/);
    await expect.poll(() => listed(page)).toBe(`${both} of 1,000 people`);

    await chips.getByRole("button", { name: "Take away: About" }).click();
    await expect.poll(() => listed(page)).toBe(`${sized} of 1,000 people`);
    // The focus goes on to the next filter, and from the last to the people.
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    expect(await focused()).toBe("Take away: Followers");
    await page.keyboard.press("Enter");
    await expect.poll(() => listed(page)).toBe("1,000 people");
    expect(await focused()).toBe("People");
    expect(new URL(page.url()).search).toBe("");
    expect(trouble).toEqual([]);
  });

  it("says what it cannot read, and which filter no file can answer", async () => {
    const { page } = await open();
    const sheet = await openFilters(page);
    const pace = sheet.getByRole("textbox", { name: "Posts a week" });
    await pace.fill("often");
    await page.keyboard.press("Enter");
    await sheet.getByRole("alert").getByText("Write it like 2, 2 to 7, up to 7").waitFor();
    expect(await pace.getAttribute("aria-invalid")).toBe("true");
    expect(new URL(page.url()).search).toBe("");
    const growth = sheet.getByRole("textbox", { name: "Growth in 30 days" });
    expect(await growth.isDisabled()).toBe(true);
    await sheet.getByText("Nobody was read twice, a week apart or more").waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("is a whole sheet on a phone", async () => {
    const { page } = await open("?tiers=micro", true);
    const sheet = await openFilters(page);
    expect((await sheet.boundingBox())?.width).toBeGreaterThan(385);
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await sheet.getByRole("button", { name: "Clear all" }).click();
    await sheet.getByRole("button", { name: "Show 1,000 people" }).click();
    expect(await filters(page).count()).toBe(0);
  });

  it("keeps a search under a name: opened after a reload, brought up to date, renamed, deleted and had back", async () => {
    const { page } = await open("?tiers=micro&sort=followers:desc");
    const searches = page.getByRole("button", { name: /^Searches/ });
    await searches.click();
    const saved = page.getByRole("dialog", { name: "Saved searches" });
    await saved.getByRole("textbox", { name: "Name of the new search" }).fill("Small ones");
    await saved.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved as “Small ones”.").waitFor();
    await page.goto(`${server.address}/people`);
    await searches.click();
    await saved.getByRole("button", { name: "Small ones", exact: true }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("list", { name: "Filters that are on" }).getByText("Micro").waitFor();
    expect(new URL(page.url()).searchParams.get("sort")).toBe("followers:desc");

    await page.getByRole("button", { name: "Take away: Size" }).click();
    await page.getByRole("button", { name: /^Small ones\s*changed/ }).click();
    // The page has heard what came of it: a list that comes later would be drawn over what follows.
    const heard = page.waitForResponse(
      (answer) => answer.url().endsWith("/v1/searches") && answer.request().method() === "GET",
    );
    await saved.getByRole("button", { name: "Update" }).click();
    await (await heard).finished();
    expect((await asked<{ query: string }[]>("searches"))[0].query).toBe("sort=followers%3Adesc");

    // Another tab is faster: what it did is shown, and nothing of it is lost.
    const [{ search, version }] = await asked<{ search: number; version: number }[]>("searches");
    const body = JSON.stringify({ name: "Theirs", version });
    await asked(`searches/${search}`, {
      method: "PATCH",
      body,
      headers: { "content-type": "application/json" },
    });
    const rename = async (from: string, to: string) => {
      await saved.getByRole("button", { name: `More about ${from}` }).click();
      await page.getByRole("menuitem", { name: "Rename" }).click();
      await saved.getByRole("textbox", { name: `New name of ${from}` }).fill(to);
      await page.keyboard.press("Enter");
    };
    await rename("Small ones", "Mine");
    await page.getByText("Somebody changed this search a moment ago").waitFor();
    await rename("Theirs", "Ours");
    await saved.getByRole("button", { name: "Ours", exact: true }).waitFor();

    await saved.getByRole("button", { name: "More about Ours" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect.poll(async () => (await asked<unknown[]>("searches")).length).toBe(0);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(async () => (await asked<unknown[]>("searches")).length).toBe(1);
  });

  it("makes a list and shows only who is on it, whatever their status", async () => {
    const { page } = await open();
    await page.getByRole("button", { name: "Lists" }).click();
    const lists = page.getByRole("dialog", { name: "Lists" });
    await lists.getByRole("textbox", { name: "Name of the new list" }).fill("Spring");
    await lists.getByRole("button", { name: "Make" }).click();
    await lists.getByRole("button", { name: /^Spring/ }).waitFor();
    const [{ list }] = await asked<{ list: number }[]>("lists");
    const { rows } = await asked<{ rows: { person: number }[] }>("people?limit=3");
    const change = { people: rows.map(({ person }) => person), set: { add_to: [list], status: "agreed" } };
    await asked("people/changes", {
      method: "POST",
      body: JSON.stringify(change),
      headers: { "content-type": "application/json" },
    });
    await lists.getByRole("button", { name: /^Spring/ }).click();
    await page.keyboard.press("Escape");
    await expect.poll(() => listed(page)).toBe("3 of 1,000 people");
    await page.getByRole("button", { name: "Spring", exact: true }).waitFor();
  });

  it("asks once for what several parts show, and again once it has changed", async () => {
    const page = await (await browser.newContext()).newPage();
    const seen: string[] = [];
    page.on("request", (request) => seen.push(`${request.method()} ${new URL(request.url()).pathname}`));
    const times = (words: string) => seen.filter((one) => one === words).length;
    await page.goto(`${server.address}/people`, { waitUntil: "networkidle" });
    for (const path of ["people", "imports", "lists", "settings", "jobs"])
      expect([path, times(`GET /v1/${path}`)]).toEqual([path, 1]);
    await page.getByRole("button", { name: "Lists" }).click();
    await page.getByRole("textbox", { name: "Name of the new list" }).fill("Asked once");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /^Asked once/ }).waitFor();
    expect(times("GET /v1/lists")).toBe(2);
  });

  it("asks for a file of what is on screen: its filters, its order, its columns", async () => {
    const { page } = await open("?tiers=mega&sort=followers:desc&statuses=all");
    await page.getByRole("button", { name: "Export" }).click();
    const dialog = page.getByRole("dialog", { name: "Export what is on screen" });
    await dialog.getByText("With columns for letters").click();
    await dialog.getByText("With contacts").click();
    expect(await violations(page)).toEqual([]);
    const coming = page.waitForEvent("download");
    await dialog.getByRole("link", { name: "Export" }).click();
    const address = new URL((await coming).url());
    expect(address.pathname).toBe("/v1/people/export");
    const { columns, ...words } = Object.fromEntries(address.searchParams);
    expect(words).toEqual({
      ...{ tiers: "mega", sort: "followers:desc", statuses: "all", format: "xlsx", with_contacts: "false" },
    });
    expect(columns).toMatch(/^first_name,handle,why,link,still_posting,well_answered,followers,last_post/);
    await dialog.waitFor({ state: "detached" });
  });

  it("goes by keys alone from choosing a file over a filter to an export", { timeout: 180_000 }, async () => {
    const { page, trouble } = await open();
    /** Goes on from control to control until the one of this name. */
    async function tabTo(name: RegExp): Promise<void> {
      for (let i = 0; i < 60; i++) {
        await page.keyboard.press("Tab");
        const here = await page.evaluate(() => {
          const { activeElement: at } = document;
          const labels = (at as HTMLInputElement | null)?.labels ?? [];
          return at?.getAttribute("aria-label") ?? labels[0]?.textContent ?? at?.textContent ?? "";
        });
        if (name.test(here.trim())) return;
      }
      throw new Error(`Tab does not come to ${name}`);
    }
    // Waited for from the start: the browser is told some time later to hand over what is chosen.
    const choosing = page.waitForEvent("filechooser");
    await tabTo(/^Add a file$/);
    await page.keyboard.press("Enter");
    await (await choosing).setFiles(SAMPLE_FILE);
    await page.getByText("was added before. Nothing has changed.").waitFor();

    await tabTo(/^Filters/);
    await page.keyboard.press("Enter");
    await filters(page).waitFor();
    await tabTo(/^Followers/);
    await page.keyboard.type("over 1M");
    await page.keyboard.press("Enter");
    await page.waitForURL(/min_followers=1000000/);
    await page.keyboard.press("Escape");
    await expect.poll(() => filters(page).count()).toBe(0);

    await tabTo(/^Export$/);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Export what is on screen" }).waitFor();
    await tabTo(/^Export$/);
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    expect(download.url()).toMatch(/min_followers=1000000.*format=xlsx/);
    expect(trouble).toEqual([]);
  });
});
