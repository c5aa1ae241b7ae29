import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ROOT, scratchFolder } from "../support/harness.ts";
import { closePages, hasChromium, launchChromium } from "./chromium.ts";
import { closeFiles, openPage, type PageServer, startPage } from "./pageServer.ts";

const folder = await scratchFolder();
const found = (name: string) => join(ROOT, "test/found", name);

/** Followers in words as the grid shows them, of accounts that are in the plain file and in others that hold the same. */
const PEOPLE = [
  ["@emiliobesox81", "6.9M"],
  ["@jazapaofficial", "12.9K"],
] as const;

describe.skipIf(!hasChromium())("files as marketers have them, in a browser", () => {
  let browser: Browser;
  let server: PageServer;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchChromium(), startPage(folder)]);
  });

  afterAll(async () => {
    await browser?.close();
    expect(await server?.stop()).not.toMatch(/fault/);
  });

  afterEach(async () => {
    await closePages(browser);
    await closeFiles(server);
  });

  async function give(path: string): Promise<{ page: Page; trouble: string[] }> {
    const opened = await openPage(browser, server, "/d");
    await opened.page.locator('input[type="file"]').setInputFiles(path);
    await opened.page.waitForURL(/\/shortlist$/);
    return opened;
  }

  it.each([
    ["mk-b_excel.xlsx", "XLSX"],
    ["mk-c_german.csv", "In counts a point parts thousands and a comma stands before decimals"],
    ["mk-d_unknown.csv", '5 columns were taken by their names and values: "Creator" as account_id'],
  ])("lists the people of %s, and tells what was decided about it", async (name, told) => {
    const { page, trouble } = await give(found(name));
    await page.getByRole("heading", { name }).waitFor();
    await page.getByRole("button", { name: "Show everybody" }).click();
    for (const [handle, followers] of PEOPLE) {
      await page.getByRole("searchbox").fill(handle.slice(1));
      const row = page.locator(".rows [role=row]", { hasText: handle });
      await row.waitFor();
      expect(await row.innerText()).toContain(followers);
    }
    await page.getByRole("link", { name: "Data" }).click();
    await page.locator(".facts").first().waitFor();
    expect(await page.locator("main").innerText()).toContain(told);
    expect(trouble).toEqual([]);
  });

  it("refuses a list of handles in words", async () => {
    const { page } = await give(found("mk-e_handles.txt"));
    await page.getByText("is a list of 30 accounts and says nothing else about them").waitFor();
    await page.getByText("--exclude mk-e_handles.txt --out people.csv").waitFor();
    await page.getByRole("button", { name: "Open another file" }).click();
    await page.getByText("Drop a file here").waitFor();
  });

  it("asks for the decimal mark that nothing tells, and reads the file again with it", async () => {
    const path = join(folder, "either.csv");
    await writeFile(path, "account_id,followers,likes\nada,1.000,5\nbo,2.000,7\n");
    const { page, trouble } = await give(path);
    await page.getByText("“decimal=comma”").waitFor();
    await page.getByLabel("Decimal mark").selectOption("comma");
    await page.getByRole("button", { name: "Read the file again" }).click();
    await page.getByRole("button", { name: "Show everybody" }).click();
    await page.locator(".rows", { hasText: "1K" }).waitFor();
    // What was decided can be taken back; what was said before stays, until somebody says otherwise.
    for (const likes of ["likes=", ""]) {
      await page.getByRole("link", { name: "Data" }).click();
      await page.getByText("Read the file otherwise").click();
      expect(await page.getByLabel("Decimal mark").inputValue()).toBe("comma");
      const map = page.getByLabel("Columns (map)");
      expect(await map.inputValue()).toBe(likes === "" ? "likes=" : "");
      await map.fill(likes);
      const before = page.url();
      await page.getByRole("button", { name: "Read the file again" }).click();
      await page.waitForURL((url) => url.href.endsWith("/shortlist") && url.href !== before);
    }
    expect(trouble).toEqual([]);
  });

  it("shows above the list what was lost, and each rejected record among the data", async () => {
    const path = join(folder, "lost.csv");
    await writeFile(path, "account_id,followers\nada,many\nbo,more\n,7\ncy,none of it\n");
    const { page } = await give(path);
    await page.locator(".losses", { hasText: "3 of 4 values of followers cannot be read" }).waitFor();
    await page.locator(".losses", { hasText: "1 of 4 records (25 %) were rejected" }).waitFor();
    await page.getByRole("link", { name: "Data" }).click();
    await page.locator(".rejected", { hasText: "Line 4: missing id" }).waitFor();
  });
});
