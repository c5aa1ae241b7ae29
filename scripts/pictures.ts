/**
 * Makes the pictures of the README from the shipped sample and the same people a month later: figures as the study draws them, the
 * report's head and the page in a browser. Needs Chromium, and `npm run build` before.
 *
 *   npm run docs:pictures
 */
import { copyFile, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { SAMPLE_FILE } from "../src/base/data.ts";
import { loadShippedModel } from "../src/bundle/shipped.ts";
import { writeSample } from "../src/sample/sample.ts";
import { listen } from "../src/server/listen.ts";
import { createServer } from "../src/server/server.ts";
import { study } from "../src/study/study.ts";

/** Days after which the same people are read again: growth and forecasts stand on the two readings. */
const LATER = 30;
const FIGURES = ["mi-scores", "days-since-last-post"];
const images = fileURLToPath(new URL("../docs/images/", import.meta.url));
const scratch = await mkdtemp(join(tmpdir(), "insights-pictures-"));
try {
  await mkdir(images, { recursive: true });
  const out = join(scratch, "report");
  await study({ out });
  for (const name of FIGURES) {
    for (const file of [`${name}.png`, `${name}-dark.png`])
      await copyFile(join(out, "figures", file), join(images, file));
  }
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await browser.newPage({ viewport: { width: 1200, height: 760 }, colorScheme });
    await page.goto(pathToFileURL(join(out, "report.html")).href);
    await page.screenshot({ path: join(images, colorScheme === "light" ? "report.png" : "report-dark.png") });
  }
  const server = await createServer({
    model: await loadShippedModel(),
    version: "",
    now: () => new Date(),
    elapsed: () => performance.now(),
    report: console.error,
  });
  const { address, stop } = await listen(server.app, { host: "127.0.0.1", port: 0 });
  const json = async (path: string, init?: RequestInit) => (await fetch(address + path, init)).json();
  const ended = async (job: { readonly id: string }) => {
    for (;;) {
      const { state, error } = await json(`/v1/jobs/${job.id}`);
      if (state === "done") return;
      if (state === "failed") throw new Error(error);
      await delay(500);
    }
  };
  const later = join(scratch, "a-month-later.csv");
  await writeSample(later, { rows: 1000, seed: 1, later: LATER });
  for (const path of [SAMPLE_FILE, later]) {
    const sent = { method: "POST", body: await readFile(path) };
    await ended((await json(`/v1/imports?name=${basename(path)}`, sent)).job);
  }
  const note = (people: readonly number[], set: object) =>
    json("/v1/people/changes", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ people, set }),
    });
  const { rows } = await json("/v1/people?limit=6");
  const [first, second, third, , fifth] = rows.map(({ person }: { person: number }) => person);
  await note([first, fifth], { status: "to_contact" });
  await note([third], { add_tags: ["spring"] });
  await note([second], {
    status: "agreed",
    note: "Two videos in spring. Wants the brief by Monday.",
    add_tags: ["spring"],
  });
  await ended((await json("/v1/imports/1/study", { method: "POST" })).job);
  /** Views of the page: name, path, and what is there once it is drawn. */
  const pages = [
    ["people", "/people?statuses=all", ".name"],
    ["person", `/people/${second}?statuses=all`, "aside h2"],
    ["forecasts", "/forecasts", "main svg"],
    ["study", "/study/1", ".threshold output"],
  ] as const;
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme });
    for (const [name, path, seen] of pages) {
      await page.goto(address + path);
      await page.locator(seen).first().waitFor();
      await delay(1000);
      await page.screenshot({
        path: join(images, `page-${name}${colorScheme === "light" ? "" : "-dark"}.png`),
      });
    }
  }
  await Promise.all([stop(), server.close()]);
  await browser.close();
} finally {
  await rm(scratch, { recursive: true, force: true });
}
