/**
 * What the page costs whoever looks at it, in headless Chromium on loopback: `npm run bench:page`, after `npm run build`.
 *
 * Measures the JavaScript that is not for charts, the first view of the 1000-row sample, the frames while a list of 100,000
 * accounts is scrolled by the wheel and by its bar, the time from a file of 1,000 rows to the ranked list and from one of 100,000 to its
 * first people and to the list, and memory over minutes of use. `--minutes` says how many (10), `--only size,first,scroll,drop,memory`
 * what is measured, `--rows` how long the list is, `--folder` where the files are kept between runs. The machine should have nothing
 * else to do. Ends with exit code 1 where a mark is missed.
 */
import { mkdirSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { type Browser, chromium } from "playwright-core";
import { chromiumPath } from "../test/browser/chromium.ts";
import { mark, number } from "./measure.ts";
import { byBar, byWheel, type Frames } from "./page/frames.ts";
import { fileOf, openTab, prepare, type Served, startEmpty, startServer } from "./page/served.ts";
import { choiceIn, sightsIn, watchFor } from "./page/sight.ts";
import { useFor } from "./page/use.ts";

const { values: options } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    only: { type: "string", default: "size,first,scroll,drop,memory" },
    rows: { type: "string", default: "100000" },
    seconds: { type: "string", default: "10" },
    rounds: { type: "string", default: "3" },
    folder: { type: "string", default: join(tmpdir(), "insights-bench-page") },
  },
});
const ASSETS = fileURLToPath(new URL("../dist/web/assets/", import.meta.url));
/** Views of a file: its people, what was read, its study; and what is there once one is. */
const SEEN = {
  people: (file: number) => [`/people?imports=${file}`, "[role=grid] .rows .name"],
  files: (file: number) => [`/files/${file}`, "#columns"],
  study: (file: number) => [`/study/${file}`, ".threshold output"],
} as const;
const TIMES = 5;
/** Milliseconds that somebody takes from the sight of the page to the choice of a file. */
const CHOOSING = 2500;

const wanted = new Set(options.only.split(","));
function tell(name: string, { frames, longest, late, median, far }: Frames): void {
  console.log(
    `${name}: ${frames} frames, median ${median.toFixed(1)} ms, longest ${longest.toFixed(1)} ms, ` +
      `${late} over 50 ms, past ${number(far)} rows`,
  );
}

if (wanted.has("size")) {
  const { page, charts } = await scriptBytes();
  console.log(
    `JavaScript, gzipped: ${number(page / 1000)} KB for the page, ${number(charts / 1000)} KB for charts`,
  );
  mark("JavaScript outside charts", page / 1000, 300, "at most", " KB");
}

if (wanted.has("drop")) await withBrowser(measureDrops);
if (["first", "scroll", "memory"].some((part) => wanted.has(part))) await withBrowser(measureServed);

async function withBrowser(measure: (browser: Browser) => Promise<void>): Promise<void> {
  mkdirSync(options.folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: chromiumPath() ?? "chromium",
    args: ["--no-sandbox", "--disable-gpu"],
    // A bar that is not there cannot be dragged.
    ignoreDefaultArgs: ["--hide-scrollbars"],
  });
  try {
    await measure(browser);
  } finally {
    await browser.close();
  }
}

async function measureDrops(browser: Browser): Promise<void> {
  const rows = Number(options.rows);
  const small = fileOf(options.folder, 1000, "csv");
  const lists: number[] = [];
  for (let i = 0; i < TIMES; i++) lists.push((await fromFile(browser, small, CHOOSING)).list);
  const times = lists.map((list) => list.toFixed(2)).join(", ");
  console.log(`from a file of 1,000 rows to the list, each on a fresh server: ${times} s`);
  mark("the slowest from a file of 1,000 rows to the list", Math.max(...lists), 1.5, "at most", " s");
  const large = await fromFile(browser, fileOf(options.folder, rows, "csv"), CHOOSING);
  mark(`from a file of ${number(rows)} rows to the first of them`, large.first, 3, "at most", " s");
  mark(`from a file of ${number(rows)} rows to the list`, large.list, 20, "at most", " s");
}

