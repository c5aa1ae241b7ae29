import { z } from "zod";
import { InsightsError } from "../base/error.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import { believablePosts } from "../profiles/believablePosts.ts";
import { isCanonical } from "../profiles/canonical.ts";
import { EARLIEST_SECONDS, idTime, SLACK_HOURS } from "../profiles/dates.ts";
import { takeOutImpossible } from "../profiles/impossibleCounts.ts";
import { mapColumns } from "../profiles/mapping.ts";
import {
  ACCOUNT_ID_PATTERN,
  accountIdOf,
  countOf,
  flagOf,
  LARGEST_RATE,
  momentOf,
  presentOf,
  rateOf,
} from "../profiles/values.ts";
import { missingCodes, missingWords } from "../profiles/words.ts";
import { type Fault, faultsOf } from "./problem.ts";

/** Longest text of a field, in characters: code points, as JSON Schema counts. */
export const LONGEST_TEXT = 10_000;
/** Most posts of a profile that are looked at. */
export const MOST_POSTS = 10_000;

/** What a text stands for, as in files; null where the value is missing, and the text itself where it is no such value. */
const reading = (read: (text: string) => unknown) => (value: unknown) => {
  if (typeof value !== "string") return value;
  const there = presentOf(value);
  return there === null ? null : (read(there) ?? value);
};

// The spaces of free text are kept, as in files: of spaces alone it is not missing.
const textUnless = (isMissing: (text: string) => boolean) =>
  z.preprocess(
    (value) => (typeof value === "string" && isMissing(value) ? null : value),
    z.string().max(LONGEST_TEXT).nullish(),
  );
const text = textUnless((value) => missingWords().has(value));

const count = z.preprocess(
  reading(countOf),
  z.int("expected a whole number").min(0).max(Number.MAX_SAFE_INTEGER).nullish(),
);

const rate = z.preprocess(reading(rateOf), z.number().min(0).max(LARGEST_RATE).nullish());

const asFlag = reading(flagOf);
const flag = z.preprocess(
  (value) => asFlag(typeof value === "number" ? String(value) : value),
  z.boolean().nullish(),
);

/** An id that came as a small number. A larger one has lost its last digits. */
const asId = (value: unknown) =>
  typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? String(value) : value;

export const LONGEST_ID = 40;

const asIdText = reading(accountIdOf);
const id = z.preprocess(
  (value) => asIdText(asId(value)),
  z
    .string("expected an id as text: a number loses its last digits")
    .regex(ACCOUNT_ID_PATTERN, "expected digits")
    .max(LONGEST_ID)
    .nullish(),
);

/** A moment: ISO 8601, or Unix seconds. */
const asMomentText = reading(momentOf);
const asMoment = (value: unknown) => asMomentText(typeof value === "number" ? String(value) : value);

const date = z.date("expected a date, like 2024-01-31T12:00:00Z or Unix seconds");
const moment = z.preprocess(asMoment, date.nullish());

/**
 * A profile in a request, by its canonical names. All but `id` or `account_id` may be missing or null: unknown. Other fields are
 * left alone.
 */
const profileSchema = z.object({
  id,
  account_id: text,
  nickname: text,
  biography: text,
  bio_link: text,
  is_verified: flag,
  is_private: flag,
  followers: count,
  following: count,
  likes: count,
  videos_count: count,
  like_engagement_rate: rate,
  comment_engagement_rate: rate,
  awg_engagement_rate: rate,
  predicted_lang: text,
  region: textUnless((code) => missingCodes().has(code)),
  created_at: moment,
  observed_at: moment,
  posted_at: z.array(z.preprocess(asMoment, date)).max(MOST_POSTS).nullish(),
  url: text,
});

/** A profile that was read, or what is wrong with it. */
export type ReadProfile =
  | { readonly profile: Partial<CanonicalProfile>; readonly faults?: undefined }
  | { readonly faults: readonly Fault[]; readonly profile?: undefined };

/** For each canonical field, the fields of a record that may hold it. */
type Mapping = ReadonlyMap<string, readonly string[]> | InsightsError;

/** Mappings that are remembered: the records of one sender have the same fields. */
const MOST_MAPPINGS = 64;
/** A record with more fields than this is no profile. */
const MOST_FIELDS = 500;

/**
 * Makes a reader of profiles in requests: JSON objects with canonical names, or with those of a known provider (`follower_count`,
 * `signature`). It remembers how records with the same fields are mapped.
 */
export function createProfileReader(): (record: unknown, index?: number) => ReadProfile {
  const mappings = new Map<string, Mapping>();

  function mappingOf(names: readonly string[]): Mapping {
    const key = names.join("\n");
    const known = mappings.get(key);
    if (known !== undefined) return known;
    const mapping = newMapping(names);
    if (mappings.size >= MOST_MAPPINGS) mappings.clear();
    mappings.set(key, mapping);
    return mapping;
  }

  return (record, index) => {
    const fault = (message: string, path = ""): ReadProfile => ({
      faults: [{ ...(index === undefined ? {} : { index }), path, message }],
    });
    if (record === null || typeof record !== "object" || Array.isArray(record)) {
      return fault("expected an object with the fields of a profile");
    }
    const names = Object.keys(record);
    if (names.length > MOST_FIELDS) return fault(`expected at most ${MOST_FIELDS} fields`);
    let fields = record as Readonly<Record<string, unknown>>;
    if (!names.every(isCanonical)) {
      const mapping = mappingOf(names);
      if (mapping instanceof InsightsError) return fault(mapping.message);
      fields = renamed(fields, mapping);
    }
    const { data: profile, error } = profileSchema.safeParse(fields);
    if (error !== undefined) return { faults: faultsOf(error, index) };
    if ((profile.id ?? profile.account_id ?? null) === null) {
      return fault("expected an id or an account_id", "id");
    }
    takeOutImpossible(profile);
    profile.created_at = createdAt(profile);
    if (profile.posted_at)
      profile.posted_at = believablePosts(profile.posted_at, profile.observed_at ?? null);
    return { profile: profile as Partial<CanonicalProfile> };
  };
}

function newMapping(names: readonly string[]): Mapping {
  try {
    const { columns } = mapColumns(names, "the request");
    return new Map(Object.entries(columns));
  } catch (error) {
    if (error instanceof InsightsError) return error;
    throw error;
  }
}

/** The first field that has a value gives the canonical one. */
function renamed(
  record: Readonly<Record<string, unknown>>,
  mapping: ReadonlyMap<string, readonly string[]>,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, sources] of mapping) {
    const source = sources.find((source) => (record[source] ?? "") !== "");
    // Providers list posts as addresses, which only the reader of files takes apart.
    if (source !== undefined && name !== "posted_at") fields[name] = record[source];
  }
  return fields;
}

/** The date of an account's birth as files are read: the field where it can be, else the date inside the id where it holds one. */
function createdAt({ created_at, observed_at, id }: z.infer<typeof profileSchema>): Date | null {
  const latest = observed_at ? new Date(observed_at.getTime() + SLACK_HOURS * 3_600_000) : undefined;
  if (created_at && created_at.getTime() >= EARLIEST_SECONDS * 1000 && !(latest && created_at > latest))
    return created_at;
  return id ? idTime(id, latest) : null;
}
