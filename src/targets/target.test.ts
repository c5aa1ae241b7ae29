import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { connect, createProfiles } from "../../test/support/features/profiles.ts";
import { quoteLiteral } from "../base/quote.ts";
import { engagement } from "./named.ts";
import { countLabels, labelsOf, requireBothClasses } from "./target.ts";

const shared = new URL("../../../shared/", import.meta.url);

it("labels profiles in the order of their rows, unknown ones as such", async () => {
  const connection = await connect();
  await createProfiles(connection, "profiles", [
    { awg_engagement_rate: 0.05 },
    { awg_engagement_rate: 0.050000001 },
    {},
    { awg_engagement_rate: 0 },
    { awg_engagement_rate: 63 },
  ]);
  await connection.run('CREATE TABLE shuffled AS FROM profiles ORDER BY hash("row")');
  const { rows, labels } = await labelsOf(connection, engagement, "shuffled");
  expect([...rows]).toEqual([0, 1, 2, 3, 4]);
  expect([...labels]).toEqual([0, 1, -1, 0, 1]);
  expect(countLabels(labels)).toEqual({ positives: 2, negatives: 2, unknown: 1 });
  expect(requireBothClasses(engagement, labels)).toEqual({ positives: 2, negatives: 2, unknown: 1 });
});

it("says which column is missing", async () => {
  const connection = await connect();
  await connection.run('CREATE TABLE bare ("row" BIGINT, id VARCHAR)');
  await expect(labelsOf(connection, engagement, "bare")).rejects.toThrow(
    /^missing column: awg_engagement_rate \(from .*; or --map awg_engagement_rate=COLUMN\)$/,
  );
});

it.each([
  [[1, 1, -1], "one class only: engagement is true for all 2 profiles (1 unknown)"],
  [[0], "one class only: engagement is false for all 1 profiles: awg_engagement_rate > 0.05"],
  [[-1, -1], "one class only: engagement is unknown for all 2 profiles"],
  [[], "one class only: engagement is unknown for all 0 profiles"],
])("refuses %j", (labels, message) => {
  expect(() => requireBothClasses(engagement, Int8Array.from(labels))).toThrow(message);
});

describe.skipIf(!existsSync(shared))("on the study's own profiles", () => {
  it("gives the study's labels", async () => {
    const connection = await connect();
    await connection.run(
      `CREATE TABLE profiles AS
       SELECT row_number() OVER () - 1 AS "row", CAST(awg_engagement_rate AS DOUBLE) AS awg_engagement_rate
       FROM read_csv(${quoteLiteral(fileURLToPath(new URL("data/tiktok.csv", shared)))}, all_varchar = true, parallel = false)`,
    );
    const { labels } = await labelsOf(connection, engagement, "profiles");
    const reference = readFileSync(new URL("reference/original-features.csv", shared), "utf8")
      .trim()
      .split("\n");
    expect([...labels]).toEqual(reference.slice(1).map((line) => Number(line.split(",").at(-1))));
    expect(countLabels(labels)).toEqual({ positives: 510, negatives: 490, unknown: 0 });
  });
});
