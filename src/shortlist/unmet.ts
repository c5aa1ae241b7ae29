import type { DuckDBConnection } from "@duckdb/node-api";
import type { CanonicalName } from "../profiles/canonical.ts";
import { type Filter, filterSql } from "./filter.ts";
import { RANKED } from "./ranked.ts";

/** A part of a filter that no account meets, even alone. */
export interface Unmet {
  readonly name: keyof Filter;
  /** The column that the file does not tell of any account; null where it does, and none is as asked. */
  readonly untold: CanonicalName | null;
}

/** What parts of a filter ask for; the others are told of every account. */
const ASKS: Readonly<Partial<Record<keyof Filter, CanonicalName>>> = {
  min_followers: "followers",
  max_followers: "followers",
  tiers: "followers",
  languages: "predicted_lang",
  regions: "region",
  verified: "is_verified",
  has_email: "biography",
  active_days: "posted_at",
};

/** Why a filter lets nobody through: those of its parts that do so alone. */
export async function unmetFilters(connection: DuckDBConnection, filter: Filter): Promise<Unmet[]> {
  const unmet: Unmet[] = [];
  for (const name of Object.keys(filter) as (keyof Filter)[]) {
    if (filter[name] === undefined) continue;
    const column = ASKS[name];
    const reader = await connection.runAndReadAll(
      `SELECT count(*) FILTER (WHERE ${filterSql({ [name]: filter[name] })}), count(${column ?? "*"}) FROM ${RANKED}`,
    );
    const [met, told] = reader.getRowsJS()[0].map(Number);
    if (met === 0) unmet.push({ name, untold: told === 0 ? (column ?? null) : null });
  }
  return unmet;
}
