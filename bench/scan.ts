/**
 * What a scan of profiles costs beside DuckDB's bare one over the same columns, on a made-up population: of text walking over its records,
 * then typing and judging the values. Run with `npm run bench:scan`, or
 * `tsx bench/scan.ts --rows 200000`. Every ratio is of one run, the best of three, by the clock and by processor time.
 */
import { existsSync, mkdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { DuckDBConnection } from "@duckdb/node-api";
import { openDatabase } from "../src/base/duckdb.ts";
import { writeSample } from "../src/index.ts";
import type { CanonicalName } from "../src/profiles/canonical.ts";
import { scanFile } from "../src/profiles/scan/scanFile.ts";

const { rows: rowsText } = parseArgs({ options: { rows: { type: "string", default: "1000000" } } }).values;
const ROWS = Number(rowsText);
/** What a preset reads: canonical columns by their type, and the columns of the file that they are made of. */
const WORKS = [
  {
    name: "nine features",
    counts: ["followers", "following", "likes", "videos_count"],
    rates: ["like_engagement_rate", "comment_engagement_rate"],
    texts: ["id", "biography", "bio_link"],
    moments: [],
    read: ["id", "biography", "bio_link"],
  },
  {
    name: "profile page",
    counts: ["followers", "following", "likes", "videos_count"],
    rates: [],
    texts: ["id", "biography", "bio_link"],
    moments: ["created_at", "observed_at"],
    read: ["id", "biography", "bio_link", "create_time", "timestamp", "profile_pic_url"],
  },
] as const satisfies readonly Work[];

interface Work {
  readonly name: string;
  readonly counts: readonly CanonicalName[];
  readonly rates: readonly CanonicalName[];
  readonly texts: readonly CanonicalName[];
  readonly moments: readonly CanonicalName[];
  /** Columns of the file whose text is read. */
  readonly read: readonly string[];
}

/** Seconds by the clock and of the processor. */
interface Cost {
  readonly clock: number;
  readonly processor: number;
}

async function timed(run: () => Promise<void>): Promise<Cost> {
  let best: Cost = { clock: Number.POSITIVE_INFINITY, processor: Number.POSITIVE_INFINITY };
  for (let round = 0; round < 3; round++) {
    const before = process.cpuUsage();
    const start = performance.now();
    await run();
    const clock = (performance.now() - start) / 1e3;
    const { user, system } = process.cpuUsage(before);
    best = {
      clock: Math.min(best.clock, clock),
      processor: Math.min(best.processor, (user + system) / 1e6),
    };
  }
  return best;
}

async function query(connection: DuckDBConnection, sql: string): Promise<unknown[]> {
  return (await connection.runAndReadAll(sql)).getRowsJson()[0];
}

/** DuckDB by itself, told the layout: the same columns, nothing judged. */
async function bare(from: string, { counts, rates, read }: Work): Promise<void> {
  const { connection, close } = await openDatabase();
  const values = [
    ...counts.map((name) => `sum(TRY_CAST(${name} AS BIGINT))`),
    ...rates.map((name) => `sum(TRY_CAST(${name} AS DOUBLE))`),
    ...read.map((name) => `sum(length(${name}))`),
    "count(*) FILTER (is_verified = 'true')",
  ];
  await query(connection, `SELECT ${values.join(", ")} FROM ${from}`);
  close();
}

async function scan(path: string, work: Work): Promise<void> {
  const { counts, rates, texts, moments } = work;
  const values = [
    ...[...counts, ...rates].map((name) => `sum(${name})`),
    ...texts.map((name) => `sum(length(${name}))`),
    ...moments.map((name) => `max(${name})`),
    "count(*) FILTER (is_verified)",
    "count(_reason)",
  ];
  const needed: CanonicalName[] = [...counts, ...rates, ...texts, ...moments, "is_verified"];
  const { distrust, records } = await scanFile(path, { needed, used: needed }, async (connection, given) => {
    const [n, ...value] = await query(
      connection,
      `SELECT count(*), ${values.join(", ")} FROM (${given.unnumbered})`,
    );
    return { rows: Number(n), value };
  });
  if (distrust !== null || records !== ROWS) throw new Error(`${records} records; ${distrust}`);
}

function show(name: string, cost: Cost, of: Cost): void {
  const rate = (ROWS / cost.clock / 1e6).toFixed(2);
  const ratio = (of.clock / cost.clock).toFixed(2);
  console.log(
    `${name.padEnd(28)} ${cost.clock.toFixed(2)} s (${cost.processor.toFixed(2)} s), ${rate} M rows/s, ${ratio} of the bare scan (${(of.processor / cost.processor).toFixed(2)} by processor time)`,
  );
}

const folder = join(tmpdir(), "insights-bench-scan");
mkdirSync(folder, { recursive: true });
for (const format of ["csv", "parquet"]) {
  const path = join(folder, `${ROWS}.${format}`);
  if (!existsSync(path)) await writeSample(path, { rows: ROWS, seed: 1 });
  console.log(`${format}: ${ROWS} rows, ${(statSync(path).size / ROWS / 1e3).toFixed(2)} KB each`);
  const from =
    format === "csv"
      ? `read_csv('${path}', all_varchar = true, header = true, delim = ',', quote = '"', escape = '"', strict_mode = true)`
      : `read_parquet('${path}')`;
  for (const work of WORKS) {
    console.log(work.name);
    const floor = await timed(() => bare(from, work));
    show("bare scan", floor, floor);
    show("scan", await timed(() => scan(path, work)), floor);
  }
}
