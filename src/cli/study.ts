import { join } from "node:path";
import { countInWords, shareInWords } from "../base/words.ts";
import type { Metrics } from "../report/metrics.ts";
import { formatMetrics } from "../study/save.ts";
import { type Study, study } from "../study/study.ts";
import type { Effects } from "./effects.ts";
import { showProgress } from "./progress.ts";
import { formatTable } from "./table.ts";

/** Options of `insights study`. */
export interface StudyCommandOptions {
  readonly out: string;
  readonly force?: boolean;
  readonly preset: string;
  readonly seeds: number;
  readonly seed: number;
  readonly minPrecision: number;
  readonly split?: string;
  readonly hidden: readonly number[];
  readonly dropout: number;
  readonly maxEpochs: number;
  /** False where the recommended model is not wanted. */
  readonly recommended: boolean;
  /** All cores unless said otherwise. */
  readonly workers?: number;
  readonly map: Readonly<Record<string, string>>;
  readonly json?: boolean;
}

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
 * @returns the exit code
 * @throws InsightsError for whatever the user can mend
 */
export async function studyCommand(
  file: string | undefined,
  options: StudyCommandOptions,
  effects: Effects,
): Promise<number> {
  const { out, preset, seeds, seed, minPrecision, split, map, hidden, dropout, maxEpochs } = options;
  const { recommended, workers } = options;
  const { tell, close } = showProgress(effects);
  const finished = await study({
    file,
    out,
    preset,
    seeds,
    seed,
    minPrecision,
    split,
    map,
    network: { hidden, dropout, maxEpochs },
    recommended,
    workers,
    force: options.force,
    signal: effects.signal,
    onProgress: tell,
    clock: { now: effects.now, elapsed: effects.elapsed },
  }).finally(close);
  effects.stdout(options.json === true ? formatMetrics(finished.metrics) : summary(finished));
  return 0;
}
