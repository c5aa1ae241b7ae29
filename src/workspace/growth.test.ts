import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { insertRows, NOW } from "../../test/support/workspace.ts";
import { MARKED } from "./find.ts";
import { IN_MEMORY, openWorkspace, type Workspace } from "./open.ts";
import { rebuildPeople, TOUCHED } from "./people.ts";
import { seriesOf } from "./series.ts";

let workspace: Workspace;
beforeEach(async () => {
  workspace = await openWorkspace(IN_MEMORY, { now: NOW });
});
afterEach(() => workspace.close());

type Snapshot = Parameters<typeof insertRows>[2][number];

/** Adds imports with these snapshots, rebuilding whom each of them shows. */
async function add(...imports: readonly Snapshot[][]): Promise<void> {
  const before = await ask("SELECT count(*) FROM imports");
  for (const [i, snapshots] of imports.entries()) {
    const number = Number(before[0][0]) + i + 1;
    await insertRows(workspace, "imports", [{ import: number, added_at: "2024-01-01 00:00:00" }]);
    await insertRows(
      workspace,
      "snapshots",
      snapshots.map((one) => ({ import: number, observed_known: true, ...one })),
    );
    await rebuild(`SELECT DISTINCT person FROM snapshots WHERE import = ${number}`);
  }
}

const rebuild = (touched: string) =>
  workspace.write(async (connection) => {
    await connection.run(`CREATE OR REPLACE TEMP TABLE ${TOUCHED} AS ${touched}`);
    await rebuildPeople(connection);
  });
const ask = (sql: string) =>
  workspace.read(async (connection) => (await connection.runAndReadAll(sql)).getRowsJS());
const news = async () =>
  (await ask(`SELECT person::INTEGER, news FROM ${MARKED} ORDER BY person`)).map(([, told]) => told);

describe("growth", () => {
  const COLUMNS = "followers_growth, likes_growth, videos_growth, followers_growth_rate, rate_change";

  it("is the change in 30 days against the latest snapshot that is a week older", async () => {
    const counts = (followers: number, likes: number, videos_count: number, awg_engagement_rate: number) => ({
      ...{ person: 1, followers, likes, videos_count, awg_engagement_rate },
    });
    await add(
      [{ ...counts(500, 100, 5, 0.5), observed_at: "2023-06-01 00:00:00" }],
      [{ ...counts(1000, 9000, 40, 0.125), observed_at: "2023-08-01 12:00:00" }],
      // Six days and twenty-three hours before the last.
      [{ ...counts(7, 7, 7, 0.7), observed_at: "2023-09-08 13:00:00" }],
      [{ ...counts(1150, 8700, 40, 0.0625), observed_at: "2023-09-15 12:00:00" }],
    );
    // 45 days lie between: two thirds of the change.
    expect(await ask(`SELECT ${COLUMNS} FROM people`)).toEqual([[100, -200, 0, 0.1, -0.0625]]);
    expect(await ask("SELECT epoch(before), snapshots FROM people")).toEqual([
      [Date.UTC(2023, 7, 1, 12) / 1000, 4],
    ]);
  });

  it("is told from a week on, to the second", async () => {
    await add(
      [
        { person: 1, followers: 10, observed_at: "2023-08-01 00:00:00" },
        { person: 2, followers: 10, observed_at: "2023-08-01 00:00:01" },
      ],
      [1, 2].map((person) => ({ person, followers: 17, observed_at: "2023-08-08 00:00:00" })),
    );
    expect(await ask("SELECT followers_growth FROM people ORDER BY person")).toEqual([[30], [null]]);
  });

  it("is not told where a count or the day of reading is unknown, and no share of nobody", async () => {
    const first = (person: number, rest: object = {}) => ({
      ...{ person, followers: 10, likes: 1, observed_at: "2023-08-01 00:00:00", ...rest },
    });
    await add(
      [
        first(1, { followers: null }),
        first(2, { observed_known: false }),
        first(3),
        first(4, { followers: 0 }),
      ],
      [
        ...[1, 2, 4].map((person) => ({
          person,
          followers: 20,
          likes: 4,
          observed_at: "2023-08-31 00:00:00",
        })),
        { person: 3, followers: 20, likes: 4, observed_at: "2023-08-31 00:00:00", observed_known: false },
      ],
    );
    expect(
      await ask("SELECT followers_growth, likes_growth, followers_growth_rate FROM people ORDER BY person"),
    ).toEqual([
      [null, 3, null],
      [null, null, null],
      [null, null, null],
      [20, 3, null],
    ]);
  });

  it("is of the latest snapshot by the day of reading, in whatever order files come", async () => {
    await add(
      [{ person: 1, followers: 300, observed_at: "2023-08-31 00:00:00" }],
      [{ person: 1, followers: 200, observed_at: "2023-08-01 00:00:00" }],
    );
    expect(await ask("SELECT import, followers, followers_growth FROM people")).toEqual([[1, 300n, 100]]);
  });
});

