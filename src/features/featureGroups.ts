import type { CanonicalName } from "../profiles/canonical.ts";
import type { Step } from "./feature.ts";
import { phrases } from "./kinds/phrases.ts";
import { principalComponents } from "./kinds/principalComponents.ts";
import { textLength } from "./kinds/textLength.ts";
import { textPattern } from "./kinds/textPattern.ts";
import { kindNamed } from "./kinds.ts";
import type { FittedPipeline } from "./pipeline.ts";
import { isTextKind } from "./textFeatures.ts";

/** Features that say the same thing to a person, however many numbers the network takes it in. */
export interface FeatureGroup {
  /** What it is about: `followers`, `likes per follower`, `biography contact`. */
  readonly name: string;
  /** What of a text it is about: `contact`; null where it is about whole columns. */
  readonly topic: string | null;
  /** The canonical columns that every feature of the group is made of. */
  readonly columns: readonly CanonicalName[];
  readonly features: readonly string[];
  /** Places of the features among the pipeline's, from 0. */
  readonly places: readonly number[];
  readonly steps: readonly Step[];
}

/** A text that at most so many steps look into is one thing; one that more do is parted by topics. */
const FEW_STEPS = 2;

/** Columns whose text is an address: one thing, however many lists of hosts it is held against. */
const ADDRESSES: ReadonlySet<CanonicalName> = new Set(["bio_link", "url"]);

/**
 * Parts a pipeline's features into groups, in the order of their first features. Features are of one group where they are
 * made of exactly the same columns, so that a count, its bins and its cut-off twin go together, and a ratio stands for itself.
 * A text that many steps look into is parted by what they look for: ways to get in touch, scripts, emoji, its length, and
 * each list of words for itself. All of this follows from the steps, so that any preset has groups.
 */
export function featureGroups({ steps }: Pick<FittedPipeline, "steps">): FeatureGroup[] {
  const parts = new Map<string, { topic: string | null; steps: Step[]; places: number[] }>();
  const inputsOf = ({ kind, params }: Step) => kindNamed(kind).inputs(params);
  const lookedInto = steps.filter(({ kind }) => isTextKind(kind)).map((step) => inputsOf(step)[0]);
  const often = (column: CanonicalName) =>
    !ADDRESSES.has(column) && lookedInto.filter((one) => one === column).length > FEW_STEPS;
  let place = 0;
  for (const step of steps) {
    const columns = inputsOf(step);
    const topic = columns.length === 1 && often(columns[0]) ? topicOf(step, columns[0]) : null;
    const key = [...[...columns].sort(), topic].join();
    const part = parts.get(key) ?? { topic, steps: [], places: [] };
    part.steps.push(step);
    for (const _ of kindNamed(step.kind).outputs(step.params)) part.places.push(place++);
    parts.set(key, part);
  }
  return [...parts.values()].map(({ topic, steps, places }) => {
    const columns = inputsOf(steps[0]);
    const features = steps.flatMap(({ kind, params }) => kindNamed(kind).outputs(params));
    return { name: nameOf(steps, columns, topic), topic, columns, features, places, steps };
  });
}

/** Patterns by which somebody can be reached, and patterns that tell a script; the others are topics of their own. */
const REACH = new Set(["email", "mention", "address"]);
const SCRIPTS = new Set(["latin", "arabic", "cyrillic", "east_asian", "indic"]);

/** What a step looks for in a text. */
function topicOf({ kind, params }: Step, column: CanonicalName): string {
  if (kind === "missing" || kind === textLength.kind) return "length";
  if (kind === textPattern.kind) {
    const { pattern } = textPattern.params.parse(params);
    return REACH.has(pattern) ? "contact" : SCRIPTS.has(pattern) ? "script" : label(pattern);
  }
  if (kind === phrases.kind) {
    const { words, fragments } = phrases.params.parse(params);
    if (words.length === 0 && !fragments.some((one) => /[\p{L}\p{N}]/u.test(one))) return "emoji";
  }
  return findingOf({ kind, params }, column);
}

/**
 * What a step says of a text, by its output's name without the column's: `biography_place` finds a `place`.
 *
 * @param column the column that the step reads
 */
export function findingOf({ kind, params }: Step, column: CanonicalName): string {
  const [output] = kindNamed(kind).outputs(params);
  return label(output.startsWith(`${column}_`) ? output.slice(column.length + 1) : output);
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

function nameOf(steps: readonly Step[], columns: readonly CanonicalName[], topic: string | null): string {
  if (topic !== null) return `${columnInWords(columns[0])} ${topic}`;
  if (columns.length === 1) return columnInWords(columns[0]);
  const named = steps.filter(({ kind }) => kind !== principalComponents.kind);
  if (named.length === 0) return columns.map(columnInWords).join(" and ");
  // A group's features differ by what is put behind the name: likes_per_video, likes_per_video_bin_1.
  const names = named.flatMap(({ kind, params }) => kindNamed(kind).outputs(params));
  return label(names.reduce((shortest, name) => (name.length < shortest.length ? name : shortest)));
}

function label(name: string): string {
  return name.replaceAll("_", " ");
}
