import { InsightsError } from "../base/error.ts";
import { Random } from "../base/random.ts";
import { requireBothClasses } from "./classes.ts";

/** Positions (from 0) of the rows of each part. No row is in two parts. */
export interface Split {
  readonly train: Int32Array;
  readonly valid: Int32Array;
  readonly test: Int32Array;
}

/** How much goes where, and the seed. */
export interface SplitOptions {
  /** Share of the rows for the test part, between 0 and 1; 0.2 unless said otherwise. */
  readonly test?: number;
  /** Share of *the rest* for the validation part, between 0 and 1; 0.2 unless said otherwise. */
  readonly valid?: number;
  /** Same seed, same split. */
  readonly seed: number;
}

/**
 * Splits rows into train, validation and test parts (64, 16 and 20 % unless said otherwise), each with the classes in
 * nearly the proportion of the whole. Sizes are scikit-learn's `train_test_split(stratify=...)` called twice: the test
 * part has ceil(test x rows), the validation part ceil(valid x rest), and within a size the classes share by largest
 * remainder (a tie goes to the positives, where scikit-learn draws lots). The drawn rows differ from scikit-learn's, which
 * has another random number generator.
 *
 * The positions of every part are shuffled. The study trains on batches in the order of the training part, unshuffled
 * afterwards, so an order that followed the file or the class would leak into the batches.
 *
 * @param labels 0 or 1, one a row
 * @throws OneClassError where only one class is present
 * @throws InsightsError where the rows are too few for every part to hold both classes
 * @throws RangeError on a share outside 0..1 or a label other than 0 and 1
 */
export function stratifiedSplit(labels: Uint8Array, options: SplitOptions): Split {
  const testShare = options.test ?? 0.2;
  const validShare = options.valid ?? 0.2;
  for (const share of [testShare, validShare])
    if (!(share > 0 && share < 1)) throw new RangeError(`share ${share} is not between 0 and 1`);
  if (labels.length === 0) throw new InsightsError("too few rows: 0, nothing to split");
  const whole = requireBothClasses(labels);

  const restRows = labels.length - Math.ceil(testShare * labels.length);
  const restPositives = proportional(whole.positives, labels.length, restRows);
  const trainRows = restRows - Math.ceil(validShare * restRows);
  const trainPositives = restRows === 0 ? 0 : proportional(restPositives, restRows, trainRows);
  const sizes = [
    { name: "train", rows: trainRows, positives: trainPositives },
    { name: "validation", rows: restRows - trainRows, positives: restPositives - trainPositives },
    { name: "test", rows: labels.length - restRows, positives: whole.positives - restPositives },
  ];
  for (const { name, rows, positives } of sizes) {
    if (positives > 0 && positives < rows) continue;
    const lacks = positives === 0 ? "positive" : "negative";
    throw new InsightsError(
      `too few rows: ${whole.positives} positive and ${whole.negatives} negative rows leave no ${lacks} row for the ${name} part`,
    );
  }

  const random = new Random(options.seed);
  const positives = random.shuffle(positionsOf(labels, 1, whole.positives));
  const negatives = random.shuffle(positionsOf(labels, 0, whole.negatives));
  let positivesTaken = 0;
  let negativesTaken = 0;
  const [train, valid, test] = sizes.map((size) => {
    const part = new Int32Array(size.rows);
    part.set(positives.subarray(positivesTaken, positivesTaken + size.positives));
    part.set(negatives.subarray(negativesTaken, negativesTaken + size.rows - size.positives), size.positives);
    positivesTaken += size.positives;
    negativesTaken += size.rows - size.positives;
    return random.shuffle(part);
  });
  return { train, valid, test };
}

/** How many of the drawn rows are positive: the proportional number, rounded by largest remainder between two classes. */
function proportional(positives: number, rows: number, drawn: number): number {
  return Math.round((positives * drawn) / rows);
}

function positionsOf(labels: Uint8Array, label: number, count: number): Int32Array {
  const positions = new Int32Array(count);
  let next = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i] === label) positions[next++] = i;
  return positions;
}

