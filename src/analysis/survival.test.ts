import { expect, test } from "vitest";
import { connect, createProfiles } from "../../test/support/analysis/profilesTable.ts";
import { kaplanMeier, silenceCurves, silentAfter } from "./survival.ts";

const ones = (n: number) => new Float64Array(n).fill(1);

test("gives the published curve of 6-mercaptopurine", () => {
  // Freireich et al. 1963, weeks of remission, 0 where still in remission; the shares stand in every textbook (Kleinbaum and Klein, table 2.1).
  const weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35];
  const ended = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0];
  const curve = kaplanMeier(Float64Array.from(weeks), Uint8Array.from(ended), ones(21));
  expect(curve.times).toEqual([6, 7, 10, 13, 16, 22, 23]);
  expect(curve.shares.map((share) => share.toFixed(4))).toEqual([
    "0.8571",
    "0.8067",
    "0.7529",
    "0.6902",
    "0.6275",
    "0.5378",
    "0.4482",
  ]);
  expect([0, 5.9, 6, 12, 100].map((days) => silentAfter(curve, days).toFixed(4))).toEqual([
    "1.0000",
    "1.0000",
    "0.8571",
    "0.7529",
    "0.4482",
  ]);
});

test("a weight of two is the same as two, and where nobody is left it is nought", () => {
  const twice = kaplanMeier(Float64Array.of(3, 1, 3, 2), Uint8Array.of(1, 0, 1, 1), ones(4));
  const heavy = kaplanMeier(Float64Array.of(1, 3, 2), Uint8Array.of(0, 1, 1), Float64Array.of(1, 2, 1));
  expect(heavy).toEqual(twice);
  expect(twice).toEqual({ times: [2, 3], shares: [1 - 1 / 3, 0] });
  expect(kaplanMeier(ones(0), new Uint8Array(), ones(0))).toEqual({ times: [], shares: [] });
});

const day = (number: number) =>
  new Date(Date.UTC(2023, 0, 1) + number * 86_400_000).toISOString().slice(0, 19);
const days = (...numbers: number[]) => numbers.map(day);

test("goes by the habit before a post, and counts an account once however many posts it lists", async () => {
  const connection = await connect();
  // Ten accounts that post each day until day 20 and are read on day 60; the second in the list posts once more, on day 30.
  const daily = Array.from({ length: 21 }, (_, i) => i);
  const rows = Array.from({ length: 10 }, (_, i) => ({
    posted_at: days(...(i < 2 ? [...daily, 30] : daily)).reverse(),
    observed_at: day(60),
  }));
  // One of a slower habit is too few for a curve; so is one of a single post.
  rows.push({ posted_at: days(0, 10, 20, 30), observed_at: day(60) });
  rows.push({ posted_at: days(5), observed_at: day(60) });
  await createProfiles(connection, rows);
  const { value, alerts } = await silenceCurves(connection, "profiles");
  expect(alerts).toEqual([]);
  expect(value?.map(({ cadence, accounts }) => [cadence, accounts])).toEqual([["every day or two", 10]]);
  const [curve] = value ?? [];
  // Of each account 18 gaps of a day (after the third post on) and a silence; two have one of ten days as well.
  expect(curve.times).toEqual([1, 10]);
  const afterADay = 1 - (8 * (18 / 19) + 2 * (18 / 20)) / 10;
  expect(curve.shares[0]).toBeCloseTo(afterADay, 12);
  // At risk of ten days: a nineteenth of eight accounts, two twentieths of two.
  expect(curve.shares[1]).toBeCloseTo(afterADay * (1 - 2 / 20 / (8 / 19 + 4 / 20)), 12);
});

test("neither posts of one second nor those dated after the snapshot count", async () => {
  const plain = Array.from({ length: 10 }, () => ({ posted_at: days(0, 1, 2, 3), observed_at: day(40) }));
  const noisy = plain.map(({ observed_at }) => ({
    posted_at: days(3, 0, 0, 1, 70, 2, 2, 3),
    observed_at,
  }));
  const curves = [];
  for (const rows of [plain, noisy]) {
    const connection = await connect();
    await createProfiles(connection, rows);
    curves.push((await silenceCurves(connection, "profiles")).value);
  }
  expect(curves[0]).toHaveLength(1);
  expect(curves[1]).toEqual(curves[0]);
});

test("where no snapshot is known, the newest date of the file stands in; without posts there is no curve", async () => {
  const connection = await connect();
  const rows = Array.from({ length: 12 }, (_, i) => ({ posted_at: days(0, 1, 2, i === 0 ? 9 : 3) }));
  await createProfiles(connection, rows);
  expect((await silenceCurves(connection, "profiles")).value?.[0].times).toEqual([1, 7]);
  const bare = await connect();
  await createProfiles(bare, [{ followers: 1 }]);
  const { value, alerts } = await silenceCurves(bare, "profiles");
  expect(value).toBeNull();
  expect(alerts[0].message).toMatch(/^There is no curve of silences: the file has no posted_at/);
});
