import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canonicalRows } from "../../test/support/profiles/canonicalRows.ts";
import { fakeSource } from "../../test/support/profiles/fakeSource.ts";
import { mapColumns } from "./mapping.ts";
import { fillProfiles } from "./table.ts";

const video = (fields: Record<string, string>) => ({
  id: "",
  "authorMeta.id": "5",
  "authorMeta.fans": "100",
  createTimeISO: "",
  diggCount: "",
  commentCount: "",
  ...fields,
});

describe("records of videos", () => {
  let instance: DuckDBInstance;
  beforeAll(async () => {
    instance = await DuckDBInstance.create(":memory:");
  });
  afterAll(() => instance.closeSync());

  async function fill(records: readonly Record<string, string>[], map: Record<string, string> = {}) {
    const connection = await instance.connect();
    for (const table of ["profiles", "profile_records", "rejected_records", "blanked_records"])
      await connection.run(`DROP TABLE IF EXISTS ${table}`);
    const source = await fakeSource(connection, records);
    const filled = await fillProfiles(connection, source, mapColumns(source.columns, source.file, { map }));
    const reader = await connection.runAndReadAll('SELECT "row" FROM profiles');
    const result = { ...filled, profiles: await canonicalRows(connection), order: reader.getColumnsJS()[0] };
    connection.closeSync();
    return result;
  }

  it("leave out pinned videos that are older than all others, unless there is nothing else", async () => {
    const posted = async (...videos: [day: string, pinned: string][]) => {
      const records = videos.map(([createTimeISO, isPinned], i) =>
        video({ id: `${i + 1}`, createTimeISO, isPinned }),
      );
      const { profiles } = await fill(records);
      return (profiles[0].posted_at as string[]).map((date) => date.slice(0, 10));
    };
    const recent = ["2025-08-20", "2025-08-18", "2025-08-15"];
    const others = recent.map((day): [string, string] => [day, "false"]);
    expect(await posted(["2022-01-01", "true"], ...others)).toEqual(recent);
    expect(await posted(...others, ["2022-01-01", "true"])).toEqual(recent);
    expect(await posted(["2025-08-17", "true"], ...others)).toEqual([
      "2025-08-20",
      "2025-08-18",
      "2025-08-17",
      "2025-08-15",
    ]);
    expect(await posted(["2022-01-01", "true"], ["2023-01-01", "true"])).toEqual([
      "2023-01-01",
      "2022-01-01",
    ]);
    // Where a file says nothing of it, an old video before newer ones.
    expect(await posted(["2022-01-01", ""], ...others.map(([day]): [string, string] => [day, ""]))).toEqual(
      recent,
    );
  });

  it("become one profile an author, in the order of their first records", async () => {
    const { profiles, order } = await fill([
      video({ "authorMeta.id": "7", id: "1", diggCount: "10" }),
      video({ "authorMeta.id": "5", id: "2", diggCount: "20" }),
      video({ "authorMeta.id": "7", id: "3", diggCount: "30" }),
    ]);
    expect(profiles.map(({ id, like_engagement_rate }) => [id, like_engagement_rate])).toEqual([
      ["7", 0.2],
      ["5", 0.2],
    ]);
    expect(order).toEqual([0n, 1n]);
  });

  it("a bad one costs only itself", async () => {
    const { profiles, rejects, cells, count } = await fill([
      video({ id: "4", "authorMeta.fans": "many" }),
      video({ id: "5", "authorMeta.id": "" }),
      video({ id: "1", diggCount: "12abc", commentCount: "" }),
      video({ id: "2", diggCount: "10", commentCount: "-1" }),
      video({ id: "3", diggCount: "10", commentCount: "2" }),
    ]);
    expect(rejects.map(({ line, reason }) => [line, reason])).toEqual([[3, "missing_id"]]);
    expect(cells.map(({ line, reason, detail }) => [line, reason, detail])).toEqual([
      [2, "blank_followers", 'invalid followers: "many"'],
      [4, "blank_video_likes", 'invalid video likes: "12abc"'],
      [5, "blank_video_comments", 'invalid video comments: "-1"'],
    ]);
    expect(count).toBe(1);
    expect(profiles).toEqual([
      {
        id: "5",
        followers: 100n,
        like_engagement_rate: 0.1,
        comment_engagement_rate: 0.02,
        awg_engagement_rate: 0.12,
      },
    ]);
  });

  it("that repeat a video count once, as last read, and are counted", async () => {
    const { profiles, duplicates, alerts } = await fill([
      video({ id: "1", diggCount: "10" }),
      video({ id: "2", diggCount: "40" }),
      video({ id: "1", diggCount: "20" }),
    ]);
    expect(duplicates).toBe(1);
    expect(profiles[0].like_engagement_rate).toBe(0.3);
    expect(alerts.map(({ code, message }) => [code, message.slice(0, 31)])).toContainEqual([
      "duplicates",
      "1 record repeats a video that i",
    ]);
  });

  it("are dated by their own date, else by their number, also from their address", async () => {
    const records = [
      video({ id: "7200000000000000000", createTimeISO: "2023-02-15T00:00:00.000Z" }),
      video({ id: "7200000000000000001" }),
      video({ id: "52793262394052608" }),
    ];
    expect((await fill(records)).profiles[0].posted_at).toEqual([
      "2023-02-15 00:00:00",
      "2023-02-14 13:17:14",
    ]);
    const byAddress = records.map(({ id, ...rest }) => ({
      ...rest,
      webVideoUrl: `https://x/@ada/video/${id}`,
    }));
    expect((await fill(byAddress)).profiles[0].posted_at).toEqual([
      "2023-02-15 00:00:00",
      "2023-02-14 13:17:14",
    ]);
  });

  it("have no rates without followers, and the user's own rates go before", async () => {
    const none = await fill([video({ id: "1", diggCount: "10", commentCount: "1", "authorMeta.fans": "0" })]);
    expect(none.profiles).toEqual([{ id: "5", followers: 0n }]);
    const own = await fill([video({ id: "1", diggCount: "10", commentCount: "1" })], {
      like_engagement_rate: "commentCount",
    });
    expect(own.profiles[0]).toMatchObject({ like_engagement_rate: 1, comment_engagement_rate: 0.01 });
  });

  it("keeps accounts apart that a rounded number has made alike, if they have handles", async () => {
    const rows = (id: string) =>
      ["ann", "bo", "ANN"].map((account_id) => ({ id, account_id, followers: "5" }));
    const fine = Array.from({ length: 9 }, (_, i) => ({
      id: `680000000000000001${i}`,
      account_id: `u${i}`,
      followers: "5",
    }));
    expect((await fill([...fine, ...rows("7012345678901235000")])).duplicates).toBe(1);
    expect((await fill([...fine, ...rows("7012345678901235001")])).duplicates).toBe(2);
  });
});
