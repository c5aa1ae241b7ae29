import { readFile, rm, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { WhenRead } from "../base/age.ts";
import type { DatabaseOptions } from "../base/duckdb.ts";
import { InsightsError } from "../base/error.ts";
import { syncToDisk } from "../base/output/durable.ts";
import type { OutputRules } from "../base/output/guard.ts";
import { type OutputFile, placeFile } from "../base/output/write.ts";
import { countOfThings } from "../base/words.ts";
import type { Model } from "../bundle/model.ts";
import { driftOfScored } from "../evaluation/scoredDrift.ts";
import { pipelineInputs } from "../features/pipeline.ts";
import { type BlankedColumn, sumBlanks } from "../profiles/blanks.ts";
import type { ReadingOptions } from "../profiles/readingOptions.ts";
import { sortReasons } from "../profiles/rejected.ts";
import { assemble } from "./assemble.ts";
import { type OutputFormat, writtenRows } from "./output.ts";
import type { PlannedPart } from "./plan.ts";
import { guardRejected, rejectedFileOf, rejectedHeader, rejectedLines } from "./rejectedList.ts";
import { RowSampler } from "./rowSample.ts";
import { type PartJob, type ScoredPart, scorePart } from "./scorePart.ts";
import {
  describeFile,
  keepPart,
  type Part,
  type PartsFolder,
  partName,
  rejectsOf,
  removeParts,
  saveManifest,
} from "./unfinished.ts";

/** How far a run is. */
export interface ScoringProgress {
  /** Rows scored in this run. */
  readonly rows: number;
  /** Share of all bytes that were read, those of earlier runs included, 0 to 1. */
  readonly share: number;
  /** Share that was done before this run. */
  readonly before: number;
}

/** How to score files. */
export interface ScoreFilesOptions
  extends Pick<DatabaseOptions, "memoryLimit" | "threads" | "temporaryDirectory"> {
  /** File to write: CSV, NDJSON or Parquet by its ending. */
  readonly out: string;
  /** Write every source column, not just the id. */
  readonly allColumns?: boolean | undefined;
  readonly reading?: ReadingOptions | undefined;
  readonly now?: Date | undefined;
  /** Replace the output, and throw away the parts of an unfinished run. */
  readonly force?: boolean | undefined;
  /** Go on with an unfinished run. */
  readonly resume?: boolean | undefined;
  /** Bytes of a Parquet file that a part has, about: what a run that is killed may lose. Other files are one part each. */
  readonly partBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ScoringProgress) => void) | undefined;
}

/** What came of a run. */
export interface ScoredFiles {
  /** `records` = `written` + `rejected` + `merged`. */
  readonly records: number;
  readonly written: number;
  /** Of those written, with at least the threshold's probability. */
  readonly active: number;
  /** Of those written, about whom a model of two questions finds nothing for either: their evidence is `none+none`. */
  readonly unanswered: number;
  /** Of those written, whose dated posts could not be looked at, because it is not known when the profile was read. */
  readonly undated: number;
  /** When the profiles were read; null where the model does not look at that. */
  readonly read: WhenRead | null;
  readonly rejected: number;
  /** Records of files with a record a video that went into an author's row beside another. */
  readonly merged: number;
  readonly rejectedByReason: Readonly<Record<string, number>>;
  /** Columns with cells that could not be read and count as missing. */
  readonly blanks: readonly BlankedColumn[];
  /** Where rejected records and blanked cells are listed; null where there are none. */
  readonly rejectedFile: string | null;
  /** Parts that an earlier run had finished. */
  readonly resumed: number;
  /** Names of parts of an earlier run that were damaged since, and were made anew. */
  readonly remade: readonly string[];
  /** Columns that the features read and a file lacks, by file. */
  readonly unknown: Readonly<Record<string, readonly string[]>>;
  /** Sentences on what was decided about files, with the files. */
  readonly decided: Readonly<Record<string, readonly string[]>>;
  /** Why the exact reader was needed, by file. */
  readonly distrust: Readonly<Record<string, string>>;
  /** Sentences on how the rows of this run differ from those the model was trained on, where it knows them. */
  readonly drift: readonly string[];
}

/** Rows that are compared with those the model was trained on: more tell no more. */
const SAMPLE_ROWS = 10_000;

