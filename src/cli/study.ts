import { join } from "node:path";
import { type Command, Option } from "@commander-js/extra-typings";
import { countInWords, shareInWords } from "../base/words.ts";
import { STUDY_DEFAULTS } from "../network/options.ts";
import type { Profiles } from "../profiles/read.ts";
import { TABLES } from "../profiles/source/foreign.ts";
import type { Metrics } from "../report/metrics.ts";
import { formatMetrics } from "../study/save.ts";
import { STUDY, type Study, study } from "../study/study.ts";
import {
  allowRejectedOption,
  debugOption,
  jsonOption,
  layers,
  type OptionsOf,
  outputOption,
  type ReadingFlags,
  readingOf,
  seedOption,
  share,
  wholeNumberOption,
  withReadingOptions,
  workersOption,
} from "./options.ts";
import { showStudyProgress } from "./progress.ts";
import { type Effects, formatTable } from "./terminal.ts";

/** Where a study goes unless told otherwise. */
export const REPORT_FOLDER = "insights-report";

/** The arguments and options of `insights study`. */
export const declared = (command: Command) =>
  withReadingOptions(command)
    .argument("[file]", `${TABLES}; the shipped sample if none`)
    .addOption(outputOption("folder", "--out <folder>", "folder for the result").default(REPORT_FOLDER))
    .option("--force", "replace an earlier result in that folder")
    .option("--preset <name>", "which features", STUDY.preset)
    .addOption(
      wholeNumberOption("--seeds <count>", "train with this many seeds", 1, 1000).default(STUDY.seeds),
    )
    .addOption(seedOption())
    .addOption(
      new Option("--min-precision <share>", "precision the threshold must reach on validation rows")
        .argParser(share)
        .default(STUDY.minPrecision),
    )
    .option("--split <file>", "JSON with row numbers of train, valid and test, to replay a split")
    .addOption(
      new Option("--hidden <units>", "units of each hidden layer")
        .argParser(layers)
        .default([...STUDY_DEFAULTS.hidden] as number[], STUDY_DEFAULTS.hidden.join(",")),
    )
    .addOption(
      new Option("--dropout <share>", "share of units dropped while training")
        .argParser(share)
        .default(STUDY_DEFAULTS.dropout),
    )
    .addOption(
      wholeNumberOption("--max-epochs <count>", "most epochs to train", 1, 1_000_000).default(
        STUDY_DEFAULTS.maxEpochs,
      ),
    )
    .option("--no-recommended", "leave out the recommended model, reproduce the original study only")
    .addOption(allowRejectedOption())
    .addOption(workersOption())
    .addOption(jsonOption("metrics.json"))
    .addOption(debugOption());

type Options = OptionsOf<typeof declared> & ReadingFlags;

/** The three measures of a line of the closing table. */
function line(name: string, measured: { f1: number; precision: number; recall: number }): string[] {
  return [name, measured.f1.toFixed(3), measured.precision.toFixed(3), measured.recall.toFixed(3)];
}

/** Mean and range over the seeds, in words; nothing for one seed. */
function overSeeds({ seeds, seeds_summary }: Metrics): string {
  if (seeds.length === 1) return "";
  const line = (name: string, { mean, standard_deviation, min, max }: Metrics["seeds_summary"]["epochs"]) => [
    `  ${name}`,
    `F1 ${mean.toFixed(3)} ± ${standard_deviation.toFixed(3)}`,
    `(${min.toFixed(3)} to ${max.toFixed(3)})`,
  ];
  const rows = [
    line("the study's own protocol", seeds_summary.as_published.f1),
    line("correct protocol, at 0.5", seeds_summary.test.f1),
    line("correct protocol, at each seed's threshold", seeds_summary.test_at_threshold.f1),
  ];
  return `\nover ${seeds.length} seeds\n${formatTable(rows)}\n`;
}

/** What a person wants to know at the end: what came in, how good it is, what to open. */
function summary({ metrics, directory, files }: Study): string {
  const { dataset, target, test, test_at_threshold, as_published, published, rule, threshold } = metrics;
  const rejected =
    dataset.rejected === 0
      ? ""
      : `, ${countInWords(dataset.rejected)} rejected (${join(directory, "rejected.csv")})`;
  const rows = [
    ["on the test rows", "F1", "precision", "recall"],
    line("published", published),
    line("the study's own protocol", as_published),
    line("correct protocol, at 0.5", test),
    line(`correct protocol, at ${threshold.value.toFixed(3)}`, test_at_threshold),
    ...(rule === null ? [] : [line(rule.expression, rule)]),
  ];
  return `
${countInWords(dataset.rows)} profiles (${dataset.provider})${rejected}
target ${target.expression}: ${shareInWords(target.positive_rate)} positive

${formatTable(rows, [1, 2, 3])}
${overSeeds(metrics)}
report   ${join(directory, "report.html")}
numbers  ${join(directory, "metrics.json")}
folder   ${directory} (${files.length} files)
`;
}

/**
 * `insights study`: the whole study of a file.
 *
 * @param profiles of the file, where it was read and told of before; the caller closes them
 * @throws InsightsError for whatever the user can mend
 */
export async function run(
  file: string | undefined,
  options: Options,
  effects: Effects,
  profiles?: Profiles,
): Promise<void> {
  const { out, preset, seeds, seed, minPrecision, split, hidden, dropout, maxEpochs } = options;
  const { recommended, workers } = options;
  const { tell, close } = showStudyProgress(effects, profiles !== undefined);
  const finished = await study({
    shippedModel: effects.shippedModel,
    file,
    ...(profiles && { open: async () => ({ ...profiles, close: async () => {} }) }),
    synthetic: file === undefined,
    out,
    preset,
    seeds,
    seed,
    minPrecision,
    split,
    reading: readingOf(options),
    allowRejected: options.allowRejected,
    network: { hidden, dropout, maxEpochs },
    recommended,
    workers,
    force: options.force,
    signal: effects.signal,
    onProgress: tell,
    clock: { now: effects.now, elapsed: effects.elapsed },
  }).finally(close);
  effects.stdout(options.json === true ? formatMetrics(finished.metrics) : summary(finished));
}
