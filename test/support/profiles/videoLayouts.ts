import type { Layout } from "./layouts.ts";
import { ADA, ADA_MADE, AVATAR, address, BIOGRAPHY, NEWER, OLDER, SEEN, VIDEOS } from "./people.ts";

type Fields = Record<string, string>;

/** The two videos of Ada that every layout below lists. */
const POSTS = [
  { id: VIDEOS.newer, seconds: "1676380634", likes: "251", comments: "60", plays: "900" },
  { id: VIDEOS.older, seconds: "1629814505", likes: "100", comments: "10", plays: "400" },
];
const listed = (fields: (post: (typeof POSTS)[number]) => Fields, author: Fields): Fields[] =>
  POSTS.map((post) => ({ ...fields(post), ...author }));

const posts = { account_id: "ada", posted_at: [NEWER, OLDER] };
const rates = {
  followers: 1755n,
  like_engagement_rate: (251 + 100) / 2 / 1755,
  comment_engagement_rate: 35 / 1755,
  awg_engagement_rate: ((251 + 100) / 2 + 35) / 1755,
};
const numbered = { id: ADA, created_at: ADA_MADE };
const counts = { following: 1443n, likes: 158600n, videos_count: 20n };

const web = (wrapper: string) =>
  listed(
    ({ id, seconds, likes, comments, plays }) => ({
      [`${wrapper}id`]: id,
      [`${wrapper}createTime`]: seconds,
      [`${wrapper}stats.diggCount`]: likes,
      [`${wrapper}stats.commentCount`]: comments,
      [`${wrapper}stats.playCount`]: plays,
    }),
    {
      [`${wrapper}author.id`]: ADA,
      [`${wrapper}author.uniqueId`]: "ada",
      [`${wrapper}author.signature`]: BIOGRAPHY,
      [`${wrapper}author.avatarLarger`]: AVATAR,
      [`${wrapper}authorStats.followerCount`]: "1800",
      [`${wrapper}authorStatsV2.followerCount`]: "1755",
      [`${wrapper}authorStats.followingCount`]: "1443",
      [`${wrapper}authorStats.heartCount`]: "158600",
      [`${wrapper}authorStats.videoCount`]: "20",
    },
  );
const webExpected = { ...posts, ...numbered, ...rates, ...counts, biography: BIOGRAPHY, observed_at: SEEN };

