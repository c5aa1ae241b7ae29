import type { Provider } from "./provider.ts";

/** Bright Data's TikTok profiles: 18 columns in the samples it gives away, 36 in what it sells. */
export const BRIGHT_DATA: Provider = {
  name: "Bright Data",
  about:
    "TikTok profiles, a record an account; 18 columns in the free samples, 36 in the data sold. " +
    "Missing values are the text `null`. `top_videos` is a comma list of addresses or a JSON array.",
  requires: [
    ["account_id"],
    ["followers"],
    ["awg_engagement_rate", "like_engagement_rate", "top_videos", "profile_pic_url"],
  ],
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
