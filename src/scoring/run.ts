import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { InsightsError } from "../base/error.ts";
import { countOfThings } from "../base/words.ts";
import type { Model } from "../bundle/model.ts";
import { driftOfScored } from "../evaluation/scoredDrift.ts";
import { formatCsvLine } from "../profiles/csvLine.ts";
import { sortReasons } from "../profiles/rejected.ts";
import { NotPlainError } from "../profiles/scan/scan.ts";
import type { Reject } from "../profiles/source/reject.ts";
import { assemble } from "./assemble.ts";
import { keepPart, type PartsFolder, rejectsOf, removeDone, removeParts } from "./folder.ts";
import { type Part, saveManifest } from "./manifest.ts";
import { partBytesOf, type ScoredFiles, type ScoreFilesOptions } from "./options.ts";
import type { OutputFormat } from "./output.ts";
import { RowSampler } from "./rowSample.ts";
import { type PartJob, type ScoredPart, scorePart } from "./scorePart.ts";
import { type Cuttable, cuttable, nextStretch, SCRAP, type Stretch } from "./stretches.ts";

/** Rows that are compared with those the model was trained on: more tell no more. */
const SAMPLE_ROWS = 10_000;

/** A run over some files, from the first stretch that is not done to the whole output. */
export class Run {
  private readonly model: Model;
  private readonly files: readonly string[];
  private readonly format: OutputFormat;
  private readonly columns: readonly string[] | undefined;
  private readonly options: ScoreFilesOptions;
  private readonly parts: PartsFolder;
  private readonly resumed: number;
  private readonly sampler: RowSampler | undefined;
  private readonly unknown: Record<string, readonly string[]> = {};
  private readonly distrust: Record<string, string> = {};
  private sizes: readonly number[] = [];
  private rows = 0;
  private before = 0;
  private firstReject = "";

  constructor(
    model: Model,
    files: readonly string[],
    format: OutputFormat,
    columns: readonly string[] | undefined,
    options: ScoreFilesOptions,
    parts: PartsFolder,
  ) {
    this.model = model;
    this.files = files;
    this.format = format;
    this.columns = columns;
    this.options = options;
    this.parts = parts;
    this.resumed = parts.manifest.parts.length;
    this.sampler = model.reference && new RowSampler(model.pipeline.names.length, SAMPLE_ROWS);
  }

  async scoreAll(): Promise<void> {
    const size = partBytesOf(this.options);
    const found: Cuttable[] = [];
    for (const file of this.files) found.push(await cuttable(file, size, this.scanOptions()));
    this.sizes = found.map(({ bytes }) => bytes);
    this.before = this.shareDone(found);
    for (const [input, file] of found.entries()) {
      let shape: Cuttable = this.parts.manifest.uncut.includes(input) ? { ...file, unit: "file" } : file;
      for (;;) {
        const stretch = nextStretch(shape, size, this.lastOf(input));
        if (stretch === undefined) break;
        if (!(await this.score(input, stretch, found))) shape = { ...file, unit: "file" };
      }
    }
  }

  /** Scores one stretch. Returns false where the file turned out not to be one that can be cut. */
  private async score(input: number, stretch: Stretch, found: readonly Cuttable[]): Promise<boolean> {
    const { path: folder } = this.parts;
    const size = partBytesOf(this.options);
    const file = this.files[input];
    const temporary = join(folder, "part.new");
    const { unit, from } = stretch;
    // A last stretch may be a little longer than the others, so that no scrap is left.
    const left = found[input].bytes - from;
    const bytes = left <= size * SCRAP ? left : size;
    const share = this.shareDone(found);
    const weight = this.weightOf(found, input, unit === "bytes" ? { ...stretch, to: from + bytes } : stretch);
    const job: PartJob = {
      model: this.model,
      path: file,
      rows: unit === "rows" ? { from, to: stretch.to } : undefined,
      scan: {
        ...this.scanOptions(),
        keep: this.columns ?? [],
        stretch: unit === "bytes" ? { from, bytes } : undefined,
      },
      columns: this.columns,
      out: temporary,
      format: this.format,
      header: this.parts.manifest.parts.length === 0,
      sampler: this.sampler,
      onProgress: (rows, done) =>
        this.options.onProgress?.({
          rows: this.rows + rows,
          share: share + weight * done,
          before: this.before,
        }),
    };
    let scored: ScoredPart;
    try {
      scored = await scorePart(job);
    } catch (error) {
      if (!(error instanceof NotPlainError)) throw error;
      await this.forget(input);
      return false;
    }
    this.rows += scored.written;
    if (scored.unknown.length > 0) this.unknown[basename(file)] = scored.unknown;
    if (scored.distrust !== null) this.distrust[basename(file)] = scored.distrust;
    const to = unit === "bytes" ? scored.to : stretch.to;
    await this.keep(temporary, input, { ...stretch, to }, scored);
    return true;
  }

  /** Gives up the parts of a file that has to be read in one go. */
  private async forget(input: number): Promise<void> {
    const { path: folder, manifest } = this.parts;
    manifest.uncut.push(input);
    const gone = manifest.parts.filter((part) => part.input === input);
    manifest.parts = manifest.parts.filter((part) => part.input !== input);
    await saveManifest(folder, manifest);
    for (const { name } of gone) {
      await rm(join(folder, name));
      await rm(join(folder, rejectsOf(name)), { force: true });
    }
  }

