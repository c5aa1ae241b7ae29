import { APIFY_EXPECTED, apifyRecords } from "./apifyRecords.ts";
import {
  ADA,
  ADA_COUNTS,
  ADA_MADE,
  AVATAR,
  address,
  BIOGRAPHY,
  BO,
  BO_COUNTS,
  NEWER,
  OLDER,
  SEEN,
  VIDEOS,
} from "./people.ts";
import { VIDEO_LAYOUTS } from "./videoLayouts.ts";

/** A file of invented people in one provider's layout, and what has to come out of it. */
export interface Layout {
  readonly name: string;
  readonly provider: string;
  /** Column -> text, as in a CSV file; dots stand for nesting in JSON. */
  readonly records: readonly Readonly<Record<string, string>>[];
  /** Of each profile, the canonical columns that have a value; all others have to be NULL. */
  readonly expected: readonly Readonly<Record<string, unknown>>[];
  /** Columns left unread. */
  readonly unmapped: readonly string[];
}

const brightData = [
  {
    timestamp: "2023-08-01",
    account_id: "ada",
    nickname: "Ada 🖤",
    biography: BIOGRAPHY,
    awg_engagement_rate: "0.05",
    comment_engagement_rate: "0.004",
    like_engagement_rate: "0.046",
    bio_link: "null",
    is_verified: "false",
    followers: "1755",
    following: "1443",
    likes: "158600",
    videos_count: "20",
    create_time: "null",
    id: ADA,
    top_videos: [VIDEOS.older, VIDEOS.newer].map((id) => address("ada", id)).join(","),
    url: "https://www.tiktok.com/@ada",
    profile_pic_url: AVATAR,
  },
  {
    timestamp: "2023-08-02",
    account_id: "bo",
    nickname: "null",
    biography: "null",
    awg_engagement_rate: "63.4",
    comment_engagement_rate: "0.4",
    like_engagement_rate: "63",
    bio_link: "bo.example",
    is_verified: "true",
    followers: "468700",
    following: "278",
    likes: "5100000",
    videos_count: "377",
    create_time: "null",
    id: BO,
    top_videos: address("bo", VIDEOS.undated),
    url: "https://www.tiktok.com/@bo",
    profile_pic_url: "null",
  },
];

const brightDataExpected = [
  {
    id: ADA,
    account_id: "ada",
    nickname: "Ada 🖤",
    biography: BIOGRAPHY,
    is_verified: false,
    ...ADA_COUNTS,
    like_engagement_rate: 0.046,
    comment_engagement_rate: 0.004,
    awg_engagement_rate: 0.05,
    created_at: ADA_MADE,
    observed_at: SEEN,
    posted_at: [NEWER, OLDER],
    url: "https://www.tiktok.com/@ada",
  },
  {
    id: BO,
    account_id: "bo",
    bio_link: "bo.example",
    is_verified: true,
    ...BO_COUNTS,
    like_engagement_rate: 63,
    comment_engagement_rate: 0.4,
    awg_engagement_rate: 63.4,
    observed_at: "2023-08-02 00:00:00",
    url: "https://www.tiktok.com/@bo",
  },
];

const MORE_OF_36 = {
  like_count: "1",
  digg_count: "2",
  profile_pic_url_hd: AVATAR,
  secu_id: "s",
  short_id: "0",
  ftc: "false",
  relation: "0",
  open_favorite: "false",
  comment_setting: "0",
  duet_setting: "0",
  stitch_setting: "0",
  is_ad_virtual: "false",
  room_id: "",
  is_under_age_18: "false",
  discovery_input: "{}",
};
const { timestamp: _day, ...WITHOUT_DAY } = brightData[0];
const { account_id: _handle, ...adaWithoutHandle } = brightDataExpected[0];

const api = {
  display_name: "Ada 🖤",
  bio_description: BIOGRAPHY,
  avatar_url: AVATAR,
  is_verified: "false",
  follower_count: "1755",
  following_count: "1443",
  likes_count: "158600",
  video_count: "20",
};
const apiExpected = {
  account_id: "ada",
  nickname: "Ada 🖤",
  biography: BIOGRAPHY,
  is_verified: false,
  ...ADA_COUNTS,
};

const wrapped = (wrapper: string, record: Record<string, string>) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [`${wrapper}${name}`, value]));

