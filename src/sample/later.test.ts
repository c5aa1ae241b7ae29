import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { population } from "./data.ts";
import { Draw } from "./draw.ts";
import { profilesLater } from "./later.ts";
import { drawProfile, type Profile, SAMPLE_COLUMNS, type SampleRecord } from "./record.ts";
import { sampleRecords } from "./sample.ts";

const DAY = 86400;
const ROWS = 40;
const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const days = fc.integer({ min: 1, max: 365 });

const records = (seed: number, later?: number) => [...sampleRecords({ rows: ROWS, seed, later })];
const place = new Map<string, number>(SAMPLE_COLUMNS.map(([name], i) => [name, i]));
const field = (record: SampleRecord, name: string) => record[place.get(name) ?? -1] ?? "";
const number = (record: SampleRecord, name: string) => Number(field(record, name));
const byId = (some: readonly SampleRecord[]) => new Map(some.map((record) => [field(record, "id"), record]));
const videosOf = (record: SampleRecord) =>
  field(record, "top_videos")
    .split(",")
    .map((address) => address.slice(address.lastIndexOf("/") + 1));
const expiry = (record: SampleRecord) =>
  Number(/x-expires=(\d+)/.exec(field(record, "profile_pic_url"))?.[1]);

/** The pairs of what was seen first and later of the same account. */
function pairs(first: readonly SampleRecord[], later: readonly SampleRecord[]) {
  const before = byId(first);
  return later.flatMap((after) => {
    const one = before.get(field(after, "id"));
    return one === undefined ? [] : [[one, after] as const];
  });
}