async function measureServed(browser: Browser): Promise<void> {
  const server = await startServer(await prepare(options.folder, Number(options.rows)));
  try {
    if (wanted.has("first")) {
      for (const view of ["people", "files", "study"] as const) {
        const times = await firstView(browser, server, view);
        const words = times.map((time) => time.toFixed(0)).join(", ");
        console.log(`first view of the sample's ${view}, nothing cached: ${words} ms`);
        mark(`the slowest first view of ${view}`, Math.max(...times) / 1000, 1, "at most", " s");
      }
    }
    if (wanted.has("scroll")) {
      const most = { wheel: 0, bar: 0 };
      for (let round = 0; round < Number(options.rounds); round++) {
        const wheel = await byWheel(browser, server, Number(options.seconds));
        tell("wheel", wheel);
        const bar = await byBar(browser, server, Number(options.seconds));
        tell("bar", bar);
        most.wheel = Math.max(most.wheel, wheel.longest);
        most.bar = Math.max(most.bar, bar.longest);
      }
      mark("longest frame, scrolled by the wheel", most.wheel, 50, "at most", " ms");
      mark("longest frame, scrolled by the bar", most.bar, 50, "at most", " ms");
    }
    if (wanted.has("memory")) {
      const { heap, nodes, listeners } = await useFor(browser, server, Number(options.minutes), console.log);
      mark("heap at the end over heap after the first rounds", heap, 1.1, "at most");
      mark("DOM nodes at the end over after the first rounds", nodes, 1.1, "at most");
      mark("listeners at the end over after the first rounds", listeners, 1.1, "at most");
    }
  } finally {
    await server.stop();
  }
}

/** Bytes of JavaScript that the page is made of, gzipped: without what draws charts, and that alone. */
async function scriptBytes(): Promise<{ page: number; charts: number }> {
  const bytes = { page: 0, charts: 0 };
  for (const name of await readdir(ASSETS)) {
    if (!name.endsWith(".js")) continue;
    const part = name.startsWith("draw-") ? "charts" : "page";
    bytes[part] += gzipSync(await readFile(ASSETS + name)).length;
  }
  if (bytes.page === 0 || bytes.charts === 0)
    throw new Error("dist/web holds no page: run `npm run build` first");
  return bytes;
}

/**
 * Milliseconds from the start of the navigation to the first frame that shows a view of the sample, each in a browser that has nothing of it.
 */
async function firstView(
  browser: Browser,
  { address, sample }: Served,
  view: keyof typeof SEEN,
): Promise<number[]> {
  const [path, there] = SEEN[view](sample);
  const times: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    const page = await openTab(browser);
    await watchFor(page, [there]);
    await page.goto(address + path);
    times.push(...(await sightsIn(page)));
    await page.context().close();
  }
  return times;
}

/**
 * Seconds from the choice of a file on the first page of an empty workspace to the first people and to the list on screen.
 *
 * @param after milliseconds from the page to the choice
 */
async function fromFile(
  browser: Browser,
  file: string,
  after: number,
): Promise<{ first: number; list: number }> {
  const { address, stop } = await startEmpty();
  try {
    const page = await openTab(browser);
    // Of a small file there is the list at once.
    await watchFor(page, [".people .rows .name", SEEN.people(0)[1]]);
    await page.goto(`${address}/people`);
    await page.getByText("Drop a file here").waitFor();
    await page.waitForTimeout(after);
    await page.locator("input[type=file]").first().setInputFiles(file);
    const sights = await sightsIn(page);
    const chosen = await choiceIn(page);
    await page.context().close();
    const [first, list] = sights.map((sight) => (sight - chosen) / 1000);
    return { first, list };
  } finally {
    await stop();
  }
}
