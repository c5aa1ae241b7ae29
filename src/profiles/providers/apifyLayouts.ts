import type { Provider } from "./layouts.ts";

/** The TikTok scrapers of clockworks on Apify: a record a video. */
export const APIFY_CLOCKWORKS: Provider = {
  name: "Apify clockworks",
  about:
    "The TikTok scrapers of clockworks on Apify: a record a *video*, with its author's profile in `authorMeta`. Exports " +
    "write `authorMeta/id` or `authorMeta_id` for `authorMeta.id`, or keep `authorMeta` whole in a cell; all are read. All " +
    "records of an author become one profile.",
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
  video: {
    id: ["id", "webVideoUrl"],
    likes: ["diggCount"],
    comments: ["commentCount"],
    pinned: ["isPinned"],
  },
  unused: ["authorMeta.digg", "playCount", "shareCount", "collectCount", "text"],
};

/** The same with `unwind=authorMeta`, which moves the author's fields up beside the video's and over those of the same name. */
export const APIFY_UNWOUND: Provider = {
  name: "Apify clockworks, unwound",
  about:
    "The same as exported with `unwind=authorMeta`: the author's `name`, `fans` and `heart` stand beside what is said of the video, " +
    "and the author's `id` in place of the video's, whose number is then in its address. `createTime` is the video's.",
  requires: [["name"], ["fans"], ["webVideoUrl", "diggCount", "videoMeta.duration"]],
  wrappers: [],
  columns: {
    id: ["id"],
    account_id: ["name"],
    nickname: ["nickName"],
    biography: ["signature"],
    bio_link: ["bioLink", "bioLink.link"],
    is_verified: ["verified"],
    is_private: ["privateAccount"],
    followers: ["fans"],
    following: ["following"],
    likes: ["heart"],
    videos_count: ["video"],
    region: ["region"],
    observed_at: ["scrapedAt"],
    posted_at: ["createTimeISO", "createTime"],
    url: ["profileUrl"],
  },
  avatar: ["avatar", "originalAvatarUrl"],
  video: {
    id: ["webVideoUrl"],
    likes: ["diggCount"],
    comments: ["commentCount"],
    pinned: ["isPinned"],
  },
  unused: ["digg", "playCount", "shareCount", "collectCount", "text", "videoMeta.duration"],
};
