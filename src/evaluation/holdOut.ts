import { InsightsError } from "../base/error.ts";
import { Random } from "../base/random.ts";
import { requireBothClasses } from "./classes.ts";

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
