import { numberInWords, shareInWords } from "../base/words.ts";
import type { Step } from "../features/feature.ts";
import { columnInWords, type FeatureGroup, findingOf } from "../features/featureGroups.ts";
import { column } from "../features/kinds/column.ts";
import { keywords } from "../features/kinds/keywords.ts";
import { logBins } from "../features/kinds/logBins.ts";
import { logs } from "../features/kinds/logs.ts";
import { missing } from "../features/kinds/missing.ts";
import { principalComponents } from "../features/kinds/principalComponents.ts";
import { ratio } from "../features/kinds/ratio.ts";
import type { Measure } from "../features/logTerms.ts";
import type { CanonicalProfile, TextName } from "../features/profile.ts";
import { CANONICAL_COLUMNS } from "../profiles/canonical.ts";
import { amountInWords, amountOf, manyOf, oneOf, ratioInWords, unknownInWords } from "./amountInWords.ts";

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
  const { type } = CANONICAL_COLUMNS[name];
  if (type === "VARCHAR") return textInWords(group, profile);
  if (group.steps.every(({ kind }) => kind === missing.kind))
    return profile[name] == null ? `${group.name} unknown` : `${group.name} known`;
  const fractions = group.steps.flatMap(fractionOf);
  const { over, under } = fractions[0];
  if (over.length === 1 && under.length === 0) return amountInWords(over[0], profile);
  if (over.length === 1 && under.length === 1) return ratioInWords(over[0], under[0], profile);
  const all = [...over, ...under];
  if (all.some((measure) => amountOf(measure, profile) === null)) return unknownInWords(all, profile);
  if (over.length === 1 && under.length === 2) return ratioOfRatio(over[0], under[0], under[1], profile);
  return all.map((measure) => amountInWords(measure, profile)).join(", ");
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
  if (kind === logs.kind || kind === logBins.kind) {
    const { terms } = (kind === logs.kind ? logs : logBins).params.parse(params);
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
