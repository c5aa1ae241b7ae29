import { useEffect, useRef, useState } from "react";
import { useAsk } from "../api.ts";
import { share } from "../format.ts";
import { changeQuery } from "../route.ts";
import { Drop } from "./Drop.tsx";
import { type Choice, type FilterName, NO_FILTERS, withWord, wordsOf } from "./query.ts";

/** Milliseconds that typing has to rest before the list is asked for. */
const REST = 300;

type Words = Readonly<Record<string, string>>;

/** What is searched for, and the filters; all are kept in the address. */
export function Filters({
  dataset,
  choice,
  questions,
}: {
  dataset: string;
  choice: Choice;
  questions: boolean;
}) {
  const { filters } = choice;
  const { search = "", rows: _, ...others } = filters;
  const count = Object.keys(others).length;
  return (
    <search className="filters">
      <Search search={search} />
      <Drop label={count === 0 ? "Filters" : `Filters (${count})`}>
        <Choices dataset={dataset} choice={choice} questions={questions} />
      </Drop>
      {Object.keys(filters).length > 0 && (
        <button type="button" className="button quiet" onClick={() => changeQuery(NO_FILTERS)}>
          Clear
        </button>
      )}
    </search>
  );
}

function Search({ search }: { search: string }) {
  const [text, setText] = useState(search);
  const sent = useRef(search);
  useEffect(() => {
    // The address was changed by somebody else: back, a list, "Clear".
    if (search === sent.current) return;
    sent.current = search;
    setText(search);
  }, [search]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      // One step back leads out of a search, not through its letters.
      const replace = sent.current !== "" && text !== "";
      sent.current = text;
      // Whoever looks for somebody wants them whether they are worth a look or not.
      changeQuery({ search: text, all: text === "" ? undefined : "1" }, { replace });
    }, REST);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <input
      type="search"
      aria-label="Search names, handles and biographies"
      placeholder="Search names and bios"
      maxLength={200}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

/** Changes a filter; the others stay. */
type SetFilter = (name: FilterName, value: string) => void;

/** Probabilities to choose from. */
const LIKELY = ["0.25", "0.5", "0.75", "0.9"].map((value) => [value, share(Number(value), 0)] as const);

function Choices({ dataset, choice, questions }: { dataset: string; choice: Choice; questions: boolean }) {
  const { filters } = choice;
  const set: SetFilter = (name, value) => changeQuery({ [name]: value });
  const own = { filters, set };
  return (
    <div className="choices">
      <Sizes dataset={dataset} chosen={filters.tiers ?? ""} set={set} />
      <div className="pair">
        <Typed name="min_followers" label="Followers from" {...own} number />
        <Typed name="max_followers" label="to" {...own} number />
      </div>
      {questions && (
        <>
          <Chosen name="min_still_posting" label="Still posting, at least" {...own} options={LIKELY} />
        </>
      )}
      <Chosen name="no_flags" label="To look at twice" {...own} options={[["true", "leave out"]]} />
      <Chosen name="min_probability" label="How likely, at least" {...own} options={LIKELY} />
      <Chosen
        name="active_days"
        label="Posted within"
        {...own}
        options={["7", "30", "90", "180", "365"].map((days) => [days, `${days} days`])}
      />
      <Chosen
        name="has_email"
        label="E-mail address"
        {...own}
        options={[
          ["true", "in the profile"],
          ["false", "none"],
        ]}
      />
      <Chosen
        name="verified"
        label="Verified"
        {...own}
        options={[
          ["true", "yes"],
          ["false", "no"],
        ]}
      />
      <div className="pair">
        <Typed name="languages" label="Languages" hint="en, es" {...own} />
        <Typed name="regions" label="Regions" hint="US, GB" {...own} />
      </div>
    </div>
  );
}

function Sizes({ dataset, chosen, set }: { dataset: string; chosen: string; set: SetFilter }) {
  const { answer } = useAsk<{ tier: string | null }[]>(`/v1/datasets/${encodeURIComponent(dataset)}/tiers`);
  const on = wordsOf(chosen);
  const tiers = (answer ?? []).flatMap(({ tier }) => (tier === null ? [] : [tier]));
  return (
    <fieldset className="checks">
      <legend>Size</legend>
      {tiers.map((tier) => (
        <label key={tier}>
          <input
            type="checkbox"
            checked={on.includes(tier)}
            onChange={(event) => set("tiers", withWord(chosen, tier, event.target.checked))}
          />{" "}
          {tier}
        </label>
      ))}
    </fieldset>
  );
}

function Chosen({
  name,
  label,
  filters,
  set,
  options,
}: {
  name: FilterName;
  label: string;
  filters: Words;
  set: SetFilter;
  options: readonly (readonly [string, string])[];
}) {
  const value = filters[name] ?? "";
  // An address may ask for what is not on offer.
  const others = value === "" || options.some(([known]) => known === value) ? [] : [[value, value] as const];
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => set(name, event.target.value)}>
        <option value="">any</option>
        {[...options, ...others].map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

function Typed({
  name,
  label,
  hint,
  filters,
  set,
  number = false,
}: {
  name: FilterName;
  label: string;
  hint?: string;
  filters: Words;
  set: SetFilter;
  number?: boolean;
}) {
  const value = filters[name] ?? "";
  return (
    <label>
      {label}
      <input
        key={value}
        defaultValue={value}
        placeholder={hint}
        {...(number ? { type: "number", min: 0, step: 1 } : { type: "text" })}
        onBlur={(event) => {
          if (event.target.value !== value) set(name, event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && event.currentTarget.value !== value)
            set(name, event.currentTarget.value);
        }}
      />
    </label>
  );
}
