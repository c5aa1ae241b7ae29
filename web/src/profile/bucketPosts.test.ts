import { expect, it } from "vitest";
import { bucketPosts } from "./bucketPosts.ts";

const DAY = 86_400_000;

it("counts every post once, in buckets without gaps up to the day of the look", () => {
  const start = Date.UTC(2024, 0, 3);
  const posts = [0, 1, 8, 9, 30].map((day) => new Date(start + day * DAY).toISOString());
  const timeline = bucketPosts(posts, "2024-03-01T00:00:00Z");
  expect(timeline?.unit).toBe("week");
  const buckets = timeline?.buckets ?? [];
  expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(5);
  // Mondays: the first is the one before Wednesday, 3 January 2024.
  expect(buckets[0]).toEqual({ from: Date.UTC(2024, 0, 1), count: 2 });
  expect(buckets.every(({ from }, i) => i === 0 || from - buckets[i - 1].from === 7 * DAY)).toBe(true);
  expect(buckets.at(-1)?.from).toBe(Date.UTC(2024, 1, 26));
});

it("takes longer buckets for longer times", () => {
  const years = (from: number, to: number) =>
    bucketPosts([`${from}-05-05T00:00:00Z`], `${to}-05-05T00:00:00Z`);
  expect(years(2020, 2024)?.unit).toBe("month");
  expect(years(2020, 2024)?.buckets).toHaveLength(49);
});

it("says nothing of no posts, nor of what is no date", () => {
  expect(bucketPosts([], "2024-01-01T00:00:00Z")).toBeNull();
  expect(bucketPosts(["x"], null)).toBeNull();
});
