/**
 * Mutual information of eight columns, in both readings and with shuffled labels, from a DuckDB table: 100,000 rows in
 * at most 10 s, and growing no faster than n log n from 10,000. Exits 1 when either fails.
 */
import { DuckDBInstance } from "@duckdb/node-api";
import { informationTable } from "../src/analysis/information.ts";
import { readColumns } from "../src/analysis/query.ts";
import { best, type Cost, mark, timed } from "./measure.ts";

const SMALL = 10_000;
const LARGE = 100_000;
const LIMIT_SECONDS = 10;
/** Room for the clock: timings of the same work differ by this much on a shared machine. */
const NOISE = 1.15;

const connection = await (await DuckDBInstance.create(":memory:")).connect();

/** What one table of made-up profiles costs: heavy-tailed counts with ties, two rates, a link and a flag. */
async function tableOf(rows: number): Promise<Cost> {
  await connection.run("SELECT setseed(0.25)");
  await connection.run(`CREATE OR REPLACE TABLE profiles AS
    WITH people AS (SELECT i AS "row", exp(8 + 2.5 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())) AS size,
      random() AS response FROM range(${rows}) AS t(i))
    SELECT "row", size::BIGINT AS followers, (size * (0.5 + 20 * random()))::BIGINT AS likes,
      (3000 * random() * random())::BIGINT AS following, (400 * random() * random())::BIGINT AS videos_count,
      0.3 * response * random() AS like_engagement_rate, 0.01 * response * random() AS comment_engagement_rate,
      random() < 0.02 AS is_verified, CASE WHEN random() < 0.2 THEN 'https://a.example/' || "row" END AS bio_link
    FROM people`);
  const read = await readColumns(
    connection,
    { row: '"row"', label: "(like_engagement_rate + comment_engagement_rate > 0.05)::INTEGER" },
    'profiles ORDER BY "row"',
  );
  const target = { rows: read.row, labels: Int8Array.from(read.label) };
  return timed(() => informationTable(connection, "profiles", target, { seed: 1 }));
}

await tableOf(SMALL);
const small = await best(2, () => tableOf(SMALL));
const large = await best(2, () => tableOf(LARGE));
const growth = large.seconds / small.seconds;
const expected = (LARGE * Math.log(LARGE)) / (SMALL * Math.log(SMALL));

console.log(`${SMALL} rows x 8 columns: ${small.seconds.toFixed(2)} s`);
mark(`${LARGE} rows x 8 columns`, large.seconds, LIMIT_SECONDS, "at most", " s");
console.log(`grew ${growth.toFixed(1)} times; n log n grows ${expected.toFixed(1)} times`);
mark("growth over n log n; the clock's noise is allowed for", growth / expected, NOISE, "at most");
if (process.argv.includes("--million")) {
  console.log(`1000000 rows x 8 columns: ${(await tableOf(1_000_000)).seconds.toFixed(2)} s`);
}
