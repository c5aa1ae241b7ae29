import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it, vi } from "vitest";
import { writeSample } from "../../src/sample/sample.ts";
import { scratchFolder } from "../support/harness.ts";
import { largeFile } from "../support/profiles/largeFile.ts";
import { hasChromium, launchChromium } from "./chromium.ts";
import { openPage, overflow, startPage, violations, writeHostile } from "./pageServer.ts";

// A model, a tour and two files, one after the other.
vi.setConfig({ testTimeout: 240_000 });

const folder = await scratchFolder();
/** A row of the list. */
const ROW = ".people .rows [role=row]";

/** Keeps requests from the server; gives what lets them go on. */
async function hold(page: Page, requests: string): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(requests, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

describe.skipIf(!hasChromium())("a workspace without people", () => {
  it("asks for a file, takes the sample with a tour, and takes a file of people who mean harm", async () => {
    const [browser, server] = await Promise.all([launchChromium(), startPage(folder)]);
    try {
      const { page, trouble } = await openPage(browser, server, "/people");
      // A workspace for real people offers none that it would refuse.
      await page.route("**/v1/workspace", async (route) => {
        const facts = await (await route.fetch()).json();
        await route.fulfill({ json: { ...facts, takes_sample: false } });
      });
      await page.reload();
      await page.getByText("insights serve --sample").waitFor();
      expect(await page.getByRole("button", { name: "Try the sample" }).count()).toBe(0);
      await page.unroute("**/v1/workspace");
      await page.reload();
      await page.getByRole("heading", { name: "Find the people worth writing to" }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole("button", { name: "Try the sample" }).click();
      await page.locator(`${ROW} .name`).first().waitFor();
      for (const step of ["The best come first", "Mark while you read", "Take them along"]) {
        await page.getByRole("heading", { name: step }).waitFor();
        await page.getByRole("button", { name: /^(Next|Start)$/ }).click();
      }
      expect(await page.locator(".tour").count()).toBe(0);

      const file = join(folder, "harm.csv");
      await writeHostile(file);
      await page.locator('input[type="file"]').first().setInputFiles(file);
      await page.getByText("1,005").first().waitFor();
      await page.goto(`${server.address}/people?search=boss`);
      await page.locator(`${ROW} .name`).nth(4).waitFor();
      const text = await page.locator(".people .rows").innerText();
      expect(text).toContain("<b>bold</b>");
      expect(text).toContain("@zeroWidth");
      expect(await page.locator(".rows b, .rows img, .rows script").count()).toBe(0);
      for (let row = 0; row < 5; row++) {
        await page.locator(`${ROW} a`).nth(row).click();
        await page.locator(".person-panel .biography").waitFor();
        expect(await overflow(page)).toBe(0);
        expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
      }
      expect(await page.evaluate(() => "hit" in globalThis)).toBe(false);
      expect(trouble).toEqual([]);
    } finally {
      await browser.close();
      expect(await server.stop()).not.toMatch(/fault/);
    }
  });

  it("follows the file of the command line, which is still read when the page is opened, over a reload", async () => {
    const file = join(folder, "many.csv");
    await writeSample(file, { rows: 20_000, seed: 3 });
    // Before the server begins to read.
    const browser = await launchChromium();
    const server = await startPage(folder, { words: [file] });
    try {
      const { page } = await openPage(browser, server, "/people");
      await page.getByRole("progressbar").waitFor();
      await page.reload();
      await page.getByRole("progressbar").waitFor();
      expect(await page.getByText("Drop a file here").count()).toBe(0);
      await page.locator(`${ROW} .name`).first().waitFor();
      await page.getByText("many.csv is in.").waitFor();
    } finally {
      await browser.close();
      await server.stop();
    }
  });

  it("shows the best of the first records of a large file, to look at, until the list is there", async () => {
    const [file, next] = ["large.csv", "next.csv"].map((name) => join(folder, name));
    await writeFile(file, largeFile(600));
    await writeFile(next, largeFile(3, 1).replaceAll("\np", "\nq"));
    const [browser, server] = await Promise.all([launchChromium(), startPage(folder)]);
    try {
      const { page, trouble } = await openPage(browser, server, "/people");
      await page.getByText("Drop a file here").waitFor();
      // The list comes when this test has looked, and the next file after that.
      const [show, send] = [await hold(page, "**/v1/people?*"), await hold(page, "**/v1/imports?*next.csv*")];
      await page.locator('input[type="file"]').first().setInputFiles([file, next]);
      await page.getByText("The best of the first 52 of about 600; the rest is being read.").waitFor();
      const first = page.getByRole("table", { name: "First people" });
      expect(await first.getByRole("cell").locator(".name").count()).toBe(20);
      expect(await first.locator("a, button, input").count()).toBe(0);
      expect(await violations(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      await first.locator(".because").nth(19).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await page.getByText("The best of the first 52 of about 600.").waitFor();
      await page.getByText("next.csv: sending the file").waitFor();
      expect(await first.locator(".because").count()).toBe(20);
      show();
      await page.getByRole("grid").locator(".name").first().waitFor();
      await page.getByText("600 people").waitFor();
      expect(await first.count()).toBe(0);
      send();
      await page.getByText("603 people").waitFor();
      expect(trouble).toEqual([]);
    } finally {
      await browser.close();
      await server.stop();
    }
  });

  it("shows the first people of a file that was added before, whose people were all forgotten, until it says so", async () => {
    const file = join(folder, "forgotten.csv");
    await writeFile(file, largeFile(12, 1_700_000));
    const [browser, server] = await Promise.all([launchChromium(), startPage(folder)]);
    try {
      const { page, trouble } = await openPage(browser, server, "/people");
      const field = page.locator('input[type="file"]').first();
      await field.setInputFiles(file);
      await page.getByText("12 people").waitFor();
      for (let person = 1; person <= 12; person++) {
        const { status } = await fetch(`${server.address}/v1/people/${person}`, { method: "DELETE" });
        expect(status).toBe(204);
      }
      await page.reload();
      await page.getByText("Drop a file here").waitFor();
      const first = page.getByRole("table", { name: "First people" });
      const shown = first.waitFor();
      await field.setInputFiles(file);
      await shown;
      await page.getByText("was added before. Nothing has changed.").waitFor();
      expect(await first.count()).toBe(0);
      expect(trouble).toEqual([]);
    } finally {
      await browser.close();
      await server.stop();
    }
  });

  it("says why the file of the command line was not added, until that is heard", async () => {
    const file = join(folder, "unknown.csv");
    await writeFile(file, "a;b;c\nx;y;z\nu;v;w\n");
    const [browser, server] = await Promise.all([launchChromium(), startPage(folder, { words: [file] })]);
    try {
      const { page } = await openPage(browser, server, "/people");
      await page.getByRole("alert").getByText("unknown.csv").waitFor();
      await page.getByRole("link", { name: /^(What to do|Say what its columns are)$/ }).click();
      const listed = page.getByRole("list", { name: "Files that are being added" });
      await listed.getByText("Choose it here").waitFor();
      await listed.getByText("Choose the file here: then you can say").waitFor();
      // The message for programs is of no use here.
      expect(await listed.getByText("canonical").count()).toBe(0);
      expect(await violations(page)).toEqual([]);
      await listed.locator('input[type="file"]').setInputFiles(file);
      await listed.getByText("Which column is what?").waitFor();
      await listed.getByRole("button", { name: "Read the file like this" }).waitFor();
      await listed.getByRole("button", { name: /^Leave it out/ }).click();
      await page.goto(`${server.address}/people`);
      await page.getByText("Drop a file here").waitFor();
      expect(await page.getByRole("alert").count()).toBe(0);
    } finally {
      await browser.close();
      await server.stop();
    }
  });
});
