import type { Samples } from "../readingOptions.ts";
import { APIFY_UNWOUND } from "./apifyLayouts.ts";
import { ColumnFinder } from "./columnFinder.ts";
import type { Provider, SourceColumns } from "./layouts.ts";

/** Columns of tables of videos that people make themselves, in small letters; capitals and marks between words do not matter. */
export const VIDEO_LISTS: Provider = {
  name: "list of videos",
  about:
    "Any other table with a record a *video*. It is known by what only a video has (a number or an address of its own, a length, a " +
    "sound, a caption, plays, shares) and by authors that stand in it several times. In these names neither capitals nor what stands " +
    "between words matters: `Author Username` is `author_username`.",
  requires: [],
  wrappers: [],
  columns: {
    id: ["author_id", "user_id", "userid", "uid", "creator_id", "profile_id", "account_number"],
    account_id: [
      "author_username",
      "author_unique_id",
      "author_handle",
      "unique_id",
      "username",
      "user_name",
      "handle",
      "creator_username",
      "creator_handle",
      "account_id",
      "account",
      "author",
      "creator",
      "user",
      "uploader",
      "author_name",
      "creator_name",
      "tiktoker",
      "influencer",
      "profile_url",
      "author_url",
      "creator_url",
    ],
    nickname: ["nickname", "author_nickname", "display_name", "author_display_name"],
    biography: ["signature", "author_signature", "biography", "author_bio", "bio"],
    is_verified: ["author_verified", "is_verified", "verified", "user_verified"],
    followers: [
      "followers",
      "follower_count",
      "followers_count",
      "author_followers",
      "author_follower_count",
      "author_followers_count",
      "author_fans",
      "account_followers",
      "creator_followers",
      "creator_follower_count",
      "user_followers",
      "user_follower_count",
      "channel_followers",
      "profile_followers",
      "n_followers",
      "num_followers",
      "fans",
      "subscribers",
    ],
    following: ["following", "following_count", "author_following", "author_following_count", "n_following"],
    likes: [
      "n_total_likes",
      "total_likes",
      "author_total_likes",
      "author_heart_count",
      "author_hearts",
      "author_heart",
      "account_heart_count",
      "user_total_likes",
      "heart_count",
    ],
    videos_count: [
      "n_total_vids",
      "total_videos",
      "total_vids",
      "author_video_count",
      "author_videos",
      "account_video_count",
      "videos_count",
      "video_count",
      "user_video_count",
    ],
    observed_at: [
      "observed_at",
      "scraped_at",
      "fetch_time",
      "vid_scrapetime",
      "scrape_time",
      "collected_at",
      "date_collected",
    ],
    posted_at: [
      "create_time_iso",
      "create_time",
      "created_time",
      "creation_time",
      "create_date",
      "video_timestamp",
      "video_create_time",
      "video_time",
      "vid_posttime",
      "post_time",
      "posted_time",
      "posted_at",
      "post_date",
      "posted_date",
      "date_posted",
      "publish_date",
      "published_at",
      "publish_time",
      "upload_date",
      "uploaded_at",
      "created_at",
      "timestamp",
      "unix_timestamp",
      "posted",
      "published",
      "uploaded",
      "date",
    ],
  },
  avatar: [],
  video: {
    id: [
      "video_id",
      "vid_id",
      "aweme_id",
      "post_id",
      "item_id",
      "web_video_url",
      "video_web_url",
      "video_url",
      "video_link",
      "post_url",
      "tiktok_url",
      "share_url",
      "webpage_url",
      "permalink",
      "url",
      "link",
      "id",
    ],
    likes: [
      "video_likes",
      "video_like_count",
      "video_digg_count",
      "digg_count",
      "diggs",
      "n_likes",
      "num_likes",
      "vid_nlike",
      "like_count",
      "likes_count",
      "likes",
      "hearts",
    ],
    comments: [
      "video_comments",
      "video_comment_count",
      "n_comments",
      "num_comments",
      "vid_ncomment",
      "comment_count",
      "comments_count",
      "comments",
    ],
    pinned: ["is_pinned", "is_pinned_item", "pinned", "is_top"],
  },
  unused: [],
};

/** What only a video has, and how much it says that a table lists videos. */
const MARKS: readonly { readonly points: number; readonly names: SourceColumns }[] = [
  { points: 3, names: ["video_id", "vid_id", "aweme_id", "post_id"] },
  {
    points: 2,
    names: ["web_video_url", "video_web_url", "video_url", "video_link", "post_url", "tiktok_url"],
  },
  { points: 2, names: ["video_length", "video_duration", "vid_duration", "duration", "length"] },
  {
    points: 2,
    names: ["music", "music_name", "music_title", "music_id", "song", "song_title", "sound", "audio"],
  },
  { points: 2, names: ["desc", "caption", "vid_caption", "video_description", "video_desc", "video_title"] },
  {
    points: 1,
    names: [
      "plays",
      "n_plays",
      "play_count",
      "num_plays",
      "video_plays",
      "views",
      "n_views",
      "view_count",
      "video_views",
      "vid_nview",
    ],
  },
  {
    points: 1,
    names: ["shares", "n_shares", "share_count", "num_shares", "video_shares", "vid_nshare", "repost_count"],
  },
  { points: 1, names: ["saves", "saved", "n_saves", "save_count", "collect_count", "vid_nsave"] },
  { points: 1, names: ["hashtags", "vid_hashtags", "hashtag_names"] },
  {
    points: 1,
    names: [
      "video_timestamp",
      "video_time",
      "vid_posttime",
      "posted_time",
      "date_posted",
      "post_date",
      "publish_date",
      "upload_date",
    ],
  },
];
/** Points from which a table lists videos. */
const ENOUGH = 4;
const OF_AUTHORS_AGAIN = 2;
const OF_AUTHORS_WITH_NUMBERS = 4;

