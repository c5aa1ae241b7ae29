import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** What the server is started with. */
interface Files {
  readonly model: string;
  readonly list: string;
}

/** A running server with two files open. */
export interface Served {
  readonly address: string;
  /** `/d/ID` of the long list, which has no study. */
  readonly long: string;
  /** `/d/ID` of the sample, with its study. */
  readonly sample: string;
  readonly stop: () => Promise<void>;
}

/** Makes a model of the sample and a long list, unless they are in the folder already. */
export async function prepare(folder: string, rows: number): Promise<Files> {
  const study = join(folder, "study");
  const list = join(folder, `${rows}.parquet`);
  const run = (...words: string[]) => execFileSync(process.execPath, [MAIN, ...words], { stdio: "ignore" });
  if (!existsSync(study)) run("study", "--out", study);
  if (!existsSync(list)) run("sample", "--rows", String(rows), "--seed", "5", "--out", list);
  return { model: join(study, "recommended", "model"), list };
}

/** Starts the server as a user does, and waits until both files are there. */
export async function startServer({ model, list }: Files): Promise<Served> {
  const child = spawn(process.execPath, [MAIN, "serve", model, list, "--in-memory", "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const told = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (text: Buffer) => resolve(text.toString().trim()));
    void ended.then(() => reject(new Error("the server ended")));
  });
  const address = new URL(told).origin;
  const ask = async (path: string, method = "GET") =>
    await (await fetch(`${address}/v1/${path}`, { method })).json();
  const until = async (id: string, part: "data" | "study") => {
    for (;;) {
      const { ready, job } = await ask(`datasets/${id}`);
      if (ready[part]) return job.id;
      if (job.state === "failed") throw new Error(job.error);
      await setTimeout(200);
    }
  };
  // The study of a long list is of no use here.
  await ask(`jobs/${await until("default", "data")}`, "DELETE");
  const { dataset } = await ask("datasets?sample=1", "POST");
  await until(dataset.id, "study");
  return {
    address,
    long: "/d/default",
    sample: `/d/${dataset.id}`,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
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
