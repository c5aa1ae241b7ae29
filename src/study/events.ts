import { readFile } from "node:fs/promises";
import { version as duckdbVersion } from "../base/duckdb.ts";
import type { Versions } from "../bundle/configuration.ts";

/** The steps of a study, in the order in which they run. */
export const STUDY_STEPS = [
  "read",
  "analyse",
  "features",
  "audit",
  "train",
  "evaluate",
  "recommend",
  "find",
  "draw",
  "write",
] as const;

/** Name of a step; `timing` of `metrics.json` has `<step>_ms` for each. */
export type StudyStep = (typeof STUDY_STEPS)[number];

/** What a study tells while it runs. */
export type StudyEvent =
  | { readonly kind: "start"; readonly step: StudyStep }
  | {
      readonly kind: "progress";
      readonly step: StudyStep;
      /** How much of the step is done, 0 to 1; null where that cannot be known. */
      readonly fraction: number | null;
      /** What is being done, in a few words. */
      readonly message: string;
    }
  | {
      readonly kind: "done";
      readonly step: StudyStep;
      /** What the step found, in a few words. */
      readonly message: string;
      /** Sentences on what is worth knowing of the file: warnings, and what was decided about it. */
      readonly told: readonly string[];
      readonly milliseconds: number;
    };

/** The clocks a study reads, so that tests can stop them. */
export interface Clock {
  /** The time of day, for `created_at`. */
  readonly now: () => Date;
  /** Milliseconds since any fixed moment, for the timing of steps. */
  readonly elapsed: () => number;
}

/** The machine's clocks. */
export const systemClock: Clock = { now: () => new Date(), elapsed: () => performance.now() };

/** Times the steps of a study and tells of their start and end. */
export class StepTimer {
  /** `<step>_ms` so far. */
  readonly timing: Record<string, number> = {};
  private readonly clock: Clock;
  private readonly tell: (event: StudyEvent) => void;

  /**
   * @param clock the clocks to read
   * @param tell called with each event, in order
   */
  constructor(clock: Clock, tell: (event: StudyEvent) => void) {
    this.clock = clock;
    this.tell = tell;
  }

  /**
   * Runs one step.
   *
   * @param step its name
   * @param work does it; is given a function to tell of progress with, and returns the result, what to say of it and sentences to tell
   */
  async run<T>(
    step: StudyStep,
    work: (
      progress: (fraction: number | null, message: string) => void,
    ) => Promise<{ result: T; message: string; told?: readonly string[] }>,
  ): Promise<T> {
    const start = this.clock.elapsed();
    this.tell({ kind: "start", step });
    const {
      result,
      message,
      told = [],
    } = await work((fraction, text) => this.tell({ kind: "progress", step, fraction, message: text }));
    const milliseconds = this.clock.elapsed() - start;
    this.timing[`${step}_ms`] = Math.round(milliseconds * 10) / 10;
    this.tell({ kind: "done", step, message, told, milliseconds });
    return result;
  }
}

/** What a step is given to be stopped by and to tell of its progress with. */
export interface Hooks {
  readonly signal?: AbortSignal | undefined;
  readonly progress: (fraction: number | null, message: string) => void;
}

/** The versions of this program, of Node and of DuckDB. */
export async function versions(): Promise<Versions> {
  const text = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  const { version } = JSON.parse(text) as { version: string };
  return { influencer_insights: version, node: process.versions.node, duckdb: duckdbVersion() };
}
