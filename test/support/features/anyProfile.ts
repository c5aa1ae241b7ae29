import fc from "fast-check";

const WORDS = [
  "vlogger",
  "influencer",
  "blogger",
  "creator",
  "model",
  "traveller",
  "MODEL",
  "Creator",
  "IG",
  "DM me",
];

/** Scripts, marks, emoji of several characters, marks of direction, spaces that are none, line ends. */
const ODD = [
  "é",
  "e\u0301",
  "\u0345",
  "م",
  "مصور",
  "\u202e",
  "\u200d",
  "👩‍👩‍👧",
  "🥂",
  "❤️",
  "ß",
  "İ",
  "ı",
  "K",
  "ſ",
  "お仕事",
  "शिव",
  "\u00a0",
  "\u2028",
  "\r\n",
  "\ufeff",
  "\ufffd",
];

const number = fc.oneof(fc.double(), fc.double({ min: 0, max: 2 }), fc.constant(0));
const count = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  fc.bigInt({ min: 0n, max: 1000n }),
  fc.constantFrom(0n, 10n ** 15n, 2n ** 53n, 2n ** 53n + 1n),
);
const moment = fc
  .integer({ min: 1_400_000_000, max: 1_800_000_000 })
  .map((seconds) => new Date(seconds * 1000));
/** Posts close to each other and to the snapshots, with repeats, fractions of seconds, and some that cannot be. */
const posts = fc.oneof(
  fc.array(moment, { maxLength: 60 }),
  fc
    .tuple(moment, fc.array(fc.integer({ min: -300_000_000, max: 300_000_000 }), { maxLength: 20 }))
    .map(([base, steps]) => steps.map((step) => new Date(base.getTime() + step))),
);
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(...WORDS, ...ODD),
      fc.constantFrom(" ", "\n", ".", "_", "@", "#", "7k"),
      fc.string(),
      fc.string({ unit: "grapheme", maxLength: 4 }),
    ),
  )
  .map((parts) => parts.join(""));

/** Any profile at all, as far as features look at it. */
export const anyProfile = fc.record({
  biography: fc.option(text),
  bio_link: fc.option(text),
  is_verified: fc.option(fc.boolean()),
  followers: fc.option(count),
  following: fc.option(count),
  likes: fc.option(count),
  videos_count: fc.option(count),
  like_engagement_rate: fc.option(number),
  comment_engagement_rate: fc.option(number),
  awg_engagement_rate: fc.option(number),
  posted_at: fc.option(posts),
  created_at: fc.option(moment),
  observed_at: fc.option(moment),
});