describe("the same people later", () => {
  it("are the same from the same seed and days, begin every larger sample, and keep their ids apart", () => {
    fc.assert(
      fc.property(seeds, days, (seed, later) => {
        const some = records(seed, later);
        expect(records(seed, later)).toEqual(some);
        expect([...sampleRecords({ rows: ROWS + 20, seed, later })].slice(0, some.length)).toEqual(some);
        expect(byId(some).size).toBe(some.length);
      }),
      { numRuns: 15 },
    );
  });

  it("are read so many days later, with an address of the picture that expires so many days later", () => {
    fc.assert(
      fc.property(seeds, days, (seed, later) => {
        for (const [before, after] of pairs(records(seed), records(seed, later))) {
          const day = (record: SampleRecord) => Date.parse(field(record, "timestamp")) / 1000;
          expect(day(after) - day(before)).toBe(later * DAY);
          expect(expiry(after) - expiry(before)).toBe(later * DAY);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("list new posts before old ones, as many as fit, and count them", () => {
    fc.assert(
      fc.property(seeds, days, (seed, later) => {
        for (const [before, after] of pairs(records(seed), records(seed, later))) {
          const [old, now] = [videosOf(before), videosOf(after)];
          const known = new Set(old);
          const added = now.filter((video) => !known.has(video)).length;
          expect(now).toEqual([...now.slice(0, added), ...old.slice(0, now.length - added)]);
          const more = number(after, "videos_count") - number(before, "videos_count");
          expect(added).toBe(Math.min(more, 35));
          expect(now.length).toBe(Math.min(35, more + old.length));
          expect(number(after, "likes")).toBeGreaterThanOrEqual(number(before, "likes"));
          if (more === 0) expect(field(after, "account_id")).toBe(field(before, "account_id"));
        }
      }),
      { numRuns: 25 },
    );
  });

  it("have rates of the listed posts, and addresses of their handle", () => {
    fc.assert(
      fc.property(seeds, days, (seed, later) => {
        for (const record of records(seed, later)) {
          const listed = videosOf(record).length;
          const counted = (name: string) => number(record, name) * number(record, "followers") * listed;
          const likes = counted("like_engagement_rate");
          const comments = counted("comment_engagement_rate");
          expect(Math.abs(likes - Math.round(likes))).toBeLessThan(1e-6 * Math.max(1, likes));
          expect(Math.abs(comments - Math.round(comments))).toBeLessThan(1e-6 * Math.max(1, comments));
          expect(likes).toBeGreaterThan(0.5);
          expect(counted("awg_engagement_rate")).toBeCloseTo(likes + comments, 5);
          // Counts from 10,000 on are cut off as TikTok shows them, after the likes were counted.
          expect(number(record, "likes")).toBeGreaterThan(0.9 * likes - 1);
          expect(number(record, "followers")).toBeGreaterThanOrEqual(1);
          expect(number(record, "following")).toBeGreaterThanOrEqual(0);
          expect(listed).toBeLessThanOrEqual(number(record, "videos_count"));
          expect(field(record, "top_videos")).toContain(`/@${field(record, "account_id")}/video/`);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("go on from one later day to another", () => {
    fc.assert(
      fc.property(seeds, days, days, (seed, one, other) => {
        const [sooner, later] = [Math.min(one, other), Math.max(one, other)];
        const [first, middle, last] = [records(seed), records(seed, sooner), records(seed, later)].map(byId);
        for (const [id, record] of last) {
          const before = middle.get(id);
          // Nobody who was gone comes back.
          if (before === undefined) {
            expect(first.has(id)).toBe(false);
            continue;
          }
          for (const name of ["likes", "videos_count"])
            expect(number(record, name)).toBeGreaterThanOrEqual(number(before, name));
          const old = videosOf(before);
          const now = videosOf(record);
          const added = now.indexOf(old[0]);
          if (added >= 0) expect(now.slice(added)).toEqual(old.slice(0, now.length - added));
          else expect(number(record, "videos_count") - number(before, "videos_count")).toBeGreaterThan(34);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("post after they were read, not after they are read again", () => {
    fc.assert(
      fc.property(seeds, days, (seed, later) => {
        const draw = new Draw(seed);
        for (let row = 0; row < ROWS; row++) {
          const first = drawProfile(draw, row);
          for (const profile of profilesLater(draw, row, later)) {
            const { posts, account } = profile;
            expect(posts.every((post, i) => i === 0 || post < posts[i - 1])).toBe(true);
            expect(posts[0]).toBe(account.lastPost);
            expect(posts[0]).toBeLessThanOrEqual(account.moment);
            if (profile.id !== first.id) continue;
            const old = new Set(first.posts);
            for (const post of posts) if (!old.has(post)) expect(post).toBeGreaterThan(first.account.moment);
            expect(account.created).toBe(first.account.created);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it("refuses days that are none", () => {
    for (const later of [0, 1.5, 366, Number.NaN])
      expect(() => sampleRecords({ rows: 1, seed: 1, later }).next()).toThrow(
        /^invalid later: .* \(expected a whole number of days from 1 to 365\)$/,
      );
  });
});

describe("thirty days later", () => {
  const COUNT = 4000;
  const draw = new Draw(3);
  const first = Array.from({ length: COUNT }, (_, row) => drawProfile(draw, row));
  const later = Array.from({ length: COUNT }, (_, row) => profilesLater(draw, row, 30));
  const known = new Map(first.map((profile) => [profile.id, profile]));
  const again = later.flat().flatMap((after): (readonly [Profile, Profile])[] => {
    const before = known.get(after.id);
    return before === undefined ? [] : [[before, after]];
  });

  /** Whether a count is within four standard errors of what is expected. */
  function expectAbout(count: number, probabilities: readonly number[]): void {
    const mean = probabilities.reduce((sum, p) => sum + p, 0);
    const error = Math.sqrt(probabilities.reduce((sum, p) => sum + p * (1 - p), 0));
    expect(Math.abs(count - mean)).toBeLessThan(4 * error);
  }

  it("some accounts are gone, and some are new", () => {
    expectAbout(COUNT - again.length, new Array(COUNT).fill(1 - Math.exp(-30 / 3000)));
    // One in twelve ids carries no date, and those do not arrive.
    expectAbout(later.flat().length - again.length, new Array(COUNT).fill(0.92 * (1 - Math.exp(-30 / 2000))));
  });

  it("a few of those who post have another handle, whose name and words mostly stay", () => {
    const posted = again.filter(([before, after]) => after.account.videos > before.account.videos);
    const changed = (of: (profile: Profile) => unknown) =>
      posted.filter(([before, after]) => of(before) !== of(after)).length;
    expectAbout(
      changed(({ person }) => person.handle),
      posted.map(() => 1 - Math.exp(-30 / 1000)),
    );
    expect(changed(({ nickname }) => nickname) / posted.length).toBeLessThan(0.06);
    expect(changed(({ biography }) => biography) / posted.length).toBeLessThan(0.08);
  });

  it("those go on whose silence was short for their pace, as the measured law has it", () => {
    const { pace, giveUp } = population().goingOn;
    const groups = new Map<number, { chances: number[]; wenton: number }>();
    for (const [before, after] of again) {
      const { posts, account } = before;
      const silence = (account.moment - account.lastPost) / DAY;
      const span = (posts[0] - posts[posts.length - 1]) / DAY;
      const life = (account.lastPost - account.created) / DAY / account.videos;
      const gap = posts.length > 1 ? Math.max(span, 7) / (posts.length - 1) : Math.max(life, 7);
      const chance = 30 / (30 + silence + pace * gap) / (1 + (silence / giveUp) ** 2);
      const key = Math.floor(5 * chance);
      const group = groups.get(key) ?? { chances: [], wenton: 0 };
      group.chances.push(chance);
      if (after.account.videos > account.videos) group.wenton++;
      groups.set(key, group);
    }
    expect(groups.size).toBe(5);
    // Two in a hundred stop for good within thirty days, and a post may be moved by some hours over the end.
    for (const { chances, wenton } of groups.values()) {
      const mean = chances.reduce((sum, p) => sum + p, 0);
      const error = Math.sqrt(chances.reduce((sum, p) => sum + p * (1 - p), 0));
      expect(wenton).toBeLessThan(mean + 4 * error);
      expect(wenton).toBeGreaterThan(0.95 * mean - 4 * error);
    }
  });

  it("posts come at the pace of before", () => {
    // Those who posted every day or two until the day of reading.
    const steady = again.filter(
      ([{ posts, account }]) =>
        posts.length === 35 &&
        posts[0] - posts[34] > 35 * DAY &&
        posts[0] - posts[34] < 70 * DAY &&
        account.moment - account.lastPost < 3 * DAY,
    );
    expect(steady.length).toBeGreaterThan(20);
    const before = steady.reduce((sum, [{ posts }]) => sum + (30 * DAY * 34) / (posts[0] - posts[34]), 0);
    const since = steady.reduce((sum, [a, b]) => sum + b.account.videos - a.account.videos, 0);
    expect(since / before).toBeGreaterThan(0.6);
    expect(since / before).toBeLessThan(1.4);
  });
});
