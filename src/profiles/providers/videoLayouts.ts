import { APIFY_CLOCKWORKS, APIFY_UNWOUND } from "./apifyLayouts.ts";
import type { Provider } from "./layouts.ts";

/** What TikTok's web pages hold of a video, as scrapers and browser extensions save it. */
export const WEB_ITEMS: Provider = {
  name: "TikTok web items",
  about:
    "What TikTok's web pages hold of a *video*: `author`, `authorStats` and `stats`, as TikTokApi, Zeeschuimer (under `data`, one a line) " +
    "and saved answers of the web's item lists have it. `statsV2` and `authorStatsV2` are the exact twins of the rounded counts.",
  requires: [
    ["author.uniqueId", "author.id", "author"],
    ["stats.diggCount", "stats.playCount", "statsV2.diggCount", "statsV2.playCount"],
  ],
  wrappers: ["data.", "item.", "itemInfo.itemStruct.", "itemStruct."],
  columns: {
    id: ["author.id", "authorId"],
    account_id: ["author.uniqueId", "author"],
    nickname: ["author.nickname", "nickname"],
    biography: ["author.signature"],
    bio_link: ["author.bioLink.link"],
    is_verified: ["author.verified"],
    is_private: ["author.privateAccount"],
    followers: ["authorStatsV2.followerCount", "authorStats.followerCount"],
    following: ["authorStatsV2.followingCount", "authorStats.followingCount"],
    likes: ["authorStatsV2.heartCount", "authorStatsV2.heart", "authorStats.heartCount", "authorStats.heart"],
    videos_count: ["authorStatsV2.videoCount", "authorStats.videoCount"],
    region: ["author.region"],
    created_at: ["author.createTime"],
    observed_at: ["timestamp_collected"],
    posted_at: ["createTime"],
  },
  avatar: ["author.avatarLarger", "author.avatarMedium", "author.avatarThumb"],
  video: {
    // The `id` around Zeeschuimer's `data` counts lines.
    id: ["item_id", "video.id", "id"],
    likes: ["statsV2.diggCount", "stats.diggCount"],
    comments: ["statsV2.commentCount", "stats.commentCount"],
    pinned: ["isPinnedItem", "isPinned"],
  },
  platform: ["source_platform"],
  unused: [
    "desc",
    "author.secUid",
    "authorStats.diggCount",
    "authorStatsV2.diggCount",
    "stats.playCount",
    "statsV2.playCount",
    "stats.shareCount",
    "statsV2.shareCount",
    "stats.collectCount",
    "statsV2.collectCount",
    "video.duration",
    "nav_index",
    "source_platform_url",
    "source_url",
    "user_agent",
  ],
};

/** What TikTok's app is answered about a video. */
export const APP_ITEMS: Provider = {
  name: "TikTok app items",
  about:
    "What TikTok's app is sent about a *video* (`aweme`), as several services sell it: `author` with `statistics`.",
  requires: [
    ["author.unique_id", "author.uid"],
    ["statistics.digg_count", "statistics.play_count"],
  ],
  wrappers: ["aweme_info.", "aweme_detail.", "data."],
  columns: {
    id: ["author.uid"],
    account_id: ["author.unique_id"],
    nickname: ["author.nickname"],
    biography: ["author.signature"],
    followers: ["author.follower_count"],
    following: ["author.following_count"],
    likes: ["author.total_favorited"],
    videos_count: ["author.aweme_count"],
    region: ["author.region"],
    posted_at: ["create_time"],
  },
  avatar: [],
  video: {
    id: ["aweme_id"],
    likes: ["statistics.digg_count"],
    comments: ["statistics.comment_count"],
    pinned: ["is_top"],
  },
  unused: ["desc", "statistics.play_count", "statistics.share_count", "statistics.collect_count"],
};

/** TikTok's Research API, `/v2/research/video/query/`. */
export const RESEARCH_VIDEOS: Provider = {
  name: "TikTok Research API videos",
  about:
    "Answers of `/v2/research/video/query/`: a record a *video*, with the handle of its author and no number. It knows no followers; " +
    "those of `/v2/research/user/info/` are read where somebody put them beside.",
  requires: [
    ["username"],
    ["create_time"],
    ["view_count", "comment_count", "share_count", "video_description"],
  ],
  wrappers: [],
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
    region: ["region_code"],
    posted_at: ["create_time"],
  },
  avatar: [],
  video: {
    id: ["id", "video_id"],
    likes: ["like_count"],
    comments: ["comment_count"],
    pinned: [],
  },
  unused: [
    "video_description",
    "view_count",
    "share_count",
    "music_id",
    "hashtag_names",
    "playlist_id",
    "effect_ids",
    "voice_to_text",
    "video_duration",
    "favorites_count",
    "is_stem_verified",
  ],
};

