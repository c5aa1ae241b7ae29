/**
 * Makes the pictures of the README from the shipped sample: figures as the study draws them, and the report's head in a
 * browser. Needs Chromium.
 *
 *   npm run docs:pictures
 */
import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { study } from "../src/study/study.ts";

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
  await browser.close();
} finally {
  await rm(scratch, { recursive: true, force: true });
}
