import type { DuckDBConnection } from "@duckdb/node-api";
import { Random } from "../../../src/base/random.ts";
import { madeUpProfiles } from "../../../src/bundle/checkGraph.ts";
import type { Model } from "../../../src/bundle/model.ts";
import { createScorer, type ScoredRows } from "../../../src/bundle/score.ts";
import type { CanonicalProfile } from "../../../src/features/profile.ts";
import { transform } from "../../../src/features/transform.ts";
import { CANONICAL_COLUMNS, CANONICAL_NAMES } from "../../../src/profiles/canonical.ts";
import { NASTY_PROFILES } from "../features/profiles.ts";

/** Profiles each with the columns of several others: unknown, empty, huge, of many scripts. Counts as DuckDB takes them, bigint. */
export function mixedProfiles(rows: number, seed: number): Partial<CanonicalProfile>[] {
  const random = new Random(seed);
  const all = [...NASTY_PROFILES, ...madeUpProfiles()];
  const pick = () => all[Math.floor(random.uniform() * all.length)];
  return Array.from({ length: rows }, () =>
    Object.fromEntries(
      CANONICAL_NAMES.map((name) => {
        const value = pick()[name] ?? null;
        const count = CANONICAL_COLUMNS[name].type === "BIGINT" && typeof value === "number";
        return [name, count ? BigInt(value) : value];
      }),
    ),
  );
}

/** What a model says of the rows of a table as they are: without a stand-in where it is not known when a profile was read. */
export async function scoresOf(
  connection: DuckDBConnection,
  model: Model,
  table: string,
): Promise<ScoredRows> {
  const { values, rows } = await transform(connection, model.pipeline, table);
  return createScorer(model)(values, rows.length);
}
