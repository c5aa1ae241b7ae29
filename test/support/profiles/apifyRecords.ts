import { ADA, ADA_COUNTS, ADA_MADE, AVATAR, BIOGRAPHY, BO, NEWER, OLDER, SEEN, VIDEOS } from "./people.ts";

const author = (prefix: string, fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`authorMeta${prefix}${name}`, value]));
const adaOnApify = {
  id: ADA,
  name: "ada",
  nickName: "Ada 🖤",
  verified: "false",
  signature: BIOGRAPHY,
  bioLink: "",
  privateAccount: "true",
  following: "1443",
  fans: "1755",
  heart: "158600",
  video: "20",
  digg: "7",
  avatar: AVATAR,
};
const boOnApify = {
  ...adaOnApify,
  id: BO,
  name: "bo",
  nickName: "",
  fans: "1000",
  avatar: "",
  bioLink: "bo.example",
};

const video = (id: string, made: string, likes: string, comments: string) => ({
  id,
  createTimeISO: made,
  diggCount: likes,
  commentCount: comments,
  playCount: "9",
});

/** Records of videos of Ada and Bo; one has 75.5 likes and is rejected. */
export const apifyRecords = (separator: string) => [
  // An older reading of Ada, when she had fewer followers; her avatar tells that it came a day earlier.
  {
    ...video(VIDEOS.older, "2021-08-24T14:15:05.000Z", "100", "10"),
    ...author(separator, { ...adaOnApify, fans: "5", avatar: AVATAR.replace("1691082000", "1690995600") }),
  },
  { ...video("1", "", "", ""), ...author(separator, boOnApify) },
  { ...video(VIDEOS.newer, "2023-02-14T13:17:14.000Z", "75.5", "1"), ...author(separator, adaOnApify) },
  { ...video(VIDEOS.newer, "2023-02-14T13:17:14.000Z", "251", "60"), ...author(separator, adaOnApify) },
];
/** What has to come out of {@link apifyRecords}. */
export const APIFY_EXPECTED = [
  {
    id: ADA,
    account_id: "ada",
    nickname: "Ada 🖤",
    biography: BIOGRAPHY,
    is_verified: false,
    is_private: true,
    ...ADA_COUNTS,
    like_engagement_rate: (100 + 251) / 2 / 1755,
    comment_engagement_rate: 35 / 1755,
    awg_engagement_rate: (351 / 2 + 35) / 1755,
    created_at: ADA_MADE,
    observed_at: SEEN,
    posted_at: [NEWER, OLDER],
  },
  {
    id: BO,
    account_id: "bo",
    biography: BIOGRAPHY,
    bio_link: "bo.example",
    is_verified: false,
    is_private: true,
    ...ADA_COUNTS,
    followers: 1000n,
  },
];
