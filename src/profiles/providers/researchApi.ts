import type { Provider } from "./provider.ts";

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
