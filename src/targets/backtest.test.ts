import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { connect, createProfiles } from "../../test/support/features/profiles.ts";
import { fitPipeline } from "../features/pipeline.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import { transform } from "../features/transform.ts";
import { backtest } from "./backtest.ts";
import { activity } from "./named.ts";
import { snapshotOf } from "./snapshot.ts";
import { labelsOf } from "./target.ts";

type Profile = Partial<CanonicalProfile>;

const observed_at = new Date("2024-01-01T12:00:00Z");
const ago = (days: number) => new Date(observed_at.getTime() - days * 86_400_000);
const account = (days: readonly number[], more: Profile = {}): Profile => ({
  observed_at,
  posted_at: days.map(ago),
  ...more,
});
const every = (days: number, from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / days) + 1 }, (_, i) => from + i * days);

/** Twenty that go on, twenty that stopped: enough to learn from, and one list that says how long lists get. */
const BACKGROUND: readonly Profile[] = [
  ...Array.from({ length: 20 }, (_, i) => account([0.5, ...every(20, 2 + i / 10, 400)])),
  ...Array.from({ length: 20 }, (_, i) => account(every(10, 100 + i, 280 + i))),
  account(every(1, 0, 59)),
];

const connection = await connect();

interface Example {
  readonly account: number;
  readonly cut: number;
  readonly days: readonly number[];
  readonly came: boolean;
  readonly weight: number;
}

/** Makes the back-test of some accounts, and gives the examples of those before the background. */
async function examplesOf(
  accounts: readonly Profile[],
  options: { horizon?: number; cuts?: number } = {},
): Promise<Example[]> {
  await createProfiles(connection, "profiles", [...accounts, ...BACKGROUND]);
  const snapshot = await snapshotOf(connection, "profiles");
  await backtest(connection, "profiles", "examples", { horizon: 30, ...options, snapshot });
  const reader = await connection.runAndReadAll(
    `SELECT account, cut, list_transform(posted_at, lambda post: (epoch(observed_at) - epoch(post)) / 86400), came, weight
     FROM examples WHERE account < ${accounts.length} ORDER BY "row"`,
  );
  return reader.getRowsJS().map(([from, cut, days, came, weight]) => ({
    account: Number(from),
    cut: Number(cut),
    days: days as unknown as number[],
    came: came as boolean,
    weight: Number(weight),
  }));
}

