import { z } from "@hono/zod-openapi";

/** Longest text of a field, in characters. */
const LONGEST_TEXT = 10_000;
/** Most posts of a profile that are looked at. */
const MOST_POSTS = 10_000;

/** Where nothing stands: empty, or the word null, as providers write it. */
const present = (value: unknown) => (value === "" || value === "null" || value === "NULL" ? null : value);

const text = z.preprocess(present, z.string().max(LONGEST_TEXT).nullish());

const count = z.preprocess((value) => {
  const there = present(value);
  return typeof there === "string" && /^\d{1,15}(?:\.0*)?$/.test(there) ? Number(there) : there;
}, z.int("expected a whole number").min(0).max(Number.MAX_SAFE_INTEGER).nullish());

const rate = z.preprocess((value) => {
  const there = present(value);
  return typeof there === "string" && /^[\d.eE+-]+$/.test(there) ? Number(there) : there;
}, z.number().min(0).nullish());

const FLAGS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  "1": true,
  false: false,
  no: false,
  "0": false,
};

const flag = z.preprocess((value) => {
  const there = present(value);
  if (typeof there === "string" || typeof there === "number")
    return FLAGS[String(there).toLowerCase()] ?? there;
  return there;
}, z.boolean().nullish());

/** A number as text: as JSON's number it would have lost its last digits. */
const id = z.preprocess(
  (value) => {
    const there = present(value);
    return typeof there === "number" && Number.isSafeInteger(there) && there > 0 ? String(there) : there;
  },
  z
    .string("expected an id as text: a number loses its last digits")
    .regex(/^0*[1-9]\d*$/, "expected digits")
    .max(40)
    .nullish(),
);

/** A moment: ISO 8601, or Unix seconds. */
const moment = z.preprocess((value) => {
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
}, z.date("expected a date, like 2024-01-31T12:00:00Z or Unix seconds").nullish());

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
      .array(moment)
      .max(MOST_POSTS)
      .nullish()
      .openapi({ type: "array", items: { type: "string", format: "date-time" } }),
    url: text.openapi({ type: "string" }),
  })
  .openapi("Profile");