/** What a run works with. */
export interface RunInputs {
  readonly model: Model;
  readonly files: readonly string[];
  readonly format: OutputFormat;
  /** Source columns that are written too. */
  readonly columns: readonly string[] | undefined;
  readonly options: ScoreFilesOptions;
  readonly output: OutputFile;
  /** What the list of rejected records may replace. */
  readonly rules: OutputRules;
  readonly parts: PartsFolder;
}

/** A run over some files, from the first part that is not done to the whole output. */
export class Run {
  private readonly inputs: RunInputs;
  private readonly resumed: number;
  private sampler: RowSampler | undefined;
  private readonly unknown: Record<string, readonly string[]> = {};
  private readonly decided: Record<string, string[]> = {};
  private readonly distrust: Record<string, string> = {};
  private rows = 0;
  private firstReject = "";

  constructor(inputs: RunInputs) {
    const { model, parts } = inputs;
    this.inputs = inputs;
    this.resumed = parts.manifest.parts.length;
    this.sampler = model.reference && new RowSampler(model.pipeline.names.length, SAMPLE_ROWS);
  }

  /** Scores the parts of a plan that are not done. */
  async scoreAll(plan: readonly PlannedPart[]): Promise<void> {
    const { manifest } = this.inputs.parts;
    // The whole is in its place, and its parts may be gone.
    if (manifest.whole !== null) return;
    const total = plan.reduce((sum, part) => sum + part.bytes, 0) || 1;
    const names = new Set(manifest.parts.map(({ name }) => name));
    let read = plan.reduce((sum, part, i) => sum + (names.has(partName(i)) ? part.bytes : 0), 0);
    const before = read / total;
    for (const [i, part] of plan.entries()) {
      if (names.has(partName(i))) continue;
      await this.score(part, i, (rows, done) =>
        this.inputs.options.onProgress?.({ rows, share: (read + done * part.bytes) / total, before }),
      );
      read += part.bytes;
    }
  }

  private async score(
    { input, rows }: PlannedPart,
    index: number,
    onProgress: (rows: number, done: number) => void,
  ): Promise<void> {
    const { model, files, format, columns, options, parts } = this.inputs;
    const { reading, signal, memoryLimit, threads, temporaryDirectory = parts.path } = options;
    const { now } = parts.manifest;
    const temporary = join(parts.path, "part.new");
    const job: PartJob = {
      model,
      path: files[input],
      rows,
      scan: {
        reading,
        signal,
        memoryLimit,
        threads,
        // Beside the output, where there is room: a system's place for temporary files may be small.
        temporaryDirectory,
        now: now === null ? undefined : new Date(now),
        keep: columns ?? [],
      },
      columns,
      out: temporary,
      format,
      header: index === 0,
      sampler: this.sampler,
      onProgress: (n, done) => onProgress(this.rows + n, done),
    };
    const scored = await scorePart(job);
    this.rows += scored.written;
    this.sampler = scored.sampler;
    const name = basename(files[input]);
    if (scored.unknown.length > 0) this.unknown[name] = scored.unknown;
    for (const sentence of scored.decided) {
      this.decided[sentence] ??= [];
      if (!this.decided[sentence].includes(name)) this.decided[sentence].push(name);
    }
    if (scored.distrust !== null) this.distrust[name] = scored.distrust;
    await this.keep(job, index, name, scored);
    onProgress(this.rows, 1);
  }

  private async keep(
    { out: temporary, format, header }: PartJob,
    index: number,
    file: string,
    scored: ScoredPart,
  ): Promise<void> {
    const { path: folder } = this.inputs.parts;
    const { records, written, active, unanswered, undated, rejected, merged, reasons, rejects, blanks } =
      scored;
    const { first, last, untold } = scored;
    const there = await writtenRows(temporary, format, header);
    if (there !== written) throw new Error(`${there} rows in ${temporary} of ${written} written`);
    const name = partName(index);
    let listed: Part["rejects"] = null;
    if (rejects.length > 0) {
      this.firstReject ||= rejects[0].detail;
      const path = join(folder, rejectsOf(name));
      await writeFile(path, rejectedLines(rejects, this.inputs.files.length > 1 ? file : null), {
        mode: 0o600,
      });
      await syncToDisk(path);
      listed = await describeFile(path);
    }
    const counts = { records, written, active, unanswered, undated, first, last, untold, rejected, merged };
    const part = { name, rejects: listed, ...counts, reasons: { ...reasons }, blanks: [...blanks] };
    await keepPart(this.inputs.parts, temporary, part);
  }