/** One fold of one repeat: positions (from 0) of the rows, rising. */
export interface Fold {
  /** Which repeat, from 0. */
  readonly repeat: number;
  /** Which fold of the repeat, from 0. */
  readonly fold: number;
  /** The rows to fit to: all that are not in `test`. */
  readonly train: Int32Array;
  /** The rows left out. Every row is left out once a repeat. */
  readonly test: Int32Array;
}

/** How to cut rows into folds. */
export interface FoldOptions {
  /** Folds a repeat, at least 2; 5 unless said otherwise. */
  readonly folds?: number;
  /** How often the rows are cut anew, at least 1; 3 unless said otherwise. */
  readonly repeats?: number;
  /** Same seed, same folds. */
  readonly seed: number;
}

/**
 * Repeated stratified k-fold (as scikit-learn's `RepeatedStratifiedKFold`, with other draws): each repeat deals the rows of
 * each class out to the folds like cards, so that no two folds differ by more than one positive and one negative.
 *
 * @param labels 0 or 1, one a row
 * @returns folds x repeats, repeat by repeat
 * @throws OneClassError where only one class is present
 * @throws InsightsError where a class has fewer rows than there are folds
 * @throws RangeError on a count that makes no sense or a label other than 0 and 1
 */
export function repeatedStratifiedFolds(labels: Uint8Array, options: FoldOptions): Fold[] {
  const { folds = 5, repeats = 3, seed } = options;
  if (!Number.isInteger(folds) || folds < 2) throw new RangeError(`${folds} folds`);
  if (!Number.isInteger(repeats) || repeats < 1) throw new RangeError(`${repeats} repeats`);
  const { positives, negatives } = requireBothClasses(labels);
  if (Math.min(positives, negatives) < folds) {
    const few = positives < negatives ? `${positives} positive` : `${negatives} negative`;
    throw new InsightsError(`too few rows: ${few} rows cannot be dealt to ${folds} folds`);
  }
  const random = new Random(seed);
  const all = Int32Array.from(labels, (_, i) => i);
  return Array.from({ length: repeats }, (_, repeat) => {
    const foldOf = new Int32Array(labels.length);
    let dealt = 0;
    for (const label of [1, 0]) {
      // The second class goes on where the first ended, so that the folds' sizes differ by one at most.
      for (const i of random.shuffle(all.filter((row) => labels[row] === label))) foldOf[i] = dealt++ % folds;
    }
    return Array.from({ length: folds }, (__, fold) => ({
      repeat,
      fold,
      train: all.filter((i) => foldOf[i] !== fold),
      test: all.filter((i) => foldOf[i] === fold),
    }));
  }).flat();
}

/**
 * Draws rows to be set aside, the classes in nearly the proportion of the whole: ceil(share x rows) of them, shared out
 * between the classes by largest remainder.
 *
 * @param labels 0 or 1 a row
 * @param options.share of the rows, between 0 and 1
 * @param options.seed same seed, same rows
 * @returns positions of the drawn rows, rising
 * @throws OneClassError where only one class is present
 * @throws InsightsError where the rows are too few for both parts to hold both classes
 * @throws RangeError on a share outside 0..1
 */
export function stratifiedHoldOut(
  labels: Uint8Array,
  options: { readonly share: number; readonly seed: number },
): Int32Array {
  const { share, seed } = options;
  if (!(share > 0 && share < 1)) throw new RangeError(`share ${share} is not between 0 and 1`);
  const { positives, negatives } = requireBothClasses(labels);
  const drawn = Math.ceil(share * labels.length);
  const drawnPositives = Math.round((positives * drawn) / labels.length);
  const parts = [
    { of: "positive", whole: positives, drawn: drawnPositives },
    { of: "negative", whole: negatives, drawn: drawn - drawnPositives },
  ];
  for (const part of parts) {
    if (part.drawn > 0 && part.drawn < part.whole) continue;
    throw new InsightsError(
      `too few rows: of ${positives} positive and ${negatives} negative rows, setting ${drawn} aside leaves no ${part.of} row ${part.drawn > 0 ? "to train on" : "among them"}`,
    );
  }
  const random = new Random(seed);
  const all = Int32Array.from(labels.keys());
  const chosen = [1, 0].flatMap((label, i) => [
    ...random.shuffle(all.filter((row) => labels[row] === label)).subarray(0, parts[i].drawn),
  ]);
  return Int32Array.from(chosen).sort();
}
