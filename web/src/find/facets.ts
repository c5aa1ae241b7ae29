import { useEffect, useMemo, useRef } from "react";
import { type Asked, useAsk } from "../api.ts";
import { useImports } from "../files/arriving.ts";
import { useLists, watchPeople } from "../people/api.ts";
import { filterOf } from "../people/filter.ts";
import type { Facets, PeoplePage } from "../people/types.ts";
import type { Names } from "./words.ts";

/** What can be chosen for a filter, and what it would leave. */
export interface Counted {
  /** Null until it is counted for the first time. */
  readonly facets: Facets | null;
  /** Filters that no file can answer, and why. */
  readonly unknown: Readonly<Record<string, string>>;
  /** How many match; null until it is counted. */
  readonly total: number | null;
}

/**
 * Counts beside each choice. What was counted before stays until the new counts are there.
 *
 * @param on whether anybody looks at them
 */
export function useFacets(query: URLSearchParams, on: boolean): Counted & Pick<Asked<unknown>, "error"> {
  const words = new URLSearchParams({ ...filterOf(query), facets: "true", limit: "0" });
  const { answer, error, again } = useAsk<PeoplePage>(on ? `/v1/people?${words}` : null);
  const last = useRef<PeoplePage | null>(null);
  if (answer !== null) last.current = answer;
  useEffect(() => (on ? watchPeople(again) : undefined), [on]);
  const { facets = null, unknown = {}, total = null } = last.current ?? {};
  return { facets, unknown, total, error };
}

/** What lists and files are called, by number. @param of how many people there are: with others, files came or went */
export function useNames(of: number | null): Names {
  const lists = useLists();
  const { answer: imports, again } = useImports();
  const before = useRef(of);
  useEffect(() => {
    if (before.current !== null && before.current !== of) again();
    before.current = of;
  }, [of]);
  return useMemo(
    () => ({
      list: new Map((lists ?? []).map((one) => [String(one.list), one.name])),
      import: new Map((imports ?? []).map((one) => [String(one.import), one.name])),
    }),
    [lists, imports],
  );
}