/** One file in every layout with a record a video. */
export const VIDEO_LAYOUTS: readonly Layout[] = [
  {
    name: "web items",
    provider: "TikTok web items",
    records: web(""),
    expected: [webExpected],
    unmapped: ["stats.playCount"],
  },
  {
    name: "web items of Zeeschuimer",
    provider: "TikTok web items",
    records: web("data.").map((record, i) => ({
      id: String(i + 1),
      item_id: POSTS[i].id,
      source_platform: "tiktok.com",
      timestamp_collected: "1690909200000",
      ...record,
    })),
    expected: [webExpected],
    unmapped: ["source_platform", "data.stats.playCount"],
  },
  {
    name: "app items",
    provider: "TikTok app items",
    records: listed(
      ({ id, seconds, likes, comments, plays }) => ({
        aweme_id: id,
        create_time: seconds,
        "statistics.digg_count": likes,
        "statistics.comment_count": comments,
        "statistics.play_count": plays,
      }),
      {
        "author.uid": ADA,
        "author.unique_id": "ada",
        "author.signature": BIOGRAPHY,
        "author.follower_count": "1755",
      },
    ),
    expected: [{ ...posts, ...numbered, ...rates, biography: BIOGRAPHY }],
    unmapped: ["statistics.play_count"],
  },
  {
    name: "Research API videos",
    provider: "TikTok Research API videos",
    records: listed(
      ({ id, seconds, likes, comments, plays }) => ({
        id,
        create_time: seconds,
        like_count: likes,
        comment_count: comments,
        view_count: plays,
      }),
      { username: "ada", region_code: "PL" },
    ),
    expected: [{ ...posts, region: "PL" }],
    unmapped: ["view_count"],
  },
  {
    name: "Research API videos with what is known of their authors",
    provider: "TikTok Research API videos",
    records: listed(
      ({ id, seconds, likes, comments }) => ({
        id,
        create_time: seconds,
        like_count: likes,
        comment_count: comments,
      }),
      {
        username: "ada",
        display_name: "Ada 🖤",
        follower_count: "1755",
        following_count: "1443",
        likes_count: "158600",
        video_count: "20",
      },
    ),
    expected: [{ ...posts, ...rates, ...counts, nickname: "Ada 🖤" }],
    unmapped: [],
  },
  {
    name: "Bright Data posts",
    provider: "Bright Data posts",
    records: listed(
      ({ id, seconds, likes, comments, plays }) => ({
        url: address("ada", id),
        post_id: id,
        create_time: new Date(Number(seconds) * 1000).toISOString(),
        digg_count: likes,
        comment_count: comments,
        play_count: plays,
        timestamp: "2023-08-01T17:00:00.000Z",
      }),
      {
        profile_id: ADA,
        profile_username: "Ada 🖤",
        profile_url: "https://www.tiktok.com/@ada",
        profile_followers: "1755",
      },
    ),
    expected: [{ ...posts, ...numbered, ...rates, nickname: "Ada 🖤", observed_at: SEEN }],
    unmapped: ["play_count"],
  },
  {
    name: "4CAT",
    provider: "4CAT",
    records: listed(
      ({ id, seconds, likes, comments, plays }) => ({
        id,
        thread_id: id,
        timestamp: "2023-01-01 00:00:00",
        unix_timestamp: seconds,
        likes,
        comments,
        plays,
        tiktok_url: address("ada", id),
      }),
      {
        author: "ada",
        author_full: "Ada 🖤",
        author_followers: "1755",
        author_likes: "7",
        author_videos: "20",
      },
    ),
    expected: [{ ...posts, ...rates, nickname: "Ada 🖤", videos_count: 20n }],
    unmapped: ["thread_id", "plays", "author_likes"],
  },
  {
    name: "pyktok",
    provider: "pyktok",
    records: listed(
      ({ id, seconds, likes, comments, plays }) => ({
        video_id: id,
        video_timestamp: new Date(Number(seconds) * 1000).toISOString().slice(0, 19),
        video_diggcount: likes,
        video_commentcount: comments,
        video_playcount: plays,
      }),
      {
        author_username: "ada",
        author_name: "Ada 🖤",
        author_followercount: "1755",
        author_followingcount: "1443",
        author_heartcount: "158600",
        author_videocount: "20",
        author_diggcount: "7",
      },
    ),
    expected: [{ ...posts, ...rates, ...counts, nickname: "Ada 🖤" }],
    unmapped: ["video_playcount", "author_diggcount"],
  },
  {
    name: "yt-dlp",
    provider: "yt-dlp",
    records: listed(
      ({ id, seconds, likes, comments, plays }) => ({
        id,
        timestamp: seconds,
        like_count: likes,
        comment_count: comments,
        view_count: plays,
        webpage_url: address("ada", id),
      }),
      { uploader: "ada", uploader_id: ADA, channel: "Ada 🖤", extractor: "TikTok", extractor_key: "TikTok" },
    ),
    expected: [{ ...posts, ...numbered, nickname: "Ada 🖤" }],
    unmapped: ["view_count", "extractor", "extractor_key"],
  },
  {
    name: "Apify, unwound",
    provider: "Apify clockworks, unwound",
    records: listed(
      ({ id, seconds, likes, comments, plays }) => ({
        createTime: seconds,
        webVideoUrl: address("ada", id),
        diggCount: likes,
        commentCount: comments,
        playCount: plays,
      }),
      { id: ADA, name: "ada", fans: "1755", following: "1443", heart: "158600", video: "20", digg: "7" },
    ),
    expected: [{ ...posts, ...numbered, ...rates, ...counts }],
    unmapped: ["playCount", "digg"],
  },
  {
    name: "a list of videos",
    provider: "list of videos",
    records: listed(
      ({ id, likes, comments, plays }) => ({
        PostURL: address("ada", id),
        Views: plays,
        Likes: likes,
        "Comment Count": comments,
        Music: "m",
      }),
      { Account: "@ada", "Account Followers": "1755", "Account Heart Count": "158600" },
    ),
    expected: [{ ...posts, ...rates, likes: 158600n }],
    unmapped: ["Views", "Music"],
  },
];
