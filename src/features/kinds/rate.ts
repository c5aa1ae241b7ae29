import { z } from "zod";
import { moments } from "../aggregates.ts";
import { type Dialect, DUCKDB, double } from "../dialect.ts";
import type { Aggregate, FeatureKind } from "../feature.ts";
import type { FeatureGraph } from "../featureGraph.ts";
import { type CanonicalProfile, LISTED_MOMENTS, numberReader } from "../profile.ts";
import {
  fitSizeNorm,
  LOG_RATE_SQL,
  logNorm,
  logNormOnnx,
  logNormSql,
  logRateOnnx,
  RATE_FLOOR,
  sizeNorm,
} from "../sizeNorm.ts";

/** Shares of the training rows at which the residuals are told: 1 % to 99 %, so that no value is a single account's. */
export const RESIDUAL_SHARES: readonly number[] = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);

const params = z.strictObject({});
const fitted = z.strictObject({
  /** Null where no training row has a rate and followers: then the rate says nothing of anybody. */
  norm: sizeNorm.nullable(),
  /** Deviation of the accounts' true residuals from the norm. */
  between: z.number().positive(),
  /** Deviation of a residual that stands on one post from the true one. */
  noise: z.number().positive(),
  /** Posts that a rate stands on where neither listed posts nor the count of videos tell: the median. */
  posts: z.number().positive(),
  /** Residuals at the shares of `RESIDUAL_SHARES`, rising; none without a norm. */
  quantiles: z.array(z.number()),
});

/** What the kind `rate` learns. */
export type FittedRate = z.infer<typeof fitted>;

/** Deviations at which an answer is clipped: at 4 it is sure to 3 in 100,000. */
const CLIP = 4;

/**
 * How an account's engagement rate stands against the norm for its size. `rate_z` is the posterior mean of its true residual (the
 * logarithm of the rate less the norm), divided by the posterior deviation, where residuals are normal: between accounts, and of
 * what some posts tell of an account (normal-normal shrinkage; Gelman and others, Bayesian Data Analysis, 2.5). The probability of
 * being answered better than the norm is Phi(rate_z). `rate_known` is 1 where rate and followers are known; else both are 0.
 */
export const rate: FeatureKind<z.infer<typeof params>, FittedRate> = {
  kind: "rate",
  params,
  fitted,
  inputs: () => ["awg_engagement_rate", "followers", "videos_count", "posted_at"],
  outputs: () => ["rate_known", "rate_z"],
  fit: (aggregate, relation) => fitRate(aggregate, relation),
  sql(_params, fitted, dialect) {
    const residual = residualSql(fitted);
    const n = postsSql(fitted.posts, dialect);
    const { between, noise } = fitted;
    const factor = `${double(between / noise)} * ${n} / sqrt(${n} * ${double(between ** 2)} + ${double(noise ** 2)})`;
    const z = `coalesce(${residual} * (${factor}), 0e0)`;
    return [
      `CASE WHEN ${residual} IS NOT NULL THEN 1e0 ELSE 0e0 END`,
      `least(greatest(${z}, ${double(-CLIP)}), ${double(CLIP)})`,
    ];
  },
  onnx(_params, { norm, between, noise, posts }, graph) {
    const [n, rates] = [postsOnnx(posts, graph), logRateOnnx(graph)];
    const expected =
      norm === null
        ? graph.node("Add", graph.number("followers"), graph.constant(Number.NaN))
        : logNormOnnx(norm, graph);
    const residual = graph.node("Sub", rates, expected);
    const variance = graph.node(
      "Add",
      graph.node("Mul", n, graph.constant(between ** 2)),
      graph.constant(noise ** 2),
    );
    const factor = graph.node(
      "Div",
      graph.node("Mul", graph.constant(between / noise), n),
      graph.node("Sqrt", variance),
    );
    const z = graph.clip(graph.orElse(graph.node("Mul", residual, factor), 0), -CLIP, CLIP);
    return graph.beside([graph.flag(graph.node("Not", graph.node("IsNaN", residual))), z]);
  },
  twin(_params, fitted) {
    const { between, noise, posts } = fitted;
    return (profile, into, at) => {
      const residual = rateResidual(fitted, profile);
      const n = postsOf(profile, posts);
      const factor = ((between / noise) * n) / Math.sqrt(n * between ** 2 + noise ** 2);
      into[at] = Number.isNaN(residual) ? 0 : 1;
      into[at + 1] = Number.isNaN(residual) ? 0 : Math.min(Math.max(residual * factor, -CLIP), CLIP);
    };
  },
};

/** The logarithm of the rate less the norm, as SQL of DOUBLE; NULL where rate or followers are unknown. */
export function residualSql({ norm }: Pick<FittedRate, "norm">): string {
  if (norm === null) return "(awg_engagement_rate + followers + CAST(NULL AS DOUBLE))";
  return `(${LOG_RATE_SQL} - ${logNormSql(norm)})`;
}

const rateOf = numberReader("awg_engagement_rate");
const followersOf = numberReader("followers");
const videosOf = numberReader("videos_count");

