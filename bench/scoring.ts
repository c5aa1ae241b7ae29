/**
 * Scoring files of profiles with the command line, against DuckDB's bare parallel scan of the same columns: rows a second,
 * ratios, peak memory, growth, and how long one profile takes. Run with `npm run bench:scoring`; `--rows 1,4,10` chooses the
 * files in millions of rows, `--folder` where they are kept between runs (a million rows are 2.1 GB of CSV and 0.5 GB of
 * Parquet). On a busy machine look at the ratio by processor time: seconds of all cores. Ends with exit code 1 where a mark is missed.
 *
 * With `--peer` it is compared with Polars and onnxruntime instead, whole process against whole process, on half a million rows:
 * the peer reads the same files and scores them by a network of nine features. It says so and ends where Python or the peer's script is not there.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openDatabase } from "../src/base/duckdb.ts";
import { Random } from "../src/base/random.ts";
import { targetAnswer } from "../src/bundle/answers.ts";
import { saveModel } from "../src/bundle/save.ts";
import { initialise, type Network } from "../src/network/network.ts";
import { createEnsemblePredictor, createPredictor } from "../src/network/predictor.ts";
import { writeSample } from "../src/sample/sample.ts";
import { untrainedModel } from "../test/support/scoring/model.ts";
import { best, type Cost, mark, timed } from "./measure.ts";
import { comparePeer } from "./scoring-peer.ts";

const { values: options } = parseArgs({
  options: {
    rows: { type: "string" },
    peer: { type: "boolean", default: false },
    folder: { type: "string", default: join(tmpdir(), "insights-bench-scoring") },
    repeats: { type: "string", default: "2" },
  },
});
const main = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const { folder } = options;
const repeats = Number(options.repeats);
const sizes = (options.rows ?? (options.peer ? "0.5" : "1")).split(",").map(Number);
mkdirSync(folder, { recursive: true });
const at = (name: string) => join(folder, name);
const million = (n: number) => `${n} M`;

/** A query in a fresh instance. */
async function query(sql: string): Promise<Cost> {
  const { connection, close } = await openDatabase();
  try {
    return await timed(() => connection.run(sql));
  } finally {
    close();
  }
}

// The process tells what it used as it ends; its threads end before it, and tell it too.
const REPORT = `data:text/javascript,${encodeURIComponent(`import { readFileSync } from "node:fs";
process.on("exit", () => {
  // Of the thread that runs JavaScript, in hundredths of a second, where the system is Linux.
  let thread;
  try {
    const [user, system] = readFileSync("/proc/thread-self/stat", "utf8").split(") ")[1].split(" ").slice(11, 13);
    thread = (Number(user) + Number(system)) / 100;
  } catch {}
  console.error("USED " + JSON.stringify({ ...process.resourceUsage(), thread }));
});`)}`;

/** What a run of the command line took. */
interface Spent extends Cost {
  /** Seconds of the thread that runs JavaScript, where the system tells. */
  readonly thread: number | undefined;
  /** At the peak. */
  readonly megabytes: number;
}

/** The command line in a process of its own. */
async function insights(words: readonly string[]): Promise<Spent> {
  const { seconds, result: done } = await timed(() =>
    spawnSync(process.execPath, ["--import", REPORT, main, ...words], { encoding: "utf8" }),
  );
  if (done.status !== 0) throw new Error(`insights ${words.join(" ")}: ${done.stderr}`);
  const used = JSON.parse([...done.stderr.matchAll(/USED (.*)/g)].at(-1)?.[1] ?? "{}");
  return {
    seconds,
    processor: (used.userCPUTime + used.systemCPUTime) / 1e6,
    thread: used.thread,
    megabytes: used.maxRSS / 1024,
  };
}

await writeSample(at("small.csv"), { rows: 2000, seed: 6 }, { force: true });
let inputs = 0;
for (const preset of ["original", "profile"]) {
  const found = await untrainedModel(at("small.csv"), preset);
  const hidden = preset === "original" ? [64, 64, 64] : [64, 64];
  inputs = found.pipeline.names.length;
  const network = initialise(inputs, hidden, new Random(5));
  rmSync(at(preset), { recursive: true, force: true });
  await saveModel(at(preset), { ...found, answers: [targetAnswer(found.pipeline, network)] });
}

if (options.peer) {
  const [millions] = sizes;
  await comparePeer({ at, main, rows: millions * 1e6, repeats, query });
  process.exit();
}

const sample = at("1m.parquet");
if (!existsSync(sample)) await writeSample(sample, { rows: 1_000_000, seed: 5 });