describe("a back-test", () => {
  it("hides what came after the moment, and asks whether a post came within the horizon", async () => {
    const found = await examplesOf([account([10, 40, 65, 65, 200])], { cuts: 4 });
    expect(found).toEqual([
      { account: 0, cut: 0, days: [10, 35, 170], came: true, weight: 0.25 },
      { account: 0, cut: 1, days: [5, 140], came: true, weight: 0.25 },
      { account: 0, cut: 2, days: [110], came: true, weight: 0.25 },
      { account: 0, cut: 3, days: [80], came: false, weight: 0.25 },
    ]);
    const [latest] = await examplesOf([account([10, 40, 65, 65, 200])], { horizon: 60, cuts: 1 });
    expect(latest).toEqual({ account: 0, cut: 0, days: [5, 140], came: true, weight: 1 });
  });

  it("takes a post at the very moment, and up to the end of the horizon, for one that came", async () => {
    const at = async (...days: number[]) =>
      (await examplesOf([account([...days, 500])], { cuts: 2 })).map(({ came }) => came);
    expect(await at(30)).toEqual([true, false]);
    expect(await at(30.001)).toEqual([false, true]);
    expect(await at(60)).toEqual([false, true]);
    expect(await at(-1.5)).toEqual([true, false]);
    // Nobody posts three days after the profile was read.
    expect(await at(-3)).toEqual([false, false]);
  });

  it("asks at its latest moment what the target asks of posts", async () => {
    const days = fc.array(fc.integer({ min: -40, max: 9000 }), { minLength: 1, maxLength: 30 });
    const tables = fc.array(days, { minLength: 5, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(tables, fc.constantFrom(1, 7, 30, 90), async (lists, horizon) => {
        const hours = lists.map((list) => account(list.map((hour) => hour / 24 + 0.001)));
        const examples = await examplesOf(hours, { horizon, cuts: 1 });
        const target = await activity(horizon).fit(connection, "profiles");
        const { labels } = await labelsOf(connection, target, "profiles");
        for (const example of examples) expect(example.came).toBe(labels[example.account] === 1);
      }),
      { numRuns: 12 },
    );
  });

  it("gives no example without a post before the moment, or of an account made after it", async () => {
    expect(await examplesOf([account([]), { observed_at }, account([29]), account([4000, 5000])])).toEqual(
      [],
    );
    const made = await examplesOf([account([5, 300], { created_at: ago(75) })]);
    expect(made.map(({ cut }) => cut)).toEqual([0, 1]);
    const cutsOf = async (days: number) =>
      (await examplesOf([account([5, 300], { created_at: ago(days) })])).map(({ cut }) => cut);
    expect(await cutsOf(60)).toEqual([0, 1]);
    expect(await cutsOf(59.99)).toEqual([0]);
    const known = await examplesOf([account([5, 300])]);
    expect(known.map(({ cut }) => cut)).toEqual(every(1, 0, 8));
    expect(known[8]).toMatchObject({ days: [30], came: false });
  });

  it("takes a single post for what it is", async () => {
    const found = await examplesOf([account([100])]);
    expect(found.map(({ cut, days, came }) => [cut, days, came])).toEqual([
      [0, [70], false],
      [1, [40], false],
      [2, [10], false],
    ]);
  });

  it.each([
    [33, 9, 0],
    [33, 10, 1],
    [32, 9, 1],
    [35, 9, 0],
    [35, 12, 1],
  ])(
    "of a list of %i posts with %i before the moment makes %i examples",
    async (listed, before, examples) => {
      const days = [...every(0.5, 0, 100).slice(0, listed - before), ...every(0.01, 31, 50).slice(0, before)];
      expect(days).toHaveLength(listed);
      expect(await examplesOf([account(days)], { cuts: 1 })).toHaveLength(examples);
    },
  );

  it("takes lists of fewer posts for cut off where no list of the file is longer", async () => {
    const short = (profiles: readonly Profile[]) =>
      profiles.map(({ posted_at, ...more }) => ({ ...more, posted_at: posted_at!.slice(0, 12) }));
    // Four posts before the moment on a list of twelve, and on one of nine.
    const accounts = [
      account([...every(1, 1, 8), ...every(1, 40, 43)]),
      account([...every(1, 1, 5), ...every(1, 40, 43)]),
    ];
    await createProfiles(connection, "profiles", [...accounts, ...short(BACKGROUND)]);
    const snapshot = await snapshotOf(connection, "profiles");
    await expect(backtest(connection, "profiles", "short", { horizon: 30, snapshot })).resolves.toBeDefined();
    const reader = await connection.runAndReadAll("SELECT DISTINCT account FROM short WHERE account < 2");
    expect(reader.getRowsJS()).toEqual([[1n]]);
  });

  it("keeps ten posts, so that their number tells nothing of what came later", async () => {
    const [{ days }] = await examplesOf([account(every(1, 0, 200))], { cuts: 1 });
    expect(days).toEqual(
      every(1, 0, 200)
        .slice(1, 11)
        .map((day) => day),
    );
  });

  it("weighs the examples of an account 1 together, and numbers them all differently", async () => {
    await examplesOf([account([5, 100]), account([5, 700])]);
    const reader = await connection.runAndReadAll(
      `SELECT count(DISTINCT "row") = count(*), (SELECT bool_and(abs(w - 1) < 1e-12) FROM (SELECT sum(weight) AS w FROM examples GROUP BY account))
       FROM examples`,
    );
    expect(reader.getRowsJS()).toEqual([[true, true]]);
  });

  it("measures from the newest date of the file where a profile's snapshot is unknown", async () => {
    const found = await examplesOf([account([5, 100]), { posted_at: [5, 100].map(ago) }], { cuts: 2 });
    expect(found.filter((one) => one.account === 1).map(({ days }) => days)).toEqual(
      found.filter((one) => one.account === 0).map(({ days }) => days),
    );
  });
});

describe("nothing after the moment", () => {
  /** Days before the snapshot, at no moment of a cut. */
  const day = fc.integer({ min: 1, max: 20_000 }).map((n) => n / 20 + 0.01);
  const some = fc.array(day, { maxLength: 32 });
  let pipeline: Awaited<ReturnType<typeof fitPipeline>>;
  beforeAll(async () => {
    await examplesOf([]);
    pipeline = await fitPipeline(connection, "posting", "examples");
  });

  /** Features of each example, by account and cut, of the moments at least so many days ago. */
  const featuresOf = async (lists: readonly (readonly number[])[], from: number) => {
    await examplesOf(lists.map((list) => account(list, { created_at: ago(2000) })));
    const { rows, values, columns } = await transform(connection, pipeline, "examples");
    const old = await connection.runAndReadAll(
      `SELECT "row" FROM examples WHERE account < ${lists.length} AND observed_at <= TIMESTAMP '${ago(from).toISOString().slice(0, 19)}'`,
    );
    const chosen = new Set(old.getRowsJS().map(([row]) => Number(row)));
    return [...rows].flatMap((row, i) =>
      chosen.has(row) ? [[row, ...values.subarray(i * columns, (i + 1) * columns)]] : [],
    );
  };

  it("changes a feature: shuffled, added or removed", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(some, some), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 10 }),
        async (pairs, cut) => {
          const from = 30 + 30 * cut;
          const one = pairs.map(([list]) => list);
          // The same before the moment, anything else after it, in another order; no longer than a list that is not cut off.
          const other = pairs.map(([list, later]) => {
            const before = list.filter((days) => days > from);
            const after = later.filter((days) => days < from).slice(0, 32 - before.length);
            return [...after, ...before].reverse();
          });
          expect(await featuresOf(other, from)).toEqual(await featuresOf(one, from));
        },
      ),
      { numRuns: 20 },
    );
  });

  it("is left: what the moment hides is not in the table", async () => {
    await examplesOf([account(every(3, 1, 90))]);
    const reader = await connection.runAndReadAll(
      "SELECT count(*) FROM examples WHERE len(list_filter(posted_at, lambda post: post >= observed_at)) > 0",
    );
    expect(reader.getRowsJS()).toEqual([[0n]]);
    const columns = await connection.runAndReadAll("DESCRIBE examples");
    expect(columns.getRowsJS().map(([name]) => name)).toEqual([
      "row",
      "account",
      "cut",
      "observed_at",
      "created_at",
      "posted_at",
      "came",
      "weight",
    ]);
  });
});

