/** Words of an address that say who is wanted and in which order; the API knows them by the same names. */
export const PEOPLE_WORDS = [
  "search",
  "min_followers",
  "max_followers",
  "tiers",
  "min_still_posting",
  "min_well_answered",
  "min_probability",
  "min_engagement",
  "max_engagement",
  "min_percentile",
  "min_pace",
  "max_pace",
  "min_growth",
  "max_growth",
  "active_days",
  "languages",
  "regions",
  "niches",
  "contacts",
  "verified",
  "flags",
  "no_flags",
  "statuses",
  "tags",
  "no_tags",
  "lists",
  "owner",
  "imports",
  "news",
  "people",
  "no_people",
] as const;

/** What an address asks the API for, without the order. */
export function filterOf(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    PEOPLE_WORDS.flatMap((name) => {
      const value = query.get(name);
      return value === null || value === "" ? [] : [[name, value]];
    }),
  );
}

/** The words of an address as the body of a request has them: numbers, yes or no, lists. */
export function filterInBody(words: Readonly<Record<string, string>>): Record<string, unknown> {
  const read = (name: string, value: string) => {
    if (name === "search" || name === "owner") return value;
    if (name === "verified" || name === "no_flags") return value === "true";
    if (/^(?:min|max|active)_/.test(name)) return Number(value);
    const parts = value.split(",");
    return ["people", "no_people", "lists", "imports"].includes(name) ? parts.map(Number) : parts;
  };
  return Object.fromEntries(Object.entries(words).map(([name, value]) => [name, read(name, value)]));
}

/** The list's first order: whom the short list prefers, the most likely first. */
export const BEST = "best";

/** The words that the list of an address is asked for by: who is wanted, and in which order. */
export function listWords(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams({ ...filterOf(query), sort: query.get("sort") ?? BEST });
}
