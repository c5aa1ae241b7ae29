/**
 * How often the 95 % intervals of out-of-fold numbers hold what they are about. Accounts are drawn from a made-up population that
 * is known without end; logistic regression, the quickest of our recipes, is cross-validated on them and trained on them all
 * as `insights train` does. The truth is what such models reach on 20,000 accounts more, the mean over all simulations:
 * what the procedure gives. What the very model reaches is told beside it. Drawn, trained and judged anew each time. Run with
 * `npm run bench:intervals [-- SIMULATIONS]`; ends with exit code 1 where a coverage is not from 93.5 to 96.5 %.
 */
import { Random } from "../src/base/random.ts";
import type { Interval } from "../src/base/schemas.ts";
import { sigmoid, spread } from "../src/base/statistics.ts";
import { bootstrapIntervals, everyRow } from "../src/evaluation/bootstrap.ts";
import { applyCalibration } from "../src/evaluation/calibration.ts";
import {
  METRIC_RANGES,
  type MetricName,
  metricsOfRepeats,
  resampledMetrics,
} from "../src/evaluation/metrics.ts";
import { choosePolicy } from "../src/evaluation/policies.ts";
import { repeatedStratifiedFolds } from "../src/evaluation/split.ts";
import { rowsAt } from "../src/features/transform.ts";
import { calibrateOutOfFold, meanOf, outOfFoldLogits } from "../src/training/crossValidate.ts";
import { trainMember } from "../src/training/member.ts";
import { LOGISTIC, type Recipe } from "../src/training/recipe.ts";

const simulations = Number(process.argv[2] ?? 1000);
const ROWS = 300;
const FRESH = 20_000;
const COLUMNS = 14;
const FOLDS = 5;
const REPEATS = 3;
const SEED = 1;
const RECIPE: Recipe = { ...LOGISTIC, withoutDates: 0 };
const SHOWN = ["roc_auc", "average_precision", "brier", "f1"] as const satisfies readonly MetricName[];

interface Accounts {
  readonly x: Float32Array;
  readonly labels: Uint8Array;
}

/** Accounts with fourteen features, six of which say something, two of them only together; a third of the accounts is positive. */
function accounts(rows: number, random: Random): Accounts {
  const x = new Float32Array(rows * COLUMNS).map(() => random.normal());
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const [a, b, c, d, e, f] = x.subarray(row * COLUMNS, row * COLUMNS + 6);
    const logit = -0.8 + 0.8 * a - 0.6 * b + 0.5 * c + 0.4 * d * e + 0.3 * f;
    labels[row] = random.uniform() < sigmoid(logit) ? 1 : 0;
  }
  return { x, labels };
}

/** Logits of some accounts by a model that learnt from others. */
async function logitsOf({ x, labels }: Accounts, testX: Float32Array, seed: number): Promise<Float32Array> {
  const testRows = testX.length / COLUMNS;
  const goals = Float32Array.from(labels);
  const job = {
    recipe: RECIPE,
    seed,
    columns: COLUMNS,
    x,
    labels,
    goals,
    testX,
    testRows,
    snapshotColumns: [],
  };
  return (await trainMember(job)).logits;
}

interface Found {
  readonly value: number;
  /** Of the model trained on all accounts. */
  readonly truth: number;
  readonly byRows: Interval;
  readonly printed: Interval;
}
const found = SHOWN.map(() => [] as Found[]);
for (let simulation = 1; simulation <= simulations; simulation++) {
  const seed = SEED + 1000 * simulation;
  const random = new Random(seed);
  const { x, labels } = accounts(ROWS, random);
  const fresh = accounts(FRESH, random);
  const folds = repeatedStratifiedFolds(labels, { folds: FOLDS, repeats: REPEATS, seed });
  const members: Float32Array[][] = [];
  for (const { train, test } of folds) {
    const seen = { x: rowsAt(x, COLUMNS, train), labels: Uint8Array.from(train, (row) => labels[row]) };
    members.push([await logitsOf(seen, rowsAt(x, COLUMNS, test), seed + members.length)]);
  }
  const logits = outOfFoldLogits(folds, members, ROWS);
  const { calibration, mean, probabilities } = calibrateOutOfFold({ labels, folds, logits }, seed);
  const threshold = choosePolicy({ kind: "max_f1" }, labels, mean).value;
  const statistic = resampledMetrics(labels, mean, threshold);
  const values = statistic(everyRow(ROWS));

  const whole: Float32Array[] = [];
  for (let network = 0; network < REPEATS; network++)
    whole.push(await logitsOf({ x, labels }, fresh.x, seed + folds.length + network));
  const shipped = applyCalibration(calibration, meanOf(whole));
  const truth = resampledMetrics(fresh.labels, shipped, threshold)(everyRow(FRESH));

  const crossValidated = metricsOfRepeats(labels, threshold, { folds: FOLDS, probabilities });
  const byRows = bootstrapIntervals(ROWS, statistic, { seed });
  const printed = bootstrapIntervals(ROWS, statistic, { seed, crossValidated, ranges: METRIC_RANGES });
  SHOWN.forEach((name, i) => {
    found[i].push({
      value: values[name],
      truth: truth[name],
      byRows: byRows[name],
      printed: printed[name],
    });
  });
}

console.log(
  `${simulations} simulations of ${ROWS} accounts, ${FOLDS} folds x ${REPEATS} repeats, threshold of the best F1`,
);
console.log("95 % intervals that hold what the procedure gives on average (what this very model reaches)");
let missed = false;
SHOWN.forEach((name, i) => {
  const each = found[i];
  const average = spread(each.map(({ truth }) => truth)).mean;
  const share = (kind: "byRows" | "printed", truthOf: (one: Found) => number) => {
    const holds = each.filter((one) => one[kind].low <= truthOf(one) && truthOf(one) <= one[kind].high);
    return (100 * holds.length) / simulations;
  };
  const words = (kind: "byRows" | "printed") =>
    `${share(kind, () => average).toFixed(1)} % (${share(kind, ({ truth }) => truth).toFixed(1)} %)`;
  const covered = share("printed", () => average);
  const good = covered >= 93.5 && covered <= 96.5;
  missed ||= !good;
  const off = spread(each.map(({ value, truth }) => value - truth));
  console.log(
    `  ${name.padEnd(18)} rows alone ${words("byRows")}, as printed ${words("printed")} ${good ? "reached" : "MISSED"}; out of fold less truth ${off.mean.toFixed(4)}, deviation ${off.standard_deviation.toFixed(4)}`,
  );
});
if (missed) process.exitCode = 1;
