import type { Provider } from "./provider.ts";

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
