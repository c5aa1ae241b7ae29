import { availableParallelism } from "node:os";
import { SAMPLE_FILE } from "../base/data.ts";
import type { DatabaseOptions } from "../base/duckdb.ts";
import { CHECKSUMS_FILE } from "../base/output/checksums.ts";
import { claimFolder } from "../base/output/write.ts";
import { presetNamed } from "../features/presets.ts";
import { STUDY_DEFAULTS } from "../network/options.ts";
import type { Profiles } from "../profiles/read.ts";
import type { ReadingOptions } from "../profiles/readingOptions.ts";
import type { Metrics } from "../report/metrics.ts";
import { analyse, auditStudy } from "./analyse.ts";
import { type Clock, StepTimer, type StudyEvent, systemClock, versions } from "./events.ts";
import { drawFigures } from "./figures.ts";
import { find } from "./find.ts";
import { judgeSeeds } from "./judge.ts";
import { assembleMetrics } from "./metrics.ts";
import { fitFeatures, read } from "./read.ts";
import { recommend } from "./recommend.ts";
import { saveStudy } from "./save.ts";
import { type NetworkChoice, trainSeeds } from "./train.ts";

/** What a study does unless told otherwise: the original study's features and precision, one training. */
export const STUDY = { preset: "original", seeds: 1, minPrecision: 0.88 } as const;

/** What to study and how. */
export interface StudyOptions {
  /** A table of profiles of any format that is read; the shipped sample if none. */
  readonly file?: string | undefined;
  /** Opens profiles that were read before, which are studied instead of a file. */
  readonly open?: (() => Promise<Profiles>) | undefined;
  /** Whether the people are made up; those of the shipped sample are, unless said otherwise. */
  readonly synthetic?: boolean | undefined;
  /** Folder for the result. It is whole or not there. */
  readonly out: string;
  /** Whether an earlier result in that folder is replaced; false unless said otherwise. */
  readonly force?: boolean | undefined;
  /** Name of the feature preset; `original` unless said otherwise. */
  readonly preset?: string | undefined;
  /** With how many seeds to train: `seed`, `seed + 1`, ...; 1 unless said otherwise. The split stays the same. */
  readonly seeds?: number | undefined;
  /** Seed of the split, the first training and every other random choice; 1 unless said otherwise. */
  readonly seed?: number | undefined;
  /** Precision that the threshold must reach on validation rows, 0 to 1; the study's 0.88 unless said otherwise. */
  readonly minPrecision?: number | undefined;
  /** JSON file with the row numbers of train, valid and test, to replay a split. */
  readonly split?: string | undefined;
  /** How the file is read. */
  readonly reading?: ReadingOptions | undefined;
  /** Whether to go on where many records cannot be read and differ from the others; false unless said otherwise. */
  readonly allowRejected?: boolean | undefined;
  /** What DuckDB may use. */
  readonly database?: Pick<DatabaseOptions, "memoryLimit" | "temporaryDirectory"> | undefined;
  /** What to change of the study's network. */
  readonly network?: Partial<NetworkChoice> | undefined;
  /** Whether to train the recommended model beside the original study's; true unless said otherwise. */
  readonly recommended?: boolean | undefined;
  /** Folder of the model that ranks the people of the report; the one that ships unless said otherwise. */
  readonly shippedModel?: string | undefined;
  /** Worker threads for the recommended model; all cores unless said otherwise. The result is the same for any number. */
  readonly workers?: number | undefined;
  /** Stops the study, leaving nothing behind. */
  readonly signal?: AbortSignal | undefined;
  /** Told how the study goes. */
  readonly onProgress?: ((event: StudyEvent) => void) | undefined;
  /** The clocks to read; the machine's unless replaced. */
  readonly clock?: Clock | undefined;
}

/** What a study leaves. */
export interface Study {
  /** Contents of `metrics.json`. */
  readonly metrics: Metrics;
  /** The folder, as given. */
  readonly directory: string;
  /** Paths in the folder, relative to it, in order. */
  readonly files: readonly string[];
}

/**
 * The whole study of one file: reads profiles, analyses them, fits features on training rows and audits them for
 * leakage, trains on training rows, chooses the threshold on validation rows, judges on test rows, trains the recommended
 * model beside it, draws, and writes a folder with a report.
 *
 * @throws InsightsError for whatever the user can mend: the file, its contents, the options, the output folder
 * @throws the signal's reason when it is aborted
 */
export async function study(options: StudyOptions): Promise<Study> {
  const { file = SAMPLE_FILE, out, force = false, signal, clock = systemClock } = options;
  const { hidden, dropout, maxEpochs } = STUDY_DEFAULTS;
  const settings = {
    preset: options.preset ?? STUDY.preset,
    seed: options.seed ?? 1,
    seeds: options.seeds ?? STUDY.seeds,
    minPrecision: options.minPrecision ?? STUDY.minPrecision,
    synthetic: options.synthetic ?? (options.file === undefined && options.open === undefined),
    splitFile: options.split,
    network: { hidden, dropout, maxEpochs, ...options.network },
  };
  const timer = new StepTimer(clock, options.onProgress ?? (() => {}));
  presetNamed(settings.preset);
  await using output = await claimFolder(out, {
    force,
    reads: [options.file, options.split, options.shippedModel],
  });
  const data = await timer.run("read", (progress) =>
    read(file, {
      ...settings,
      open: options.open,
      reading: options.reading,
      allowRejected: options.allowRejected,
      database: options.database,
      now: clock.now(),
      signal,
      progress,
    }),
  );
  try {
    const analysis = await timer.run("analyse", (progress) =>
      analyse(data, settings.seed, { signal, progress }),
    );
    const features = await timer.run("features", () => fitFeatures(data, settings.preset));
    const leakage = await timer.run("audit", (progress) =>
      auditStudy(data, features, settings.seed, { signal, progress }),
    );
    const runs = await timer.run("train", (progress) =>
      trainSeeds(features.parts, settings, { signal, progress }),
    );
    const judged = await timer.run("evaluate", () => judgeSeeds(data, features, runs, settings.seed));
    const made = await versions();
    const recommended = await timer.run("recommend", (progress) =>
      recommend(
        data.profiles,
        {
          wanted: options.recommended !== false,
          seed: settings.seed,
          workers: options.workers ?? availableParallelism(),
          versions: made,
          clock,
        },
        { signal, progress },
      ),
    );
    const found = await timer.run("find", () =>
      find(data.profiles, recommended, options.shippedModel, { signal }),
    );
    const story = { data, analysis, features, leakage, runs, judged, recommended, found, settings };
    return await output.fill(async (directory) => {
      const figures = await timer.run("draw", (progress) =>
        drawFigures(story, directory, { signal, progress }),
      );
      const metrics = assembleMetrics(story, figures, timer.timing, clock.now(), made);
      const files = await timer.run("write", () => saveStudy(story, figures, metrics, directory, signal));
      return { metrics, directory: out, files: [...files, CHECKSUMS_FILE].sort() };
    });
  } finally {
    await data.profiles.close();
  }
}
