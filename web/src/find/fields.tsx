import { type ReactNode, useEffect, useId, useState } from "react";
import { wholeCount } from "../format.ts";
import { Button } from "../parts/Button.tsx";
import type { Counted } from "./facets.ts";
import { parseRange, rangeInWords } from "./ranges.ts";
import {
  type Changes,
  type ChoiceFilter,
  capital,
  choose,
  chosenOf,
  type Names,
  type RangeFilter,
  rangeOf,
} from "./words.ts";

/** What all fields of filters are given. */
export interface FieldProps {
  readonly query: URLSearchParams;
  readonly change: (changes: Changes) => void;
  readonly counted: Counted;
  readonly names: Names;
}

/** A filter that is typed: `10K to 50K`. It is asked for on Enter, and when the field is left. */
export function RangeField({
  filter,
  placeholder,
  query,
  change,
  counted,
}: Omit<FieldProps, "names"> & { filter: RangeFilter; placeholder: string }) {
  const { label, unit, limits, min, max, tip } = filter;
  const id = useId();
  const shown = rangeInWords(rangeOf(query, filter), unit);
  const [text, setText] = useState(shown);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    setText(shown);
    setTrouble(null);
  }, [shown]);
  const unanswered = counted.unknown[min];
  const take = () => {
    const read = parseRange(text, unit, limits);
    if ("trouble" in read) return setTrouble(capital(read.trouble));
    const { from, to } = read;
    if (max === undefined && to !== undefined) return setTrouble("Expected the least only");
    setTrouble(null);
    setText(rangeInWords(read, unit));
    const changes = { [min]: from?.toString(), ...(max === undefined ? {} : { [max]: to?.toString() }) };
    if (Object.entries(changes).some(([name, value]) => (query.get(name) ?? undefined) !== value))
      change(changes);
  };
  return (
    <div className="field range-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        value={text}
        placeholder={placeholder}
        autoComplete="off"
        maxLength={60}
        disabled={unanswered !== undefined && shown === ""}
        aria-invalid={trouble !== null}
        aria-describedby={`${id}-tip`}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === "Enter") take();
        }}
      />
      <span
        id={`${id}-tip`}
        className={trouble === null ? "hint" : "hint trouble"}
        role={trouble === null ? undefined : "alert"}
      >
        {trouble ?? (unanswered === undefined ? tip : capital(unanswered))}
      </span>
    </div>
  );
}

/** Choices that are shown until somebody asks for all. */
const MOST = 8;

/** A filter that is chosen: all its values as small buttons, each with how many people it would leave. */
export function Choice({
  filter,
  hint,
  hideEmpty = false,
  query,
  change,
  counted: { facets, unknown },
  names,
}: FieldProps & {
  filter: ChoiceFilter;
  /** What stands beside a value. */
  hint?: (value: string) => string | undefined;
  /** Whether there is nothing to see where there is nothing to choose. */
  hideEmpty?: boolean;
}) {
  const [all, showAll] = useState(false);
  const { name, label, facet, values, words } = filter;
  const chosen = chosenOf(query, filter);
  const counts = new Map(
    (facet === undefined ? [] : (facets?.[facet] ?? [])).map((one) => [one.value, one.people]),
  );
  const offered = [
    ...new Set([...(values ?? []), ...(values === undefined ? counts.keys() : []), ...chosen]),
  ];
  const shown =
    all || offered.length <= MOST + 2
      ? offered
      : offered.filter((value, i) => i < MOST || chosen.includes(value));
  const unanswered = unknown[name];
  const count = (value: string): ReactNode => {
    const people = counts.get(value);
    if (facet === undefined || facets === null || value === "all") return null;
    return <span className="n">{wholeCount(people ?? 0)}</span>;
  };
  if (offered.length === 0 && hideEmpty) return null;
  return (
    <fieldset className="choice-field" disabled={unanswered !== undefined && chosen.length === 0}>
      <legend>{label}</legend>
      {unanswered !== undefined && <p className="hint">{capital(unanswered)}</p>}
      {unanswered === undefined && offered.length === 0 && (
        <p className="hint">{facets === null ? "…" : "Nothing to choose"}</p>
      )}
      <div className="pills">
        {shown.map((value) => {
          const beside = hint?.(value);
          return (
            <button
              key={value}
              type="button"
              className="pill"
              aria-pressed={chosen.includes(value)}
              onClick={() => change(choose(query, filter, value, !chosen.includes(value)))}
            >
              <bdi>{words(value, names)}</bdi>
              {beside !== undefined && <span className="beside">{beside}</span>}
              {count(value)}
            </button>
          );
        })}
        {shown.length < offered.length && (
          <Button look="quiet" className="all" onPress={() => showAll(true)}>
            All {offered.length}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