  private async keep(temporary: string, input: number, stretch: Stretch, scored: ScoredPart): Promise<void> {
    const { path: folder, manifest } = this.parts;
    const { records, written, active, rejected, merged, reasons, parallel, rejects } = scored;
    const name = `part-${String(manifest.parts.length).padStart(5, "0")}`;
    if (rejects.length > 0) {
      this.firstReject ||= rejects[0].detail;
      const base = manifest.parts
        .filter((part) => part.input === input)
        .reduce((sum, part) => sum + part.records, 0);
      await writeFile(join(folder, rejectsOf(name)), this.rejectLines(input, stretch, base, rejects));
    }
    const counts = { records, written, active, rejected, merged, reasons: { ...reasons }, parallel };
    await keepPart(this.parts, temporary, { input, ...stretch, name, ...counts });
  }

  private rejectLines(input: number, { unit }: Stretch, base: number, rejects: readonly Reject[]): string {
    const name = this.files.length > 1 ? [basename(this.files[input])] : [];
    return rejects
      .map(({ line, row, reason, detail }) => {
        // A slice of a text counts from its own beginning; a range of rows by those of the file.
        const place = unit === "bytes" ? [null, row === null ? null : row + base] : [line, row];
        return `${formatCsvLine([...name, ...place, reason, detail])}\n`;
      })
      .join("");
  }

  /** Puts the output together, checks the counts, and clears up. */
  async finish(): Promise<ScoredFiles> {
    const { out, signal } = this.options;
    const { path: folder, manifest } = this.parts;
    const sum = (name: "records" | "written" | "active" | "rejected" | "merged") =>
      manifest.parts.reduce((total, part) => total + part[name], 0);
    const [records, written, rejected, merged] = [
      sum("records"),
      sum("written"),
      sum("rejected"),
      sum("merged"),
    ];
    if (records !== written + rejected + merged) {
      throw new Error(
        `${records} records are not ${written} written, ${rejected} rejected and ${merged} merged`,
      );
    }
    const names = manifest.parts.map(({ name }) => name);
    if (written === 0) {
      const files = this.files.map((file) => basename(file)).join(", ");
      const all = `all ${countOfThings(records, "record")} rejected, the first: ${this.firstReject}`;
      await removeParts(folder);
      throw new InsightsError(
        records === 0 ? `no profiles: ${files} has no records` : `no profiles left: ${all} (${files})`,
      );
    }
    const whole = await assemble(folder, names, this.format, written, signal);
    const rejectedFile = `${out}.rejected.csv`;
    const lines = await Promise.all(
      names.map((name) => readFile(join(folder, rejectsOf(name)), "utf8").catch(() => "")),
    );
    if (rejected > 0) {
      const header = `${this.files.length > 1 ? "file," : ""}line,row,reason,detail\n`;
      await writeFile(rejectedFile, header + lines.join(""));
    } else {
      await rm(rejectedFile, { force: true });
    }
    await rename(whole, out);
    await removeDone(this.parts);
    return {
      records,
      written,
      active: sum("active"),
      rejected,
      merged,
      rejectedByReason: reasonsOf(manifest.parts),
      rejectedFile: rejected > 0 ? rejectedFile : null,
      resumed: this.resumed,
      unknown: this.unknown,
      distrust: this.distrust,
      drift: this.drift(),
    };
  }

  private drift(): readonly string[] {
    const { reference, pipeline } = this.model;
    if (reference === undefined || this.sampler === undefined) return [];
    return driftOfScored(reference, { names: pipeline.names, ...this.sampler.sample() }).warnings;
  }

  private lastOf(input: number): Part | undefined {
    return this.parts.manifest.parts.filter((part) => part.input === input).at(-1);
  }

  private shareDone(found: readonly Cuttable[]): number {
    return this.parts.manifest.parts.reduce((sum, part) => sum + this.weightOf(found, part.input, part), 0);
  }

  /** The share of all bytes that a stretch is. */
  private weightOf(found: readonly Cuttable[], input: number, { unit, from, to }: Stretch): number {
    const total = this.sizes.reduce((sum, bytes) => sum + bytes, 0) || 1;
    const { bytes, rows } = found[input];
    if (unit === "file") return bytes / total;
    return unit === "bytes" ? (to - from) / total : (((to - from) / rows) * bytes) / total;
  }

  private scanOptions() {
    const { map, signal, memoryLimit, threads } = this.options;
    // What is taken out of a text is kept where the output will be: a system's place for temporary files may be small.
    const { temporaryDirectory = this.parts.path } = this.options;
    const now = this.parts.manifest.now === null ? undefined : new Date(this.parts.manifest.now);
    return { map, now, signal, memoryLimit, threads, temporaryDirectory };
  }
}

function reasonsOf(parts: readonly Part[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { reasons } of parts) {
    for (const [reason, n] of Object.entries(reasons)) counts.set(reason, (counts.get(reason) ?? 0) + n);
  }
  return sortReasons(counts);
}
