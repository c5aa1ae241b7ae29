import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { quoteLiteral, WITHOUT_NUL } from "../base/quote.ts";
import type { CanonicalName } from "../profiles/canonical.ts";
import { postedWithinSql } from "../targets/named.ts";
import { FLAG_NAMES } from "./flags.ts";
import { RANKED } from "./ranked.ts";

const word = z.string().min(1).max(40).regex(WITHOUT_NUL, "holds a NUL");

/** Which accounts of the view `ranked` are wanted. All parts have to match; an account is left out where a part asks for what is unknown of it. */
export const filterSchema = z.strictObject({
  min_followers: z.number().int().min(0).optional(),
  max_followers: z.number().int().min(0).optional(),
  /** Names of follower tiers. */
  tiers: z.array(word).min(1).optional(),
  /** As the provider writes them (`en`), in any case. */
  languages: z.array(word).min(1).optional(),
  regions: z.array(word).min(1).optional(),
  verified: z.boolean().optional(),
  has_email: z.boolean().optional(),
  /** Days within which the last post must be. */
  active_days: z.number().int().min(1).max(36_500).optional(),
  min_probability: z.number().min(0).max(1).optional(),
  min_still_posting: z.number().min(0).max(1).optional(),
  /** Only accounts with one of these flags. */
  flags: z.array(z.enum(FLAG_NAMES)).min(1).optional(),
  /** Only accounts without any flag. */
  no_flags: z.literal(true).optional(),
  /** Only accounts that the model calls active, or only others. */
  active: z.boolean().optional(),
  /** A text that handle, name or biography holds, in any case. */
  search: z.string().max(200).regex(WITHOUT_NUL, "holds a NUL").optional(),
});

/** See {@link filterSchema}. */
export type Filter = z.infer<typeof filterSchema>;

/**
 * A filter as an SQL condition over the view `ranked`; `true` where nothing is asked.
 *
 * @param condition a condition of the user's that `parseCondition` has checked
 */
export function filterSql(filter: Filter, condition?: string): string {
  const { min_followers: least, max_followers: most, search } = filter;
  const parts: string[] = [];
  const add = (value: unknown, sql: () => string) => {
    if (value !== undefined) parts.push(sql());
  };
  add(least, () => `followers >= ${least}`);
  add(most, () => `followers <= ${most}`);
  add(filter.tiers, () => oneOf("tier", filter.tiers));
  add(filter.languages, () => oneOf("predicted_lang", filter.languages));
  add(filter.regions, () => oneOf("region", filter.regions));
  add(filter.verified, () => `is_verified = ${filter.verified}`);
  add(filter.has_email, () => `has_email = ${filter.has_email}`);
  add(filter.active_days, () => postedWithinSql(filter.active_days as number));
  add(filter.min_probability, () => `probability >= ${filter.min_probability}`);
  add(filter.min_still_posting, () => `still_posting >= ${filter.min_still_posting}`);
  add(filter.flags, () => `list_has_any(flags, [${(filter.flags ?? []).map(quoteLiteral).join(", ")}])`);
  add(filter.no_flags, () => "len(flags) = 0");
  add(filter.active, () => `active = ${filter.active}`);
  if (search !== undefined && search.trim() !== "") parts.push(`(${searchSql(search.trim())})`);
  if (condition !== undefined) parts.push(`coalesce((${condition}), false)`);
  return parts.length === 0 ? "true" : parts.map((part) => `(${part})`).join(" AND ");
}

/** What a list holds unless something else is asked for. */
export const DEFAULT_LIST = { top: 200, min_followers: 1_000, min_still_posting: 0.5 } as const;

/**
 * Accounts that a list prefers, as an SQL condition over the view `ranked`: of 1,000 followers and more, and likely still posting.
 * What is unknown speaks against nobody, and where a filter asks for followers or posting itself, it is not asked twice.
 */
export function preferredSql(filter: Filter): string {
  const { min_followers, max_followers, tiers, min_still_posting } = filter;
  const sized = min_followers ?? max_followers ?? tiers;
  const parts = [
    ...(sized === undefined ? [`coalesce(followers >= ${DEFAULT_LIST.min_followers}, true)`] : []),
    ...(min_still_posting === undefined
      ? [`coalesce(still_posting >= ${DEFAULT_LIST.min_still_posting}, true)`]
      : []),
  ];
  return parts.length === 0 ? "true" : parts.join(" AND ");
}

function oneOf(column: string, names: readonly string[] = []): string {
  return `lower(${column}) IN (${names.map((name) => quoteLiteral(name.toLowerCase())).join(", ")})`;
}

function searchSql(text: string): string {
  const needle = `lower(${quoteLiteral(text)})`;
  return ["account_id", "nickname", "biography"]
    .map((column) => `contains(lower(coalesce(${column}, '')), ${needle})`)
    .join(" OR ");
}

/** A part of a filter that matches no account, even alone. */
export interface NoMatch {
  readonly name: keyof Filter;
  /** The column that the part asks for, where the file has it of no account; else null. */
  readonly missing: CanonicalName | null;
}

/** The columns that parts of a filter ask for. What the other parts ask for is known of every account. */
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

/** The parts of a filter that match no account, each taken alone. */
export async function partsWithoutMatch(connection: DuckDBConnection, filter: Filter): Promise<NoMatch[]> {
  const parts: NoMatch[] = [];
  for (const name of Object.keys(filter) as (keyof Filter)[]) {
    if (filter[name] === undefined) continue;
    const column = ASKS[name];
    const reader = await connection.runAndReadAll(
      `SELECT count(*) FILTER (WHERE ${filterSql({ [name]: filter[name] })}), count(${column ?? "*"}) FROM ${RANKED}`,
    );
    const [matching, known] = reader.getRowsJS()[0].map(Number);
    if (matching === 0) parts.push({ name, missing: known === 0 ? (column ?? null) : null });
  }
  return parts;
}
