import { countInWords, countOfThings, daysInWords, numberInWords, shareInWords } from "../base/words.ts";
import type { Step } from "../features/feature.ts";
import { columnInWords, type FeatureGroup, findingOf } from "../features/featureGroups.ts";
import { column } from "../features/kinds/column.ts";
import { keywords } from "../features/kinds/keywords.ts";
import { logs, type Measure, measureReader } from "../features/kinds/logs.ts";
import { missing } from "../features/kinds/missing.ts";
import { posting } from "../features/kinds/posting.ts";
import { principalComponents } from "../features/kinds/principalComponents.ts";
import { type FittedRate, rate, shareAnsweredLess } from "../features/kinds/rate.ts";
import { ratio } from "../features/kinds/ratio.ts";
import type { CanonicalProfile, TextName } from "../features/profile.ts";
import { CANONICAL_COLUMNS } from "../profiles/canonical.ts";
import { postingFacts } from "./postingFacts.ts";
import { answeredInWords, postingInWords } from "./sentences.ts";

/** The number of a profile; null where unknown. */
export function amountOf(measure: Measure, profile: Partial<CanonicalProfile>): number | null {
  const amount = measureReader(measure)(profile);
  return Number.isNaN(amount) ? null : amount;
}

/** What the things are that a count counts: one, and several. */
const THINGS: Partial<Record<Measure, readonly [one: string, many: string]>> = {
  followers: ["follower", "followers"],
  following: ["followed account", "followed accounts"],
  likes: ["like", "likes"],
  videos_count: ["video", "videos"],
};

/** One of what a measure counts: `follower`. */
export function oneOf(measure: Measure): string {
  return THINGS[measure]?.[0] ?? nameOf(measure);
}

/** Several of what a measure counts: `followers`. */
export function manyOf(measure: Measure): string {
  return THINGS[measure]?.[1] ?? nameOf(measure);
}

/** A measure's name: `account age`. */
export function nameOf(measure: Measure): string {
  return measure === "account_age" ? "account age" : columnInWords(measure);
}

/** One number of a profile: `1,755 followers`, `verified`, `like rate of 4.3 %`, `account 2.1 years old`, `likes unknown`. */
export function amountInWords(measure: Measure, profile: Partial<CanonicalProfile>): string {
  const amount = amountOf(measure, profile);
  if (amount === null) return `${nameOf(measure)} unknown`;
  if (measure === "account_age")
    return amount < 1 ? "account made today" : `account ${daysInWords(amount)} old`;
  const { type } = CANONICAL_COLUMNS[measure];
  if (type === "BOOLEAN") return amount === 1 ? nameOf(measure) : `not ${nameOf(measure)}`;
  if (type === "DOUBLE") return `${nameOf(measure)} of ${shareInWords(amount)}`;
  const things = THINGS[measure];
  if (things === undefined) return `${nameOf(measure)} of ${countInWords(amount)}`;
  return countOfThings(amount, ...things);
}

/**
 * One number over another: `4.1 likes per follower`, `one video per 560 followers`, `312 videos in 2 years`, `12 likes and 0
 * followers` where there is nothing to divide by.
 */
export function ratioInWords(over: Measure, under: Measure, profile: Partial<CanonicalProfile>): string {
  const [a, b] = [amountOf(over, profile), amountOf(under, profile)];
  if (a === null || b === null) return unknownInWords([over, under], profile);
  if (under === "account_age")
    return `${amountInWords(over, profile)} in ${daysInWords(b).replace(/^less than /, "")}`;
  if (b <= 0) return `${amountInWords(over, profile)} and ${amountInWords(under, profile)}`;
  const ratio = a / b;
  if (a > 0 && ratio < 0.1) return `one ${oneOf(over)} per ${numberInWords(1 / ratio)} ${manyOf(under)}`;
  return `${numberInWords(ratio)} ${ratio === 1 ? oneOf(over) : manyOf(over)} per ${oneOf(under)}`;
}

/** `likes and videos unknown`: those of some measures that are. */
export function unknownInWords(measures: readonly Measure[], profile: Partial<CanonicalProfile>): string {
  return `${measures
    .filter((measure) => amountOf(measure, profile) === null)
    .map(nameOf)
    .join(" and ")} unknown`;
}

/** From here on a share of something is told as so many times it: 2,940 % says little. */
const MOST_OF = 1.1;

/** Numbers that a step multiplies and divides. */
interface Fraction {
  readonly over: readonly Measure[];
  readonly under: readonly Measure[];
}

/**
 * What a profile shows of a group of features, in its own numbers: `312 videos in 2 years`, `4.1 likes per follower`,
 * `has a link`, `not verified`, `likes unknown`.
 */
