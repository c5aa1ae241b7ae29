/**
 * What a workspace of many people costs whoever looks for some of them: `npm run bench:workspace`, after `npm run build`.
 *
 * Makes a workspace of a million made-up people who were read twice, a month apart, and asks the server about a copy of it: how long it takes to open,
 * each filter and each order as the page asks for them (a filter together with the counts beside all choices), marks for 10,000 people and taking
 * them back, an import of 1,000, how forecasts did, a workbook of 100,000, forgetting somebody; and how much memory the server took at the most (on
 * Linux). `--people` says how many there are, `--rounds` how often each list is asked for (5), `--folder` where files are kept between runs: making
 * those of a million people takes many minutes. Ends with exit code 1 where a mark is missed.
 */
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { mark, number } from "./measure.ts";

const { values: options } = parseArgs({
  options: {
    people: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "5" },
    folder: { type: "string", default: join(tmpdir(), "insights-bench-workspace") },
  },
});
const people = Number(options.people);
const MAIN = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));

/** Words of addresses, as the page writes them. */
const FILTERS = [
  "",
  "min_followers=10000&max_followers=200000",
  "tiers=micro",
  "verified=true",
  "active_days=30",
  "min_still_posting=0.8",
  "min_well_answered=0.5",
  "min_pace=3",
  "min_growth=0.02",
  "niches=food,beauty",
  "contacts=email",
  "no_flags=true",
  "statuses=all",
  "statuses=contacted",
  "news=new",
  "imports=2",
  "search=maria",
  "search=zzzz",
  "min_followers=10000&active_days=30&contacts=email&min_still_posting=0.5",
  "search=travel&min_followers=1000&no_flags=true&tiers=micro,mid",
];
const SORTS = [
  ...["best", "name:asc", "status:desc", "probability:desc", "well_answered:desc", "followers:desc"],
  ...["followers:asc", "likes:desc", "engagement_rate:desc", "last_post:desc", "posts_per_week:desc"],
  ...["growth:desc", "likes_growth:desc", "read_at:desc", "changed_at:desc", "owner:asc"],
];
/** People who are marked at once, and of whom a workbook is made. */
const [MARKED, WRITTEN] = [10_000, 100_000];
const MOST_ROWS = 500;

/** Makes the workspace, and the file of others who are added to it, unless they are in the folder. */
function prepare(): { readonly whole: string; readonly more: string } {
  mkdirSync(options.folder, { recursive: true });
  const at = (name: string) => join(options.folder, name);
  const run = (...words: string[]) =>
    execFileSync(process.execPath, [MAIN, ...words], { stdio: ["ignore", "ignore", "inherit"] });
  const sample = (name: string, rows: number, ...words: string[]) => {
    if (!existsSync(at(name))) run("sample", "--rows", String(rows), "--out", at(name), ...words);
    return at(name);
  };
  const [whole, more] = [at(`${people}.duckdb`), sample("more.parquet", 1000, "--seed", "6")];
  if (!existsSync(whole)) {
    const making = at("making.duckdb");
    rmSync(making, { force: true });
    for (const file of [
      sample(`${people}.parquet`, people, "--seed", "5"),
      sample(`${people}-later.parquet`, people, "--seed", "5", "--later", "30"),
    ])
      run("workspace", "add", file, "--workspace", making);
    renameSync(making, whole);
  }
  return { whole, more };
}

const { whole, more } = prepare();
const copy = join(options.folder, "asked.duckdb");
copyFileSync(whole, copy);
const started = performance.now();
const server = spawn(process.execPath, [MAIN, "serve", "--workspace", copy, "--port", "0"], {
  stdio: ["ignore", "pipe", "inherit"],
});
const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
try {
  const told = await new Promise<string>((resolve, reject) => {
    server.stdout.once("data", (text: Buffer) => resolve(text.toString().trim()));
    void ended.then(() => reject(new Error("the server ended")));
  });
  await measure(new URL(told).origin);
} finally {
  server.kill("SIGTERM");
  await ended;
  rmSync(copy, { force: true });
}

