import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { writeSample } from "../../src/sample/sample.ts";
import { scratchFolder } from "../support/harness.ts";
import { closePages, hasChromium, launchChromium } from "./chromium.ts";
import { addFile, openPage, type PageServer, startPage, withStudy } from "./pageServer.ts";

const folder = await scratchFolder();

describe.skipIf(!hasChromium())("the study of a file", () => {
  let browser: Browser;
  let server: PageServer;
  let first: number;
  let second: number;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchChromium(), startPage(folder)]);
    const files = [join(folder, "first.csv"), join(folder, "second.csv")] as const;
    await writeSample(files[0], { rows: 300, seed: 11 });
    await writeSample(files[1], { rows: 300, seed: 12 });
    first = await addFile(server, files[0]);
    second = await addFile(server, files[1]);
  });

  afterAll(async () => {
    await browser?.close();
    expect(await server?.stop()).not.toMatch(/fault/);
  });

  afterEach(() => closePages(browser));

  const open = (path: string) => openPage(browser, server, path);
  const stop = (page: Page) => page.getByRole("button", { name: "Stop" }).click();
  const notStudied = (page: Page) => page.getByText("It is not studied yet").waitFor();

  it("is asked for among the files, followed over a reload, and stopped", async () => {
    const { page, trouble } = await open("/people");
    await page.getByRole("link", { name: "Study", exact: true }).click();
    await page.getByRole("link", { name: "first.csv" }).click();
    await notStudied(page);
    await page.getByRole("button", { name: "Start the study" }).click();
    await page.getByRole("progressbar").waitFor();
    await page.reload();
    await page.getByRole("progressbar").waitFor();
    await page.getByRole("link", { name: "People", exact: true }).click();
    await page.locator(".rows .name").first().waitFor();
    await page.goBack();
    await stop(page);
    await notStudied(page);
    expect(trouble).toEqual([]);
  });

  it("waits for the one before it, says that the server is gone, and goes on when it is back", async () => {
    const [one, other] = await Promise.all([open(`/study/${first}`), open(`/study/${second}`)]);
    for (const { page } of [one, other]) {
      await page.getByRole("button", { name: "Start the study" }).click();
      await page.getByRole("progressbar").waitFor();
    }
    await other.page.getByText("Waits for what is done before it").waitFor();
    await one.page.route("**/v1/jobs/**", (route) => route.abort());
    await one.page.reload();
    await one.page.getByText("Is insights serve still running?").waitFor();
    await one.page.unroute("**/v1/jobs/**");
    await stop(one.page);
    await notStudied(one.page);
    await expect.poll(() => other.page.getByText("Waits for what").count()).toBe(0);
    await stop(other.page);
    await notStudied(other.page);
    expect(other.trouble).toEqual([]);
  });

  it("is made, and shown when it is done and ever after", async () => {
    const { page, trouble } = await open(`/files/${first}`);
    await page.getByRole("link", { name: "Study it" }).click();
    await page.getByRole("button", { name: "Start the study" }).click();
    const title = page.getByRole("heading", { name: "Can the numbers be trusted?" });
    await title.waitFor({ timeout: 200_000 });
    const chart = page.locator(".chart").first();
    await chart.scrollIntoViewIfNeeded();
    await chart.locator("svg").waitFor();
    expect(await chart.getByRole("img").first().getAttribute("aria-label")).toMatch(/\w{3}/);
    await page.reload();
    await title.waitFor();
    expect(trouble).toEqual([]);
    // A whole study is trained meanwhile, which takes minutes on a busy machine.
  }, 240_000);

  it("moves precision, recall and the people with the threshold, and keeps it in the address", async () => {
    const { page, trouble } = await open("/study");
    await withStudy(page);
    await page.goto(`${server.address}/study/${first}?threshold=0.30`);
    const slider = page.getByRole("slider");
    await slider.waitFor();
    const recall = page.locator(".threshold .facts > div").nth(1).locator(".value");
    const picked = page.locator(".first h3");
    const before = [await recall.innerText(), await picked.innerText()];
    expect(before[1]).toMatch(/of the 300\speople in this file/);
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
    await page.waitForURL(/\/people\?imports=\d+&min_probability=0\.\d+/);
    await page.locator(".rows .name").first().waitFor();
    expect(trouble).toEqual([]);
  });
});