  private whenRead(untold: number): WhenRead | null {
    const { model, parts } = this.inputs;
    if (!pipelineInputs(model.pipeline).includes("observed_at")) return null;
    const moments = parts.manifest.parts
      .flatMap(({ first, last }) => [first, last])
      .filter((moment) => moment !== null);
    const [first, last] = moments.length === 0 ? [null, null] : [Math.min(...moments), Math.max(...moments)];
    return { first, last, newest: null, untold };
  }

  /** Puts the output together, checks the counts, and clears up. */
  async finish(): Promise<ScoredFiles> {
    const { files, options, parts } = this.inputs;
    const { out } = options;
    const { manifest } = parts;
    const sum = (name: keyof { [K in keyof Part as Part[K] extends number ? K : never]: 0 }) =>
      manifest.parts.reduce((total, part) => total + part[name], 0);
    const records = sum("records");
    const [written, rejected, merged] = [sum("written"), sum("rejected"), sum("merged")];
    if (records !== written + rejected + merged) {
      throw new Error(
        `${records} records are not ${written} written, ${rejected} rejected and ${merged} merged`,
      );
    }
    if (written === 0) {
      const named = files.map((file) => basename(file)).join(", ");
      const all = `all ${countOfThings(records, "record")} rejected, the first: ${this.firstReject}`;
      await removeParts(out);
      throw new InsightsError(
        records === 0 ? `no profiles: ${named} has no records` : `no profiles left: ${all} (${named})`,
      );
    }
    if (manifest.whole === null) await this.place(written);
    await removeParts(out);
    const blanks = sumBlanks(manifest.parts.map((part) => part.blanks));
    const { unknown, decided, distrust, resumed } = this;
    return {
      records,
      written,
      active: sum("active"),
      unanswered: sum("unanswered"),
      undated: sum("undated"),
      read: this.whenRead(sum("untold")),
      rejected,
      merged,
      rejectedByReason: this.reasons(),
      blanks,
      rejectedFile: rejected + blanks.length > 0 ? rejectedFileOf(out) : null,
      resumed,
      remade: parts.damaged,
      unknown,
      decided,
      distrust,
      drift: this.drift(),
    };
  }

  /** Puts the whole together, and it and the list of rejected records in their places. */
  private async place(written: number): Promise<void> {
    const { files, format, columns, options, output, rules, parts } = this.inputs;
    const { out, signal, memoryLimit, threads } = options;
    const { path: folder, manifest } = parts;
    const { path, ...whole } = await assemble(
      { folder, parts: manifest.parts, format, rows: written, unlike: columns === undefined },
      { memoryLimit, threads, temporaryDirectory: options.temporaryDirectory ?? folder },
      signal,
    );
    const listed = manifest.parts.filter(({ rejects }) => rejects !== null);
    const lines = await Promise.all(
      listed.map(({ name }) => readFile(join(folder, rejectsOf(name)), "utf8")),
    );
    await guardRejected(out, rules);
    if (lines.length > 0) {
      const list = join(folder, "rejected.csv");
      await writeFile(list, rejectedHeader(files.length > 1) + lines.join(""), { mode: 0o600 });
      await placeFile(list, resolve(rejectedFileOf(out)));
    } else {
      await rm(rejectedFileOf(out), { force: true });
    }
    // A run that is killed from here on has nothing to do again but to clear up.
    await saveManifest(folder, { ...manifest, whole });
    await output.take(path);
  }

  private drift(): readonly string[] {
    const { reference, pipeline } = this.inputs.model;
    if (reference === undefined || this.sampler === undefined) return [];
    return driftOfScored(reference, { names: pipeline.names, ...this.sampler.sample() }).warnings;
  }

  private reasons(): Record<string, number> {
    const counts = new Map<string, number>();
    for (const { reasons } of this.inputs.parts.manifest.parts) {
      for (const [reason, n] of Object.entries(reasons)) counts.set(reason, (counts.get(reason) ?? 0) + n);
    }
    return sortReasons(counts);
  }
}
