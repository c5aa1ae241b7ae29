import type { InformationTable } from "../../../src/analysis/information.ts";
import type { LikesPerVideoCount } from "../../../src/analysis/likesPerVideoCount.ts";
import type { Fit, FollowersPerRatio, LikesVsFollowers } from "../../../src/analysis/scatters.ts";
import { Random } from "../../../src/base/random.ts";
import { precisionRecallCurve, rocCurve } from "../../../src/evaluation/curves.ts";
import { decisionMetrics } from "../../../src/evaluation/metrics.ts";
import { choosePolicy } from "../../../src/evaluation/policies.ts";

/** Made-up scores of a fair model: actives mostly high, others mostly low. */
export function exampleScores(n: number, seed: number): { labels: Uint8Array; scores: Float64Array } {
  const random = new Random(seed);
  const labels = new Uint8Array(n);
  const scores = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    labels[i] = random.uniform() < 0.5 ? 1 : 0;
    const logit = (labels[i] ? 1.9 : -1.9) + 1.7 * random.normal();
    scores[i] = 1 / (1 + Math.exp(-logit));
  }
  return { labels, scores };
}

const { labels, scores } = exampleScores(200, 7);

export const exampleTradeoff = {
  curve: precisionRecallCurve(labels, scores),
  chosen: choosePolicy({ kind: "min_precision", value: 0.88 }, labels, scores),
  rows: "validation rows",
  minPrecision: 0.88,
};

const at = decisionMetrics(labels, scores, 0.39);

export const exampleRoc = {
  curve: rocCurve(labels, scores),
  auc: 0.937,
  interval: { low: 0.902, high: 0.968 },
  chosen: {
    threshold: 0.39,
    tpr: at.recall,
    fpr: at.confusion.fp / (at.confusion.fp + at.confusion.tn),
  },
  rows: "test rows",
};

export const exampleConfusion = {
  decisions: [decisionMetrics(labels, scores, 0.5), at],
  rows: "test rows",
};

export const exampleDistribution = { labels, scores, threshold: 0.39, rows: "test rows" };

/** A loss that falls, with a validation loss that turns. */
function exampleHistory(checks: number, seed: number) {
  const random = new Random(seed);
  return Array.from({ length: checks }, (_, i) => ({
    epoch: (i + 1) * 10,
    trainLoss: 0.12 + 0.57 * Math.exp(-i / 18) + 0.006 * random.normal(),
    validLoss: 0.2 + 0.5 * Math.exp(-i / 16) + 0.0000035 * (i - 55) ** 2 * 10 + 0.008 * random.normal(),
  }));
}

const history = exampleHistory(82, 3);

export const exampleTraining = {
  history,
  bestEpoch: history.reduce((best, check) => (check.validLoss < best.validLoss ? check : best)).epoch,
  epochs: 820,
  stopped: "early" as const,
};

/** `n` made-up features with falling importance. */
export function exampleImportance(n: number, seed: number) {
  const random = new Random(seed);
  return Array.from({ length: n }, (_, i) => {
    const mean = 0.31 * Math.exp(-i / 1.8) - 0.002 + 0.002 * random.normal();
    const half = 0.004 + 0.03 * Math.exp(-i / 2);
    return { feature: FEATURES[i] ?? `feature_${i + 1}`, mean, low: mean - half, high: mean + half };
  });
}

const FEATURES = [
  "like_engagement_rate",
  "comment_engagement_rate",
  "likes_followers_component_1",
  "likes_per_video",
  "bio_link_missing",
  "following",
  "likes_followers_component_2",
  "biography_keywords",
  "is_verified",
];

export const exampleImportances = { features: exampleImportance(9, 5), metric: "F1", rows: "test rows" };

/** Days with the long tail of real accounts. */
function exampleDays(n: number, seed: number): Float64Array {
  const random = new Random(seed);
  return Float64Array.from({ length: n }, () => Math.exp(4.4 + 2.1 * random.normal()));
}

export const exampleActivity = {
  days: exampleDays(940, 2),
  snapshot: "the moment each profile was read (observed_at)",
};