/** A file of so many millions of rows: the sample once, or over and over, in row groups of the same size. */
async function fileOf(millions: number, ending: "csv" | "parquet"): Promise<string> {
  const path = at(`${millions}m.${ending}`);
  if (!existsSync(path)) {
    const files = Array.from({ length: millions }, () => `'${sample}'`).join(", ");
    const format = ending === "csv" ? "csv" : "parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480";
    await query(`COPY (FROM read_parquet([${files}])) TO '${path}.new' (FORMAT ${format})`);
    renameSync(`${path}.new`, path);
  }
  return path;
}

const READ: Record<string, string> = {
  original: `sum(likes), sum(followers), sum(videos_count), sum(following), sum(is_verified::INT), sum(length(biography)),
    sum(length(bio_link)), sum(like_engagement_rate), sum(comment_engagement_rate), sum(length(id::VARCHAR))`,
  profile: `sum(likes), sum(followers), sum(videos_count), sum(following), sum(is_verified::INT), sum(length(biography)),
    sum(length(bio_link)), sum(length("timestamp"::VARCHAR)), sum(length(profile_pic_url)), sum(length(id::VARCHAR))`,
};

console.log(
  "rows  file     model     work                      seconds  processor  of that js   rows/s  of bare scan  by processor  peak MB",
);
function show(cells: readonly (string | number)[], widths = [4, 8, 9, 24, 9, 9, 10, 9, 12, 12, 7]): void {
  console.log(
    cells
      .map((cell, i) => (i < 4 ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i])))
      .join("  "),
  );
}

const small = new Map<string, { seconds: number; megabytes: number }>();
for (const millions of sizes) {
  for (const ending of ["csv", "parquet"] as const) {
    const path = await fileOf(millions, ending);
    const rows = millions * 1e6;
    for (const model of ["original", "profile"]) {
      const bare = await best(repeats, () => query(`SELECT ${READ[model]} FROM '${path}'`));
      show([
        million(millions),
        ending,
        model,
        "bare scan",
        bare.seconds.toFixed(2),
        bare.processor.toFixed(2),
        "",
        Math.round(rows / bare.seconds),
        "1.00",
        "1.00",
        "",
      ]);
      const out = at(`scores-${model}.parquet`);
      const run = await best(repeats, () => insights(["score", at(model), path, "--out", out, "--force"]));
      const ratio = bare.seconds / run.seconds;
      const byProcessor = (bare.processor / run.processor).toFixed(2);
      show([
        million(millions),
        ending,
        model,
        "score",
        run.seconds.toFixed(2),
        run.processor.toFixed(2),
        run.thread?.toFixed(2) ?? "",
        Math.round(rows / run.seconds),
        ratio.toFixed(2),
        byProcessor,
        Math.round(run.megabytes),
      ]);
      const work = `${ending} ${model}`;
      mark(`${work}: peak memory in MB`, run.megabytes, 400, "at most");
      const first = small.get(work);
      if (millions === 1) small.set(work, run);
      else if (first !== undefined) {
        const slower = run.seconds / rows / (first.seconds / 1e6);
        mark(`${work}: time a row at ${millions} M over 1 M`, slower, 1.15, "at most");
        const larger = run.megabytes / first.megabytes;
        mark(`${work}: peak memory at ${millions} M over 1 M`, larger, 1.2, "at most");
      }
      // Every text is checked for what DuckDB would read wrong: there is no way without.
      if (work === "csv original") mark("csv, checked: of the bare scan", ratio, 0.6, "at least");
      if (work === "parquet original") mark("parquet: rows a second", rows / run.seconds, 1.2e6, "at least");
    }
  }
}

// What an ensemble would cost beside the one network that stands for it.
const random = new Random(7);
const networks: Network[] = Array.from({ length: 120 }, () => initialise(inputs, [64, 64], random));
const x = Float32Array.from({ length: 2048 * inputs }, () => random.uniform());
const all = createEnsemblePredictor({ networks, weights: networks.map(() => 1 / networks.length) });
const one = createPredictor(networks[0]);
const microseconds = async (run: () => unknown, times: number) => {
  run();
  const { seconds } = await timed(() => {
    for (let i = 0; i < times; i++) run();
  });
  return (1e6 * seconds) / times / 2048;
};
const alone = await microseconds(() => one.logits(x, 2048), 200);
const together = await microseconds(() => all.logits(x, 2048), 4);
console.log(
  `${inputs}-64-64-1: ${alone.toFixed(2)} us a row; the mean of 120 of them: ${together.toFixed(1)} us`,
);

await writeSample(at("one.csv"), { rows: 1, seed: 8 }, { force: true });
const cold = await best(repeats, () =>
  insights(["score", at("profile"), at("one.csv"), "--out", at("one-out.csv"), "--force"]),
);
mark("one profile, cold, in seconds", cold.seconds, 1, "at most");
console.log(`files in ${folder}: 1m.parquet ${(statSync(sample).size / 1e6).toFixed(0)} MB`);
