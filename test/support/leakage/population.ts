import { Random } from "../../../src/base/random.ts";
import type { AuditInput } from "../../../src/leakage/audit.ts";

/** A made-up data set: what the audit gets, and what the labels were really drawn from. */
export interface Population {
  input: AuditInput;
  /** The honest score behind the labels: no model can rank better. */
  truth: Float64Array;
}

interface Account {
  values: Record<string, number>;
  /** What the label depends on, as far as features know. */
  signal: number;
}

/** An account with heavy tails, flags, counts, logs of counts, ratios by nearly 0, and now and then nothing at all. */
function account(random: Random, taste: readonly number[]): Account {
  const normal = () => random.normal();
  const size = normal();
  const effort = normal();
  const quality = normal();
  const dead = random.uniform() < 0.05;
  const count = (log: number) => (dead ? 0 : Math.floor(Math.exp(log)));
  const followers = count(7 + 2.5 * size + 0.5 * quality);
  const following = count(5 + 1.2 * normal());
  const videos = count(3 + 1.2 * effort);
  const likes = count(6 + 2 * size + effort + quality + 0.7 * normal());
  const bio = dead ? 0 : Math.max(0, Math.round(60 + 30 * normal()));
  const values: Record<string, number> = {
    followers,
    following,
    likes,
    videos,
    log_followers: Math.log1p(followers),
    log_following: Math.log1p(following),
    log_likes: Math.log1p(likes),
    log_videos: Math.log1p(videos),
    likes_per_video: likes / (videos + 1e-7),
    log_likes_per_follower: Math.log1p(likes) - Math.log1p(followers),
    following_per_follower: following / (followers + 1),
    bio_length: bio,
    emoji: random.uniform() < 0.6 ? 0 : Math.floor(Math.exp(normal())),
    link: random.uniform() < 0.2 ? 1 : 0,
    verified: random.uniform() < 0.04 + 0.1 * Number(size > 1.5) ? 1 : 0,
    email: random.uniform() < 0.08 ? 1 : 0,
    language: random.integer(12),
    age_days: random.uniform() < 0.1 ? Number.NaN : 2500 * random.uniform(),
    uniform: random.uniform(),
    pareto: (1 - random.uniform()) ** -0.8,
    constant: 3,
    rounded: Math.round(2 * normal()),
    spike: random.uniform() < 0.5 ? 0.5 : random.uniform(),
    hashtags: random.uniform() < 0.9 ? 0 : 1 + random.integer(5),
    gaussian: normal(),
    t3: normal() / Math.sqrt((normal() ** 2 + normal() ** 2 + normal() ** 2) / 3),
    weekday: random.integer(7),
    size_proxy: size + 0.5 * normal(),
    effort_proxy: effort + normal(),
    signed_root: Math.cbrt(normal() * Math.exp(size)),
  };
  const parts = [size, effort, quality, size * effort, Math.abs(size) - 0.8];
  return { values, signal: parts.reduce((sum, part, i) => sum + taste[i] * part, 0) };
}

/**
 * A clean data set: labels depend on what an account is like, with noise, and on nothing else.
 *
 * @param options.correlation of the honest score with the number the label is cut from: 0.8 makes an AUC of about 0.9
 */
export function population(
  seed: number,
  options: { rows?: number; features?: number; correlation?: number } = {},
): Population {
  const random = new Random(seed);
  const rows = options.rows ?? 300 + random.integer(1700);
  const width = options.features ?? 8 + random.integer(23);
  const correlation = options.correlation ?? 0.8 * random.uniform();
  const taste = Array.from({ length: 5 }, (_, i) => (i < 3 || random.uniform() < 0.3 ? random.normal() : 0));
  const accounts = Array.from({ length: rows }, () => account(random, taste));
  const others = Array.from({ length: 200 + random.integer(600) }, () => account(random, taste));
  const names = random.shuffle(Object.keys(accounts[0].values)).slice(0, width);
  const mean = accounts.reduce((sum, { signal }) => sum + signal, 0) / rows;
  const deviation = Math.sqrt(accounts.reduce((sum, { signal }) => sum + (signal - mean) ** 2, 0) / rows);
  const truth = Float64Array.from(accounts, ({ signal }) => (signal - mean) / deviation);
  const source = truth.map((score) =>
    Math.exp(1.5 * (correlation * score + Math.sqrt(1 - correlation ** 2) * random.normal()) - 3),
  );
  const cut = Float64Array.from(source).sort()[Math.floor((0.3 + 0.5 * random.uniform()) * rows)];
  const scaled = random.uniform() < 0.5;
  const ranges = names.map((name) => {
    const known = accounts.map(({ values }) => values[name]).filter((value) => !Number.isNaN(value));
    const low = Math.min(...known);
    return { low, width: Math.max(...known) - low || 1 };
  });
  const matrix = (of: readonly Account[]) => ({
    names,
    values: Float32Array.from(
      of.flatMap(({ values }) =>
        names.map((name, i) => (scaled ? (values[name] - ranges[i].low) / ranges[i].width : values[name])),
      ),
    ),
  });
  // Of others' randomness, so that the rest is as it was: lists of 35 posts at most, the shorter ones whole.
  const drawn = new Random(seed + 1_000_000);
  const after = source.map((value) => (value > cut ? 1 + drawn.integer(12) : 0));
  const before = after.map((count) =>
    drawn.uniform() < 0.6 ? 35 - count : Math.min(1 + drawn.integer(34), 35 - count),
  );
  return {
    truth,
    input: {
      listed: { before, after },
      features: matrix(accounts),
      madeOf: names.map((name) => [`${name}_column`]),
      labels: Uint8Array.from(source, (value) => (value > cut ? 1 : 0)),
      target: { name: "engagement", inputs: ["awg_engagement_rate"] },
      source: { name: "awg_engagement_rate", values: source },
      parts: Int32Array.from({ length: rows }, () => random.integer(5)),
      ids: Array.from({ length: rows }, (_, row) => `account ${row}`),
      score: matrix(others),
    },
  };
}

/** The same data set with more features, one value a row each. */
export function withFeatures(
  { input, truth }: Population,
  more: Readonly<Record<string, ArrayLike<number>>>,
  madeOf: Readonly<Record<string, readonly string[]>> = {},
): Population {
  const added = Object.keys(more);
  const names = [...input.features.names, ...added];
  const width = input.features.names.length;
  const rows = input.labels.length;
  const values = new Float32Array(rows * names.length);
  for (let row = 0; row < rows; row++)
    names.forEach((name, i) => {
      values[row * names.length + i] = i < width ? input.features.values[row * width + i] : more[name][row];
    });
  return {
    truth,
    input: {
      ...input,
      features: { names, values },
      madeOf: [...input.madeOf, ...added.map((name) => madeOf[name] ?? [`${name}_column`])],
      score: undefined,
    },
  };
}