async function measure(address: string): Promise<void> {
  const asked = async (path: string, init?: RequestInit): Promise<Response> => {
    const answer = await fetch(`${address}/v1/${path}`, init);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const ask = async (path: string, init?: RequestInit) => (await asked(path, init)).json();
  const took = async (work: () => Promise<unknown>): Promise<number> => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  const page = (words: string, sort = "best") => ask(`people?${words}&sort=${sort}&limit=100`);
  const post = (body: unknown): RequestInit => ({
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  /** All times of some lists, each asked for once unmeasured. */
  const timesOf = async (names: readonly string[], work: (name: string) => Promise<unknown>) => {
    const all: number[] = [];
    for (const name of names) {
      await work(name);
      const times: number[] = [];
      for (let round = 0; round < Number(options.rounds); round++) times.push(await took(() => work(name)));
      console.log(`  ${name === "" ? "everybody" : name}: ${number(quantile(times, 0.5))} ms`);
      all.push(...times);
    }
    return all;
  };

  const { of } = await page("");
  mark(
    "from the start of the server to the first page",
    (performance.now() - started) / 1000,
    2,
    "at most",
    " s",
  );
  console.log(`${number(of)} people`);

  const filtered = await timesOf(FILTERS, (words) =>
    Promise.all([page(words), ask(`people?${words}&facets=true&limit=0`)]),
  );
  mark("a filter and its counts, half of them within", quantile(filtered, 0.5), 300, "at most", " ms");
  mark("a filter and its counts, 95 % within", quantile(filtered, 0.95), 300, "at most", " ms");
  const sorted = await timesOf(SORTS, (sort) => page("", sort));
  mark("an order, 95 % within", quantile(sorted, 0.95), 300, "at most", " ms");
  const far = await timesOf([String(Math.floor(of / 2)), String(of - 100)], (offset) =>
    page(`offset=${offset}`),
  );
  mark("a page far down, 95 % within", quantile(far, 0.95), 300, "at most", " ms");

  sayMemory("the lists");

  const chosen: number[] = [];
  while (chosen.length < Math.min(MARKED, of)) {
    const { rows } = await ask(`people?limit=${MOST_ROWS}&offset=${chosen.length}&statuses=all`);
    chosen.push(...rows.map(({ person }: { person: number }) => person));
  }
  let change = 0;
  const noted = await took(async () => {
    ({ change } = await ask("people/changes", post({ people: chosen, set: { status: "contacted" } })));
  });
  mark(`a status for ${number(chosen.length)} people`, noted / 1000, 1, "at most", " s");
  mark(
    "taking it back",
    (await took(() => ask(`changes/${change}/undo`, { method: "POST" }))) / 1000,
    1,
    "at most",
    " s",
  );

  const body = await readFile(more);
  const added = await took(async () => {
    const { job } = await ask("imports?name=more.parquet", { method: "POST", body });
    for (let state = job.state; state !== "done"; { state } = await ask(`jobs/${job.id}`)) {
      if (state !== "queued" && state !== "running") throw new Error(`the import is ${state}`);
      await setTimeout(20);
    }
  });
  mark("an import of 1,000 people", added / 1000, 1.5, "at most", " s");
  sayMemory("the import");
  const [first, again] = [
    await took(() => ask("workspace/forecasts")),
    await took(() => ask("workspace/forecasts")),
  ];
  console.log(`how forecasts did: ${number(first)} ms, and asked again ${number(again)} ms`);
  sayMemory("the forecasts");

  const written = await took(async () =>
    (await asked(`people/export?format=xlsx&statuses=all&limit=${WRITTEN}`)).arrayBuffer(),
  );
  mark(`a workbook of ${number(Math.min(WRITTEN, of))} people`, written / 1000, 15, "at most", " s");
  sayMemory("the workbook");
  const forgotten = await took(() => asked(`people/${chosen[0]}`, { method: "DELETE" }));
  console.log(`forgetting a person, with the file written anew: ${number(forgotten / 1000)} s`);
  const peak = mostMemory();
  if (peak !== null) mark("peak of the server's memory", peak, 1.5, "at most", " GB");
}

/** What Linux says the server's process has taken at the most so far, in GB; null elsewhere. */
function mostMemory(): number | null {
  try {
    const [, peak] = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${server.pid}/status`, "utf8")) ?? [];
    return peak === undefined ? null : Number(peak) / 1e6;
  } catch {
    return null;
  }
}

/** Says what has raised the peak: one figure at the end does not. */
function sayMemory(after: string): void {
  const peak = mostMemory();
  if (peak !== null) console.log(`memory at the most, after ${after}: ${number(peak)} GB`);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}