const web = {
  "user.id": ADA,
  "user.uniqueId": "ada",
  "user.nickname": "Ada 🖤",
  "user.signature": BIOGRAPHY,
  "user.verified": "false",
  "user.privateAccount": "false",
  "user.createTime": "1583000000",
  "user.bioLink.link": "ada.example",
  "user.avatarLarger": AVATAR,
  "user.secUid": "x",
  "stats.followerCount": "1800",
  "stats.followingCount": "1443",
  "stats.heartCount": "159000",
  "stats.videoCount": "20",
};
const webExact = {
  "statsV2.followerCount": "1755",
  "statsV2.followingCount": "1443",
  "statsV2.heartCount": "158600",
  "statsV2.videoCount": "20",
};
const webExpected = {
  id: ADA,
  account_id: "ada",
  nickname: "Ada 🖤",
  biography: BIOGRAPHY,
  bio_link: "ada.example",
  is_verified: false,
  is_private: false,
  ...ADA_COUNTS,
  created_at: "2020-02-29 18:13:20",
  observed_at: SEEN,
};

/** One file in every layout. */
export const LAYOUTS: readonly Layout[] = [
  {
    name: "Bright Data, 18 columns",
    provider: "Bright Data",
    records: brightData,
    expected: brightDataExpected,
    unmapped: [],
  },
  {
    name: "Bright Data, 36 columns",
    provider: "Bright Data",
    records: [
      {
        ...WITHOUT_DAY,
        ...MORE_OF_36,
        biography: "null",
        signature: BIOGRAPHY,
        is_private: "true",
        region: "PL",
        predicted_lang: "pl",
        create_time: "2020-03-01T10:00:00.000Z",
        top_videos: JSON.stringify([address("ada", VIDEOS.newer), address("ada", VIDEOS.older)]),
      },
    ],
    expected: [
      {
        ...adaWithoutHandle,
        account_id: "ada",
        is_private: true,
        region: "PL",
        predicted_lang: "pl",
        created_at: "2020-03-01 10:00:00",
      },
    ],
    unmapped: Object.keys(MORE_OF_36).filter((name) => name !== "profile_pic_url_hd"),
  },
  {
    name: "Apify, dotted",
    provider: "Apify clockworks",
    records: apifyRecords("."),
    expected: APIFY_EXPECTED,
    unmapped: ["playCount", "authorMeta.digg"],
  },
  {
    name: "Apify, slashes",
    provider: "Apify clockworks",
    records: apifyRecords("/"),
    expected: APIFY_EXPECTED,
    unmapped: ["playCount", "authorMeta/digg"],
  },
  ...VIDEO_LAYOUTS,
  {
    name: "Research API",
    provider: "TikTok Research API",
    records: [{ username: "ada", ...api, bio_url: "ada.example" }],
    expected: [{ ...apiExpected, bio_link: "ada.example" }],
    unmapped: ["avatar_url"],
  },
  {
    name: "Research API, as sent",
    provider: "TikTok Research API",
    records: [{ username: "ada", ...wrapped("data.", api) }],
    expected: [apiExpected],
    unmapped: ["data.avatar_url"],
  },
  {
    name: "Display API",
    provider: "TikTok Display API",
    records: [
      { open_id: "723f24d7", username: "ada", ...api },
      { open_id: "9a1", username: "", ...api },
    ],
    expected: [apiExpected, { ...apiExpected, account_id: "9a1" }],
    unmapped: ["avatar_url"],
  },
  {
    name: "Display API, as sent",
    provider: "TikTok Display API",
    records: [wrapped("data.user.", { open_id: "723f24d7", username: "ada", ...api })],
    expected: [apiExpected],
    unmapped: ["data.user.avatar_url"],
  },
  {
    name: "web userInfo, rounded",
    provider: "TikTok web userInfo",
    records: [web],
    expected: [{ ...webExpected, followers: 1800n, likes: 159000n }],
    unmapped: ["user.secUid"],
  },
  {
    name: "web userInfo, exact and wrapped",
    provider: "TikTok web userInfo",
    records: [wrapped("userInfo.", { ...web, ...webExact })],
    expected: [webExpected],
    unmapped: ["userInfo.user.secUid"],
  },
  {
    name: "canonical names",
    provider: "column names",
    records: [
      {
        id: ADA,
        followers: "1755",
        following: "1443",
        likes: "158600",
        videos_count: "20",
        is_verified: "no",
        observed_at: SEEN,
        posted_at: `[${OLDER}, ${NEWER}]`,
        note: "x",
      },
    ],
    expected: [
      {
        id: ADA,
        ...ADA_COUNTS,
        is_verified: false,
        created_at: ADA_MADE,
        observed_at: SEEN,
        posted_at: [NEWER, OLDER],
      },
    ],
    unmapped: ["note"],
  },
];
