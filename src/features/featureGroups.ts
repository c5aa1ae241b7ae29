import type { CanonicalName } from "../profiles/canonical.ts";
import type { Step } from "./feature.ts";
import { known } from "./kinds/known.ts";
import { posting } from "./kinds/posting.ts";
import { principalComponents } from "./kinds/principalComponents.ts";
import { rate } from "./kinds/rate.ts";
import { kindNamed } from "./kinds.ts";
import type { FittedPipeline } from "./pipeline.ts";

/** Features that say the same thing to a person, however many numbers the network takes it in. */
export interface FeatureGroup {
  /** What it is about: `followers`, `likes per follower`. */
  readonly name: string;
  /** The canonical columns that every feature of the group is made of. */
  readonly columns: readonly CanonicalName[];
  readonly features: readonly string[];
  /** Places of the features among the pipeline's, from 0. */
  readonly places: readonly number[];
  readonly steps: readonly FittedStep[];
}

/** A step with what it learnt. */
type FittedStep = FittedPipeline["steps"][number];

/**
 * Parts a pipeline's features into groups, in the order of their first features. Features are of one group where they are
 * made of exactly the same columns, so that a count and its cut-off twin go together, and a ratio stands for itself.
 */
export function featureGroups({ steps }: Pick<FittedPipeline, "steps">): FeatureGroup[] {
  const groups = new Map<string, { columns: CanonicalName[]; steps: FittedStep[]; places: number[] }>();
  let place = 0;
  for (const step of steps) {
    const kind = kindNamed(step.kind);
    const columns = kind.inputs(step.params);
    const key = [...columns].sort().join();
    const group = groups.get(key) ?? { columns, steps: [], places: [] };
    group.steps.push(step);
    for (const _ of kind.outputs(step.params)) group.places.push(place++);
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => {
    const features = group.steps.flatMap(({ kind, params }) => kindNamed(kind).outputs(params));
    return { ...group, name: nameOf(group.steps, group.columns), features };
  });
}

/** How people call columns whose names say it differently. */
const CALLED: Partial<Record<CanonicalName, string>> = {
  videos_count: "videos",
  is_verified: "verified",
  is_private: "private",
  bio_link: "link",
  awg_engagement_rate: "engagement rate",
  like_engagement_rate: "like rate",
  comment_engagement_rate: "comment rate",
  predicted_lang: "language",
};

/** A canonical column for people: `videos_count` is `videos`. */
export function columnInWords(column: CanonicalName): string {
  return CALLED[column] ?? label(column);
}

/**
 * What a step says of a text, by its output's name without the column's: `biography_keyword` finds a `keyword`.
 *
 * @param column the column that the step reads
 */
export function findingOf({ kind, params }: Step, column: CanonicalName): string {
  const [output] = kindNamed(kind).outputs(params);
  return label(output.startsWith(`${column}_`) ? output.slice(column.length + 1) : output);
}

/** Kinds whose features say one thing together. */
const ONE_THING: Readonly<Record<string, string>> = {
  [posting.kind]: "posts",
  [rate.kind]: "engagement for the size",
};

function nameOf(steps: readonly Step[], columns: readonly CanonicalName[]): string {
  const [{ kind }] = steps;
  if (ONE_THING[kind] !== undefined) return ONE_THING[kind];
  if (columns.length === 1) return columnInWords(columns[0]);
  const named = steps.filter(({ kind }) => kind !== principalComponents.kind && kind !== known.kind);
  if (named.length === 0) return columns.map(columnInWords).join(" and ");
  // A group's features differ by what is put behind the name: videos, recent_videos.
  const names = named.flatMap(({ kind, params }) => kindNamed(kind).outputs(params));
  return label(names.reduce((shortest, name) => (name.length < shortest.length ? name : shortest)));
}

function label(name: string): string {
  return name.replaceAll("_", " ");
}
