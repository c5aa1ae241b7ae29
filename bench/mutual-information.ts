/**
 * Mutual information of eight columns, in both readings and with shuffled labels, from a DuckDB table: 100,000 rows in
 * at most 10 s, and growing no faster than n log n from 10,000. Exits 1 when either fails.
 */
import { DuckDBInstance } from "@duckdb/node-api";
import { informationTable } from "../src/analysis/information.ts";
import { readColumns } from "../src/analysis/query.ts";

const SMALL = 10_000;
const LARGE = 100_000;
const LIMIT_SECONDS = 10;
/** Room for the clock: timings of the same work differ by this much on a shared machine. */
const NOISE = 1.15;

const connection = await (await DuckDBInstance.create(":memory:")).connect();

/** Seconds for one table of made-up profiles: heavy-tailed counts with ties, two rates, a link and a flag. */
async function seconds(rows: number): Promise<number> {
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
  const started = performance.now();
  await informationTable(connection, "profiles", target, { seed: 1 });
  return (performance.now() - started) / 1000;
}

/** The faster of two runs: what the work costs, with the least of what else the machine does. */
async function best(rows: number): Promise<number> {
  return Math.min(await seconds(rows), await seconds(rows));
}

await seconds(SMALL);
const small = await best(SMALL);
const large = await best(LARGE);
const growth = large / small;
const expected = (LARGE * Math.log(LARGE)) / (SMALL * Math.log(SMALL));
const ratio = growth / expected;
const enough = large <= LIMIT_SECONDS && ratio <= NOISE;

console.log(`${SMALL} rows x 8 columns: ${small.toFixed(2)} s`);
console.log(`${LARGE} rows x 8 columns: ${large.toFixed(2)} s (at most ${LIMIT_SECONDS} s)`);
console.log(
  `grew ${growth.toFixed(1)} times; n log n grows ${expected.toFixed(1)} times: ratio ${ratio.toFixed(2)} (at most ${NOISE}, the clock's noise)`,
);
const millions = process.argv.includes("--million");
if (millions) console.log(`1000000 rows x 8 columns: ${(await seconds(1_000_000)).toFixed(2)} s`);
if (!enough) process.exitCode = 1;
