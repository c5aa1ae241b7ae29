import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { scratchFolder } from "../support/harness.ts";
import { closePages, hasChromium, launchChromium } from "./chromium.ts";
import { addFile, openPage, overflow, type PageServer, startPage, violations } from "./pageServer.ts";

const folder = await scratchFolder();
const PEOPLE = "id,account_id,followers\n1,ann,5000\n2,bob,6000\n3,cy,7000\n";

describe.skipIf(!hasChromium())("bringing a list in a browser", () => {
  let browser: Browser;
  let server: PageServer;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchChromium(), startPage(folder)]);
    const path = join(folder, "people.csv");
    await writeFile(path, PEOPLE);
    await addFile(server, path);
  });
  afterAll(async () => {
    await browser?.close();
    expect(await server?.stop()).not.toMatch(/fault/);
  });
  afterEach(() => closePages(browser));

  async function open(width = 1440) {
    const opened = await openPage(browser, server, "/people?statuses=all", {
      viewport: { width, height: 900 },
    });
    const { page } = opened;
    await page.getByRole("grid").waitFor();
    await page.getByRole("button", { name: /^Lists/ }).click();
    await page.getByRole("button", { name: "Bring a list you have" }).click();
    return { ...opened, dialog: page.getByRole("dialog", { name: "Bring a list you have" }) };
  }

  async function bring(page: Page, name: string, text: string) {
    const dialog = page.getByRole("dialog", { name: "Bring a list you have" });
    await dialog
      .locator("input[type=file]")
      .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
    await dialog.getByRole("button", { name: "Find and mark them" }).click();
    return dialog;
  }

  it("counts titles of groups apart, and says who is nobody", async () => {
    const { page, dialog, trouble } = await open();
    await bring(
      page,
      "groups.csv",
      "account,name,city\nFashion,,\nann,Ann,Rome\nzed,Zed,Oslo\nBeauty,,\ncy,Cy,Bonn\n",
    );
    await dialog.getByRole("status").waitFor();
    const words = await dialog.innerText();
    expect(words).toContain("status never for 2 people");
    expect(words).toMatch(/2\stitles of groups: not counted as people\./);
    expect(words).toMatch(/1\sname of the list is nobody of yours: zed/);
    expect(await violations(page)).toEqual([]);
    expect(trouble).toEqual([]);
  });

  it("says which column the accounts were taken from where none is surely theirs", async () => {
    const { page, dialog } = await open();
    await bring(page, "two.csv", "tiktok handle,tiktok user\nann,x1\nbob,x2\nno_1,x3\nno_2,x4\n");
    await dialog.getByText("were taken from the column “tiktok handle”").waitFor();
  });

  it.each([1440, 390])("asks which column has the accounts where nothing tells, %i wide", async (width) => {
    const { page, dialog } = await open(width);
    await bring(page, "bare.csv", "bob,Rome\nann,Paris\nzed,Oslo\n");
    await dialog.getByText("The names of the columns in bare.csv do not say it.").waitFor();
    expect(await dialog.innerText()).not.toMatch(/map|--/);
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole("button", { name: /Which column has the accounts/ }).click();
    await page.getByRole("option", { name: /^bob/ }).click();
    await dialog.getByRole("button", { name: "Find and mark them" }).click();
    await dialog.getByText(/is nobody of yours: zed/).waitFor();
  });

  it.each([1440, 390])("names the file that cannot be read, %i wide", async (width) => {
    const { page, dialog } = await open(width);
    await bring(page, "empty list.csv", "");
    const alert = dialog.getByRole("alert");
    expect(await alert.innerText()).toMatch(/^empty list\.csv: /);
    await bring(page, "heads.csv", "@ann,Rome\n@bob,Paris\n");
    await alert.getByText("no names of columns", { exact: false }).waitFor();
    expect(await alert.innerText()).toMatch(/^heads\.csv: No names of columns/);
  });

  it("calls a typed text so, not by a name that nobody gave it", async () => {
    const { dialog } = await open();
    await dialog.getByRole("textbox", { name: /^Or handles/ }).fill("https://vm.tiktok.com/ZMx/");
    await dialog.getByRole("button", { name: "Find and mark them" }).click();
    const words = await dialog.getByRole("alert").innerText();
    expect(words).toMatch(/^Your text: /);
    expect(words).not.toContain("handles.txt");
  });
});
