import { expect, it } from "vitest";
import { connect } from "../../test/support/features/profiles.ts";
import { registerRejected } from "./rejectedFunction.ts";

it("counts all rows by their reasons, also those beyond what is kept", async () => {
  const connection = await connect();
  const { noted, found } = registerRejected(connection, 3);
  const reason = "CASE WHEN i % 4 = 0 THEN 'missing_id' WHEN i % 4 = 1 THEN 'invalid_id' END AS _reason";
  const blanks = "CASE WHEN i % 4 > 1 THEN 'likes,videos_count' END AS _blanks";
  const value = "CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN 'v' ELSE 'a' || chr(31) || 'b' END AS _value";
  const from = `(SELECT i + 10 AS "row", ${reason}, ${blanks}, ${value} FROM range(5000) t(i))`;
  const reader = await connection.runAndReadAll(
    `SELECT count(*), min(x), max(x) FROM (SELECT ${noted} AS x FROM ${from})`,
  );
  expect(reader.getRows()).toEqual([[5000n, -1, -1]]);
  expect(found.count).toBe(2500);
  expect(Object.fromEntries(found.byReason)).toEqual({ missing_id: 1250, invalid_id: 1250 });
  expect([...found.blanks.values()]).toEqual([
    { column: "likes", impossible: false, count: 2500, value: "a", line: null },
    { column: "videos_count", impossible: false, count: 2500, value: "b", line: null },
  ]);
  expect(found.rows).toEqual([
    { line: null, row: 10, reason: "missing_id", detail: "missing id and account_id" },
    { line: null, row: 11, reason: "invalid_id", detail: 'invalid id: "v"' },
    { line: null, row: 12, reason: "blank_likes", detail: 'invalid likes: "a"' },
    { line: null, row: 12, reason: "blank_videos_count", detail: 'invalid videos_count: "b"' },
  ]);
});

it("says of a row without a number that it is not known", async () => {
  const connection = await connect();
  const { noted, found } = registerRejected(connection, 3);
  await connection.run(
    `SELECT ${noted} FROM (SELECT CAST(NULL AS BIGINT) AS "row", 'missing_id' AS _reason, NULL AS _blanks, 'x' AS _value)`,
  );
  expect(found.rows).toMatchObject([{ row: null, reason: "missing_id" }]);
});
