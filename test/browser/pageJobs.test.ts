import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { writeSample } from "../../src/sample/sample.ts";
import { scratchFolder } from "../support/harness.ts";
import { closePages, hasChromium, launchChromium } from "./chromium.ts";
import { closeFiles, openPage, openSample, type PageServer, startPage } from "./pageServer.ts";

const folder = await scratchFolder();

describe.skipIf(!hasChromium())("files that are opened in a browser", () => {
  let browser: Browser;
  let server: PageServer;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchChromium(), startPage(folder)]);
    await writeSample(join(folder, "first.csv"), { rows: 400, seed: 11 });
    await writeSample(join(folder, "second.csv"), { rows: 300, seed: 12 });
  });

  afterAll(async () => {
    await browser?.close();
    expect(await server?.stop()).not.toMatch(/fault/);
  });

  // No test sees a page or a file of another, not even of one that failed.
  afterEach(async () => {
    await closePages(browser);
    await closeFiles(server);
  });

  const open = (path = "/d") => openPage(browser, server, path);
  const give = (page: Page, name: string) =>
    page.locator('input[type="file"]').setInputFiles(join(folder, name));
  const factsOf = async (page: Page) => {
    const id = new URL(page.url()).pathname.split("/")[2];
    return (await (await fetch(`${server.address}/v1/datasets/${id}`)).json()) as {
      job: { id: string; state: string };
    };
  };

  it("shows a job again after a reload, wherever one is, and it goes on to its end", async () => {
    const { page, trouble } = await open();
    await give(page, "second.csv");
    await page.waitForURL(/\/shortlist$/);
    await page.getByRole("progressbar").waitFor();
    const { job } = await factsOf(page);
    for (const view of ["data", "study", "shortlist"]) {
      await page.goto(page.url().replace(/\w+$/, view));
      await page.reload();
      await page.getByRole("progressbar").waitFor();
      await page.getByRole("button", { name: "Cancel" }).waitFor();
      expect((await factsOf(page)).job).toMatchObject({ id: job.id, state: "running" });
    }
    await page.goto(page.url().replace(/\w+$/, "study"));
    await page.getByText("The study is being made").waitFor();
    await page.getByRole("heading", { name: "Can the numbers be trusted?" }).waitFor({ timeout: 200_000 });
    await expect.poll(() => page.getByRole("progressbar").count()).toBe(0);
    expect(trouble).toEqual([]);
    // A whole study is trained meanwhile, which takes minutes on a busy machine.
  }, 240_000);

  it("cancels a job after a reload, and keeps what was done", async () => {
    const { page } = await open();
    await give(page, "first.csv");
    await page.waitForURL(/\/shortlist$/);
    await page.getByRole("heading", { name: "first.csv" }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Cancelled.").waitFor();
    await page.reload();
    await page.getByText("Cancelled.").waitFor();
    await page.getByRole("heading", { name: "first.csv" }).waitFor();
    expect((await factsOf(page)).job.state).toBe("cancelled");
  });

  it("says that the server is gone while a job runs, and goes on when it is back", async () => {
    const { page } = await open();
    await give(page, "first.csv");
    await page.waitForURL(/\/shortlist$/);
    await page.getByRole("progressbar").waitFor();
    await page.route("**/v1/jobs/*", (route) => route.abort());
    await page.getByText("Is insights serve still running?").waitFor();
    await page.unroute("**/v1/jobs/*");
    await expect.poll(() => page.getByText("Is insights serve still running?").count()).toBe(0);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Cancelled.").waitFor();
  });

  it("reads two files that come at once from two tabs: one waits and says so, neither takes the other's place", async () => {
    const tabs = await Promise.all([open(), open()]);
    const names = ["first.csv", "second.csv"];
    await Promise.all(tabs.map(({ page }, i) => give(page, names[i]!)));
    await Promise.all(tabs.map(({ page }) => page.waitForURL(/\/shortlist$/)));
    const [one, other] = await Promise.all(tabs.map(({ page }) => factsOf(page)));
    expect(one!.job.id).not.toBe(other!.job.id);
    const states = await Promise.all(tabs.map(async ({ page }) => (await factsOf(page)).job.state));
    expect(states.sort()).toEqual(["queued", "running"]);
    const waits = (await factsOf(tabs[0]!.page)).job.state === "queued" ? 0 : 1;
    const [late, early] = [tabs[waits]!.page, tabs[1 - waits]!.page];
    await late.getByText("Waiting for another file").waitFor();
    await early.getByRole("heading", { name: names[1 - waits]! }).waitFor();
    await early.getByRole("button", { name: "Cancel" }).click();
    await early.getByText("Cancelled.").waitFor();
    await late.getByRole("heading", { name: names[waits]! }).waitFor();
    await late.getByRole("button", { name: "Cancel" }).click();
    await late.getByText("Cancelled.").waitFor();
    expect(await early.getByRole("heading", { level: 1 }).innerText()).toContain(names[1 - waits]);
    expect(tabs.flatMap(({ trouble }) => trouble)).toEqual([]);
  });

  it("closes files at the start", async () => {
    await openSample(server);
    await openSample(server);
    const { page } = await open();
    const files = page.locator(".opened li");
    await files.first().waitFor();
    for (let left = 2; left > 0; left--) {
      await files
        .first()
        .getByRole("button", { name: /^Close / })
        .click();
      await expect.poll(() => files.count()).toBe(left - 1);
    }
    expect(await (await fetch(`${server.address}/v1/datasets`)).json()).toEqual([]);
  });

  it.each([
    [
      "picture.png",
      Buffer.from("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "latin1"),
      /picture\.png is a PNG picture/,
    ],
    [
      "table.xlsx",
      Buffer.from("PK\x03\x04\x14\x00\x00\x00", "latin1"),
      /truncated ZIP: table\.xlsx ends in the middle/,
    ],
    ["letter.txt", "Dear all,\nplease find attached the list.\n", /no known column.*letter\.txt/s],
    [
      "other.csv",
      "date,amount\n2024-01-01,5\n",
      /no known column: found date \("2024-01-01"\), amount \("5"\)/,
    ],
    ["half.json", '{"id":', /half\.json ends/],
    ["head.csv", "id,account_id,nickname,followers\n", /head\.csv has a header and no records/],
    ["noise.csv", randomBytes(4000), /noise\.csv/],
    ["empty.csv", "", /The file is empty/],
  ])("says what is wrong with %s, leads on, and forgets it", async (name, bytes, words) => {
    await writeFile(join(folder, name), bytes);
    const { page } = await open();
    await give(page, name);
    const alert = page.getByRole("alert").first();
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(words);
    const again = page.getByRole("button", { name: "Open another file" });
    if (name !== "empty.csv") await again.click();
    await page.getByText("Drop a file here").waitFor();
    expect(await (await fetch(`${server.address}/v1/datasets`)).json()).toEqual([]);
  });
});
