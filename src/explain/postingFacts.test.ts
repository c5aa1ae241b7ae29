import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectedPosts, type PostingFacts, postingFacts } from "./postingFacts.ts";

const DAY = 86_400;
const NOW = Date.UTC(2024, 0, 31, 12) / 1000;
const ago = (...days: number[]) => days.map((day) => NOW - day * DAY);

describe("postingFacts", () => {
  it("tells how lately and how often, in whatever order and however often posts are listed", () => {
    const posts = ago(2, 5, 9, 30, 31, 60);
    const history = postingFacts(posts, NOW) as PostingFacts;
    expect(history).toMatchObject({
      posts: 6,
      days_since_last_post: 2,
      posts_last_30_days: 4,
      or_more: false,
    });
    expect(history.posts_per_week).toBeCloseTo((5 * 7) / 58, 12);
    expect(postingFacts([...posts, ...posts].reverse(), NOW)).toEqual(history);
  });

  it("counts no post of late where there is none", () => {
    expect(postingFacts(ago(31, 50), NOW)).toMatchObject({ posts: 2, posts_last_30_days: 0, or_more: false });
  });

  it("knows nothing of an account without a believable date", () => {
    expect(postingFacts([], NOW)).toBeNull();
    // 1970, and a week after the profile was read.
    expect(postingFacts([0, ...ago(-7)], NOW)).toBeNull();
    expect(postingFacts(ago(-1), NOW)).toMatchObject({ posts: 1, days_since_last_post: 0 });
    // Two days after it is the last that may be, as in files.
    expect(postingFacts(ago(-2), NOW)?.posts).toBe(1);
    expect(postingFacts(ago(-2.01), NOW)).toBeNull();
  });

  it("has no pace of one post, and none above its number a week of posts of one hour", () => {
    expect(postingFacts(ago(3), NOW)).toMatchObject({ posts: 1, posts_per_week: null, newest_gaps: 0 });
    expect(postingFacts(ago(3, 3.01, 3.02), NOW)?.posts_per_week).toBe(2);
    expect(postingFacts(ago(3, 3, 3), NOW)?.posts).toBe(1);
  });

  it("takes the pace of the newest ten", () => {
    const daily = Array.from({ length: 10 }, (_, i) => i);
    expect(postingFacts(ago(...daily), NOW)?.posts_per_week).toBeCloseTo(7, 12);
    expect(postingFacts(ago(...daily, 900), NOW)?.posts_per_week).toBeCloseTo(7, 12);
  });

  it("says that there may be more where all that is listed is of late", () => {
    const daily = (count: number) => ago(...Array.from({ length: count }, (_, i) => i));
    expect(postingFacts(daily(31), NOW)).toMatchObject({ posts_last_30_days: 31, or_more: true });
    expect(postingFacts(daily(32), NOW)).toMatchObject({ posts_last_30_days: 31, or_more: false });
    expect(postingFacts(daily(10), NOW)).toMatchObject({ posts_last_30_days: 10, or_more: true });
    expect(postingFacts(daily(9), NOW)).toMatchObject({ posts_last_30_days: 9, or_more: false });
  });

  it("finds a silence unusual that is longer than 19 of 20 gaps, from two weeks and five gaps on", () => {
    // Gaps of ten days, before them an oldest one.
    const tens = (silence: number, gaps: number, oldest: number) =>
      ago(...Array.from({ length: gaps + 1 }, (_, i) => silence + 10 * i), silence + 10 * gaps + oldest);
    const silent = (posts: number[]) => postingFacts(posts, NOW)?.unusually_silent;
    expect(silent(tens(20, 18, 0.5))).toBe(true);
    expect(silent(tens(20, 19, 90))).toBe(true);
    expect(silent(tens(20, 18, 90))).toBe(false);
    expect(silent(ago(14, 15, 16, 17, 18, 19))).toBe(true);
    expect(silent(ago(13.9, 15, 16, 17, 18, 19))).toBe(false);
    expect(silent(ago(14, 15, 16, 17, 18))).toBe(false);
    // As long as each gap is not longer.
    expect(silent(ago(15, 30, 45, 60, 75, 90))).toBe(false);
  });

  it("reads ten thousand posts, and holds whatever the dates are", () => {
    const many = Array.from({ length: 10_000 }, (_, i) => NOW - i * 3600);
    expect(postingFacts(many, NOW)).toMatchObject({
      posts: 10_000,
      posts_last_30_days: 721,
      newest_span: 9 / 24,
    });
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e3, max: 4e3, noNaN: true }), { maxLength: 60 }), (days) => {
        const history = postingFacts(ago(...days), NOW);
        if (history === null) return;
        expect(history.posts_last_30_days).toBeLessThanOrEqual(history.posts);
        expect(Object.values(history).every((value) => value === null || Number(value) >= 0)).toBe(true);
        // A post from before all others changes nothing but how many there are and the shares of gaps.
        const older = postingFacts([...ago(...days), 1_388_534_400], NOW) as PostingFacts;
        expect(older.days_since_last_post).toBe(history.days_since_last_post);
      }),
    );
  });
});

