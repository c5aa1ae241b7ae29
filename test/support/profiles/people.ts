/** 2020-03-03T15:12:56Z. */
export const ADA = "6800000000000000000";
/** Of the older kind: it carries no date. */
export const BO = "161000";
export const VIDEOS = {
  newer: "7200000000000000000", // 2023-02-14T13:17:14Z
  older: "7000000000000000000", // 2021-08-24T14:15:05Z
  undated: "52793262394052608",
};
export const NEWER = "2023-02-14 13:17:14";
export const OLDER = "2021-08-24 14:15:05";
export const ADA_MADE = "2020-03-03 15:12:56";
export const address = (handle: string, id: string) => `https://www.tiktok.com/@${handle}/video/${id}`;
/** The page was made on 2023-08-01 at 17 hours. */
export const AVATAR = "https://p16.example/ada.jpeg?x-expires=1691082000&x-signature=a%2Bb";
export const SEEN = "2023-08-01 17:00:00";

export const ADA_COUNTS = { followers: 1755n, following: 1443n, likes: 158600n, videos_count: 20n };
export const BO_COUNTS = { followers: 468700n, following: 278n, likes: 5100000n, videos_count: 377n };
export const BIOGRAPHY = 'She said "hi",\nthen 👋🏽';
