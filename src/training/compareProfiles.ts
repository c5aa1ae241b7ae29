import { comparedColumns } from "../analysis/comparedColumns.ts";
import type { Model } from "../bundle/model.ts";
import { probabilitiesOf } from "../bundle/score.ts";
import {
  columnsOfProfile,
  type DataProfile,
  type DriftColumns,
  profileWords,
  valuesOfProfile,
  type WordProfile,
} from "../evaluation/dataProfile.ts";
import {
  compareColumn,
  compareColumns,
  compareWords,
  type Drift,
  type WordDrift,
} from "../evaluation/drift.ts";
import { PREDICTION } from "../evaluation/scoredDrift.ts";
import { type FittedPipeline, featureColumns } from "../features/pipeline.ts";
import { columnsByName, transform } from "../features/transform.ts";
import type { LeakageFinding } from "../leakage/finding.ts";
import { scoreShiftFindings } from "../leakage/scoreShift.ts";
import type { Profiles } from "../profiles/read.ts";
import { viewOfSample } from "./rows.ts";

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
 * @param pipeline that made the features of both
 * @throws RangeError where a set has no rows
 */
export function compareSides(
  before: ComparedSide,
  after: ComparedSide,
  pipeline: FittedPipeline,
): Comparison {
  const about = ({ file, profiles, compared }: ComparedSide) => ({ file, profiles, compared });
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
    findings: shiftsOf(before, after, pipeline),
  };
}

/** What the leakage audit says of features that differ between two sets of profiles. */
export function shiftsOf(
  before: ComparedSide,
  after: ComparedSide,
  pipeline: FittedPipeline,
): LeakageFinding[] {
  const madeOf = featureColumns(pipeline);
  const at = ({ features }: ComparedSide) =>
    pipeline.names.flatMap((name, i) => {
      if (!Object.hasOwn(before.features, name) || !Object.hasOwn(after.features, name)) return [];
      return [{ name, columns: madeOf[i], values: Float64Array.from(features[name]) }];
    });
  return scoreShiftFindings(at(before), at(after));
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

/** One of the two sets of profiles that are compared. */
export interface ComparedSide {
  /** Base name of the file. */
  readonly file: string;
  /** Profiles that it stands for. */
  readonly profiles: number;
  /** Profiles that were compared, drawn from them. */
  readonly compared: number;
  /** Canonical columns as numbers, NaN where unknown. */
  readonly columns: DriftColumns;
  readonly words: readonly WordProfile[];
  /** Features as the network takes them. */
  readonly features: DriftColumns;
  /** Probabilities; null without a model. */
  readonly prediction: ArrayLike<number> | null;
}

/** Profiles that are compared at most, of each set. */
const MOST_ROWS = 50_000;

/**
 * Reads what a file's profiles are compared by.
 *
 * @param pipeline fitted to the older set
 * @param model for the prediction; its pipeline is `pipeline`
 */
export async function sideOfProfiles(
  { connection, table, source, rows }: Profiles,
  pipeline: FittedPipeline,
  model: Model | null,
  seed: number,
): Promise<ComparedSide> {
  const drawn = await viewOfSample(connection, "compared_profiles", table, MOST_ROWS, seed);
  const { numbers, words } = await comparedColumns(connection, drawn);
  const matrix = await transform(connection, pipeline, drawn);
  const compared = matrix.rows.length;
  return {
    file: source.file,
    profiles: rows,
    compared,
    columns: numbers,
    words: Object.entries(words).map(([name, column]) => profileWords(name, column)),
    features: columnsByName(matrix),
    prediction: model === null ? null : probabilitiesOf(model, matrix.values, compared),
  };
}

/** What a model has kept of the profiles it was trained on, as a side to compare with. */
export function sideOfReference(reference: DataProfile, data: Model["data"]): ComparedSide {
  return {
    file: data.file,
    profiles: data.rows,
    compared: reference.rows,
    columns: columnsOfProfile(reference.columns),
    words: reference.words,
    features: columnsOfProfile(reference.features),
    prediction: valuesOfProfile(reference.prediction),
  };
}
