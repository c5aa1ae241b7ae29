import type { OpenAPIHono } from "@hono/zod-openapi";
import {
  CANONICAL_COLUMNS,
  CANONICAL_NAMES,
  type CanonicalName,
  type CanonicalType,
} from "../profiles/canonical.ts";
import { LARGEST_RATE } from "../profiles/values.ts";
import { falseWords, missingWords, trueWords } from "../profiles/words.ts";
import { LONGEST_ID, LONGEST_TEXT, MOST_POSTS } from "./profile.ts";

/** How the description of the API names a profile in a request. */
export const PROFILE_REF = { $ref: "#/components/schemas/Profile" } as const;

const MOMENT = [
  { type: "string", format: "date-time" },
  { type: "string", format: "date" },
  { type: "integer", minimum: 0, maximum: 999_999_999_999_999, description: "Unix seconds, or milliseconds" },
];

/** What may be written for a value of each type, beside null. Numbers and flags may be texts, as in files. */
const FORMS: Readonly<Record<CanonicalType, readonly object[]>> = {
  VARCHAR: [{ type: "string", maxLength: LONGEST_TEXT }],
  BOOLEAN: [{ type: "boolean" }, { enum: [0, 1, ...trueWords().words, ...falseWords().words] }],
  BIGINT: [
    { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    { type: "string", pattern: "^[0-9]{1,15}$" },
  ],
  DOUBLE: [
    { type: "number", minimum: 0, maximum: LARGEST_RATE },
    { type: "string", pattern: "^[0-9]{1,6}([.][0-9]{1,15})?$" },
  ],
  TIMESTAMP: MOMENT,
  "TIMESTAMP[]": [{ type: "array", maxItems: MOST_POSTS, items: { anyOf: MOMENT } }],
};

const ID = [
  { type: "string", pattern: "^0*[1-9][0-9]*$", maxLength: LONGEST_ID },
  { type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
];

const EXAMPLE: Readonly<Partial<Record<CanonicalName, unknown>>> = {
  id: "6812345678901234567",
  account_id: "some.handle",
  biography: "Recipes for busy people 📧 hello@example.com",
  bio_link: "https://linktr.ee/example",
  is_verified: false,
  followers: 12_400,
  following: 310,
  likes: 240_000,
  videos_count: 312,
  awg_engagement_rate: 0.03,
  predicted_lang: "en",
  region: "US",
  observed_at: "2024-01-31T12:00:00Z",
  posted_at: ["2024-01-30T18:00:00Z", "2024-01-27T12:30:00Z"],
};

/**
 * Describes a profile in a request, by its canonical names: each field in the forms that are read, or null. One of `id` and `account_id`
 * must be there.
 */
export function describeProfile(app: OpenAPIHono): void {
  const field = (name: CanonicalName) => {
    const { type, about } = CANONICAL_COLUMNS[name];
    const forms = name === "id" ? ID : FORMS[type];
    return { description: about, anyOf: [...forms, { enum: [...missingWords().words] }, { type: "null" }] };
  };
  const known = (name: CanonicalName) => ({
    required: [name],
    properties: { [name]: { anyOf: [...(name === "id" ? ID : [{ type: "string", minLength: 1 }])] } },
  });
  app.openAPIRegistry.registerComponent("schemas", "Profile", {
    type: "object",
    description:
      "A profile by its canonical names. All but `id` or `account_id` may be missing or null: unknown. The names of a known provider are read too.",
    properties: Object.fromEntries(CANONICAL_NAMES.map((name) => [name, field(name)])),
    anyOf: [known("id"), known("account_id")],
    example: EXAMPLE,
  } as never);
}