/** Scores as the original study's columns have them, rounded. */
export const exampleInformation: InformationTable = {
  corrected: {
    comment_engagement_rate: { score: 0.343, shuffled: 0.012, kind: "numeric" },
    like_engagement_rate: { score: 0.672, shuffled: 0.011, kind: "numeric" },
    bio_link: { score: 0.015, shuffled: 0.001, kind: "flag" },
    is_verified: { score: 0.002, shuffled: 0.001, kind: "flag" },
    followers: { score: 0.121, shuffled: 0.014, kind: "numeric" },
    following: { score: 0.047, shuffled: 0.013, kind: "numeric" },
    likes: { score: 0.052, shuffled: 0.015, kind: "numeric" },
    videos_count: { score: 0.158, shuffled: 0.012, kind: "numeric" },
  },
  published: {
    comment_engagement_rate: { score: 0.341, shuffled: 0.011, kind: "numeric" },
    like_engagement_rate: { score: 0.671, shuffled: 0.013, kind: "numeric" },
    bio_link: { score: 0.141, shuffled: 0.129, kind: "category" },
    is_verified: { score: 0.028, shuffled: 0.012, kind: "numeric" },
    followers: { score: 0.631, shuffled: 0.602, kind: "category" },
    following: { score: 0.472, shuffled: 0.43, kind: "category" },
    likes: { score: 0.593, shuffled: 0.571, kind: "category" },
    videos_count: { score: 0.402, shuffled: 0.262, kind: "category" },
  },
};

/** Accounts with followers, likes and videos that hang together as in the real world, some of them empty. */
function exampleAccounts(n: number, seed: number) {
  const random = new Random(seed);
  return Array.from({ length: n }, () => {
    const size = 8.6 + 2.4 * random.normal();
    const followers = Math.round(Math.exp(size));
    const likes = Math.round(Math.exp(0.95 * size + 2.6 + 1.3 * random.normal()));
    const videos = Math.max(1, Math.round(Math.exp(4.2 + 1.3 * random.normal())));
    return random.uniform() < 0.03 ? { followers: 0, likes: 0, videos: 1 } : { followers, likes, videos };
  });
}

const accounts = exampleAccounts(250, 4).filter(({ likes }) => likes < 29_000_000);

/** A line on logarithms, or on the counts themselves, as the analysis gives it. */
function exampleFit(slope: number, intercept: number, spread: number, logarithms: boolean): Fit {
  const curve = Array.from({ length: 60 }, (_, i) => {
    const followers = 10 ** ((i * 6.5) / 59) - 1;
    const middle = intercept + slope * (logarithms ? Math.log10(1 + followers) : followers);
    const half = spread * (1 + ((i - 38) / 20) ** 2);
    const back = (value: number) => (logarithms ? 10 ** value - 1 : value);
    return { followers, likes: back(middle), low: back(middle - half), high: back(middle + half) };
  });
  return { slope, intercept, r2: logarithms ? 0.79 : 0.42, curve };
}

export const exampleLikes: LikesVsFollowers = {
  points: accounts.map(({ followers, likes }) => ({ followers, likes })),
  rows: accounts.length,
  missing: 2,
  leftOut: 9,
  limit: 29_000_000,
  linear: exampleFit(9.1, 350_000, 60_000, false),
  power: exampleFit(1.02, 1.05, 0.04, true),
};

export const exampleRatio: FollowersPerRatio = {
  points: accounts.map(({ followers, likes, videos }) => ({ followers, likes_per_video: likes / videos })),
  rows: accounts.length,
  missing: 0,
  withoutVideos: 3,
};

/** Means with bands that are wide where accounts are few. */
function exampleVideoCounts(n: number, seed: number): LikesPerVideoCount {
  const random = new Random(seed);
  const counts = Array.from({ length: n }, (_, i) => {
    const videos_count = i * 2 + 1;
    const accounts = Math.max(1, Math.round(9 * Math.exp(-i / 25)));
    const mean = Math.exp(9 + i / 22 + 1.4 * random.normal());
    const factor = accounts === 1 ? 1 : 1 + 4 * random.uniform();
    return { videos_count, accounts, mean, low: mean / factor, high: mean * factor ** 0.6 };
  });
  return { counts, peaks: [17, 89, 131], rows: 340, leftOut: 120, missing: 1, limit: 200 };
}

export const exampleVideos = exampleVideoCounts(95, 6);
