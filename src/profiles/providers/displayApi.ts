import type { Provider } from "./provider.ts";

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