/** What {@link residualSql} gives, of one profile; NaN where it is unknown. */
export function rateResidual({ norm }: FittedRate, profile: Partial<CanonicalProfile>): number {
  const [observed, followers] = [rateOf(profile), followersOf(profile)];
  if (norm === null || !(observed >= 0) || Number.isNaN(followers)) return Number.NaN;
  return Math.log(observed + RATE_FLOOR) - logNorm(norm, followers);
}

/**
 * The share of accounts of the same size that are answered less well, 0.01 to 0.99: the place of a residual among those of the
 * training rows.
 */
export function shareBelow({ quantiles }: FittedRate, residual: number): number {
  const place = quantiles.filter((quantile) => quantile <= residual).length;
  return RESIDUAL_SHARES[Math.min(Math.max(place - 1, 0), RESIDUAL_SHARES.length - 1)];
}

/**
 * {@link shareBelow} of the posterior mean of an account's true residual: a rate that stands on few posts is drawn towards the
 * middle. NaN where rate or followers are unknown.
 *
 * @param listed posts that are listed of the account
 */
export function shareAnsweredLess(
  fitted: FittedRate,
  profile: Partial<Pick<CanonicalProfile, "awg_engagement_rate" | "followers" | "videos_count">>,
  listed: number,
): number {
  const residual = rateResidual(fitted, profile);
  if (Number.isNaN(residual)) return Number.NaN;
  const known = postsBehind(listed, videosOf(profile), fitted.posts) * fitted.between ** 2;
  return shareBelow(fitted, (residual * known) / (known + fitted.noise ** 2));
}

/**
 * How many posts a rate stands on: the listed ones, else the account's videos, 35 at most, 1 at least; where neither is known, as
 * many as most rates.
 */
function postsSql(unknown: number, dialect: Dialect): string {
  return `least(greatest(coalesce(${countSql(dialect)}, ${double(unknown)}), 1e0), ${double(LISTED_MOMENTS)})`;
}

/** The listed posts, else the account's videos; NULL where neither is known. */
function countSql(dialect: Dialect): string {
  const listed = dialect.count("posted_at");
  return `CAST(CASE WHEN ${listed} > 0 THEN ${listed} WHEN videos_count >= 0 THEN videos_count END AS DOUBLE)`;
}

function postsOnnx(unknown: number, graph: FeatureGraph): string {
  const listed = graph.sumOfRow(
    graph.flag(graph.node("Not", graph.node("IsNaN", graph.moments("posted_at")))),
  );
  const videos = graph.number("videos_count");
  const counted = graph.where(
    graph.node("GreaterOrEqual", videos, graph.constant(0)),
    videos,
    graph.constant(unknown),
  );
  const zero = graph.constant(0);
  return graph.clip(graph.where(graph.node("Greater", listed, zero), listed, counted), 1, LISTED_MOMENTS);
}

function postsOf(profile: Partial<CanonicalProfile>, unknown: number): number {
  return postsBehind(profile.posted_at?.length ?? 0, videosOf(profile), unknown);
}

function postsBehind(listed: number, videos: number, unknown: number): number {
  const count = listed > 0 ? listed : videos >= 0 ? videos : unknown;
  return Math.min(Math.max(count, 1), LISTED_MOMENTS);
}

/** Variance of one post's noise, in shares of the variance between accounts: at least, and at most. */
const NOISE_SHARE = { least: 0.15, most: 1 } as const;

/**
 * The norm first. The deviation between accounts is that of the residuals around it, by their median absolute deviation. The noise
 * of one post is the slope of the squared residuals on one over the number of posts (least squares), held between 0.15 and 1 times
 * the variance between accounts: posts of one account differ, and files show little of how much.
 */
async function fitRate(aggregate: Aggregate, relation: string): Promise<FittedRate> {
  const norm = await fitSizeNorm(aggregate, relation);
  if (norm === null) return { norm, between: 1, noise: 1, posts: LISTED_MOMENTS, quantiles: [] };
  const [{ posts }] = await aggregate(`SELECT median(${countSql(DUCKDB)}) AS posts FROM ${relation}`);
  const usual = Math.max(Number(posts ?? LISTED_MOMENTS), 1);
  const rows = `(SELECT residual, posts FROM
    (SELECT ${residualSql({ norm })} AS residual, ${postsSql(usual, DUCKDB)} AS posts FROM ${relation}) WHERE residual IS NOT NULL)`;
  const [{ quantiles, deviation }] = await aggregate(
    `SELECT quantile_cont(residual, [${RESIDUAL_SHARES.join(", ")}]) AS quantiles, mad(residual) AS deviation FROM ${rows}`,
  );
  const between = NORMAL_MAD * Number(deviation) || 1;
  const { covariance } = await moments(aggregate, rows, ["1e0 / posts", "residual * residual"]);
  const slope = covariance[0][0] > 0 ? covariance[0][1] / covariance[0][0] : 0;
  const share = Math.min(Math.max(slope / between ** 2, NOISE_SHARE.least), NOISE_SHARE.most);
  return {
    norm,
    between,
    noise: between * Math.sqrt(share),
    posts: usual,
    quantiles: (quantiles as unknown[]).map(Number),
  };
}

/** A normal deviation by the median absolute deviation: 1 / 0.6745. */
const NORMAL_MAD = 1.482_602_218_505_602;