/** Bright Data's TikTok posts. */
export const BRIGHT_DATA_POSTS: Provider = {
  name: "Bright Data posts",
  about:
    "TikTok posts of Bright Data: a record a *video*, with its author in `account_id` and the `profile_` columns.",
  requires: [["post_id"], ["profile_id", "profile_username", "profile_url"], ["digg_count", "play_count"]],
  wrappers: [],
  columns: {
    id: ["profile_id"],
    account_id: ["account_id", "profile_url"],
    nickname: ["profile_username"],
    biography: ["profile_biography"],
    is_verified: ["is_verified"],
    followers: ["profile_followers"],
    region: ["region"],
    observed_at: ["timestamp"],
    posted_at: ["create_time"],
  },
  avatar: ["profile_avatar"],
  video: {
    id: ["post_id", "url"],
    likes: ["digg_count"],
    comments: ["comment_count"],
    pinned: [],
  },
  unused: [
    "description",
    "play_count",
    "share_count",
    "collect_count",
    "video_duration",
    "hashtags",
    "secu_id",
  ],
};

/** 4CAT's table of TikTok posts. */
export const FOURCAT: Provider = {
  name: "4CAT",
  about:
    "Tables of TikTok posts that 4CAT makes of Zeeschuimer's items: a record a *video*. `author_likes` are the likes that the " +
    "author gave, and are not read.",
  requires: [
    ["author"],
    ["author_followers", "author_full"],
    ["tiktok_url", "unix_timestamp"],
    ["likes", "amount_likes", "plays", "amount_plays"],
  ],
  wrappers: [],
  columns: {
    id: ["author_id"],
    account_id: ["author"],
    nickname: ["author_full"],
    followers: ["author_followers"],
    videos_count: ["author_videos"],
    posted_at: ["unix_timestamp", "timestamp"],
  },
  avatar: ["author_avatar"],
  video: {
    id: ["id", "tiktok_url"],
    likes: ["likes", "amount_likes"],
    comments: ["comments", "amount_comments"],
    pinned: [],
  },
  unused: [
    "thread_id",
    "author_likes",
    "body",
    "shares",
    "plays",
    "amount_shares",
    "amount_plays",
    "hashtags",
  ],
};

/** The table that pyktok keeps. */
export const PYKTOK: Provider = {
  name: "pyktok",
  about: "The table of the Python package pyktok: a record a *video*, with `video_` and `author_` columns.",
  requires: [["author_username"], ["video_id", "video_timestamp"], ["video_diggcount", "video_playcount"]],
  wrappers: [],
  columns: {
    account_id: ["author_username"],
    nickname: ["author_name"],
    is_verified: ["author_verified"],
    followers: ["author_followercount"],
    following: ["author_followingcount"],
    likes: ["author_heartcount"],
    videos_count: ["author_videocount"],
    posted_at: ["video_timestamp"],
  },
  avatar: [],
  video: {
    id: ["video_id"],
    likes: ["video_diggcount"],
    comments: ["video_commentcount"],
    pinned: [],
  },
  unused: [
    "author_diggcount",
    "video_playcount",
    "video_sharecount",
    "video_length",
    "video_duration",
    "video_description",
    "video_locationcreated",
    "video_is_ad",
  ],
};

/** What yt-dlp writes about videos. */
export const YT_DLP: Provider = {
  name: "yt-dlp",
  about:
    "`.info.json` files of yt-dlp, its `-j` lines or its `-J` list: a record a *video*. It knows no followers. Files of other " +
    "platforms are refused.",
  requires: [
    ["uploader", "uploader_id"],
    ["extractor", "extractor_key", "webpage_url"],
    ["timestamp", "upload_date", "like_count", "view_count"],
  ],
  wrappers: [],
  columns: {
    id: ["uploader_id"],
    account_id: ["uploader"],
    nickname: ["channel", "creator"],
    followers: ["channel_follower_count"],
    posted_at: ["timestamp"],
  },
  avatar: [],
  video: {
    id: ["id", "webpage_url"],
    likes: ["like_count"],
    comments: ["comment_count"],
    pinned: [],
  },
  platform: ["extractor_key", "extractor", "webpage_url"],
  unused: [
    "title",
    "description",
    "view_count",
    "repost_count",
    "save_count",
    "duration",
    "upload_date",
    "channel_id",
  ],
};

/** Every layout with a record a video that is recognised. */
export const VIDEO_PROVIDERS: readonly Provider[] = [
  APIFY_CLOCKWORKS,
  APIFY_UNWOUND,
  WEB_ITEMS,
  APP_ITEMS,
  RESEARCH_VIDEOS,
  BRIGHT_DATA_POSTS,
  FOURCAT,
  PYKTOK,
  YT_DLP,
];
