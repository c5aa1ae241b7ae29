import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

/** Path of Debian's Chromium, or of a Chromium or Chrome by another usual name; undefined where there is none. */
export function chromiumPath(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  return (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/**
 * Whether browser tests can run. Where they cannot they are skipped with a line that says so, unless REQUIRE_CHROMIUM=1,
 * as in continuous integration: then they fail.
 *
 * @throws Error where a browser is required and there is none
 */
export function hasChromium(): boolean {
  if (chromiumPath() !== undefined) return true;
  if (process.env.REQUIRE_CHROMIUM === "1")
    throw new Error("REQUIRE_CHROMIUM=1, but there is no chromium on PATH");
  process.stderr.write("Browser tests are skipped: no chromium on PATH (apt-get install chromium).\n");
  return false;
}

/** Closes all pages, with what they kept. */
export async function closePages(browser: Browser): Promise<void> {
  await Promise.all(browser.contexts().map((context) => context.close()));
}

/** Starts the browser, without its sandbox, which needs rights that a container does not have. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error("no chromium on PATH");
  return await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
}
