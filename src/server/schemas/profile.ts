import { z } from "@hono/zod-openapi";
import type { CanonicalName } from "../../profiles/canonical.ts";

/** Longest text of a field, in characters: code points, as JSON Schema counts. */
const LONGEST_TEXT = 10_000;
/** Most posts of a profile that are looked at. */
const MOST_POSTS = 10_000;

/** Where nothing stands: empty, or the word null, as providers write it. */
const present = (value: unknown) => (value === "" || value === "null" || value === "NULL" ? null : value);

const text = z.preprocess(present, z.string().max(LONGEST_TEXT).nullish());

const asCount = (value: unknown) => {
  const there = present(value);
  return typeof there === "string" && /^\d{1,15}(?:\.0*)?$/.test(there) ? Number(there) : there;
};

const count = z.preprocess(
  asCount,
  z.int("expected a whole number").min(0).max(Number.MAX_SAFE_INTEGER).nullish(),
);

const asRate = (value: unknown) => {
  const there = present(value);
  return typeof there === "string" && /^[\d.eE+-]+$/.test(there) ? Number(there) : there;
};

const rate = z.preprocess(asRate, z.number().min(0).nullish());

const FLAGS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  "1": true,
  false: false,
  no: false,
  "0": false,
};

const asFlag = (value: unknown) => {
  const there = present(value);
  if (typeof there !== "string" && typeof there !== "number") return there;
  const word = String(there).toLowerCase();
  return Object.hasOwn(FLAGS, word) ? FLAGS[word] : there;
};

const flag = z.preprocess(asFlag, z.boolean().nullish());

/** A number as text: as JSON's number it would have lost its last digits. */
const asId = (value: unknown) => {
  const there = present(value);
  return typeof there === "number" && Number.isSafeInteger(there) && there > 0 ? String(there) : there;
};

const DIGITS = /^0*[1-9]\d*$/;
const LONGEST_ID = 40;

const id = z.preprocess(
  asId,
  z
    .string("expected an id as text: a number loses its last digits")
    .regex(DIGITS, "expected digits")
    .max(LONGEST_ID)
    .nullish(),
);

/** A moment: ISO 8601, or Unix seconds. */
const asMoment = (value: unknown) => {
  const there = present(value);
  if (typeof there === "number") return new Date(there * 1000);
  if (typeof there !== "string") return there;
  // Without a time zone it is UTC, as in files.
  const zoned = /[zZ]|[+-]\d\d:?\d\d$/.test(there)
    ? there
    : /^\d{4}-\d\d-\d\d$/.test(there)
      ? `${there}T00:00:00Z`
      : `${there.replace(" ", "T")}Z`;
  return new Date(zoned);
};

const date = z.date("expected a date, like 2024-01-31T12:00:00Z or Unix seconds");
const moment = z.preprocess(asMoment, date.nullish());

/**
 * A profile in a request, by its canonical names. All but `id` or `account_id` may be missing or null: unknown. Other fields are
 * left alone.
 */
export const profileSchema = z
  .object({
    id: id.openapi({ type: "string", example: "6812345678901234567" }),
    account_id: text.openapi({ type: "string", example: "some.handle" }),
    nickname: text.openapi({ type: "string" }),
    biography: text.openapi({ type: "string", example: "Recipes for busy people 📧 hello@example.com" }),
    bio_link: text.openapi({ type: "string", example: "https://linktr.ee/example" }),
    is_verified: flag.openapi({ type: "boolean", example: false }),
    is_private: flag.openapi({ type: "boolean" }),
    followers: count.openapi({ type: "integer", minimum: 0, example: 12_400 }),
    following: count.openapi({ type: "integer", minimum: 0, example: 310 }),
    likes: count.openapi({ type: "integer", minimum: 0, example: 240_000 }),
    videos_count: count.openapi({ type: "integer", minimum: 0, example: 312 }),
    like_engagement_rate: rate.openapi({ type: "number", minimum: 0 }),
    comment_engagement_rate: rate.openapi({ type: "number", minimum: 0 }),
    awg_engagement_rate: rate.openapi({ type: "number", minimum: 0 }),
    predicted_lang: text.openapi({ type: "string", example: "en" }),
    region: text.openapi({ type: "string", example: "US" }),
    created_at: moment.openapi({ type: "string", format: "date-time" }),
    observed_at: moment.openapi({ type: "string", format: "date-time", example: "2024-01-31T12:00:00Z" }),
    posted_at: z
      .array(z.preprocess(asMoment, date))
      .max(MOST_POSTS)
      .nullish()
      .openapi({ type: "array", items: { type: "string", format: "date-time" } }),
    url: text.openapi({ type: "string" }),
  })
  .openapi("Profile");

/** What a value is read as, or undefined where it is not what its column holds. */
type ReadValue = (value: unknown) => unknown;

/** Reads a value, and checks it where it is there. */
function reader(read: (value: unknown) => unknown, right: (value: unknown) => boolean): ReadValue {
  return (value) => {
    const there = read(value);
    return there === null || right(there) ? there : undefined;
  };
}

const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const fits = (text: string) =>
  text.length <= LONGEST_TEXT || (text.length <= 2 * LONGEST_TEXT && [...text].length <= LONGEST_TEXT);
const readText = reader(present, (value) => typeof value === "string" && fits(value));
const readId = reader(
  asId,
  (value) => typeof value === "string" && value.length <= LONGEST_ID && DIGITS.test(value),
);
const readCount = reader(asCount, isCount);
const readRate = reader(asRate, (value) => Number.isFinite(value) && (value as number) >= 0);
const readFlag = reader(asFlag, (value) => typeof value === "boolean");
const readMoment = reader(asMoment, (value) => value instanceof Date && !Number.isNaN(value.getTime()));
const readMoments = (value: unknown) => {
  if (!Array.isArray(value) || value.length > MOST_POSTS) return value === null ? null : undefined;
  const moments = value.map(readMoment);
  return moments.every((moment) => moment instanceof Date) ? moments : undefined;
};

const READERS: ReadonlyMap<string, ReadValue> = new Map<CanonicalName, ReadValue>([
  ["id", readId],
  ["account_id", readText],
  ["nickname", readText],
  ["biography", readText],
  ["bio_link", readText],
  ["is_verified", readFlag],
  ["is_private", readFlag],
  ["followers", readCount],
  ["following", readCount],
  ["likes", readCount],
  ["videos_count", readCount],
  ["like_engagement_rate", readRate],
  ["comment_engagement_rate", readRate],
  ["awg_engagement_rate", readRate],
  ["predicted_lang", readText],
  ["region", readText],
  ["created_at", readMoment],
  ["observed_at", readMoment],
  ["posted_at", readMoments],
  ["url", readText],
]);

/**
 * What `profileSchema` gives, several times as fast, of a record with nothing wrong. Null where something is: the schema says
 * what.
 */
export function readPlainly(record: Readonly<Record<string, unknown>>): Record<string, unknown> | null {
  const profile: Record<string, unknown> = {};
  for (const name in record) {
    if (!Object.hasOwn(record, name)) continue;
    const read = READERS.get(name);
    const given = record[name];
    if (read === undefined) continue;
    if (given === undefined) {
      profile[name] = undefined;
      continue;
    }
    const value = read(given);
    if (value === undefined) return null;
    profile[name] = value;
  }
  return profile;
}
