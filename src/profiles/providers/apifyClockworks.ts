import type { Provider } from "./provider.ts";

/** The TikTok scrapers of clockworks on Apify: a record a video. */
export const APIFY_CLOCKWORKS: Provider = {
  name: "Apify clockworks",
  about:
    "The TikTok scrapers of clockworks on Apify: a record a *video*, with its author's profile in `authorMeta`. CSV exports " +
    "write `authorMeta/id` for `authorMeta.id`; both are read. All records of an author become one profile.",
  requires: [
    ["authorMeta.id", "authorMeta.name"],
    ["authorMeta.fans", "createTimeISO", "diggCount"],
  ],
  wrappers: [],
  columns: {
    id: ["authorMeta.id"],
    account_id: ["authorMeta.name"],
    nickname: ["authorMeta.nickName"],
    biography: ["authorMeta.signature"],
    bio_link: ["authorMeta.bioLink", "authorMeta.bioLink.link"],
    is_verified: ["authorMeta.verified"],
    is_private: ["authorMeta.privateAccount"],
    followers: ["authorMeta.fans"],
    following: ["authorMeta.following"],
    likes: ["authorMeta.heart"],
    videos_count: ["authorMeta.video"],
    region: ["authorMeta.region"],
    created_at: ["authorMeta.createTime"],
    observed_at: ["scrapedAt"],
    posted_at: ["createTimeISO", "createTime"],
    url: ["authorMeta.profileUrl"],
  },
  avatar: ["authorMeta.avatar", "authorMeta.originalAvatarUrl"],
  video: { id: ["id", "webVideoUrl"], likes: ["diggCount"], comments: ["commentCount"] },
  unused: ["authorMeta.digg", "playCount", "shareCount", "collectCount", "text"],
};