export function factInWords(group: FeatureGroup, profile: Partial<CanonicalProfile>): string {
  const [name] = group.columns;
  const [{ kind, fitted }] = group.steps;
  if (kind === posting.kind) return postsInWords(profile);
  if (kind === rate.kind) return rateInWords(rate.fitted.parse(fitted), profile);
  const { type } = CANONICAL_COLUMNS[name];
  if (type === "VARCHAR") return textInWords(group, profile);
  if (group.steps.every(({ kind }) => kind === missing.kind))
    return profile[name] == null ? `${group.name} unknown` : `${group.name} known`;
  const fractions = group.steps.flatMap(fractionOf);
  if (fractions.length === 0)
    return group.columns.map((column) => amountInWords(column as Measure, profile)).join(", ");
  const [{ over, under }] = fractions;
  if (over.length === 1 && under.length === 0) return amountInWords(over[0], profile);
  if (over.length === 1 && under.length === 1) return ratioInWords(over[0], under[0], profile);
  const all = [...over, ...under];
  if (all.some((measure) => amountOf(measure, profile) === null)) return unknownInWords(all, profile);
  if (over.length === 1 && under.length === 2) return ratioOfRatio(over[0], under[0], under[1], profile);
  return all.map((measure) => amountInWords(measure, profile)).join(", ");
}

/** How somebody posts: `posted 2 days ago, about 3 a week`, `no dates of posts`. */
function postsInWords({ posted_at, observed_at }: Partial<CanonicalProfile>): string {
  const seconds = (posted_at ?? []).map((post) => post.getTime() / 1000);
  const facts = observed_at == null ? null : postingFacts(seconds, observed_at.getTime() / 1000);
  return facts === null ? "no dates of posts" : postingInWords(facts);
}

/** How somebody is answered: `answered better than 81 % of accounts of this size`, `engagement unknown`. */
function rateInWords(fitted: FittedRate, profile: Partial<CanonicalProfile>): string {
  const share = shareAnsweredLess(fitted, profile, profile.posted_at?.length ?? 0);
  return Number.isNaN(share) ? "engagement unknown" : answeredInWords(share).words;
}

/** `no link`, `has a link`, `has a biography (keyword)`. Never quotes the text. */
function textInWords({ columns, steps }: FeatureGroup, profile: Partial<CanonicalProfile>): string {
  const column = columns[0] as TextName;
  const name = columnInWords(column);
  if (!profile[column]) return `no ${name}`;
  const found = steps.filter((step) => step.kind === keywords.kind && finds(step, profile));
  const what = found.map((step) => findingOf(step, column)).join(", ");
  return what === "" ? `has a ${name}` : `has a ${name} (${what})`;
}

/** Whether a text holds what a step looks for, which nothing is learnt for. */
function finds({ params }: Step, profile: Partial<CanonicalProfile>): boolean {
  const found = new Float64Array(1);
  keywords.twin(keywords.params.parse(params), {})(profile, found, 0);
  return found[0] === 1;
}

/**
 * `likes per video of 1.3 % of the followers`: one number over a second, as a share of a third; where it is more than all of it,
 * `likes per video 29.4 times the followers`.
 */
function ratioOfRatio(
  over: Measure,
  first: Measure,
  second: Measure,
  profile: Partial<CanonicalProfile>,
): string {
  const [a, b, c] = [over, first, second].map((measure) => amountOf(measure, profile) ?? 0);
  if (b <= 0 || c <= 0)
    return [over, first, second].map((measure) => amountInWords(measure, profile)).join(", ");
  const [what, share] = [`${manyOf(over)} per ${oneOf(first)}`, a / b / c];
  if (share >= MOST_OF) return `${what} ${numberInWords(share)} times the ${manyOf(second)}`;
  return `${what} of ${shareInWords(share)} of the ${manyOf(second)}`;
}

function fractionOf({ kind, params }: Step): Fraction[] {
  if (kind === logs.kind) {
    const { terms } = logs.params.parse(params);
    const those = (sign: number) => terms.filter(({ weight }) => sign * weight > 0).map(({ of }) => of);
    return [{ over: those(1), under: those(-1) }];
  }
  if (kind === ratio.kind) {
    const { numerator, denominator } = ratio.params.parse(params);
    return [{ over: [numerator], under: [denominator] }];
  }
  if (kind === column.kind) return [{ over: [column.params.parse(params).column], under: [] }];
  if (kind === principalComponents.kind)
    return [{ over: principalComponents.params.parse(params).columns, under: [] }];
  return [];
}
