import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SHIPPED_MODEL } from "../../src/bundle/shipped.ts";
import { writeSample } from "../../src/sample/sample.ts";
import { ROOT, scratchFolder } from "../support/harness.ts";
import { closePages, hasChromium, launchChromium } from "./chromium.ts";
import { openPage, overflow, type PageServer, startPage, violations } from "./pageServer.ts";

const folder = await scratchFolder();
/** Followers in words as the list shows them, of accounts that are in files of several kinds. */
const PEOPLE = [
  ["@emiliobesox81", "6.9M"],
  ["@jazapaofficial", "12.9K"],
] as const;
const SAMPLE = { rows: 300, seed: 5 };
/** What the list of people could not load is looked at in its own tests. */
const ofFiles = (words: string) => !words.startsWith("Failed to load resource");

describe.skipIf(!hasChromium())("the files of a workspace", () => {
  let browser: Browser;
  let server: PageServer;

  beforeAll(async () => {
    [browser, server] = await Promise.all([
      launchChromium(),
      startPage(folder, { model: SHIPPED_MODEL }),
      writeSample(join(folder, "june.csv"), SAMPLE),
      writeSample(join(folder, "july.csv"), { ...SAMPLE, later: 30 }),
    ]);
  });

  afterAll(async () => {
    await browser?.close();
    expect(await server?.stop()).not.toMatch(/fault/);
  });

  afterEach(async () => {
    await closePages(browser);
    const all = (await (await fetch(`${server.address}/v1/imports`)).json()) as { import: number }[];
    for (const { import: number } of all)
      await fetch(`${server.address}/v1/imports/${number}`, { method: "DELETE" });
  });

  const openFiles = async () => await openPage(browser, server, "/files");

  async function give(page: Page, path: string): Promise<void> {
    await page.locator('input[type="file"]').first().setInputFiles(path);
  }

  it("adds a file and shows its people, adds what they did a month later, and tells which forecasts came true", async () => {
    const { page, trouble } = await openFiles();
    await page.getByText("No file is here yet").waitFor();
    await give(page, join(folder, "june.csv"));
    await page.waitForURL(/\/people\?imports=\d+/);
    await page.getByRole("link", { name: "Forecasts" }).click();
    await page.getByText("Nothing can be told yet.").waitFor();
    expect(await page.locator("main").innerText()).toContain("too young");

    await page.getByRole("link", { name: "Add a file" }).click();
    await give(page, join(folder, "july.csv"));
    await page.waitForURL(/\/people\?imports=\d+/);
    await page.getByRole("link", { name: "Files", exact: true }).click();
    const july = page.getByRole("row", { name: /july\.csv/ });
    await july.waitFor();
    expect(await july.innerText()).toMatch(/Bright Data/);

    await page.getByRole("link", { name: "Forecasts" }).click();
    await page.getByText(/Of \d+ people forecast above 80\s%, \d+ posted \(.*\)\./).waitFor();
    await page.getByText("In numbers").first().click();
    await page
      .getByRole("cell", { name: /^\d.* to .* %$/ })
      .first()
      .waitFor();
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflow(page)).toBe(0);
    expect(trouble.filter(ofFiles)).toEqual([]);
  });

  it("says that the same file changes nothing, what is in it, and deletes it once that is confirmed", async () => {
    const { page } = await openFiles();
    await give(page, join(folder, "june.csv"));
    await page.waitForURL(/\/people/);
    await page.getByRole("link", { name: "Files", exact: true }).click();
    await give(page, join(folder, "june.csv"));
    await page.getByText("was added before. Nothing has changed.").waitFor();
    await page.getByRole("link", { name: "june.csv" }).click();
    await page.getByText("Recognised as").waitFor();
    expect(await violations(page)).toEqual([]);
    // It is read otherwise without choosing it again, since this tab sent it.
    await page.getByText("Read the file otherwise").click();
    await page.getByRole("button", { name: "Read the file again" }).waitFor();

    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByText("frees its space").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Keep it" }).click();
    await page.getByText("frees its space").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete the file" }).click();
    await page.getByText("No file is here yet").waitFor();
    expect(await (await fetch(`${server.address}/v1/imports`)).json()).toEqual([]);
  });

  it.each([
    ["mk-b_excel.xlsx", "XLSX"],
    ["mk-c_german.csv", "In counts a point parts thousands and a comma stands before decimals"],
    ["mk-d_unknown.csv", '5 columns were taken by their names and values: "Creator" as "Handle"'],
  ])(
    "lists the people of %s as a marketer has it, and tells what was decided about it",
    async (name, told) => {
      const { page, trouble } = await openFiles();
      await give(page, join(ROOT, "test/found", name));
      await page.waitForURL(/\/people\?imports=\d+/);
      for (const [handle, followers] of PEOPLE) {
        await page.getByRole("searchbox").fill(handle.slice(1));
        const row = page.getByRole("row", { name: handle });
        await row.waitFor();
        expect(await row.innerText()).toContain(followers);
      }
      await page.getByRole("link", { name: "Files", exact: true }).click();
      await page.getByRole("link", { name }).click();
      await page.locator(".facts").first().waitFor();
      const words = await page.locator("main").innerText();
      expect(words).toContain(told);
      expect(words).not.toMatch(/If not:|leave it out like this|map=/);
      expect(trouble).toEqual([]);
    },
  );

  it("tells what was lost of a file, and each record that was left out", async () => {
    const path = join(folder, "lost.csv");
    await writeFile(path, "account_id,followers\nada,many\nbo,more\n,7\ncy,none of it\n");
    const { page } = await openFiles();
    await give(page, path);
    await page.waitForURL(/\/people/);
    await page.getByRole("link", { name: "What was read" }).click();
    await page.locator(".losses", { hasText: "3 of 4 values of followers cannot be read" }).waitFor();
    await page.locator(".losses", { hasText: "1 of 4 records (25 %) were rejected" }).waitFor();
    await page.locator(".rejected", { hasText: "Line 4: missing id" }).waitFor();
  });

  it.each([
    [
      "picture.png",
      Buffer.from("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "latin1"),
      /Not a table of profiles: the file is a picture[^()]*\s+Can be read: CSV/,
    ],
    [
      "table.xlsx",
      Buffer.from("PK\x03\x04\x14\x00\x00\x00", "latin1"),
      /Truncated ZIP: the file ends in the middle/,
    ],
    ["half.json", '{"id":', /the file ends/],
    ["head.csv", "id,account_id,nickname,followers\n", /the file has a header and no records/],
    ["noise.csv", randomBytes(4000), /\w/],
    ["empty.csv", "", /The file is empty/],
  ])("says what is wrong with %s, leads on, and keeps nothing of it", async (name, bytes, words) => {
    await writeFile(join(folder, name), bytes);
    const { page } = await openFiles();
    await give(page, join(folder, name));
    const alert = page.getByRole("alert").first();
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(words);
    expect(await alert.innerText()).not.toContain(name);
    expect(await page.getByRole("button", { name: "Try again" }).count()).toBe(0);
    await page.getByRole("button", { name: `Leave it out: ${name}` }).click();
    await page.getByText("No file is here yet").waitFor();
    expect(await (await fetch(`${server.address}/v1/imports`)).json()).toEqual([]);
  });

  it("says no more of a file that nothing helps once another is added, and lets one be sent again that did not arrive", async () => {
    const brochure = join(folder, "brochure.pdf");
    await writeFile(brochure, "%PDF-1.4\n");
    const { page } = await openFiles();
    await give(page, brochure);
    await page.getByText("Not a table of profiles: the file is a PDF").waitFor();
    await page.route("**/v1/imports?*", (route) => route.abort());
    await give(page, join(folder, "june.csv"));
    await page.getByText("The file could not be sent.").waitFor();
    expect(await page.getByRole("alert").count()).toBe(1);
    await page.unroute("**/v1/imports?*");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.waitForURL(/\/people\?imports=\d+/);
    await page.getByRole("link", { name: "Files", exact: true }).click();
    await page.getByRole("row", { name: /june\.csv/ }).waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  it("says nothing of what failed before to somebody who has chosen a file before the answer about it came", async () => {
    const sheet = join(folder, "sheet.csv");
    await writeFile(sheet, "id,account_id,nickname,followers\n");
    const first = await openFiles();
    await give(first.page, sheet);
    await first.page.getByText("The file has a header and no records").waitFor();
    const { page } = await openFiles();
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route("**/v1/jobs", async (route) => {
      await asked;
      await route.continue();
    });
    await page.reload();
    const notes = join(folder, "notes.pdf");
    await writeFile(notes, "%PDF-1.4\n");
    const listed = page.waitForResponse("**/v1/jobs");
    await give(page, notes);
    await page.getByText("Not a table of profiles: the file is a PDF").waitFor();
    answer();
    await (await listed).finished();
    await page.waitForTimeout(100);
    expect(await page.getByRole("alert").allInnerTexts()).toEqual([expect.stringContaining("PDF")]);
  });

  it("reads one file after the other where two tabs send them at once", async () => {
    const tabs = await Promise.all([openFiles(), openFiles()]);
    const names = ["june.csv", "july.csv"];
    await Promise.all(tabs.map(({ page }, i) => give(page, join(folder, names[i]!))));
    await Promise.all(tabs.map(({ page }) => page.waitForURL(/\/people\?imports=\d+/)));
    const all = (await (await fetch(`${server.address}/v1/imports`)).json()) as { name: string }[];
    expect(all.map(({ name }) => name).sort()).toEqual(names.toSorted());
  });

  it("says in words why a file cannot be added, and reads it as it is told", async () => {
    const path = join(folder, "either.csv");
    await writeFile(path, "account_id,followers,likes\nada,1.000,5\nbo,2.000,7\n");
    const { page } = await openFiles();
    await give(page, join(ROOT, "test/found/mk-e_handles.txt"));
    const list = page.getByText("is a list of 30 accounts and says nothing else about them");
    // In the page's own words: nobody here has a command line.
    expect(await list.innerText()).toMatch(/“Bring a list you have”\.$/);
    await page.getByRole("button", { name: /^Leave it out: mk-e/ }).click();
    await give(page, path);
    await page.getByText("“Decimal mark: comma”").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel("Decimal mark").selectOption("comma");
    await page.getByRole("button", { name: "Read the file again" }).click();
    await page.waitForURL(/\/people/);
    const { rows } = (await (await fetch(`${server.address}/v1/people`)).json()) as {
      rows: { followers: number }[];
    };
    expect(rows.map(({ followers }) => followers).sort()).toEqual([1000, 2000]);

    // What was decided can be taken back; what was said before stays, until somebody says otherwise.
    await page.getByRole("link", { name: "Files", exact: true }).click();
    await page.getByRole("link", { name: "either.csv" }).click();
    for (const likes of ["likes=", ""]) {
      await page.getByText("Read the file otherwise").click();
      expect(await page.getByLabel("Decimal mark").inputValue()).toBe("comma");
      const map = page.getByLabel("Columns, one a line");
      expect(await map.inputValue()).toBe(likes === "" ? "likes=" : "");
      await map.fill(likes);
      const before = page.url();
      await page.getByRole("button", { name: "Read the file again" }).click();
      await page.waitForURL((url) => /\/files\/\d+$/.test(url.href) && url.href !== before);
    }
  });

  it("asks which column is what where nothing tells, by keyboard", async () => {
    const path = join(folder, "unknown.csv");
    const people = Array.from({ length: 20 }, (_, i) => `some body ${i},${1000 + 37 * i},text ${i}`);
    await writeFile(path, `c1,c2,c3\n${people.join("\n")}\n`);
    const { page, trouble } = await openFiles();
    await give(page, path);
    await page.getByText("some body 0").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Read the file like this" }).press("Enter");
    await page.getByRole("alert").getByText("Nothing says yet who the people are").waitFor();
    for (const [column, field] of [
      ["c1", "Handle"],
      ["c2", "Followers"],
    ]) {
      await page.getByRole("button", { name: new RegExp(`“${column}”`) }).press("Enter");
      await page.getByRole("listbox").waitFor();
      await page.keyboard.type(field);
      await page.keyboard.press("Enter");
      await page.getByRole("listbox").waitFor({ state: "hidden" });
    }
    await page.getByText("2 columns of 3 will be read.").waitFor();
    await page.getByRole("button", { name: "Read the file like this" }).press("Enter");
    await page.waitForURL(/\/people\?imports=\d+/);
    const { total } = (await (await fetch(`${server.address}/v1/people`)).json()) as { total: number };
    expect(total).toBe(20);

    // The next file with these columns is read so without asking, and says it.
    const next = join(folder, "next.csv");
    await writeFile(next, "c3,c1,c2\nx,somebody else,77\n");
    await page.getByRole("link", { name: "Files", exact: true }).click();
    await give(page, next);
    await page.waitForURL(/\/people\?imports=\d+/);
    await page.getByText("somebody else").first().waitFor();
    await page.getByRole("link", { name: "Files", exact: true }).click();
    await page.getByRole("link", { name: "next.csv" }).click();
    await page.getByText("as you mapped them for unknown.csv last time").waitFor();
    expect(trouble.filter(ofFiles)).toEqual([]);
  });
});
