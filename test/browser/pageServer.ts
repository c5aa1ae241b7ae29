import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { writeSample } from "../../src/sample/sample.ts";
import type { JobFacts } from "../../src/server/jobs.ts";
import { start } from "../support/harness.ts";
import { exampleMetrics } from "../support/report/metrics.ts";
import { saveUntrainedModel } from "../support/untrainedModel.ts";

/** A server with the page, as a user starts it. */
export interface PageServer {
  readonly address: string;
  /** Tells what it wrote to stderr. */
  readonly stop: () => Promise<string>;
}

/**
 * Starts the built server, unless told with a model of random weights, that ranks somehow but at once.
 *
 * @param options.workspace the file that keeps people; in memory if not said
 * @param options.words of the command line
 */
export async function startPage(
  folder: string,
  options: { readonly model?: string; readonly workspace?: string; readonly words?: readonly string[] } = {},
): Promise<PageServer> {
  const own = await mkdtemp(join(folder, "server-"));
  const model = options.model ?? join(own, "model");
  if (options.model === undefined) await saveUntrained(own, model);
  const { workspace, words = [] } = options;
  const kept = workspace === undefined ? ["--in-memory"] : ["--workspace", workspace];
  const { child, finished } = start(["serve", model, ...kept, "--port", "0", ...words]);
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (text: string) => resolve(text.trim()));
    void finished.then(({ stderr }) => reject(new Error(`the server ended: ${stderr}`)));
  });
  return {
    address: new URL(address).origin,
    stop: async () => {
      child.kill("SIGTERM");
      return (await finished).stderr;
    },
  };
}

async function saveUntrained(folder: string, model: string): Promise<void> {
  const sample = join(folder, "sample.csv");
  await writeSample(sample, { rows: 200, seed: 3 });
  await saveUntrainedModel(model, sample);
}

/** Opens an address of the page; tells what it complained of and what it asked others for. */
export async function openPage(
  browser: Browser,
  server: PageServer,
  path: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; trouble: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const trouble: string[] = [];
  const page = await context.newPage();
  // Enough for a machine that is busy with other tests.
  page.setDefaultTimeout(45_000);
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(server.address))
      trouble.push(`asked for ${request.url().slice(0, 100)}`);
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) trouble.push(message.text());
  });
  page.on("pageerror", (error) => trouble.push(String(error)));
  await page.goto(server.address + path);
  return { page, trouble };
}

/** Adds a file to the workspace without a browser; gives the number of its import. */
export async function addFile({ address }: PageServer, path: string): Promise<number> {
  const sent = { method: "POST", body: await readFile(path) };
  const answer = await fetch(`${address}/v1/imports?name=${basename(path)}`, sent);
  const { job } = (await answer.json()) as { job: { id: string } };
  for (;;) {
    const now = (await (await fetch(`${address}/v1/jobs/${job.id}`)).json()) as JobFacts;
    if (now.import !== null) return now.import;
    if (now.error !== null) throw new Error(now.error);
    await setTimeout(100);
  }
}

/** Puts a study in place of one that takes a minute to make. */
export async function withStudy(page: Page): Promise<void> {
  await page.route("**/v1/imports/*", async (route) => {
    try {
      const facts = await (await route.fetch()).json();
      await route.fulfill({ json: { ...facts, studied: true } });
    } catch (error) {
      // The test was done with the page before the answer was there.
      if (!page.isClosed()) throw error;
    }
  });
  await page.route("**/v1/imports/*/study", (route) =>
    route.fulfill({ json: { metrics: exampleMetrics(), figures: [], recommended_figures: [] } }),
  );
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** Names and biographies of people who mean harm. */
export const HOSTILE = {
  html: '<img src=x onerror="window.hit=1"><b>bold</b>',
  script: "</script><script>window.hit=1</script>",
  rtl: "\u202egnirts desrever\u2066",
  zeroWidth: "\u200b\u200b\u2060\ufeff",
  emoji: "🎉".repeat(10_000),
} as const;

/** Writes a file of accounts with such names. */
export async function writeHostile(path: string): Promise<void> {
  const lines = Object.entries(HOSTILE).map(([handle, name], i) =>
    [`${7_000_000_000_000_000_000n + BigInt(i)}`, handle, name, `boss@example.org ${name}`]
      .concat(["javascript:alert(1)", String(1000 * (i + 1)), "100", "5000", "20"])
      .map(quoted)
      .join(","),
  );
  const head = "id,account_id,nickname,biography,bio_link,followers,following,likes,videos_count";
  await writeFile(path, `${[head, ...lines].join("\n")}\n`);
}

/** How far a page can be scrolled sideways. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What axe finds wrong, light and dark. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    // On the way to another theme colours are those of neither.
    await page.evaluate(() => {
      for (const change of document.getAnimations()) if (change instanceof CSSTransition) change.finish();
    });
    found.push(...(await violationsNow(page)).map((words) => `${colorScheme}, ${words}`));
  }
  await page.emulateMedia({ colorScheme: null });
  return found;
}

async function violationsNow(page: Page): Promise<string[]> {
  return await page.evaluate(async () => {
    const { violations: found } = await (
      globalThis as unknown as {
        axe: {
          run: () => Promise<{
            violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
          }>;
        };
      }
    ).axe.run();
    return found.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(" ")} ${failureSummary}`).join("; ")}`,
    );
  });
}
