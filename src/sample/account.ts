import { log10, pow10 } from "./arithmetic.ts";
import type { Draw } from "./draw.ts";
import { drawProbabilities } from "./latent.ts";
import {
  AGE,
  COMMENTS_PER_LIKE,
  FOLLOWERS_EARLY,
  FOLLOWERS_LATE,
  FOLLOWING,
  LATE_SHARE,
  LIFETIME_RATE,
  LIKE_RATE,
  LIKES_BEYOND_LISTED,
  LISTED_OF_FEW,
  LISTED_OF_MANY,
  SILENCE,
  SPAN_SHARE,
  VIDEOS,
} from "./population.ts";
import { conditionalProbability, conditionalQuantile, curve, quantile } from "./quantiles.ts";
import {
  BANDS,
  EARLY_DAYS,
  FIRST_ACCOUNT,
  FIRST_DATED,
  FIRST_DAY,
  FIRST_READING_HOUR,
  LATE_DAYS,
  NO_COMMENTS_SHARE,
  READING_HOURS,
  UNDATED_EARLY,
  UNDATED_LATE,
  UNDATED_VIDEOS_SHARE,
  VERIFIED_SHARE,
} from "./shares.ts";

const DAY = 86400;
const YEAR = 365.25 * DAY;
/** The most videos the provider lists. */
const MOST_LISTED = 35;
/** The most accounts one can follow. */
const MOST_FOLLOWING = 10000;

/** The numbers of one profile. Times are Unix seconds. */
export interface Account {
  /** Of the second batch, read on the last two days. */
  late: boolean;
  /** Midnight (UTC) of the day in `timestamp`. */
  day: number;
  /** The full hour in which the profile was read. */
  hour: number;
  /** log10 of the followers, before they were rounded: what other parts depend on. */
  size: number;
  verified: boolean;
  followers: number;
  following: number;
  likes: number;
  videos: number;
  /** How many videos are listed: 1..35, never more than `videos`. */
  listed: number;
  /** Likes of the listed videos. */
  listedLikes: number;
  /** Comments of the listed videos. */
  listedComments: number;
  /** Time of the last post. */
  lastPost: number;
  /** Time the listed videos span as a share of the time from creation to the last post, if not all are listed. */
  spanShare: number;
  created: number;
  /** Whether the account's id carries `created`. */
  dated: boolean;
  /** Whether the ids of its videos carry their time. */
  videosDated: boolean;
}

const EARLY_WEIGHTS = EARLY_DAYS.map(([, weight]) => weight);
const EARLY_TOTAL = EARLY_WEIGHTS.reduce((a, b) => a + b, 0);
const LATE_WEIGHTS = LATE_DAYS.map(([, weight]) => weight);
const LATE_TOTAL = LATE_WEIGHTS.reduce((a, b) => a + b, 0);
const HOURS_TOTAL = READING_HOURS.reduce((a, b) => a + b, 0);

/**
 * Draws the numbers of one account: the followers first, then what depends on them, by tables conditional on the
 * followers (or on the number of videos, which depends on them) whose normal scores are correlated.
 */
export function drawAccount(draw: Draw): Account {
  const late = draw.chance(LATE_SHARE);
  const size = quantile(late ? FOLLOWERS_LATE : FOLLOWERS_EARLY, draw.uniform());
  const [pVideos, pRate, pFollowing, pSilence, pComments, pBeyond, pLifetime, pAge, pSpan] =
    drawProbabilities(draw);

  const followers = asShown(Math.max(Math.floor(pow10(size) + 0.5), 1));
  const videos = Math.max(Math.floor(pow10(conditionalQuantile(VIDEOS, size, pVideos)) + 0.5), 1);
  const following = Math.floor(pow10(conditionalQuantile(FOLLOWING, size, pFollowing)) + 0.5) - 1;
  const listed = drawListed(draw, videos);

  const rate = pow10(conditionalQuantile(LIKE_RATE, size, pRate));
  const listedLikes = Math.max(Math.floor(rate * followers * listed + 0.5), 1);
  const perLike = pow10(conditionalQuantile(COMMENTS_PER_LIKE, size, pComments));
  const comments = Math.max(Math.floor(listedLikes * perLike + 0.5), 1);
  // With few videos the listed ones are all there are; with many, the likes go back years.
  const likes =
    videos > MOST_LISTED
      ? pow10(conditionalQuantile(LIFETIME_RATE, size, pLifetime)) * videos * followers
      : pow10(conditionalQuantile(LIKES_BEYOND_LISTED, log10(videos), pBeyond)) * listedLikes;

  const [days, weights, total] = late
    ? [LATE_DAYS, LATE_WEIGHTS, LATE_TOTAL]
    : [EARLY_DAYS, EARLY_WEIGHTS, EARLY_TOTAL];
  const day = FIRST_DAY + DAY * days[draw.weighted(weights, total)][0];
  const hour = day + 3600 * (FIRST_READING_HOUR + draw.weighted(READING_HOURS, HOURS_TOTAL));
  const moment = hour + Math.floor(3600 * draw.uniform());
  const silence = Math.max(pow10(conditionalQuantile(SILENCE, size, pSilence)) - 0.1, 0);
  const lastPost = moment - Math.floor(DAY * silence);

  const dated = !draw.chance(curve(BANDS, late ? UNDATED_LATE : UNDATED_EARLY, size));
  const created = dated
    ? Math.max(moment - YEAR * drawAge(size, silence, pAge), FIRST_DATED)
    : FIRST_ACCOUNT + (FIRST_DATED - FIRST_ACCOUNT) * draw.uniform();

  return {
    late,
    day,
    hour,
    size,
    verified: draw.chance(curve(BANDS, VERIFIED_SHARE, size)),
    followers,
    // Many stand at the limit; the table's two digits cannot tell it from a little less.
    following: following > 0.995 * MOST_FOLLOWING ? MOST_FOLLOWING : Math.max(following, 0),
    likes: asShown(Math.floor(Math.max(likes, listedLikes))),
    videos,
    listed,
    listedLikes,
    listedComments: draw.chance(NO_COMMENTS_SHARE) ? 0 : comments,
    lastPost,
    spanShare: pow10(conditionalQuantile(SPAN_SHARE, log10(videos / listed), pSpan)),
    created: Math.floor(Math.min(created, lastPost - 60)),
    dated,
    videosDated: dated || !draw.chance(UNDATED_VIDEOS_SHARE),
  };
}

/** Years since the account was made: at `p`, or among the ages above its silence (in days) where `p` is below them. */
function drawAge(size: number, silence: number, p: number): number {
  const age = conditionalQuantile(AGE, size, p);
  if (age * YEAR > silence * DAY) return age;
  const least = conditionalProbability(AGE, size, (silence * DAY) / YEAR);
  return conditionalQuantile(AGE, size, least + (1 - least) * p);
}

function drawListed(draw: Draw, videos: number): number {
  const p = draw.uniform();
  const listed =
    videos > MOST_LISTED ? MOST_LISTED * quantile(LISTED_OF_MANY, p) : videos * quantile(LISTED_OF_FEW, p);
  return Math.min(Math.max(Math.floor(listed + 0.5), 1), videos, MOST_LISTED);
}

/** A count as TikTok shows it: exact below 10,000, then "12.3K" and "1.2M", cut off. */
function asShown(count: number): number {
  if (count < 10_000) return count;
  return count < 1_000_000 ? count - (count % 100) : count - (count % 100_000);
}