/** Columns of tables of accounts that no table of videos has. */
const OF_ACCOUNTS: SourceColumns = [
  "top_videos",
  "like_engagement_rate",
  "comment_engagement_rate",
  "awg_engagement_rate",
];

/** Values from which on shares among them are believed. */
const FEWEST = 4;

const ADDRESS =
  /^\s*(?:https?:)?\/\/(?:www\.|m\.)?tiktok\.com\/@([^/\s]*)\/(?:video|photo)\/(\d+)[^,\s]*\s*$/;

/**
 * Recognises a table of videos that is nobody's layout, by the names of its columns and their first values.
 *
 * @returns the layout in the file's own names; undefined where the records are not surely videos
 */
export function recogniseVideoList(columns: readonly string[], samples?: Samples): Provider | undefined {
  const finder = new ColumnFinder(columns, squeezed);
  const find = (names: SourceColumns) => finder.all(names);
  if (find(OF_ACCOUNTS).length > 0) return undefined;
  const { columns: known, video } = VIDEO_LISTS;
  const addresses = columns.filter((column) => isAddresses(samples?.get(column) ?? []));
  let points = 0;
  for (const mark of MARKS) if (find(mark.names).length > 0) points += mark.points;
  if (addresses.length > 0 && find(MARKS[1].names).length === 0) points += MARKS[1].points;
  const accounts = find(known.account_id ?? []).filter((column) => !addresses.includes(column));
  if (repeats(samples?.get(accounts[0] ?? "") ?? [])) {
    // An account has one number.
    const numbered = areNumbers(samples?.get(find(["id"])[0] ?? "") ?? []);
    points += numbered ? OF_AUTHORS_WITH_NUMBERS : OF_AUTHORS_AGAIN;
  } else if (repeats(addresses.slice(0, 1).flatMap((column) => authorsOf(samples?.get(column) ?? [])))) {
    // Columns in a language of which these names know nothing.
    points += OF_AUTHORS_AGAIN;
  }
  if (points < ENOUGH || video === undefined) return undefined;
  const numbers = find(video.id).filter((column) => squeezed(column) !== "id");
  const [id] = find(["id"]);
  const ids = id === undefined ? [] : [id];
  // An `id` that stands several times is the author's.
  const ofAuthor = repeats(samples?.get(id ?? "") ?? []);
  const found = Object.entries(known).map(([name, names]) => [name, find(names)] as const);
  return {
    ...VIDEO_LISTS,
    columns: {
      ...Object.fromEntries(found),
      id: [...find(known.id ?? []), ...(ofAuthor ? ids : [])],
      // The address of a video names its author.
      account_id: [...accounts, ...addresses],
    },
    video: {
      id: [...new Set([...numbers, ...addresses, ...(ofAuthor ? [] : ids)])],
      likes: find(video.likes),
      comments: find(video.comments),
      pinned: find(video.pinned),
    },
    unused: find(MARKS.flatMap((mark) => mark.names)),
  };
}

/** Whether a table lists comments on videos, whose writers are not accounts that somebody chose. */
export function listsComments(columns: readonly string[]): boolean {
  const finder = new ColumnFinder(columns, squeezed);
  const has = (wanted: SourceColumns) => finder.all(wanted).length > 0;
  return has(["comment_id", "cid", "comment_text"]) && has([...MARKS[0].names, ...MARKS[1].names]);
}

/**
 * The layout of an export with its authors unwound, as this file has it: where its `id` is the video's after all, it is no account's.
 */
export function unwoundLayout(samples: Samples | undefined): Provider {
  const numbers = (samples?.get("webVideoUrl") ?? []).map((address) => ADDRESS.exec(address)?.[2]);
  const isVideos = samples?.get("id")?.some((id) => numbers.includes(id)) ?? false;
  if (!isVideos || APIFY_UNWOUND.video === undefined) return APIFY_UNWOUND;
  const { id, ...columns } = APIFY_UNWOUND.columns;
  return { ...APIFY_UNWOUND, columns, video: { ...APIFY_UNWOUND.video, id: ["id", "webVideoUrl"] } };
}

/** Whether values are addresses of one video each. */
function isAddresses(values: readonly string[]): boolean {
  const present = values.filter((value) => value.trim() !== "");
  return (
    present.length > 0 && present.filter((value) => ADDRESS.test(value)).length * 10 >= present.length * 8
  );
}

/** Whose the videos are that addresses lead to. */
function authorsOf(addresses: readonly string[]): string[] {
  return addresses.flatMap((address) => ADDRESS.exec(address)?.[1] ?? []);
}

/** Whether values are long numbers, hardly any of which stands twice. */
function areNumbers(values: readonly string[]): boolean {
  const numbers = values.filter((value) => /^\s*\d{17,20}\s*$/.test(value));
  return (
    numbers.length > 0 &&
    numbers.length * 10 >= values.length * 9 &&
    new Set(numbers).size * 10 >= numbers.length * 9
  );
}

/** Whether many values stand several times. */
function repeats(values: readonly string[]): boolean {
  const present = values.filter((value) => value.trim() !== "");
  return present.length >= FEWEST && new Set(present).size * 10 <= present.length * 7;
}

/** A name without capitals and what stands between its words. */
function squeezed(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
