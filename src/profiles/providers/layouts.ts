import { CANONICAL_NAMES, type CanonicalName } from "../canonical.ts";

/** Source columns of a canonical one, best first: the first of them that has a value in a record gives it. */
export type SourceColumns = readonly string[];

/** Where a file with a record a video keeps what is said about the video. */
export interface VideoColumns {
  /** The video's number, or an address that holds it. */
  readonly id: SourceColumns;
  /** Likes of the video. */
  readonly likes: SourceColumns;
  /** Comments on the video. */
  readonly comments: SourceColumns;
  /** Whether the video is pinned to the top of the profile page, however old it is. */
  readonly pinned: SourceColumns;
}

/** All that a video's facts are read from. */
export function videoColumns({ id, likes, comments, pinned }: VideoColumns): SourceColumns[] {
  return [id, likes, comments, pinned];
}

/** A seller or service of profiles, and how its files are laid out. */
export interface Provider {
  readonly name: string;
  /** What it is and what to know about its files, in plain words, for the documentation. */
  readonly about: string;
  /** A file has the layout when it has at least one column of each of these groups. */
  readonly requires: readonly SourceColumns[];
  /** What the column names may begin with, when records are wrapped: `userInfo.`. The bare names always count. */
  readonly wrappers: readonly string[];
  /** Where the canonical columns come from. `posted_at` of a record a video is the date of that video. */
  readonly columns: Readonly<Partial<Record<CanonicalName, SourceColumns>>>;
  /** Addresses of the avatar whose `x-expires` is known to be 48 hours after the page was made. */
  readonly avatar: SourceColumns;
  /** Present when a record is a video and the profile is all records of an author. */
  readonly video?: VideoColumns;
  /** Columns that name the platform, where files of others look alike: YouTube's from yt-dlp, say. */
  readonly platform?: SourceColumns;
  /** Columns known and left alone. */
  readonly unused: readonly string[];
}

/** Bright Data's TikTok profiles: 18 columns in the samples it gives away, 36 in what it sells. */
export const BRIGHT_DATA: Provider = {
  name: "Bright Data",
  about:
    "TikTok profiles, a record an account; 18 columns in the free samples, 36 in the data sold. " +
    "Missing values are the text `null`. `top_videos` is a comma list of addresses or a JSON array.",
  requires: [["account_id"], ["followers"], ["top_videos", "profile_pic_url", "create_time"]],
  wrappers: [],
  columns: {
    id: ["id"],
    account_id: ["account_id"],
    nickname: ["nickname"],
    biography: ["biography", "signature"],
    bio_link: ["bio_link"],
    is_verified: ["is_verified"],
    is_private: ["is_private"],
    followers: ["followers"],
    following: ["following"],
    likes: ["likes"],
    videos_count: ["videos_count"],
    like_engagement_rate: ["like_engagement_rate"],
    comment_engagement_rate: ["comment_engagement_rate"],
    awg_engagement_rate: ["awg_engagement_rate"],
    predicted_lang: ["predicted_lang"],
    region: ["region"],
    created_at: ["create_time"],
    observed_at: ["timestamp"],
    posted_at: ["top_videos"],
    url: ["url"],
  },
  avatar: ["profile_pic_url", "profile_pic_url_hd"],
  unused: [
    "like_count",
    "digg_count",
    "secu_id",
    "short_id",
    "ftc",
    "relation",
    "open_favorite",
    "comment_setting",
    "duet_setting",
    "stitch_setting",
    "is_ad_virtual",
    "room_id",
    "is_under_age_18",
    "discovery_input",
  ],
};

