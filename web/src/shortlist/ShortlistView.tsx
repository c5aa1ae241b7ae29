import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { countOf } from "../../../src/base/words.ts";
import { wholeCount } from "../format.ts";
import { Theirs } from "../parts/Account.tsx";
import { HowOld } from "../parts/HowOld.tsx";
import { Empty, Failed, Loading, NotThere } from "../parts/States.tsx";
import { changeQuery } from "../route.ts";
import { ReadAgain } from "../start/ReadAgain.tsx";
import type { DatasetFacts, ListedRow } from "../types.ts";
import "./shortlist.css";
import { useNarrow } from "../display.ts";
import { Compare } from "./Compare.tsx";
import { Export } from "./Export.tsx";
import { Filters } from "./Filters.tsx";
import { Grid } from "./Grid.tsx";
import { Lists } from "./Lists.tsx";
import { pagesFor } from "./pages.ts";
import { type Choice, choiceOf, choiceWords, FIRST_SORT, NO_FILTERS } from "./query.ts";
import { ColumnChooser, SelectionBar, SortChoice, useColumns } from "./Tools.tsx";

/** The ranked accounts of a file: to sort, filter, choose from, compare and take along. */
export function ShortlistView({ dataset, query }: { dataset: DatasetFacts; query: URLSearchParams }) {
  if (!dataset.ready.shortlist) {
    return (
      <NotThere
        dataset={dataset}
        coming="Loading the shortlist…"
        title="There is no shortlist of this file"
        words="It was stopped before the accounts were ranked. Open the file again from the start."
      />
    );
  }
  return <Ranked dataset={dataset} query={query} />;
}

function Ranked({ dataset, query }: { dataset: DatasetFacts; query: URLSearchParams }) {
  const questions = dataset.model?.questions === true;
  const choice = choiceOf(query);
  const sort = query.get("sort") ?? FIRST_SORT;
  const words = new URLSearchParams({ dataset: dataset.id, sort, ...choiceWords(choice) }).toString();
  const list = useMemo(() => pagesFor(new URLSearchParams(words)), [words]);
  const { pages } = list;
  const { total: counted, matching, error } = useSyncExternalStore(pages.subscribe, pages.listed);
  // While another list is on its way the grid stays, and with it the focus.
  const [before, setBefore] = useState<number | null>(null);
  const total = counted ?? before;
  useEffect(() => {
    if (counted !== null) setBefore(counted);
  }, [counted]);
  const [selected, setSelected] = useState<ReadonlyMap<number, ListedRow>>(new Map());
  const columns = useColumns(questions);
  const narrow = useNarrow();
  useEffect(() => pages.look(0, 0), [pages]);

  const compared = query.get("compare");
  if (compared !== null && compared !== "") return <Compare dataset={dataset.id} rows={compared} />;
  return (
    <>
      <div className="list-head">
        <h1 className="page-title">
          Shortlist of <Theirs>{dataset.name}</Theirs>
        </h1>
        <p role="status" className="note">
          {total !== null &&
            listed(choice, { total, matching: matching ?? total, rows: dataset.rows }, questions)}
        </p>
        <Everybody choice={choice} />
      </div>
      <HowOld dataset={dataset} />
      <Losses dataset={dataset} />
      <div className="tools">
        <Filters dataset={dataset.id} choice={choice} questions={questions} />
        {narrow ? <SortChoice sort={sort} /> : <ColumnChooser columns={columns} />}
        <Lists dataset={dataset} selected={selected} />
        <Export dataset={dataset.id} choice={choice} selected={selected} />
      </div>
      <SelectionBar selected={selected} clear={() => setSelected(new Map())} />
      {error !== null ? (
        <Wrong status={error.status} words={error.message} again={pages.again} />
      ) : total === null ? (
        <Loading what="the accounts" />
      ) : total === 0 ? (
        <Empty
          title="No account is like that"
          words={
            choice.short
              ? `None of the short list${shortWords(choice, questions)}. Look among everybody, or take filters away.`
              : "Ask for less: take a filter away, or all of them."
          }
        >
          {choice.short && <Everybody choice={choice} />}
          {Object.keys(choice.filters).length > 0 && <Unfiltered />}
        </Empty>
      ) : (
        <Grid
          list={list}
          total={total}
          sort={sort}
          dataset={dataset.id}
          selected={selected}
          select={setSelected}
          visible={columns.visible}
          narrow={narrow}
        />
      )}
    </>
  );
}

/** What was lost of the file, where that is so much that the list cannot be believed without a look at it. */
function Losses({ dataset: { id, summary } }: { dataset: DatasetFacts }) {
  if (summary === null || summary.losses.length === 0) return null;
  return (
    <div className="losses" role="alert">
      {summary.losses.map((sentence) => (
        <p key={sentence}>{sentence}.</p>
      ))}
      <ReadAgain dataset={id} words={summary.losses.join(" ")} />
    </div>
  );
}

/** What the accounts of the short list are like, besides what the filters say. */
function shortWords({ filters }: Choice, questions: boolean): string {
  const sized = filters.min_followers ?? filters.max_followers ?? filters.tiers;
  const parts = [
    ...(sized === undefined ? ["1,000 followers or more"] : []),
    ...(questions && filters.min_still_posting === undefined ? ["likely to go on posting"] : []),
  ];
  return parts.length === 0 ? "" : `: ${parts.join(", ")}`;
}

/** How many accounts are listed, of how many, in words. */
function listed(
  choice: Choice,
  { total, matching, rows }: { total: number; matching: number; rows: number | null },
  questions: boolean,
): string {
  if (choice.top !== undefined && total < matching)
    return `The first ${wholeCount(total)} of ${wholeCount(matching)} accounts`;
  if (choice.short && choice.top === undefined) {
    const first = total < matching ? `The first ${wholeCount(total)} of ` : "";
    return `${first}${countOf(matching, "account")}${shortWords(choice, questions)}`;
  }
  return total === rows
    ? `${wholeCount(total)} accounts, the surest first`
    : `${wholeCount(total)} of ${wholeCount(rows)} accounts`;
}

/** From the short list to everybody, and back. */
function Everybody({ choice: { short, filters } }: { choice: Choice }) {
  if (filters.rows !== undefined) return null;
  return (
    <button
      type="button"
      className="button quiet small"
      onClick={() => changeQuery({ all: short ? "1" : undefined, top: undefined })}
    >
      {short ? "Show everybody" : "Show the short list"}
    </button>
  );
}

/** The way back from filters that leave nobody, or that the server does not know. */
function Unfiltered({ sort = false }: { sort?: boolean }) {
  const changes = { ...NO_FILTERS, all: "1", ...(sort ? { sort: undefined } : {}) };
  return (
    <button type="button" className="button" onClick={() => changeQuery(changes)}>
      Take all filters away
    </button>
  );
}

function Wrong({ status, words, again }: { status: number; words: string; again: () => void }) {
  // What the server could not read, or will not do.
  if (status !== 400 && status !== 422)
    return <Failed title="The list cannot be shown" words={words} again={again} />;
  return (
    <Failed title="The list cannot be filtered like that" words={words}>
      <Unfiltered sort />
    </Failed>
  );
}
