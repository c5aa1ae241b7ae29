import { type Account, drawAccount } from "./account.ts";
import { drawBiography } from "./biography.ts";
import { commonWords, population } from "./data.ts";
import type { Draw } from "./draw.ts";
import { drawNickname } from "./nickname.ts";
import { drawLanguage, drawPerson, INDIA_CLOSED, INDIAN } from "./person.ts";
import { drawAccountId, drawPosts, drawVideos } from "./posts.ts";
import { curveAt } from "./quantiles.ts";

/** How a column is written where a format knows types; text is what all others are. */
export type SampleType = "text" | "real" | "integer" | "flag";

/** The columns of the Bright Data layout, in its order. */
export const SAMPLE_COLUMNS = [
  ["timestamp", "text"],
  ["account_id", "text"],
  ["nickname", "text"],
  ["biography", "text"],
  ["awg_engagement_rate", "real"],
  ["comment_engagement_rate", "real"],
  ["like_engagement_rate", "real"],
  ["bio_link", "text"],
  ["is_verified", "flag"],
  ["followers", "integer"],
  ["following", "integer"],
  ["likes", "integer"],
  ["videos_count", "integer"],
  ["create_time", "text"],
  ["id", "text"],
  ["top_videos", "text"],
  ["url", "text"],
  ["profile_pic_url", "text"],
] as const satisfies readonly (readonly [string, SampleType])[];

/** One synthetic profile: the text of each of `SAMPLE_COLUMNS`, null where it is missing. */
export type SampleRecord = readonly (string | null)[];

const NUMBERS = 1;
const HISTORY = 2;
const WORDS = 3;
const IDS = 4;
const SITE = "https://www.tiktok.com/@";

/**
 * Makes the profile of a row.
 *
 * @param draw a generator of the sample's seed
 * @param row 0..2^27-1; ids are unique among these rows
 */
export function drawRecord(draw: Draw, row: number): SampleRecord {
  draw.begin(row, NUMBERS);
  const account = drawAccount(draw);

  draw.begin(row, WORDS);
  const language = drawLanguage(draw, account);
  if (language.tag === INDIAN) closeInIndia(account);
  const person = drawPerson(draw, language);
  const { handle } = person;
  const nickname = drawNickname(draw, person);
  const biography = drawBiography(draw, person, account.size);
  const link = draw.chance(curveAt(population().curves.link, account.size)) ? drawLink(draw, handle) : null;
  const avatar = drawAvatar(draw, account);

  draw.begin(row, HISTORY);
  const posts = drawPosts(draw, account, draw.pick(language.offsets));
  account.created = Math.min(account.created, posts[posts.length - 1] - 60);

  draw.begin(row, IDS);
  const id = drawAccountId(draw, account, row);
  const videos = drawVideos(draw, account, posts, `${SITE}${handle}/video/`);

  const { followers, listed, listedLikes, listedComments } = account;
  return [
    formatDay(account.day),
    handle,
    nickname,
    biography,
    `${(listedLikes + listedComments) / listed / followers}`,
    `${listedComments / listed / followers}`,
    `${listedLikes / listed / followers}`,
    link,
    account.verified ? "true" : "false",
    `${followers}`,
    `${account.following}`,
    `${account.likes}`,
    `${account.videos}`,
    null,
    id,
    videos,
    account.late ? `${SITE}undefined` : SITE + handle,
    avatar,
  ];
}

/** An Indian account that fell silent just after TikTok closed there did so just before. */
function closeInIndia(account: Account): void {
  const late = account.lastPost - INDIA_CLOSED;
  if (late <= 0 || late > 21 * 86400) return;
  account.lastPost = INDIA_CLOSED - (late % 86400);
  account.created = Math.min(account.created, account.lastPost - 60);
}

/** A day as the provider prints it: 2023-08-12. */
function formatDay(day: number): string {
  return new Date(day * 1000).toISOString().slice(0, 10);
}

/** The address under a biography, made with the invented handle. */
function drawLink(draw: Draw, handle: string): string {
  const { links } = commonWords();
  const { address } = links.items[draw.weighted(links)];
  // A host name has no underscores and neither begins nor ends with a sign.
  const name = address.includes("@.") ? handle.replaceAll(/[._]/g, "") : handle;
  return address.replace("@", name);
}

const TWO_DAYS = 172800;

/**
 * The address of a profile picture that does not exist. It is signed for 48 hours from the hour in which the profile was
 * read, as the real ones are; the signature says what it is.
 */
function drawAvatar(draw: Draw, account: Account): string {
  const { pictures } = commonWords();
  const { before, after } = pictures.items[draw.weighted(pictures)];
  let name = "";
  for (let i = 0; i < 4; i++) name += draw.bits().toString(16).padStart(8, "0");
  return `${before}${name}${after}?x-expires=${account.hour + TWO_DAYS}&x-signature=synthetic%3D`;
}