describe("expectedPosts", () => {
  const weekly = postingFacts(ago(...Array.from({ length: 10 }, (_, i) => 1 + 7 * i)), NOW) as PostingFacts;

  it("is a hurdle before a negative binomial distribution without its zero", () => {
    // SciPy: a, b = .77 + .9, 2.1 + .1 * 64; q = b / (b + 30); P0 = q**a; .8 * a * 30 / b / (1 - P0)
    // low: 0, as one in five does not go on; high: nbinom.ppf(P0 + (.9 - .2) / .8 * (1 - P0), a, q)
    const { mean, low, high } = expectedPosts(weekly, 0.8, 30);
    expect(mean).toBeCloseTo(5.126_676_925, 8);
    expect([low, high]).toEqual([0, 12]);
  });

  it("expects nothing of those who do not go on, and a post at least of those who surely do", () => {
    expect(expectedPosts(weekly, 0, 30)).toEqual({ mean: 0, low: 0, high: 0 });
    expect(expectedPosts(weekly, 0.05, 30)).toMatchObject({ low: 0, high: 0 });
    const sure = expectedPosts(weekly, 1, 30);
    expect(sure.low).toBeGreaterThanOrEqual(1);
    // The chance that nothing comes may be as large as the interval leaves out.
    expect(expectedPosts(weekly, 0.9, 30).low).toBe(0);
    expect(expectedPosts(weekly, 0.901, 30).low).toBeGreaterThan(0);
  });

  it("leaves a silence beyond 30 days to the chance of going on", () => {
    const silent = (days_since_last_post: number) =>
      expectedPosts({ ...weekly, days_since_last_post }, 0.8, 30).mean;
    expect(silent(29)).toBeGreaterThan(silent(30));
    expect(silent(30)).toBe(silent(300));
  });

  it("rises with the pace, the chance and the days, and its mean is within reach", () => {
    const daily = postingFacts(ago(...Array.from({ length: 10 }, (_, i) => 1 + i)), NOW) as PostingFacts;
    const once = postingFacts(ago(1), NOW) as PostingFacts;
    fc.assert(
      fc.property(
        fc.constantFrom(daily, weekly, once),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.integer({ min: 1, max: 3650 }),
        (history, goesOn, days) => {
          const { mean, low, high } = expectedPosts(history, goesOn, days);
          expect(mean).toBeGreaterThanOrEqual(goesOn);
          expect(low).toBeLessThanOrEqual(high);
          expect(Number.isInteger(low) && Number.isInteger(high)).toBe(true);
          expect(expectedPosts(history, goesOn, days + 1).mean).toBeGreaterThan(mean);
          expect(expectedPosts(history, Math.min(1, goesOn + 0.01), days).mean).toBeGreaterThan(mean);
          expect(expectedPosts(daily, goesOn, days).mean).toBeGreaterThanOrEqual(
            expectedPosts(weekly, goesOn, days).mean,
          );
        },
      ),
    );
  });
});
