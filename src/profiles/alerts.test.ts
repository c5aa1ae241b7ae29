import { DuckDBInstance } from "@duckdb/node-api";
import { expect, it } from "vitest";
import { fakeSource } from "../../test/support/profiles/fakeSource.ts";
import { mapColumns } from "./mapping.ts";
import { fillProfiles } from "./table.ts";

async function alertsOf(records: readonly Record<string, string>[]) {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const source = await fakeSource(connection, records);
  const { alerts } = await fillProfiles(connection, source, mapColumns(source.columns, source.file));
  connection.closeSync();
  instance.closeSync();
  return Object.fromEntries(
    alerts.map((alert) => [`${alert.code} ${alert.column ?? ""}`.trim(), alert.message]),
  );
}

const rates = (like: string, comment: string, awg: string) => ({
  like_engagement_rate: like,
  comment_engagement_rate: comment,
  awg_engagement_rate: awg,
});

it("says nothing of a file without faults", async () => {
  const record = {
    id: "6800000000000000000",
    observed_at: "2023-08-01 10:00:00",
    ...rates("0.1", "0.2", "0.3"),
  };
  expect(await alertsOf([record])).toEqual({
    "snapshot_source observed_at": "When the profiles were read: 1 at the stated time (from observed_at).",
    "created_source created_at": "When the accounts were made: 1 as the id tells.",
  });
});

it("says what is odd about rates, and which columns are there in name only", async () => {
  const alerts = await alertsOf([
    { id: "5", ...rates("0.1", "0.2", "0.30000000000000004"), bio_link: "null" },
    { id: "6", ...rates("63", "0.5", "63.5"), bio_link: "" },
    { id: "7", ...rates("0.1", "0.2", "0.35"), bio_link: "NULL" },
    { id: "8", ...rates("", "2", ""), bio_link: "" },
  ]);
  expect(alerts["high_rate like_engagement_rate"]).toBe(
    "1 of 4 profiles has like_engagement_rate over 1 (the largest is 63); it is kept.",
  );
  expect(alerts["high_rate comment_engagement_rate"]).toContain("the largest is 2");
  expect(alerts["rate_sum awg_engagement_rate"]).toBe(
    "In 1 profile awg_engagement_rate is not the sum of like and comment rate (by up to 0.05).",
  );
  expect(alerts["empty_column bio_link"]).toBe(
    "bio_link has no value in any profile, although bio_link is there.",
  );
  expect(alerts).toHaveProperty("unknown_snapshot observed_at");
});

it("counts rejects by reason, and blanked cells by column", async () => {
  const alerts = await alertsOf([
    { id: "5", followers: "1", likes: "1" },
    { id: "6", followers: "x", likes: "1" },
    { id: "7", followers: "y", likes: "1" },
    { id: "8", followers: "1", likes: "-1" },
    { id: "", followers: "x", likes: "-1" },
  ]);
  expect(alerts.rejected_records).toBe("1 record was rejected: 1 missing_id.");
  expect(alerts["blanked_cells followers"]).toBe(
    '2 cells of followers cannot be read, such as "x" (line 3); they count as missing.',
  );
  expect(alerts["blanked_cells likes"]).toBe(
    '1 cell of likes cannot be read, such as "-1" (line 5); it counts as missing.',
  );
});
