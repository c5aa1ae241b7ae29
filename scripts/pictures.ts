/**
 * Makes the pictures of the README from the shipped sample: figures as the study draws them, the report's head and the page in
 * a browser. Needs Chromium, and `npm run build` before.
 *
 *   npm run docs:pictures
 */
import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { loadShippedModel } from "../src/bundle/shipped.ts";
import { listen } from "../src/server/listen.ts";
import { createServer } from "../src/server/server.ts";
import { SAMPLE_FILE, study } from "../src/study/study.ts";

/** Views of the page: name, path, and what is there once it is drawn. */
const PAGES = [
  ["shortlist", "shortlist", ".rows .name"],
  ["study", "study", ".threshold output"],
  ["profile", "profile/2", ".said"],
] as const;
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
  const source = { path: SAMPLE_FILE, name: "profiles.csv", synthetic: true, ours: false };
  const { job } = server.datasets.reserve().add(source, "sample");
  while ((await (await fetch(`${address}/v1/jobs/${job.id}`)).json()).state !== "done") await delay(500);
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme });
    for (const [name, path, seen] of PAGES) {
      await page.goto(`${address}/d/sample/${path}`);
      await page.locator(seen).first().waitFor();
      await delay(500);
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