describe("what cannot be gone back over", () => {
  it.each([0, -1, 1.5, 3651])("a horizon of %d", async (horizon) => {
    await expect(examplesOf([], { horizon })).rejects.toThrow(
      `invalid horizon: ${horizon} (expected a whole number of days from 1 to 3650)`,
    );
  });

  it("a horizon that reaches back before all posts", async () => {
    await expect(examplesOf([], { horizon: 3650 })).rejects.toThrow(
      "too few examples: 3650 days or more before the snapshot, 0 accounts went on posting within 3650 days and 0 did not (expected at least 20 of each; a shorter horizon looks back less far)",
    );
    expect(await examplesOf([account([0.5, 3])], { horizon: 1, cuts: 1 })).toEqual([
      { account: 0, cut: 0, days: [2], came: true, weight: 1 },
    ]);
  });

  it.each([
    [20, 20, true],
    [19, 20, false],
    [20, 19, false],
  ])("%i accounts that go on and %i that stopped: %s", async (going, stopped, enough) => {
    await createProfiles(connection, "profiles", [
      account(every(1, 0, 59)),
      ...Array.from({ length: going - 1 }, () => account([0.5, 40])),
      ...Array.from({ length: stopped }, () => account([100])),
    ]);
    const snapshot = await snapshotOf(connection, "profiles");
    const made = backtest(connection, "profiles", "few", { horizon: 30, snapshot, cuts: 1 });
    if (enough) expect(await made).toEqual({ horizon: 30, examples: 40, accounts: 40 });
    else
      await expect(made).rejects.toThrow(
        `${going} accounts went on posting within 30 days and ${stopped} did not`,
      );
  });

  it("a file without posts", async () => {
    await connection.run('CREATE OR REPLACE TABLE bare ("row" BIGINT, id VARCHAR)');
    const snapshot = { profiles: 0, observed: 0, newest: null };
    await expect(backtest(connection, "bare", "none", { horizon: 30, snapshot })).rejects.toThrow(
      /^missing columns: posted_at, observed_at /,
    );
  });
});