/** What TikTok's web pages know of a user: `userInfo`. */
export const WEB_USER_INFO: Provider = {
  name: "TikTok web userInfo",
  about:
    "What TikTok's web pages hold of a user, a record an account: `user` with `stats`, bare or under `userInfo`. `statsV2` is " +
    "the exact twin of the rounded `stats` and wins where it is present. No rates, no posts.",
  requires: [
    ["user.uniqueId", "user.id"],
    ["stats.followerCount", "statsV2.followerCount"],
  ],
  wrappers: ["userInfo.", "data.userInfo.", "data."],
  columns: {
    id: ["user.id"],
    account_id: ["user.uniqueId"],
    nickname: ["user.nickname"],
    biography: ["user.signature"],
    bio_link: ["user.bioLink.link"],
    is_verified: ["user.verified"],
    is_private: ["user.privateAccount"],
    followers: ["statsV2.followerCount", "stats.followerCount"],
    following: ["statsV2.followingCount", "stats.followingCount"],
    likes: ["statsV2.heartCount", "statsV2.heart", "stats.heartCount", "stats.heart"],
    videos_count: ["statsV2.videoCount", "stats.videoCount"],
    predicted_lang: ["user.language"],
    region: ["user.region"],
    created_at: ["user.createTime"],
    observed_at: ["extra.now"],
  },
  avatar: ["user.avatarLarger", "user.avatarMedium", "user.avatarThumb"],
  unused: [
    "user.secUid",
    "user.shortId",
    "user.roomId",
    "user.ftc",
    "user.relation",
    "user.openFavorite",
    "stats.diggCount",
    "stats.friendCount",
    "statsV2.diggCount",
    "statsV2.friendCount",
  ],
};

/** TikTok's Display API, `/v2/user/info/`. */
export const DISPLAY_API: Provider = {
  name: "TikTok Display API",
  about:
    "Answers of `/v2/user/info/`, one a record, bare or as sent (under `data.user`). `open_id` names the account only " +
    "within one application, so that it is no account number; it stands in for a missing `username`. No rates, no posts.",
  requires: [
    ["open_id", "union_id"],
    ["follower_count", "display_name"],
  ],
  wrappers: ["data.user.", "user."],
  columns: {
    account_id: ["username", "open_id", "union_id"],
    nickname: ["display_name"],
    biography: ["bio_description"],
    is_verified: ["is_verified"],
    followers: ["follower_count"],
    following: ["following_count"],
    likes: ["likes_count"],
    videos_count: ["video_count"],
    url: ["profile_deep_link", "profile_web_link"],
  },
  avatar: [],
  unused: ["avatar_url", "avatar_url_100", "avatar_large_url", "email"],
};

/** TikTok's Research API, `/v2/research/user/info/`. */
export const RESEARCH_API: Provider = {
  name: "TikTok Research API",
  about:
    "Answers of `/v2/research/user/info/`, one a record, bare or as sent (under `data`). The answer does not repeat the " +
    "`username` it was asked for: keep it beside. It has no account number, no rates and no posts.",
  requires: [["follower_count"], ["display_name", "username"]],
  wrappers: ["data."],
  columns: {
    account_id: ["username"],
    nickname: ["display_name"],
    biography: ["bio_description"],
    bio_link: ["bio_url"],
    is_verified: ["is_verified"],
    followers: ["follower_count"],
    following: ["following_count"],
    likes: ["likes_count"],
    videos_count: ["video_count"],
  },
  avatar: [],
  unused: ["avatar_url"],
};

/** Names that files made by hand give the canonical columns. */
const OTHER_NAMES: Partial<Record<CanonicalName, SourceColumns>> = {
  id: ["user_id"],
  account_id: ["uniqueId", "unique_id", "handle"],
  biography: ["bio"],
  bio_link: ["bioLink"],
  is_verified: ["verified"],
  is_private: ["privateAccount"],
  followers: ["fans", "followerCount", "followers_count"],
  following: ["followingCount"],
  likes: ["heart", "heartCount"],
  videos_count: ["video", "videoCount"],
  predicted_lang: ["language"],
  created_at: ["createTime"],
};

/** The columns of every provider with a record an account, under the canonical names and others in use. */
export const COLUMN_NAMES: Provider = {
  name: "column names",
  about:
    "Any other file whose columns bear names known from above, the canonical names first of all. Taken only when no provider's " +
    "layout is found.",
  requires: [],
  // What Elasticsearch puts around a record.
  wrappers: [...WEB_USER_INFO.wrappers, "_source."],
  columns: Object.fromEntries(
    CANONICAL_NAMES.map((name) => {
      const providers = [BRIGHT_DATA, RESEARCH_API, DISPLAY_API, WEB_USER_INFO];
      const theirs = providers.flatMap((provider) => provider.columns[name] ?? []);
      return [name, [...new Set([name, ...theirs, ...(OTHER_NAMES[name] ?? [])])]];
    }),
  ),
  avatar: [...BRIGHT_DATA.avatar, ...WEB_USER_INFO.avatar],
  unused: [],
};
