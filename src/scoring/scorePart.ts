import { rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { DatabaseOptions } from "../base/duckdb.ts";
import { quoteLiteral } from "../base/quote.ts";
import type { Model } from "../bundle/model.ts";
import { requireAnswerable } from "../bundle/requireAnswerable.ts";
import { pipelineInputs } from "../features/pipeline.ts";
import { decisionsOf } from "../profiles/alerts.ts";
import { type BlankedColumn, sumBlanks } from "../profiles/blanks.ts";
import type { CanonicalName } from "../profiles/canonical.ts";
import { sortReasons } from "../profiles/rejected.ts";
import type { Scan, ScanOptions } from "../profiles/scan/scan.ts";
import { scanFile } from "../profiles/scan/scanFile.ts";
import { MAX_KEPT_REJECTS, type Reject } from "../profiles/source/reading.ts";
import { registerModel } from "./networkFunction.ts";
import { type CopyOptions, copySql, type OutputFormat } from "./output.ts";
import { registerRejected, rejectsOfRow, WRONG, WRONG_VALUE } from "./rejectedFunction.ts";
import type { RowSampler } from "./rowSample.ts";
import { scoringQuery } from "./scoringQuery.ts";

/** Some profiles to score. */
export interface PartJob {
  readonly model: Model;
  /** The file to scan. */
  readonly path: string;
  /** Rows of it, where not all are wanted. */
  readonly rows?: { readonly from: number; readonly to: number } | undefined;
  readonly scan: ScanOptions & DatabaseOptions;
  /** Source columns that are written too; only those of ours without it. */
  readonly columns?: readonly string[] | undefined;
  readonly out: string;
  readonly format: OutputFormat;
  /** Whether a CSV begins with the columns' names. */
  readonly header: boolean;
  /** Has seen the rows of the parts before. */
  readonly sampler?: RowSampler | undefined;
  /** Told now and then: rows scored so far, and the share of the query that is done. */
  readonly onProgress?: ((rows: number, share: number) => void) | undefined;
}

/** What came of a part. */
export interface ScoredPart {
  readonly records: number;
  readonly written: number;
  readonly active: number;
  /** Written profiles about whom neither of the two questions finds anything. */
  readonly unanswered: number;
  /** Written profiles whose dated posts say nothing, because it is not known when they were read. */
  readonly undated: number;
  /** When the first and the last profile were read, in Unix seconds, and how many do not tell. */
  readonly first: number | null;
  readonly last: number | null;
  readonly untold: number;
  readonly rejected: number;
  readonly merged: number;
  /** Rejected records and blanked cells. */
  readonly rejects: readonly Reject[];
  readonly reasons: Readonly<Record<string, number>>;
  /** Columns with cells that could not be read. */
  readonly blanks: readonly BlankedColumn[];
  /** Columns that the features read and the file lacks. */
  readonly unknown: readonly string[];
  /** What was decided about the file, in sentences. */
  readonly decided: readonly string[];
  /** Why a large file had to be read by the exact reader; else null. */
  readonly distrust: string | null;
  /** Has seen the rows of this part too. */
  readonly sampler: RowSampler | undefined;
}

const POLL_MILLISECONDS = 250;
/** Threads that are taken to wait for the network at any moment. Each more takes some 30 MB. */
const WAITING = 1;

/**
 * Scores a part of a run into a file of its own: one query, from DuckDB's reader through the features and the network
 * to the output.
 *
 * @throws InsightsError when the file cannot be read, has none of the columns that the features read, answers neither of two questions, or the output
 *   cannot be written; the signal's reason
 */
export async function scorePart(job: PartJob): Promise<ScoredPart> {
  const { path, rows, scan: options } = job;
  const used: CanonicalName[] = ["id", ...pipelineInputs(job.model.pipeline)];
  const done = await scanFile(path, { ...options, used }, async (connection, scan) => {
    // Where the scan is done again by another way, the sampler must not have seen the rows of this one.
    const value = await write(connection, scan, { ...job, sampler: job.sampler?.copy() });
    const given = value.written + value.found.count;
    if (rows === undefined) return { rows: given, value };
    if (given !== rows.to - rows.from) throw new Error(`${given} rows of ${rows.to - rows.from} (${path})`);
    return { rows: scan.rows ?? given, value };
  });
  const { found, written, counts, unknown, sampler } = done.value;
  const { rejectedCount, rejects, rejectedByReason, blanks, cells, merged } = done.scan;
  const reasons = new Map(Object.entries(rejectedByReason));
  for (const [reason, n] of found.byReason) reasons.set(reason, (reasons.get(reason) ?? 0) + n);
  return {
    records: rows === undefined ? done.records : rows.to - rows.from,
    written,
    active: counts.active,
    unanswered: counts.unanswered,
    undated: counts.undated,
    first: Number.isFinite(counts.first) ? counts.first : null,
    last: Number.isFinite(counts.last) ? counts.last : null,
    untold: counts.untold,
    rejected: rejectedCount + found.count,
    merged,
    rejects: [...rejects, ...cells, ...found.rows].sort(inOrder),
    reasons: sortReasons(reasons),
    blanks: sumBlanks([blanks, [...found.blanks.values()]]),
    unknown,
    decided: decisionsOf(done.scan.alerts),
    distrust: done.distrust,
    sampler,
  };
}

async function write(connection: DuckDBConnection, scan: Scan, job: PartJob) {
  const { model, rows, columns, out, format, header, sampler, onProgress } = job;
  const { missing, file } = scan;
  const unknown = requireAnswerable(model, { missing, source: { file } }, "any score");
  const { counts, ...scorer } = registerModel(connection, model, sampler);
  const { noted, found } = registerRejected(connection, MAX_KEPT_REJECTS);
  const query = scoringQuery({
    scan,
    model,
    scorer,
    noted,
    rows,
    columns,
    spreadsheet: format.format === "csv",
  });
  // A thread that waits for the network reads nothing, so that there are more of them than cores.
  if (job.scan.threads === undefined)
    await connection.run(`SET threads = ${availableParallelism() + WAITING}`);
  // What is read once need not be kept.
  await connection.run("SET enable_external_file_cache = false");
  // Without the bar DuckDB does not say how far it is.
  await connection.run("SET enable_progress_bar = true");
  await connection.run("SET enable_progress_bar_print = false");
  const timer = setInterval(() => {
    onProgress?.(counts().rows, Math.max(0, connection.progress.percentage) / 100);
  }, POLL_MILLISECONDS);
  try {
    const written = await copyQuery(connection, query, out, format, {
      header,
      unlike: columns === undefined,
    });
    if (counts().rows !== written) {
      throw new Error(`${written} rows written of ${counts().rows} scored (${out})`);
    }
    if (found.rows.some(({ row }) => row === null) && scan.select !== scan.unnumbered) {
      found.rows = await numberedRejects(connection, scan);
    }
    return { written, counts: counts(), found, unknown, sampler };
  } finally {
    clearInterval(timer);
  }
}

/**
 * Writes a query's result into a file and counts its rows. Text goes by way of Parquet: DuckDB keeps some memory of each piece that its threads
 * write as text until the query ends, so that memory grows with the rows. One thread keeps nothing, and turns Parquet into text. Rows with all columns of the
 * file are written as text at once, because their row groups of Parquet take more memory than that.
 */
async function copyQuery(
  connection: DuckDBConnection,
  query: string,
  out: string,
  format: OutputFormat,
  options: CopyOptions,
): Promise<number> {
  const copy = async (sql: string) => Number((await connection.runAndReadAll(sql)).getRows()[0][0]);
  if (format.format === "parquet" || !options.unlike) return copy(copySql(query, out, format, options));
  const between = `${out}.parquet`;
  try {
    const written = await copy(copySql(query, between, { format: "parquet", gzip: false }, options));
    const [[threads]] = (await connection.runAndReadAll("SELECT current_setting('threads')")).getRows();
    await connection.run("SET threads = 1");
    const select = `FROM read_parquet(${quoteLiteral(between)})`;
    const turned = await copy(copySql(select, out, format, options));
    await connection.run(`SET threads = ${threads}`);
    if (turned !== written) throw new Error(`${turned} rows written of ${written} (${out})`);
    return written;
  } finally {
    await rm(between, { force: true });
  }
}

/** What is wrong with the rows of a scan with their ordinals, for which the file is read once more. */
async function numberedRejects(connection: DuckDBConnection, scan: Scan): Promise<Reject[]> {
  const reader = await connection.runAndReadAll(
    `SELECT "row", _reason, _blanks, ${WRONG_VALUE} FROM (${scan.select}) WHERE ${WRONG} LIMIT ${MAX_KEPT_REJECTS}`,
  );
  const text = (value: unknown) => (value === null ? null : String(value));
  return reader
    .getRows()
    .flatMap(([row, reason, blanks, value]) =>
      rejectsOfRow({ row: Number(row), reason: text(reason), blanks: text(blanks), value: text(value) }),
    );
}

function inOrder(a: Reject, b: Reject): number {
  const place = ({ row }: Reject) => row ?? Number.MAX_SAFE_INTEGER;
  return place(a) - place(b) || (a.detail < b.detail ? -1 : Number(a.detail > b.detail));
}
