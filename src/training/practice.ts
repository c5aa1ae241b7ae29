import type { DuckDBConnection } from "@duckdb/node-api";
import type { Random } from "../base/random.ts";
import { CANONICAL_COLUMNS, type CanonicalName } from "../profiles/canonical.ts";
import { quoteIdentifier } from "../profiles/sql.ts";

/** Name of the view that holds the practice profiles. */
export const PRACTICE = "practice_profiles";

/** Deviation of the natural logarithm by which a number is changed. */
const JITTER = 0.3;

/** Share of the practice profiles whose texts, and of those whose flags and dates, come from another account. */
const SWAPPED = 0.5;

/** Share of the practice profiles without one kind of column: numbers, texts, or flags and dates. */
const HIDDEN = 0.06;

/**
 * Makes profiles that nobody has, out of those there are, for one network to learn from another: the numbers of one account,
 * each changed a little, with the texts of a second, and the flags and dates of a third; now and then without some.
 *
 * Mixing what goes together asks the teacher about more of its feature space than its own rows lie in (after Bucila, Caruana
 * and Niculescu-Mizil, "Model Compression", 2006). No profile comes as it is, so that the accounts can judge what was learnt.
 *
 * @param relation name of a table or view with `row` and the columns
 * @param columns those that are needed
 * @param accounts how many rows the relation has, at least 1
 * @param rows how many practice profiles
 */
export async function makePractice(
  connection: DuckDBConnection,
  relation: string,
  {
    columns,
    accounts,
    rows,
    random,
  }: {
    readonly columns: readonly CanonicalName[];
    readonly accounts: number;
    readonly rows: number;
    readonly random: Random;
  },
): Promise<void> {
  const numbers = columns.filter((name) => isNumber(name));
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE practice_draws ("row" BIGINT, a BIGINT, b BIGINT, c BIGINT, ${["a", "b", "c"].map((x) => `hide_${x} BOOLEAN`).join(", ")}${numbers.map((_, i) => `, noise_${i} DOUBLE`).join("")})`,
  );
  const appender = await connection.createAppender("practice_draws", null, "temp");
  const pick = () => BigInt(Math.floor(random.uniform() * accounts));
  for (let row = 0; row < rows; row++) {
    const a = pick();
    appender.appendBigInt(BigInt(row));
    appender.appendBigInt(a);
    for (let part = 0; part < 2; part++) appender.appendBigInt(random.uniform() < SWAPPED ? pick() : a);
    for (let part = 0; part < 3; part++) appender.appendBoolean(random.uniform() < HIDDEN);
    for (const _ of numbers) appender.appendDouble(Math.exp(JITTER * random.normal()));
    appender.endRow();
  }
  appender.closeSync();
  const expressions = columns.map((name) => {
    const part = isNumber(name) ? "a" : CANONICAL_COLUMNS[name].type === "VARCHAR" ? "b" : "c";
    const value = `${part}.${name}${part === "a" ? ` * noise_${numbers.indexOf(name)}` : ""}`;
    return `TRY_CAST(CASE WHEN NOT hide_${part} THEN ${value} END AS ${CANONICAL_COLUMNS[name].type}) AS ${name}`;
  });
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE practice_accounts AS
     SELECT row_number() OVER (ORDER BY "row") - 1 AS place, ${columns.join(", ")} FROM ${quoteIdentifier(relation)}`,
  );
  await connection.run(
    `CREATE OR REPLACE TEMP VIEW ${PRACTICE} AS SELECT d."row", ${expressions.join(", ")} FROM practice_draws d
     JOIN practice_accounts a ON d.a = a.place JOIN practice_accounts b ON d.b = b.place
     JOIN practice_accounts c ON d.c = c.place`,
  );
}

function isNumber(name: CanonicalName): boolean {
  return CANONICAL_COLUMNS[name].type === "BIGINT" || CANONICAL_COLUMNS[name].type === "DOUBLE";
}
