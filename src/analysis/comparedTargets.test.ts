import { DuckDBInstance } from "@duckdb/node-api";
import { expect, it } from "vitest";
import { CANONICAL_COLUMNS } from "../profiles/canonical.ts";
import { comparedTargets } from "./targetTables.ts";

const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
const columns = Object.entries(CANONICAL_COLUMNS).map(([name, { type }]) => `"${name}" ${type}`);

/** Fifty accounts that differ in size and in their last post; rates only where told. */
async function fill(table: string, rate: string): Promise<void> {
  await connection.run(`CREATE TABLE ${table} ("row" BIGINT, ${columns.join(", ")})`);
  await connection.run(
    `INSERT INTO ${table} ("row", account_id, followers, awg_engagement_rate, observed_at, posted_at)
     SELECT i, 'p' || i, 10 * (i + 1), ${rate}, TIMESTAMP '2023-08-01', [TIMESTAMP '2023-07-31' - to_days(CAST(4 * i AS INTEGER))]
     FROM range(50) t(i)`,
  );
}
await fill("known", "0.01 * (i % 10)");
await fill("unrated", "NULL");

const names = async (table: string, missing: Parameters<typeof comparedTargets>[2] = []) =>
  (await comparedTargets(connection, table, missing)).map(({ target }) => target.name);

it("answers the targets that the columns allow", async () => {
  expect(await names("known")).toEqual(["engagement", "activity", "creator"]);
  expect(await names("known", ["posted_at"])).toEqual(["engagement"]);
  expect(await names("known", ["awg_engagement_rate", "observed_at"])).toEqual(["activity"]);
});

it("passes over a target that has nothing to be fitted to", async () => {
  expect(await names("unrated")).not.toContain("creator");
});

it("does not hide a fault of another kind", async () => {
  await expect(comparedTargets(connection, "nowhere", [])).rejects.toThrow();
});
