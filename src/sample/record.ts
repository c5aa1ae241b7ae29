import { type Account, asShown, drawAccount } from "./account.ts";
import { drawBiography } from "./biography.ts";
import { commonWords, population } from "./data.ts";
import type { Draw } from "./draw.ts";
import { drawNickname } from "./nickname.ts";
import { drawLanguage, drawPerson, INDIA_CLOSED, INDIAN, type Person } from "./person.ts";
import { drawAccountId, drawPosts, drawVideoId } from "./posts.ts";
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

/** A synthetic person's profile on the day when it was read. */
export interface Profile {
  readonly account: Account;
  readonly person: Person;
  readonly nickname: string;
  readonly biography: string | null;
  readonly link: string | null;
  /** The picture's address up to its expiry. */
  readonly avatar: string;
  /** Hours east of Greenwich where the person lives. */
  readonly offset: number;
  readonly id: string;
  /** When the listed videos were posted, in Unix seconds, newest first. */
  readonly posts: readonly number[];
  /** The ids of these videos. */
  readonly videoIds: readonly string[];
}

const NUMBERS = 1;
const HISTORY = 2;
const WORDS = 3;
const IDS = 4;
const SITE = "https://www.tiktok.com/@";
const DAY = 86400;

/**
 * Makes the profile of a row.
 *
 * @param draw a generator of the sample's seed
 * @param row ids are unique among the rows 0..2^27-1
 * @param after days after the sample's own days at which the profile was read
 */
export function drawProfile(draw: Draw, row: number, after = 0): Profile {
  draw.begin(row, NUMBERS);
  const account = drawAccount(draw);
  for (const time of ["day", "hour", "moment", "lastPost", "created"] as const) account[time] += DAY * after;

  draw.begin(row, WORDS);
  const language = drawLanguage(draw, account);
  if (language.tag === INDIAN) closeInIndia(account);
  const person = drawPerson(draw, language);
  const nickname = drawNickname(draw, person);
  const biography = drawBiography(draw, person, account.size);
  const link = draw.chance(curveAt(population().curves.link, account.size))
    ? drawLink(draw, person.handle)
    : null;
  const avatar = drawAvatar(draw);

  draw.begin(row, HISTORY);
  const offset = draw.pick(language.offsets);
  const posts = [...drawPosts(draw, account, offset)];
  account.created = Math.min(account.created, posts[posts.length - 1] - 60);

  draw.begin(row, IDS);
  const id = drawAccountId(draw, account, row);
  const videoIds = posts.map((post) => drawVideoId(draw, account, post));
  return { account, person, nickname, biography, link, avatar, offset, id, posts, videoIds };
}

/** A profile as the provider writes it. */
export function recordOf(profile: Profile): SampleRecord {
  const { account, person, nickname, biography, link, avatar, id, videoIds } = profile;
  const { followers, listed, listedLikes, listedComments } = account;
  const page = SITE + person.handle;
  return [
    formatDay(account.day),
    person.handle,
    nickname,
    biography,
    `${(listedLikes + listedComments) / listed / followers}`,
    `${listedComments / listed / followers}`,
    `${listedLikes / listed / followers}`,
    link,
    account.verified ? "true" : "false",
    `${followers}`,
    `${account.following}`,
    `${asShown(account.likes)}`,
    `${account.videos}`,
    null,
    id,
    videoIds.map((video) => `${page}/video/${video}`).join(","),
    account.late ? `${SITE}undefined` : page,
    // Signed for 48 hours from the hour in which the profile was read, as the real ones are; the signature says what it is.
    `${avatar}?x-expires=${account.hour + 2 * DAY}&x-signature=synthetic%3D`,
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
export function drawLink(draw: Draw, handle: string): string {
  const { links } = commonWords();
  const { address } = links.items[draw.weighted(links)];
  // A host name has no underscores and neither begins nor ends with a sign.
  const name = address.includes("@.") ? handle.replaceAll(/[._]/g, "") : handle;
  return address.replace("@", name);
}

/** The address of a profile picture that does not exist, up to its expiry. */
function drawAvatar(draw: Draw): string {
  const { pictures } = commonWords();
  const { before, after } = pictures.items[draw.weighted(pictures)];
  let name = "";
  for (let i = 0; i < 4; i++) name += draw.bits().toString(16).padStart(8, "0");
  return before + name + after;
}
