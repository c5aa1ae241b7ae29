import { mannWhitney, percentile, proportionsZ } from "../base/statistics.ts";
import { numberInWords, shareInWords } from "../base/words.ts";
import type { DriftColumns, WordProfile } from "./dataProfile.ts";
import {
  type KolmogorovSmirnov,
  kolmogorovSmirnov,
  populationStability,
  wordStability,
} from "./driftMeasures.ts";

/** How far something has moved: by the customary marks of the PSI, 0.1 and 0.25, where chance does not explain it. */
export type Shift = "none" | "some" | "large" | "unclear";

/** One feature, or the prediction, in two sets of rows. Shares and medians of `reference` are those of the older set. */
export interface Drift {
  readonly name: string;
  /** `unclear`: enough to matter if it were true, but these rows are too few to tell it from chance. */
  readonly shift: Shift;
  readonly psi: number;
  /** The PSI that one comparison in a hundred exceeds by chance. */
  readonly psi_chance: number;
  /** Kolmogorov-Smirnov, over known values; null where one of the sets knows none. */
  readonly ks: KolmogorovSmirnov | null;
  /** Chance that a new value is above an old one, ties counting half: the area under the ROC curve of telling the sets apart. */
  readonly higher: number | null;
  readonly median: { readonly reference: number | null; readonly current: number | null };
  /** Values that 5, 25, 50, 75 and 95 % of the known ones do not exceed; empty where none is known. */
  readonly quantiles: { readonly reference: readonly number[]; readonly current: readonly number[] };
  /** Share of ones, where every known value is 0 or 1; null otherwise. */
  readonly ones: { readonly reference: number; readonly current: number } | null;
  /** Share of unknown values. */
  readonly missing: { readonly reference: number; readonly current: number };
  /** One plain sentence. */
  readonly message: string;
}

/**
 * Compares columns between two sets of rows. With many columns some move by chance alone, so each has to be 0.05 / columns
 * unlikely (Bonferroni) before it is said to have moved.
 *
 * @param reference the rows the model was trained on
 * @param current the new ones, the same columns; sizes may differ
 * @returns one entry a column of both, those that moved most first
 * @throws RangeError where a set has no rows
 */
export function compareColumns(reference: DriftColumns, current: DriftColumns): Drift[] {
  const names = Object.keys(reference).filter((name) => Object.hasOwn(current, name));
  return names
    .map((name) => compareColumn(name, reference[name], current[name], 0.05 / names.length))
    .sort((a, b) => b.psi - a.psi);
}

/**
 * Compares one column between two sets of rows.
 *
 * @param significance chance below which a difference is taken for one; 0.05 unless told
 * @throws RangeError where a set has no rows
 */
export function compareColumn(
  name: string,
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  significance = 0.05,
): Drift {
  const before = known(reference);
  const after = known(current);
  const lacking = { reference: reference.length - before.length, current: current.length - after.length };
  const { psi, chance } = populationStability(before, after, lacking);
  const both = before.length > 0 && after.length > 0;
  const ks = both ? kolmogorovSmirnov(before, after) : null;
  const missing = {
    reference: lacking.reference / reference.length,
    current: lacking.current / current.length,
  };
  const moved =
    (ks !== null && ks.p_value < significance) ||
    missingChance(lacking, reference.length, current.length) < significance;
  const drift = {
    name,
    shift: shiftOf(psi, moved, psi > chance || chance > 0.25),
    psi,
    psi_chance: chance,
    ks,
    higher: both ? mannWhitney(before, after).higher : null,
    median: { reference: medianOf(before), current: medianOf(after) },
    quantiles: { reference: quantilesOf(before), current: quantilesOf(after) },
    ones: both && isFlag(before) && isFlag(after) ? { reference: mean(before), current: mean(after) } : null,
    missing,
  };
  return { ...drift, message: inWords(drift) };
}

function known(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
}

/** @param doubtful the PSI is beyond chance, or the rows are so few that chance alone would give a large one */
function shiftOf(psi: number, moved: boolean, doubtful: boolean): Shift {
  if (psi < 0.1) return "none";
  if (!moved) return doubtful ? "unclear" : "none";
  return psi < 0.25 ? "some" : "large";
}

/** Two-sided chance of so different shares of unknown values, by the normal limit of two proportions (pooled). */
function missingChance(lacking: { reference: number; current: number }, n: number, m: number): number {
  const z = proportionsZ({ count: lacking.reference, n }, { count: lacking.current, n: m });
  // 2 (1 - Phi(z)) <= exp(-z^2 / 2) for z >= 0: a bound is enough here, and errs on the quiet side.
  return Math.exp((-z * z) / 2);
}

/** Shares of the known values that the quantiles are of. */
const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

function quantilesOf(sorted: Float64Array): number[] {
  const n = sorted.length;
  return n === 0 ? [] : QUANTILES.map((share) => sorted[Math.ceil(share * n) - 1]);
}

