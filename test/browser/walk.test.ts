import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { readXlsx } from "hucre/xlsx";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { SHIPPED_MODEL } from "../../src/bundle/shipped.ts";
import { ROOT, scratchFolder, start } from "../support/harness.ts";
import { hasChromium, launchChromium } from "./chromium.ts";
import { openPage, type PageServer, startPage } from "./pageServer.ts";

vi.setConfig({ testTimeout: 300_000 });

const folder = await scratchFolder();
const workspace = join(folder, "people.duckdb");
const LATER = join(folder, "later.csv");
/** A row of the list. */
const ROW = ".people .rows [role=row]";
const NOTE = "asks for a price list, 2 posts in May";

/** One person's way with a file and the page, step by step: a step goes on where the one before it ended. */
describe.skipIf(!hasChromium()).sequential("a marketer", () => {
  let browser: Browser;
  let server: PageServer;
  let page: Page;
  let trouble: string[];
  let stuck = false;
  /** Handles of the people of the first list, the best first. */
  let best: string[];

  beforeAll(async () => {
    [browser, server] = await Promise.all([
      launchChromium(),
      startPage(folder, { model: SHIPPED_MODEL, workspace }),
      start(["sample", "--later", "30", "--out", LATER]).finished,
    ]);
    ({ page, trouble } = await openPage(browser, server, "/", { viewport: { width: 1440, height: 900 } }));
    page.setDefaultTimeout(120_000);
  });
  afterAll(async () => {
    await browser?.close();
    expect(await server?.stop()).not.toMatch(/fault/);
  });
  beforeEach(({ skip }) => skip(stuck));
  afterEach(({ task }) => {
    stuck ||= task.result?.state === "fail";
  });

  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const active = () => page.locator(".people .row.active");
  const handleOf = async (row: ReturnType<typeof active>) =>
    /@\S+/.exec(await row.locator(".person").innerText())?.[0] ?? "";
  /** The status of a row, once it is that. */
  const hasStatus = (place: number, status: string) =>
    page.locator(`#row-${place} [aria-label="Status: ${status}"]`).waitFor();
  const panel = () => page.getByRole("complementary", { name: "Person" });
  const foot = () => page.locator(".list-foot");

  async function drop(path: string): Promise<void> {
    const text = await readFile(path, "utf8");
    const dataTransfer = await page.evaluateHandle(
      ([name, content]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([content], name, { type: "text/csv" }));
        return transfer;
      },
      [basename(path), text],
    );
    await page.dispatchEvent(".drop-anywhere", "drop", { dataTransfer });
  }

  /** Shows a list from its top. */
  async function show(query: string): Promise<void> {
    await page.goto(`${server.address}/people${query}`);
    await page.locator(`${ROW} .name`).first().waitFor();
  }

  it("drops a file and has its people, the best first", async () => {
    await page.getByText("Drop a file here").waitFor();
    await drop(join(ROOT, "examples/profiles.csv"));
    await page.locator(`${ROW} .name`).first().waitFor();
    await foot().getByText("1,000 people").waitFor();
    best = await Promise.all([0, 1, 2, 3, 4, 5, 6].map((place) => handleOf(page.locator(`#row-${place}`))));
    expect(new Set(best).size).toBe(7);
  });

  it("goes through them by keys: status, note, tag, search", async () => {
    await press("2");
    await hasStatus(0, "To contact");
    await press("j", "3");
    await hasStatus(1, "Contacted");
    await press("j", "j", "k", "7");
    await hasStatus(2, "Never");
    await press("j", "n");
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("person-note");
    await page.keyboard.type(NOTE);
    await press("Escape", "2", "Escape");
    await hasStatus(3, "To contact");
    await panel().waitFor({ state: "detached" });

    await press(" ", "j", " ", "j", " ");
    await page.getByText("3 selected").waitFor();
    await page.getByRole("toolbar").getByRole("button", { name: "Tag" }).press("Enter");
    await page.getByRole("combobox").waitFor();
    await page.keyboard.type("spring");
    await press("Enter");
    await page.getByText(/for 3 people/).waitFor();
    await press("Escape");
    await page.getByText("3 selected").waitFor({ state: "detached" });

    await press("/");
    await page.keyboard.type(best[4].slice(1));
    await page.waitForURL(/search=/);
    await press("Enter");
    await expect.poll(() => handleOf(page.locator("#row-0"))).toBe(best[4]);
    await press("Enter");
    await panel().getByText("spring", { exact: true }).waitFor();
  });

  it("finds all of it after a restart of the server, at the same place on screen", async () => {
    await show("");
    await page.locator("[role=grid]").evaluate((grid) => grid.scrollTo(0, 8000));
    await page.locator("#row-204 a").click();
    await panel().locator("h2").waitFor();
    const seen = async () => [
      page.url(),
      await handleOf(active()),
      await panel().locator("h2").innerText(),
      await page.locator("[role=grid]").evaluate((grid) => grid.scrollTop),
    ];
    const before = await seen();

    const { port } = new URL(server.address);
    expect(await server.stop()).not.toMatch(/fault/);
    server = await startPage(folder, { model: SHIPPED_MODEL, workspace, words: ["--port", port] });
    await page.reload();
    await expect.poll(seen).toEqual(before);

    await foot().getByText("2 left out").waitFor();
    await show("?statuses=all");
    for (const [place, status] of ["To contact", "Contacted", "Never", "To contact"].entries())
      await hasStatus(place, status);
    await page.locator("#row-3 a").click();
    await panel().getByText("spring", { exact: true }).waitFor();
    expect(await panel().getByRole("textbox", { name: "Note" }).inputValue()).toBe(NOTE);
  });

  it("drops the file of a month later, and sees who has grown", async () => {
    await show("");
    expect(await page.getByRole("columnheader", { name: /Growth/ }).count()).toBe(0);
    await drop(LATER);
    await page.getByText("is in. Its people are in the list").waitFor();
    await page.getByRole("columnheader", { name: /Growth/ }).waitFor();
    await page.locator(".of-growth, .number").filter({ hasText: /^\+/ }).first().waitFor();
    await show(`?statuses=all&search=${best[3].slice(1)}`);
    await page.locator("#row-0 a").click();
    await panel()
      .getByRole("img", { name: /^Followers from \S+ to \S+$/ })
      .waitFor();
    await panel()
      .getByText(/in 30 days, since/)
      .waitFor();
    // The same person, with what was noted.
    expect(await panel().getByRole("textbox", { name: "Note" }).inputValue()).toBe(NOTE);
  });

  it("reads how often what was forecast came true", async () => {
    await page.getByRole("link", { name: "Forecasts" }).click();
    await page
      .getByText(/Of [\d,]+ people forecast above 80\s%, [\d,]+ posted \([\d.]+\s%, [\d.]+ to [\d.]+\s%\)\./)
      .first()
      .waitFor();
  });

  it("is not shown whom to leave alone", async () => {
    await show("");
    await foot().getByText("2 left out").waitFor();
    for (const [place, left] of [0, 1, 1, 0].entries()) {
      await page.goto(`${server.address}/people?search=${best[place].slice(1)}`);
      await foot().waitFor();
      expect([best[place], await foot().getByText(`${left} left out`).count()]).toEqual([best[place], left]);
    }
  });

  it("takes the list along as a workbook: whom the screen shows, in that order, with the marks", async () => {
    await show("?tags=spring&sort=followers:desc");
    await foot().getByText("3 of").waitFor();
    const shown = await Promise.all([0, 1, 2].map((place) => handleOf(page.locator(`#row-${place}`))));
    // Who has another handle since is the same person.
    expect(shown).toContain(best[3]);
    await page.getByRole("button", { name: "Export" }).click();
    const dialog = page.getByRole("dialog", { name: "Export what is on screen" });
    await dialog.getByRole("button", { name: /Columns/ }).press("Enter");
    await page.getByRole("option", { name: "All" }).press("Enter");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("link", { name: "Export" }).click(),
    ]);
    const { rows } = (await readXlsx(await readFile(await download.path()))).sheets[0];
    const [head, ...people] = rows;
    const column = (name: string) => people.map((cells) => cells[head.indexOf(name)]);
    expect(column("account").map((account) => `@${account}`)).toEqual(shown);
    expect(column("tags")).toEqual(["spring", "spring", "spring"]);
    const noted = shown.indexOf(best[3]);
    expect([column("note")[noted], column("status")[noted]]).toEqual([NOTE, "to contact"]);
    const followers = column("followers") as number[];
    expect(followers).toEqual([...followers].sort((a, b) => b - a));
  });

  it("forgets somebody, of whom no byte is left in the file", async () => {
    const name = best[0].slice(1);
    await show(`?statuses=all&search=${name}`);
    await page.locator("#row-0 a").click();
    await panel().getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: /Forget/ }).click();
    let go = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    await page.route("**/v1/people/*", async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole("dialog").getByRole("button", { name: "Forget" }).click();
    // The list is in reach while the file is written anew.
    await page.getByText(/^Forgetting .*the file is written anew/).waitFor();
    await page.locator("#row-0").hover();
    go();
    await page.getByText(/is forgotten/).waitFor();
    expect(await server.stop()).not.toMatch(/fault/);
    for (const file of (await readdir(dirname(workspace))).filter((one) =>
      one.startsWith(basename(workspace)),
    ))
      expect((await readFile(join(folder, file), "latin1")).includes(name)).toBe(false);
    // The connection goes with the server.
    expect(trouble.filter((line) => !/ERR_CONNECTION/.test(line))).toEqual([]);
  });
});
