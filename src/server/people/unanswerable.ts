import type { PeopleFilter } from "../../workspace/find.ts";

/** What each filter asks for, by the column of which it is known of how many people, and what no file says then. */
const ASKS: readonly (readonly [column: string, says: string, filters: readonly (keyof PeopleFilter)[]])[] = [
  ["followers", "how many followers somebody has", ["min_followers", "max_followers", "tiers"]],
  ["predicted_lang", "the language", ["languages"]],
  ["region", "the country", ["regions"]],
  ["is_verified", "who is verified", ["verified"]],
  ["biography", "what somebody writes about themselves", ["niches", "contacts"]],
  ["awg_engagement_rate", "how posts are answered", ["min_engagement", "max_engagement"]],
  ["last_post", "when somebody posted", ["active_days"]],
  ["posts_per_week", "when somebody posted", ["min_pace", "max_pace"]],
  ["still_posting", "what is needed to tell who goes on posting", ["min_still_posting"]],
  ["well_answered", "what is needed to tell who will be answered well", ["min_well_answered"]],
  ["engagement_percentile", "how posts are answered", ["min_percentile"]],
];

/**
 * Filters that nobody can answer, and why, in words.
 *
 * @param known of how many people each fact is known, as `readKnown` tells
 * @param of everybody; of nobody there is nothing to be known
 */
export function unanswerable(known: Readonly<Record<string, number>>, of: number): Record<string, string> {
  if (of === 0) return {};
  const parts = ASKS.filter(([column]) => known[column] === 0).flatMap(([, says, filters]) =>
    filters.map((filter) => [filter, `no file says ${says}`]),
  );
  const grown = known.followers_growth_rate === 0;
  const growth = "nobody was read twice, a week apart or more";
  return Object.fromEntries([
    ...parts,
    ...(grown ? ["min_growth", "max_growth"].map((filter) => [filter, growth]) : []),
  ]);
}
