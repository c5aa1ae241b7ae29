import { setTimeout } from "node:timers/promises";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { scratchFolder } from "../support/harness.ts";
import { closePages, hasChromium, launchChromium } from "./chromium.ts";
import { openPage, overflow, type PageServer, startPage, violations } from "./pageServer.ts";

const folder = await scratchFolder();
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 } };
/** A row of the list. */
const ROW = ".people .rows [role=row]";

/** Asks the server, and fails where it does not do it. */
async function ask<Answer>(
  { address }: PageServer,
  path: string,
  body?: unknown,
  method = body === undefined ? "GET" : "POST",
): Promise<Answer> {
  const answer = await fetch(`${address}/v1/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  expect([path, answer.ok]).toEqual([path, true]);
  return (await answer.json()) as Answer;
}

/** Adds the sample without a browser. */
async function addSample(server: PageServer): Promise<void> {
  await fetch(`${server.address}/v1/imports?sample=1`, { method: "POST" });
  for (;;) {
    if ((await ask<{ of: number }>(server, "people?limit=1")).of > 0) return;
    await setTimeout(100);
  }
}

/** Takes all marks away. */
async function untouch(server: PageServer): Promise<void> {
  const { rows } = await ask<{ rows: { person: number; version: number; tags: string[] }[] }>(
    server,
    "people?statuses=all&sort=changed_at:desc&limit=100",
  );
  const people = rows.filter(({ version }) => version > 0).map(({ person }) => person);
  const tags = [...new Set(rows.flatMap((row) => row.tags))];
  if (people.length === 0) return;
  await ask(server, "people/changes", {
    people,
    set: { status: "new", note: null, owner: null, ...(tags.length > 0 && { remove_tags: tags }) },
  });
}

describe.skipIf(!hasChromium())("the people of a workspace", () => {
  let browser: Browser;
  let server: PageServer;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchChromium(), startPage(folder)]);
    await addSample(server);
  });

  afterAll(async () => {
    await browser?.close();
    expect(await server?.stop()).not.toMatch(/fault/);
  });

  afterEach(async () => {
    await closePages(browser);
    await untouch(server);
    await ask(server, "settings", { columns: null }, "PATCH");
  });

  const open = async (path = "/people", options?: BrowserContextOptions) => {
    const opened = await openPage(browser, server, path, options);
    await opened.page.locator(`${ROW} .name`).first().waitFor();
    return opened;
  };
  const active = (page: Page) => page.locator(".people .row.active");
  const nameOf = (page: Page) => active(page).locator(".name").innerText();
  const statusOf = (page: Page) =>
    active(page).getByRole("button", { name: "Status" }).getAttribute("aria-label");

  it("are triaged by keys alone", async () => {
    const { page, trouble } = await open();
    const press = (key: string) => page.keyboard.press(key);
    const first = await nameOf(page);
    await press("j");
    await press("ArrowDown");
    await press("k");
    const second = await nameOf(page);
    expect(second).not.toBe(first);

    await press("2");
    await page
      .getByText(/to contact/i)
      .last()
      .waitFor();
    await expect.poll(() => statusOf(page)).toBe("Status: To contact");
    await press("u");
    await page.getByText(/Taken back/).waitFor();
    await expect.poll(() => statusOf(page)).toBe("Status: New");

    // A note, and back to the list; the person stays beside it while one walks on.
    await press("n");
    await page.getByRole("textbox", { name: "Note" }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("person-note");
    await page.keyboard.type("asks for a price list, 2 posts");
    await press("Escape");
    await expect.poll(() => statusOf(page)).toBe("Status: New");
    await press("j");
    const third = await nameOf(page);
    await page.locator(".person-panel h2").getByText(third).waitFor();
    await press("k");
    await page.locator(".person-panel h2").getByText(second).waitFor();
    expect(await page.getByRole("textbox", { name: "Note" }).inputValue()).toBe(
      "asks for a price list, 2 posts",
    );
    await press("Escape");
    await expect.poll(() => page.locator(".person-panel").count()).toBe(0);

    // Two are selected and written to: they stay where they are until the list is asked for anew.
    await press(" ");
    await press("j");
    await press(" ");
    await page.getByText("2 selected").waitFor();
    await press("3");
    await expect.poll(() => page.locator(`${ROW} [aria-label="Status: Contacted"]`).count()).toBe(2);
    await press("Escape");
    await expect.poll(() => page.getByText("2 selected").count()).toBe(0);
    await page.reload();
    await page.getByText("2 left out").waitFor();

    await press("/");
    await page.keyboard.type(second.slice(0, 4));
    await page.waitForURL(/search=/);
    await press("Escape");
    await press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await press("Escape");
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    expect(trouble).toEqual([]);
  });

  it("are marked in the panel, each part where it stands, with a history", async () => {
    const { page, trouble } = await open();
    await page.locator(`${ROW} a`).nth(2).click();
    const panel = page.getByRole("complementary", { name: "Person" });
    await panel.getByRole("button", { name: /New/ }).click();
    await page.getByRole("menuitemradio", { name: /Agreed/ }).click();
    await panel.getByRole("button", { name: /Agreed/ }).waitFor();

    await panel.getByText("Add a tag").click();
    await page.getByRole("combobox").fill("spring");
    await page.keyboard.press("Enter");
    await panel.getByText("spring", { exact: true }).waitFor();
    await panel.getByText("Nobody").click();
    await page.getByRole("combobox").fill("Ada");
    await page.keyboard.press("Enter");
    await panel.getByText("Ada", { exact: true }).waitFor();
    await panel.getByText("Add to a list").click();
    await page.getByRole("combobox").fill("Launch");
    await page.keyboard.press("Enter");
    await panel.getByText("Launch", { exact: true }).waitFor();
    await expect.poll(() => panel.locator(".history li").count()).toBeGreaterThan(3);

    await panel.getByRole("button", { name: "Without tag spring" }).click();
    await expect.poll(() => panel.getByText("spring", { exact: true }).count()).toBe(0);
    await page.reload();
    await panel.getByText("Launch", { exact: true }).waitFor();
    await panel.getByRole("button", { name: /Agreed/ }).waitFor();
    expect(trouble).toEqual([]);
  });

  it("are not overwritten from two tabs: what is there now is shown", async () => {
    const { page } = await open();
    await page.locator(`${ROW} a`).first().click();
    const panel = page.getByRole("complementary", { name: "Person" });
    await panel.getByRole("button", { name: /New/ }).waitFor();
    const person = Number(new URL(page.url()).pathname.split("/").pop());
    await ask(server, "people/changes", { people: [person], set: { status: "declined" } });
    await panel.getByRole("button", { name: /New/ }).click();
    await page.getByRole("menuitemradio", { name: /Agreed/ }).click();
    await page.getByText("nothing was overwritten").waitFor();
    await panel.getByRole("button", { name: /Declined/ }).waitFor();
    expect((await ask<{ status: string }>(server, `people/${person}`)).status).toBe("declined");
  });

  it("stand where they stood after a reload: the place in the list, the active row, who is open", async () => {
    const { page, trouble } = await open("/people?sort=followers:desc");
    const grid = page.locator("[role=grid]");
    await grid.evaluate((list) => list.scrollTo(0, 12_000));
    await page.locator("#row-305 a").click();
    await page.locator(".person-panel h2").waitFor();
    const [name, place] = [await nameOf(page), await grid.evaluate((list) => list.scrollTop)];
    await page.reload();
    await expect.poll(() => grid.evaluate((list) => list.scrollTop)).toBe(place);
    expect(await nameOf(page)).toBe(name);
    await page.locator(".person-panel h2").getByText(name).waitFor();
    await page.getByRole("link", { name: "Files" }).click();
    await page.getByRole("heading", { name: "Files" }).waitFor();
    await page.goBack();
    await expect.poll(() => grid.evaluate((list) => list.scrollTop)).toBe(place);
    expect(trouble).toEqual([]);
  });

  it("keep all but a few selected, for changes and for a file", async () => {
    const { page, trouble } = await open("/people?statuses=new,contacted");
    await page.getByRole("checkbox", { name: "Select everybody" }).click();
    for (const row of [1, 3]) await page.locator(`#row-${row} .tick input`).click();
    await page.getByText("998 selected").waitFor();
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByText("998 selected people").waitFor();
    const href = await page.getByRole("link", { name: "Export" }).getAttribute("href");
    const file = await (
      await fetch(`${server.address}${href?.replace("format=xlsx", "format=ndjson")}`)
    ).text();
    expect(file.trim().split("\n")).toHaveLength(998);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.keyboard.press("2");
    await page.getByText(/for 998 people/).waitFor();
    expect((await ask<{ total: number }>(server, "people?statuses=new")).total).toBe(2);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText(/Taken back/).waitFor();
    expect(trouble).toEqual([]);
  });

  it("say what sets each apart, not the same of all", async () => {
    const { page } = await open();
    const whys = await page.locator(`${ROW} .of-why`).allInnerTexts();
    expect(new Set(whys).size).toBeGreaterThan(0.6 * whys.length);
  });

  it.each([
    ["a desk", 1440, true],
    ["a small desk", 1024, false],
    ["a small desk beside a person", 1280, true],
    ["a page zoomed to 200 %", 720, false],
    ["a tablet", 768, true],
  ])("are cut nowhere on %s", async (_, width, person) => {
    const { page, trouble } = await open("/people", { viewport: { width, height: 800 } });
    if (person) {
      await page.locator(`${ROW} a`).first().click();
      await page.locator(".person-panel h2").waitFor();
    }
    expect(await overflow(page)).toBe(0);
    // The list needs no scrolling sideways, numbers and days are whole, and the bar takes one line.
    const cut = await page.evaluate(() => {
      const wide = (element: Element) => element.scrollWidth > element.clientWidth;
      const grid = document.querySelector("[role=grid]") as Element;
      const cells = [...grid.querySelectorAll(".number, .of-still_posting, .of-well_answered, .title")];
      return [
        ...(wide(grid) ? ["the list"] : []),
        ...cells.filter(wide).map((cell) => cell.textContent),
        ...((document.querySelector(".people-bar") as Element).clientHeight > 56 ? ["the bar"] : []),
      ];
    });
    expect(cut).toEqual([]);
    expect(trouble).toEqual([]);
  });

  it("are changed all at once, and that is taken back", async () => {
    const { page, trouble } = await open();
    await page.getByRole("checkbox", { name: "Select everybody" }).click();
    await page.getByText("1,000 selected").waitFor();
    await page.getByRole("toolbar").getByRole("button", { name: "Tag" }).click();
    await page.getByRole("combobox").fill("all of them");
    await page.keyboard.press("Enter");
    await page.getByText(/for 1,000 people/).waitFor();
    expect((await ask<{ total: number }>(server, "people?tags=all%20of%20them")).total).toBe(1000);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText(/Taken back/).waitFor();
    expect((await ask<{ total: number }>(server, "people?tags=all%20of%20them")).total).toBe(0);
    expect(trouble).toEqual([]);
  });

  it("are sorted by their heads, in columns that are chosen and kept", async () => {
    const { page, trouble } = await open();
    await page.getByRole("button", { name: "Followers" }).click();
    await page.locator('[role=columnheader][aria-sort="descending"]').getByText("Followers").waitFor();
    await page.mouse.move(0, 0);
    await page.getByRole("button", { name: "Followers" }).hover();
    await page.getByRole("tooltip").getByText("How many follow the account").waitFor();

    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("dialog", { name: "Columns" }).getByText("Language", { exact: true }).click();
    await page.getByRole("button", { name: "Move Language to the left" }).click();
    await page.keyboard.press("Escape");
    await expect.poll(() => ask(server, "settings")).toHaveProperty("columns.6", "language");
    const { page: otherBrowser } = await open();
    const heads = await otherBrowser.locator("[role=columnheader] .title").allInnerTexts();
    expect(heads.map((text) => text.replace(/ [↓↑]$/, ""))).toEqual(
      "Person,Why,Goes on posting,Answered well,Followers,Last post,Contact,Language,Flags".split(","),
    );
    expect(trouble).toEqual([]);
  });

  it("are compared, up to five, and others are found who are like them", async () => {
    const { page, trouble } = await open();
    for (const key of [" ", "j", " "]) await page.keyboard.press(key);
    await page.getByRole("button", { name: "Compare" }).click();
    await page
      .getByRole("dialog", { name: "Side by side" })
      .getByRole("rowheader", { name: "Why" })
      .waitFor();
    expect(await page.getByRole("dialog").locator("thead th").count()).toBe(2);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Find alike" }).click();
    await page.getByRole("dialog", { name: "People like these" }).locator("li").first().waitFor();
    expect(await violations(page)).toEqual([]);
    expect(trouble).toEqual([]);
  });

  it("are shown whole on a phone: cards, and the person over all of it", async () => {
    const { page, trouble } = await open("/people", PHONE);
    expect(await overflow(page)).toBe(0);
    await page.locator(`${ROW} a`).first().click();
    const person = page.getByRole("dialog", { name: "Person" });
    await person.getByRole("heading", { level: 2 }).waitFor();
    expect(await person.evaluate((dialog) => dialog.getBoundingClientRect().width)).toBeGreaterThan(385);
    expect(await overflow(page)).toBe(0);
    await person.getByRole("button", { name: "Close" }).click();
    await page.locator(ROW).first().waitFor();
    expect(trouble).toEqual([]);
  });

  it("have nothing that axe finds wrong", { timeout: 180_000 }, async () => {
    const { page, trouble } = await open();
    expect(await violations(page)).toEqual([]);
    for (const [key, there] of [
      [" ", ".bulk"],
      ["?", ".dialog .key-list"],
      ["Escape", ".bulk"],
      ["Enter", ".person-panel .history, .person-panel .properties"],
      ["2", ".toast"],
    ]) {
      await page.keyboard.press(key);
      await page.locator(there).first().waitFor();
      expect([key, await violations(page)]).toEqual([key, []]);
    }
    await page.goto(`${server.address}/people?min_followers=99999999999`);
    await page.getByText("Nobody is like that").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.goto(`${server.address}/people/999999`);
    await page.getByText("There is no such person").waitFor();
    expect(await violations(page)).toEqual([]);
    expect(trouble.filter((line) => !line.includes("404"))).toEqual([]);
  });
});