/** Whether sorted values are all 0 or 1. */
function isFlag(sorted: Float64Array): boolean {
  return sorted.every((value) => value === 0 || value === 1);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function medianOf(sorted: Float64Array): number | null {
  return sorted.length === 0 ? null : percentile(sorted, 0.5);
}

function inWords(drift: Omit<Drift, "message">): string {
  const { name, shift, psi, ks, higher, median, missing, ones } = drift;
  const measured = `PSI ${psi.toFixed(2)}${ks === null ? "" : `, KS ${ks.statistic.toFixed(2)}, ${chanceInWords(ks.p_value)}`}`;
  if (shift === "none") return `${name} has not moved to speak of (${measured}).`;
  if (shift === "unclear")
    return `${name} may have moved, but the rows are too few to tell it from chance (${measured}).`;
  const how = shift === "large" ? "moved a lot" : "moved somewhat";
  const parts: string[] = [];
  if (ones !== null)
    parts.push(`true for ${shareInWords(ones.current)} after ${shareInWords(ones.reference)}`);
  else if (median.reference !== null && median.current !== null && higher !== null) {
    const where = Math.abs(higher - 0.5) < 0.05 ? "spread differently" : higher > 0.5 ? "higher" : "lower";
    parts.push(
      median.reference === median.current
        ? `${where}, the median ${numberInWords(median.current)} as before`
        : `${where}, the median ${numberInWords(median.current)} after ${numberInWords(median.reference)}`,
    );
  }
  if (Math.abs(missing.current - missing.reference) >= 0.01)
    parts.push(
      `unknown in ${shareInWords(missing.current)} of the rows after ${shareInWords(missing.reference)}`,
    );
  return `${name} has ${how}: ${[...parts, measured].join("; ")}.`;
}

function chanceInWords(p: number): string {
  return p < 0.001 ? "p below 0.001" : `p ${p.toFixed(3)}`;
}

/** A column of words, like a language, in two sets of rows. */
export interface WordDrift {
  readonly name: string;
  /** As that of a column of numbers. */
  readonly shift: Shift;
  readonly psi: number;
  /** The PSI that one comparison in a hundred exceeds by chance. */
  readonly psi_chance: number;
  /** Share of the rows that each word has, those that moved most first; `other` and `unknown` among them. */
  readonly shares: readonly { readonly word: string; readonly reference: number; readonly current: number }[];
  /** One plain sentence. */
  readonly message: string;
}

/**
 * Share from which a word that the other set does not list is taken for new or gone. A rarer one may be among the others
 * there, and counts as one of them here too.
 */
const FREQUENT = 0.05;

/** Words that are told of in the sentence. */
const MOST_NAMED = 3;

/**
 * Compares a column of words between two sets of rows, by the PSI over the words that either lists.
 *
 * @throws RangeError where a set has no rows
 */
export function compareWords(reference: WordProfile, current: WordProfile): WordDrift {
  const words = [...new Set([...reference.words, ...current.words])].filter(
    (word) =>
      (reference.words.includes(word) && current.words.includes(word)) ||
      Math.max(shareOf(reference, word), shareOf(current, word)) >= FREQUENT,
  );
  const before = countsOf(reference, words);
  const after = countsOf(current, words);
  const { psi, chance } = wordStability(before, after);
  const [n, m] = [sum(before), sum(after)];
  const shares = [...words, "other", "unknown"]
    .map((word, i) => ({ word, reference: before[i] / n, current: after[i] / m }))
    .filter((share) => share.reference > 0 || share.current > 0)
    .sort((a, b) => Math.abs(b.current - b.reference) - Math.abs(a.current - a.reference));
  const { name } = reference;
  const shift: Shift =
    psi < 0.1 ? "none" : psi <= chance ? (chance > 0.25 ? "unclear" : "none") : psi < 0.25 ? "some" : "large";
  const moved = shares
    .slice(0, MOST_NAMED)
    .map((share) => `${share.word} ${shareInWords(share.current)} after ${shareInWords(share.reference)}`);
  const how = shift === "large" ? "moved a lot" : "moved somewhat";
  return {
    name,
    shift,
    psi,
    psi_chance: chance,
    shares,
    message:
      shift === "none" || shift === "unclear"
        ? `${name} has not moved to speak of (PSI ${psi.toFixed(2)}).`
        : `${name} has ${how}: ${moved.join(", ")}; PSI ${psi.toFixed(2)}.`,
  };
}

function shareOf(profile: WordProfile, word: string): number {
  const rows = sum(profile.counts) + profile.other + profile.unknown;
  return (profile.counts[profile.words.indexOf(word)] ?? 0) / rows;
}

function countsOf(profile: WordProfile, words: readonly string[]): number[] {
  const listed = words.map((word) => profile.counts[profile.words.indexOf(word)] ?? 0);
  return [...listed, sum(profile.counts) + profile.other - sum(listed), profile.unknown];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
