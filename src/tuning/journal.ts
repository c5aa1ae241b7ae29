import { closeSync, openSync, writeSync } from "node:fs";
import { lstat, mkdir, readdir, readFile, rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { InsightsError } from "../base/error.ts";
import { ownFiles } from "../base/output/guard.ts";
import { count } from "../base/schemas.ts";
import { type Evaluation, evaluationSchema } from "./results.ts";
import { TUNING_FILES } from "./save.ts";

/** Name of the journal in a tuning's folder. */
export const JOURNAL = "trials.ndjson";

/** Version of what a journal's entries mean: 1 had features of texts in its recipes. */
const JOURNAL_VERSION = 2;

const headerSchema = z.strictObject({
  journal: z.literal("insights tune"),
  schema_version: z.literal(JOURNAL_VERSION),
  started_at: z.iso.datetime(),
  /** Everything that the result depends on: data, options, program. */
  of: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/** Probabilities of an outer fold's rows, by a recipe trained on the other rows. */
const judgedSchema = z.strictObject({
  /** The search, from 1, whose rows were held out. */
  search: count,
  trial: count,
  probabilities: z.array(z.number()).readonly(),
});

/** Probabilities of an outer fold's rows, by a recipe trained on the other rows. */
export type Judged = Readonly<z.infer<typeof judgedSchema>>;

const entrySchema = z.union([
  evaluationSchema.extend({ search: count, milliseconds: z.number() }),
  judgedSchema.extend({ milliseconds: z.number() }),
]);
type Entry = z.infer<typeof entrySchema>;

/** What a tuning's result depends on, by name. */
export type TuningOf = z.infer<typeof headerSchema>["of"];

/** The record of a tuning's finished work, a line each, by which it goes on after it was stopped. */
export interface Journal {
  /** When the tuning was first started. */
  readonly startedAt: string;
  /** Pieces of work that were there when it was opened. */
  readonly earlier: number;
  /** Time spent on all work in it, in milliseconds. */
  spent(): number;
  evaluation(search: number, rung: number, trial: number): Evaluation | undefined;
  judged(search: number, trial: number): Judged | undefined;
  /** Writes a line at once. A process that is killed loses what it was at, and nothing else. */
  addEvaluation(search: number, evaluation: Evaluation, milliseconds: number): void;
  addJudged(judged: Judged, milliseconds: number): void;
  close(): void;
}

/** Where and for what to open a journal. */
export interface JournalOptions {
  readonly of: TuningOf;
  readonly startedAt: Date;
  /** Forget an earlier tuning in that folder. */
  readonly force: boolean;
}

/**
 * Opens the journal of a tuning's folder, and makes both where they are not there.
 *
 * @throws InsightsError where the folder holds something else, the journal is of another tuning, or damaged
 */
export async function openJournal(folder: string, options: JournalOptions): Promise<Journal> {
  const path = join(folder, JOURNAL);
  const text = await readJournal(folder, path);
  const earlier = await ownFiles(folder, TUNING_FILES);
  // An earlier result would pass for this one's, if this one is stopped.
  if (options.force) {
    if (text !== undefined) requireOurs(text, path);
    for (const name of [...earlier, JOURNAL]) await rm(join(folder, name), { force: true });
  }
  const { header, entries, whole } = options.force
    ? { header: undefined, entries: [], whole: 0 }
    : parse(text ?? "", folder);
  if (header !== undefined) requireSame(header.of, options.of, folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // A line that was cut off goes, so that the next one stands by itself.
  if (text !== undefined && !options.force) await truncate(path, whole);
  const file = openSync(path, "a", 0o600);
  const write = (line: object) => void writeSync(file, `${JSON.stringify(line)}\n`);
  const startedAt = header?.started_at ?? options.startedAt.toISOString();
  if (header === undefined) {
    write({
      journal: "insights tune",
      schema_version: JOURNAL_VERSION,
      started_at: startedAt,
      of: options.of,
    });
  }
  const evaluations = new Map<string, Evaluation>();
  const judgements = new Map<string, Judged>();
  let spent = 0;
  const keep = (entry: Entry) => {
    spent += entry.milliseconds;
    const { milliseconds: _, ...rest } = entry;
    if ("rung" in rest) {
      const { search, ...evaluation } = rest;
      evaluations.set(`${search} ${rest.rung} ${rest.trial}`, evaluation);
    } else {
      judgements.set(`${rest.search} ${rest.trial}`, rest);
    }
  };
  entries.forEach(keep);
  const add = (entry: Entry) => {
    write(entry);
    keep(entry);
  };
  return {
    startedAt,
    earlier: entries.length,
    spent: () => spent,
    evaluation: (search, rung, trial) => evaluations.get(`${search} ${rung} ${trial}`),
    judged: (search, trial) => judgements.get(`${search} ${trial}`),
    addEvaluation: (search, evaluation, milliseconds) => add({ search, ...evaluation, milliseconds }),
    addJudged: (judged, milliseconds) => add({ ...judged, milliseconds }),
    close: () => closeSync(file),
  };
}

/** @throws InsightsError where a journal does not begin as one of ours, of whatever version */
function requireOurs(text: string, path: string): void {
  if (text === "" || text.startsWith('{"journal":"insights tune",')) return;
  throw new InsightsError(
    `cannot replace ${path}: it is no journal of a tuning (move it away, or choose another --out)`,
  );
}

/** The journal's text; undefined where the folder is empty or not there. */
async function readJournal(folder: string, path: string): Promise<string | undefined> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  if (names.includes(JOURNAL)) {
    if (!(await lstat(path)).isFile())
      throw new InsightsError(`cannot write ${path}: it is no ordinary file (move it away)`);
    return readFile(path, "utf8");
  }
  if (names.length === 0) return undefined;
  throw new InsightsError(`output folder exists and holds no tuning: ${folder} (choose another --out)`);
}

/** The whole lines of a journal, and how many bytes they are. */
function parse(
  text: string,
  folder: string,
): { header: z.infer<typeof headerSchema> | undefined; entries: Entry[]; whole: number } {
  const end = text.lastIndexOf("\n") + 1;
  const whole = Buffer.byteLength(text.slice(0, end));
  const lines = text.slice(0, end).split("\n").slice(0, -1);
  const [header, ...entries] = lines.map((line, i) => {
    try {
      const json: unknown = JSON.parse(line);
      if (i === 0) requireVersion(json, folder);
      return i === 0 ? headerSchema.parse(json) : entrySchema.parse(json);
    } catch (error) {
      if (error instanceof InsightsError) throw error;
      const place = { file: join(folder, JOURNAL), line: i + 1 };
      throw new InsightsError(
        "damaged journal of a tuning; choose another --out, or start over with --force",
        {
          place,
          cause: error,
        },
      );
    }
  });
  return { header: header as z.infer<typeof headerSchema> | undefined, entries: entries as Entry[], whole };
}

/** @throws InsightsError where a journal is of another version: its trials stand for other recipes than ours */
function requireVersion(header: unknown, folder: string): void {
  const version = z.object({ schema_version: z.number() }).safeParse(header).data?.schema_version;
  if (version === undefined || version === JOURNAL_VERSION) return;
  const age = version < JOURNAL_VERSION ? "an earlier" : "a later";
  throw new InsightsError(
    `tuning of ${age} version: ${folder} (choose another --out, or start over with --force)`,
  );
}

function requireSame(earlier: TuningOf, now: TuningOf, folder: string): void {
  const differing = [...new Set([...Object.keys(earlier), ...Object.keys(now)])].filter(
    (name) => (earlier[name] ?? null) !== (now[name] ?? null),
  );
  if (differing.length === 0) return;
  const shown = differing
    .map((name) => `${name} ${earlier[name] ?? "none"}, now ${now[name] ?? "none"}`)
    .join("; ");
  throw new InsightsError(
    `another tuning is in ${folder}: ${shown} (go on with what it was started with, choose another --out, or start over with --force)`,
  );
}
