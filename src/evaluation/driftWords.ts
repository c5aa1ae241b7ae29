import { shareInWords } from "../base/words.ts";
import type { WordProfile } from "./dataProfile.ts";
import type { Shift } from "./drift.ts";
import { wordStability } from "./driftStability.ts";

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
const TOLD = 3;

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
    .slice(0, TOLD)
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
