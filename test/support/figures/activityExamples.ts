import type { SizeNormPoints } from "../../../src/analysis/scatters.ts";
import { CADENCES, type SilenceCurve } from "../../../src/analysis/survival.ts";
import type { TargetTables } from "../../../src/analysis/targetTables.ts";
import { Random } from "../../../src/base/random.ts";
import { proportion } from "../../../src/base/statistics.ts";
import { logNorm } from "../../../src/features/sizeNorm.ts";
import type { TargetTiers } from "../../../src/figures/targetTiers.ts";

function skewed(n: number, seed: number, middle: number, spread: number): Float64Array {
  const random = new Random(seed);
  return Float64Array.from({ length: n }, () => Math.exp(Math.log(middle) + spread * random.normal()));
}

export const examplePace = { postsPerWeek: skewed(900, 11, 1.1, 1.4) };

export const exampleAges = { years: skewed(880, 12, 3, 0.35), undated: 60 };

/** Exponential silences that fade the slower, the rarer the posts, and some who never return. */
export const exampleSilences: readonly SilenceCurve[] = CADENCES.map(({ name }, i) => {
  const times = Array.from({ length: 200 }, (_, k) => 1.04 ** k * 0.5).filter((time) => time <= 730);
  const stopped = 0.03 * (i + 1);
  return {
    cadence: name,
    accounts: [1234, 520, 310, 45][i],
    times,
    shares: times.map((time) => stopped + (1 - stopped) * Math.exp(-time / [1.5, 5, 20, 150][i])),
  };
});

/** More posts in the afternoon than before dawn. */
export const exampleTimes = {
  counts: Array.from({ length: 7 }, (_, day) =>
    Array.from({ length: 24 }, (_, hour) =>
      Math.round(150 + 60 * Math.cos(((hour - 16 + day / 3) * Math.PI) / 12)),
    ),
  ),
  posts: 25_200,
};

const norm = {
  log10_followers: [1.15, 2.2, 3.2, 4.2, 6],
  log_rate: [0.2, -1.8, -3.2, -3.7, -4],
  rows: [50, 60, 70, 80, 90],
};

function exampleRates(n: number, seed: number): SizeNormPoints["points"] {
  const random = new Random(seed);
  return Array.from({ length: n }, (_, i) => {
    const followers = i === 0 ? 0 : Math.round(Math.exp(8 + 3 * random.normal()));
    const log = logNorm(norm, followers) + 0.9 * random.normal();
    return { followers, rate: i === 1 ? 0 : Math.exp(log), above: log > logNorm(norm, followers) };
  });
}

export const exampleNorm: SizeNormPoints = { norm, points: exampleRates(200, 13), rows: 200, missing: 4 };

/** Tables of one target with the same accounts in each tier. */
function exampleTables(shares: readonly number[], accounts: readonly number[]): Pick<TargetTables, "tiers"> {
  const names = ["under 1 K", "nano", "micro", "mid", "macro", "mega"];
  return {
    tiers: shares.map((share, i) => {
      const positives = Math.round(share * accounts[i]);
      return {
        tier: { name: names[i], from: i, below: i + 1 },
        positives,
        negatives: accounts[i] - positives,
        unknown: 0,
        positive: proportion(positives, accounts[i]),
      };
    }),
  };
}

const ACCOUNTS = [280, 310, 190, 170, 19, 21];

export const exampleTiers: TargetTiers = {
  targets: [
    { name: "engagement", tables: exampleTables([0.87, 0.4, 0.42, 0.3, 0.21, 0.29], ACCOUNTS) },
    { name: "activity", tables: exampleTables([0.2, 0.41, 0.4, 0.58, 0.74, 0.86], ACCOUNTS) },
    { name: "creator", tables: exampleTables([0.13, 0.2, 0.23, 0.33, 0.32, 0.52], ACCOUNTS) },
  ],
};

export const emptyTiers: TargetTiers = {
  targets: [{ name: "creator", tables: exampleTables([0, 1, 0], [0, 1, 3]) }],
};
