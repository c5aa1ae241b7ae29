import type { DriftColumns } from "../evaluation/dataProfile.ts";
import {
  compareColumn,
  compareColumns,
  compareWords,
  type Drift,
  type WordDrift,
} from "../evaluation/drift.ts";
import { PREDICTION } from "../evaluation/scoredDrift.ts";
import type { LeakageFinding } from "../leakage/finding.ts";
import { scoreShiftFindings } from "../leakage/scoreShift.ts";
import type { ComparedSide } from "./comparedSide.ts";

/** How new profiles differ from older ones. Plain JSON. */
export interface Comparison {
  readonly schema_version: 1;
  readonly train: Pick<ComparedSide, "file" | "profiles" | "compared">;
  readonly new: Pick<ComparedSide, "file" | "profiles" | "compared">;
  /** Canonical columns that one of the two knows, those that moved most first. */
  readonly columns: readonly Drift[];
  /** Columns of words. */
  readonly words: readonly WordDrift[];
  /** Features, scaled, those that moved most first. */
  readonly features: readonly Drift[];
  /** Null without a model. */
  readonly prediction: Drift | null;
  /** What the leakage audit says of features that differ between rows to learn from and rows to score. */
  readonly findings: readonly LeakageFinding[];
}

/**
 * Compares two sets of profiles: canonical columns, features, and the prediction where there is a model.
 *
 * @param madeOf the canonical columns that each feature is made of
 * @throws RangeError where a set has no rows
 */
export function compareSides(
  before: ComparedSide,
  after: ComparedSide,
  madeOf: Readonly<Record<string, readonly string[]>>,
): Comparison {
  const about = ({ file, profiles, compared }: ComparedSide) => ({ file, profiles, compared });
  const both = Object.keys(before.features).filter((name) => Object.hasOwn(after.features, name));
  const at = ({ features }: ComparedSide) =>
    both.map((name) => ({
      name,
      columns: madeOf[name] ?? [],
      values: Float64Array.from(features[name]),
    }));
  return {
    schema_version: 1,
    train: about(before),
    new: about(after),
    columns: compareColumns(knownToEither(before.columns, after.columns), after.columns),
    words: before.words
      .flatMap((words) => {
        const other = after.words.find(({ name }) => name === words.name);
        return other === undefined || (isUnknown(words) && isUnknown(other))
          ? []
          : [compareWords(words, other)];
      })
      .sort((a, b) => b.psi - a.psi),
    features: compareColumns(before.features, after.features),
    prediction:
      before.prediction === null || after.prediction === null
        ? null
        : compareColumn(PREDICTION, before.prediction, after.prediction),
    findings: scoreShiftFindings(at(before), at(after)),
  };
}

/** The columns of which at least one of the two sets knows a value. */
function knownToEither(before: DriftColumns, after: DriftColumns): DriftColumns {
  const known = (values: ArrayLike<number> | undefined) =>
    values !== undefined && Array.prototype.some.call(values, (value: number) => !Number.isNaN(value));
  return Object.fromEntries(
    Object.entries(before).filter(([name, values]) => known(values) || known(after[name])),
  );
}

function isUnknown({ words, other }: ComparedSide["words"][number]): boolean {
  return words.length === 0 && other === 0;
}
