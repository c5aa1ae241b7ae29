import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { believablePosts } from "../profiles/believablePosts.ts";
import { readProfiles } from "../profiles/read.ts";
import { createProfileReader } from "./profile.ts";

const OBSERVED = Date.UTC(2024, 0, 31, 12);
const DAY = 86_400_000;
const days = (...ago: number[]) => ago.map((days) => new Date(OBSERVED - days * DAY).toISOString());

const LISTS: Readonly<Record<string, readonly string[]>> = {
  unsorted: days(30, 2, 100, 5, 60),
  twice: days(1, 1, 2, 2, 5),
  "one second": days(3, 3, 3, 3),
  "parts of a second": ["2024-01-30T10:00:00.100Z", "2024-01-30T10:00:00.900Z"],
  future: days(-1.9, -2.1, -300, 4),
  "before 2014": ["2013-12-31T23:59:59Z", "2014-01-01T00:00:00Z"],
  "one pinned": days(900, 1, 3, 6),
  "three pinned": days(900, 800, 950, 1, 3, 6),
  "four that are no pins": days(900, 800, 700, 600, 1, 3),
  "nothing follows the pinned": days(900, 1),
  "many future ones first": days(...Array.from({ length: 40 }, (_, i) => i - 500), 2, 9),
};
const records = Object.entries(LISTS).map(([account_id, posted_at]) => ({
  ...{ account_id, followers: 1000, posted_at },
  observed_at: new Date(OBSERVED).toISOString(),
}));

const folder = await mkdtemp(join(tmpdir(), "believable-"));
afterAll(() => rm(folder, { recursive: true }));

describe("believablePosts", () => {
  it("keeps the posts that files keep", async () => {
    const file = join(folder, "posts.ndjson");
    await writeFile(file, records.map((record) => JSON.stringify(record)).join("\n"));
    const profiles = await readProfiles(file);
    const reader = await profiles.connection.runAndReadAll(
      `SELECT account_id, coalesce(posted_at, []) FROM ${profiles.table}`,
    );
    const kept = new Map(reader.getRowsJS() as [string, Date[]][]);
    await profiles.close();
    const read = createProfileReader();
    for (const record of records) {
      expect(read(record).profile?.posted_at, record.account_id).toEqual(kept.get(record.account_id));
    }
    expect(kept.get("three pinned")).toHaveLength(3);
    expect(kept.get("future")).toHaveLength(2);
  });

  it("believes dates of the future where the snapshot is unknown, as far as 2038", () => {
    const posts = ["2030-01-01T00:00:00Z", "2039-01-01T00:00:00Z"].map((text) => new Date(text));
    expect(believablePosts(posts, null)).toEqual([posts[0]]);
  });

  it("takes an account's making after its snapshot from the id, as files do", () => {
    const read = createProfileReader();
    const id = String(BigInt(Date.UTC(2020, 0, 1) / 1000) << 32n);
    const { profile } = read({ id, created_at: "2025-01-01T00:00:00Z", observed_at: "2024-01-31T12:00:00Z" });
    expect(profile?.created_at).toEqual(new Date(Date.UTC(2020, 0, 1)));
  });
});
