import { execFileSync, spawn } from "node:child_process";
import { existsSync, openAsBlob } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { SAMPLE_FILE } from "../../src/base/data.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** What the server is started with. */
interface Files {
  readonly model: string;
  readonly list: string;
}

/** A running server with two files in its workspace. */
export interface Served {
  readonly address: string;
  /** Number of the import with the long list, which is not studied. */
  readonly long: number;
  /** Number of the import of the sample, which is studied. */
  readonly sample: number;
  readonly stop: () => Promise<void>;
}

/** Makes a model of the sample and a long list, unless they are in the folder already. */
export async function prepare(folder: string, rows: number): Promise<Files> {
  const study = join(folder, "study");
  if (!existsSync(study)) run("study", "--out", study);
  return { model: join(study, "recommended", "model"), list: fileOf(folder, rows, "parquet") };
}

/** A file of made-up people, made unless it is in the folder already. */
export function fileOf(folder: string, rows: number, ending: "csv" | "parquet"): string {
  const path = join(folder, `${rows}.${ending}`);
  if (!existsSync(path)) run("sample", "--rows", String(rows), "--seed", "5", "--out", path);
  return path;
}

const run = (...words: string[]) => execFileSync(process.execPath, [MAIN, ...words], { stdio: "ignore" });

/** Starts the server as a user does, with nobody in its workspace. @param model its folder; the one that ships unless said otherwise */
export async function startEmpty(model?: string): Promise<Pick<Served, "address" | "stop">> {
  const words = [MAIN, "serve", ...(model === undefined ? [] : [model]), "--in-memory", "--port", "0"];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const told = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (text: Buffer) => resolve(text.toString().trim()));
    void ended.then(() => reject(new Error("the server ended")));
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  return { address: new URL(told).origin, stop };
}

/** Starts the server, and waits until both files are there and the sample is studied. */
export async function startServer({ model, list }: Files): Promise<Served> {
  const { address, stop } = await startEmpty(model);
  /** Asks for a job, and gives the import that it added or studied. */
  const done = async (path: string, body?: Blob): Promise<number> => {
    const ask = async (what: string, init?: RequestInit) =>
      await (await fetch(`${address}/v1/${what}`, init)).json();
    let { job } = await ask(path, { method: "POST", ...(body && { body }) });
    while (job.state === "queued" || job.state === "running") {
      await setTimeout(200);
      job = await ask(`jobs/${job.id}`);
    }
    if (job.state !== "done") throw new Error(job.error);
    return job.import;
  };
  const long = await done("imports?name=long.parquet", await openAsBlob(list));
  const sample = await done("imports?name=sample.csv", await openAsBlob(SAMPLE_FILE));
  await done(`imports/${sample}/study`);
  return {
    address,
    long,
    sample,
    stop,
  };
}

/** A tab in a browser that has nothing yet; its context is closed with it. */
export async function openTab(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  // What runs these files marks the names of functions by one that a page does not have.
  await context.addInitScript({ content: "globalThis.__name = (value) => value" });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return page;
}
