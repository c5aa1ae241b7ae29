import { CANONICAL_NAMES, type CanonicalName } from "../canonical.ts";
import { BRIGHT_DATA } from "./brightData.ts";
import { DISPLAY_API } from "./displayApi.ts";
import type { Provider, SourceColumns } from "./provider.ts";
import { RESEARCH_API } from "./researchApi.ts";
import { WEB_USER_INFO } from "./webUserInfo.ts";

/** Names that files made by hand give the canonical columns. */
const OTHER_NAMES: Partial<Record<CanonicalName, SourceColumns>> = {
  id: ["user_id"],
  account_id: ["uniqueId", "unique_id", "handle"],
  biography: ["bio"],
  bio_link: ["bioLink"],
  is_verified: ["verified"],
  is_private: ["privateAccount"],
  followers: ["fans", "followerCount", "followers_count"],
  following: ["followingCount"],
  likes: ["heart", "heartCount"],
  videos_count: ["video", "videoCount"],
  predicted_lang: ["language"],
  created_at: ["createTime"],
};

/** The columns of every provider with a record an account, under the canonical names and others in use. */
export const COLUMN_NAMES: Provider = {
  name: "column names",
  about:
    "Any other file whose columns bear names known from above, the canonical names first of all. Taken only when no provider's " +
    "layout is found.",
  requires: [],
  wrappers: WEB_USER_INFO.wrappers,
  columns: Object.fromEntries(
    CANONICAL_NAMES.map((name) => {
      const providers = [BRIGHT_DATA, RESEARCH_API, DISPLAY_API, WEB_USER_INFO];
      const theirs = providers.flatMap((provider) => provider.columns[name] ?? []);
      return [name, [...new Set([name, ...theirs, ...(OTHER_NAMES[name] ?? [])])]];
    }),
  ),
  avatar: [...BRIGHT_DATA.avatar, ...WEB_USER_INFO.avatar],
  unused: [],
};