describe("news", () => {
  it("tells who is new in the last import, and only while it is the last", async () => {
    const at = (observed_at: string, ...people: number[]) =>
      people.map((person) => ({ person, observed_at: `${observed_at} 00:00:00` }));
    await add(at("2023-08-01", 1, 2));
    expect(await news()).toEqual([null, null]);
    await add(at("2023-08-31", 1, 3));
    expect(await news()).toEqual([null, null, "new"]);
    await add(at("2023-09-30", 2, 4));
    expect(await news()).toEqual([null, null, null, "new"]);
    // When it is taken away, the one before is the last again.
    await workspace.write(async (connection) => {
      for (const table of ["snapshots", "imports"])
        await connection.run(`DELETE FROM ${table} WHERE import = 3`);
    });
    await rebuild("SELECT unnest([2, 4]) AS person");
    expect(await news()).toEqual([null, null, "new"]);
  });

  it("tells who fell silent and who woke up, and nothing where posts have no dates", async () => {
    const silence = (person: number, days_since_last_post: number | null, observed_at: string) => ({
      ...{ person, days_since_last_post, observed_at },
    });
    const then = [30, 30, 30.5, 300, null, 5];
    const now = [30.1, 29, 30, 330, 2, null];
    await add(
      then.map((days, i) => silence(i + 1, days, "2023-08-01 00:00:00")),
      now.map((days, i) => silence(i + 1, days, "2023-08-31 00:00:00")),
    );
    expect(await news()).toEqual(["silent", null, "woke", null, null, null]);
  });
});

describe("seriesOf", () => {
  it("lists snapshots as they were read, with the posts that came between", async () => {
    const common = { person: 7, likes: 5, awg_engagement_rate: 0.25 };
    await add(
      [
        {
          ...common,
          followers: 20,
          videos_count: 3,
          observed_at: "2023-08-31 00:00:00",
          // The first was listed before, though it is dated after that moment; two are new.
          posted_at: ["2023-08-20 00:00:00", "2023-08-02 09:00:00", "2023-08-01 18:00:00"],
          last_post: "2023-08-20 00:00:00",
        },
      ],
      [
        {
          ...common,
          followers: 10,
          videos_count: 1,
          observed_at: "2023-08-01 00:00:00",
          posted_at: ["2023-08-01 18:00:00"],
          last_post: "2023-08-01 18:00:00",
        },
      ],
      [
        {
          ...common,
          followers: null,
          videos_count: 90,
          observed_at: "2023-09-30 00:00:00",
          posted_at: ["2023-09-29 00:00:00", "2023-09-28 00:00:00"],
          last_post: "2023-09-29 00:00:00",
        },
      ],
      [{ ...common, followers: 12, videos_count: 92, observed_at: "2023-10-30 00:00:00", posted_at: [] }],
    );
    const series = await workspace.read((connection) => seriesOf(connection, 7n));
    expect(
      series.map((point) => [
        point.import,
        point.followers,
        point.videos_count,
        point.posts,
        point.posts_or_more,
      ]),
    ).toEqual([
      [2, 10, 1, null, false],
      [1, 20, 3, 2, false],
      [3, null, 90, 2, true],
      [4, 12, 92, null, false],
    ]);
    expect(series[0].observed_at).toEqual(new Date(Date.UTC(2023, 7, 1)));
    expect(series.every((point) => point.likes === 5 && point.awg_engagement_rate === 0.25)).toBe(true);
    expect(await workspace.read((connection) => seriesOf(connection, 8n))).toEqual([]);
  });
});
