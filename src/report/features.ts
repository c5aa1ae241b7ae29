import { CANONICAL_COLUMNS, isCanonical } from "../profiles/canonical.ts";
import { spaced } from "./words.ts";

const MEANINGS: Readonly<Record<string, string>> = {
  biography_keyword: "whether the biography has one of a few English words, like “creator” or “model”",
  likes_followers_pc1: "likes and followers together: how large the account is",
  likes_followers_pc2: "likes against followers: what size alone does not tell",
  bio_link_missing: "whether there is no link under the biography",
  likes_per_video: "likes of all videos by their number",
};

/** What a feature of the network is, in plain words. */
export function featureMeaning(feature: string): string {
  const known = MEANINGS[feature];
  if (known !== undefined) return known;
  return isCanonical(feature) ? CANONICAL_COLUMNS[feature].about : spaced(feature);
}
