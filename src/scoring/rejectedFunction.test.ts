import { expect, it } from "vitest";
import { connect } from "../../test/support/features/profiles.ts";
import { registerRejected } from "./rejectedFunction.ts";

it("counts all rows by their reasons, also those beyond what is kept", async () => {
  const connection = await connect();
  const { noted, found } = registerRejected(connection, 3);
  const reason = "CASE WHEN i % 4 = 0 THEN 'missing_id' ELSE 'invalid_likes' END AS _reason";
  const value = "CASE WHEN i % 4 <> 0 THEN repeat('v', 500) END AS _value";
  const from = `(SELECT i + 10 AS "row", ${reason}, ${value} FROM range(5000) t(i))`;
  const reader = await connection.runAndReadAll(
    `SELECT count(*), min(x), max(x) FROM (SELECT ${noted} AS x FROM ${from})`,
  );
  expect(reader.getRows()).toEqual([[5000n, -1, -1]]);
  expect(found.count).toBe(5000);
  expect(Object.fromEntries(found.byReason)).toEqual({ missing_id: 1250, invalid_likes: 3750 });
  expect(found.rows).toEqual([
    { row: 10, reason: "missing_id", value: null },
    { row: 11, reason: "invalid_likes", value: "v".repeat(400) },
    { row: 12, reason: "invalid_likes", value: "v".repeat(400) },
  ]);
});

it("says of a row without a number that it is not known", async () => {
  const connection = await connect();
  const { noted, found } = registerRejected(connection, 3);
  await connection.run(
    `SELECT ${noted} FROM (SELECT CAST(NULL AS BIGINT) AS "row", 'missing_id' AS _reason, 'x' AS _value)`,
  );
  expect(found.rows).toEqual([{ row: null, reason: "missing_id", value: "x" }]);
});
