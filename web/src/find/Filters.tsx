import { type ReactNode, useRef, useState } from "react";
import { countOf } from "../../../src/base/words.ts";
import { wholeCount } from "../format.ts";
import { Button, IconButton } from "../parts/Button.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { Icon } from "../parts/Icon.tsx";
import { focusList } from "../people/grid.ts";
import { useFacets } from "./facets.ts";
import { Choice, type FieldProps, RangeField } from "./fields.tsx";
import { CHOICES, type Changes, chipsOf, type Names, NO_FILTERS, RANGES, tierRange } from "./words.ts";
import "./find.css";

/** What the parts that find people are given: the words of the address, and what changes them. */
export interface FindProps {
  readonly query: URLSearchParams;
  readonly change: (changes: Changes) => void;
}

/** A button that opens all filters in a sheet, which on a phone is the whole window. */
export function Filters({ query, change, names }: FindProps & { names: Names }) {
  const [open, setOpen] = useState(false);
  const counted = useFacets(query, open);
  const on = chipsOf(query, names).length;
  return (
    <>
      <Button onPress={() => setOpen(true)} aria-haspopup="dialog">
        <Icon name="filter" /> Filters
        {on > 0 && (
          <>
            {" "}
            <span className="on-count">{wholeCount(on)}</span>
          </>
        )}
      </Button>
      <Dialog title="Filters" shape="side" isOpen={open} close={() => setOpen(false)}>
        <div className="filters-sheet">
          {counted.error !== null && (
            <p className="trouble" role="alert">
              {counted.error.message}
            </p>
          )}
          <Sections query={query} change={change} counted={counted} names={names} />
          <div className="actions foot">
            <Button look="quiet" isDisabled={on === 0} onPress={() => change(NO_FILTERS)}>
              Clear all
            </Button>
            <Button look="primary" onPress={() => setOpen(false)}>
              {counted.total === null ? "Show people" : `Show ${countOf(counted.total, "person", "people")}`}
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}

function Sections(props: FieldProps) {
  const { counted } = props;
  // Of one file there is no other to choose, and none before it.
  const files = counted.facets?.import ?? [];
  return (
    <>
      <Section title="Size">
        <RangeField filter={RANGES.followers} placeholder="10K to 50K" {...props} />
        <Choice filter={{ ...CHOICES.tiers, label: "By name" }} hint={tierRange} {...props} />
      </Section>
      <Section title="What is likely">
        <div className="two">
          <RangeField filter={RANGES.posting} placeholder="80 %" {...props} />
          <RangeField filter={RANGES.answered} placeholder="50 %" {...props} />
        </div>
        <RangeField filter={RANGES.overall} placeholder="50 %" {...props} />
      </Section>
      <Section title="How posts do">
        <div className="two">
          <RangeField filter={RANGES.engagement} placeholder="2 % to 8 %" {...props} />
          <RangeField filter={RANGES.percentile} placeholder="70 %" {...props} />
          <RangeField filter={RANGES.pace} placeholder="2 to 7" {...props} />
          <RangeField filter={RANGES.growth} placeholder="5 %" {...props} />
        </div>
        <Choice filter={CHOICES.posted} {...props} />
        {files.length > 1 && <Choice filter={CHOICES.news} {...props} />}
      </Section>
      <Section title="Who they are">
        <Choice filter={CHOICES.niches} {...props} />
        <Choice filter={CHOICES.languages} {...props} />
        <Choice filter={CHOICES.regions} {...props} />
        <Choice filter={CHOICES.contacts} {...props} />
        <Choice filter={CHOICES.verified} {...props} />
      </Section>
      <Section title="Look twice">
        <Choice filter={CHOICES.noFlags} {...props} />
        <Choice filter={CHOICES.flags} hideEmpty {...props} />
      </Section>
      <Section title="Your work">
        <Choice filter={CHOICES.statuses} {...props} />
        <Choice filter={CHOICES.tags} hideEmpty {...props} />
        <Choice filter={CHOICES.noTags} hideEmpty {...props} />
        <Choice filter={CHOICES.owner} hideEmpty {...props} />
        <Choice filter={CHOICES.lists} hideEmpty {...props} />
        {(files.length > 1 || props.query.has("imports")) && <Choice filter={CHOICES.imports} {...props} />}
      </Section>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** The filters that are on, each with a button that takes it away; nothing where none is. */
export function Chips({ query, change, names }: FindProps & { names: Names }) {
  const chips = chipsOf(query, names);
  const list = useRef<HTMLUListElement>(null);
  if (chips.length === 0) return null;
  const remove = (clear: Changes, i: number) => {
    // The focus goes to the filter beside, or to the people when it was the last.
    const others = list.current?.querySelectorAll<HTMLElement>(".chip button") ?? [];
    const next = others[i + 1] ?? others[i - 1];
    if (next === undefined) focusList();
    else next.focus();
    change(clear);
  };
  return (
    <ul ref={list} className="chips" aria-label="Filters that are on">
      {chips.map(({ name, label, words, clear }, i) => (
        <li key={name} className="chip">
          <span className="label">{label}</span> <bdi>{words}</bdi>
          <IconButton label={`Take away: ${label}`} onPress={() => remove(clear, i)}>
            <Icon name="close" size={12} />
          </IconButton>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <Button
            look="quiet"
            className="clear"
            onPress={() => {
              focusList();
              change(NO_FILTERS);
            }}
          >
            Clear all
          </Button>
        </li>
      )}
    </ul>
  );
}
