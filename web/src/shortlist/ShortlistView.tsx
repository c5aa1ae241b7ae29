import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { wholeCount } from "../format.ts";
import { Empty, Failed, Loading, NotThere } from "../parts/States.tsx";
import { changeQuery } from "../route.ts";
import type { DatasetFacts, ListedRow } from "../types.ts";
import "./shortlist.css";
import { useNarrow } from "../display.ts";
import { Compare } from "./Compare.tsx";
import { Export } from "./Export.tsx";
import { Filters } from "./Filters.tsx";
import { Grid } from "./Grid.tsx";
import { Lists } from "./Lists.tsx";
import { pagesFor } from "./pages.ts";
import { FIRST_SORT, filtersOf, NO_FILTERS } from "./query.ts";
import { ColumnChooser, SelectionBar, SortChoice, useColumns } from "./Tools.tsx";

/** The ranked accounts of a file: to sort, filter, choose from, compare and take along. */
export function ShortlistView({ dataset, query }: { dataset: DatasetFacts; query: URLSearchParams }) {
  if (!dataset.ready.shortlist) {
    return (
      <NotThere
        dataset={dataset}
        coming="Loading the shortlist: a model is trained on the file first, which takes a minute or two…"
        title="There is no shortlist of this file"
        words="It was stopped before the accounts were ranked. Open the file again from the start."
      />
    );
  }
  return <Ranked dataset={dataset} query={query} />;
}

function Ranked({ dataset, query }: { dataset: DatasetFacts; query: URLSearchParams }) {
  const filters = filtersOf(query);
  const sort = query.get("sort") ?? FIRST_SORT;
  const words = new URLSearchParams({ dataset: dataset.id, sort, ...filters }).toString();
  const list = useMemo(() => pagesFor(new URLSearchParams(words)), [words]);
  const { pages } = list;
  const { total: counted, error } = useSyncExternalStore(pages.subscribe, pages.listed);
  // While another list is on its way the grid stays, and with it the focus.
  const [before, setBefore] = useState<number | null>(null);
  const total = counted ?? before;
  useEffect(() => {
    if (counted !== null) setBefore(counted);
  }, [counted]);
  const [selected, setSelected] = useState<ReadonlyMap<number, ListedRow>>(new Map());
  const columns = useColumns();
  const narrow = useNarrow();
  useEffect(() => pages.look(0, 0), [pages]);

  const compared = query.get("compare");
  if (compared !== null && compared !== "") return <Compare dataset={dataset.id} rows={compared} />;
  return (
    <>
      <div className="list-head">
        <h1 className="page-title">Shortlist</h1>
        <p role="status" className="note">
          {total !== null &&
            (total === dataset.rows
              ? `${wholeCount(total)} accounts, the surest first`
              : `${wholeCount(total)} of ${wholeCount(dataset.rows)} accounts`)}
        </p>
      </div>
      <div className="tools">
        <Filters dataset={dataset.id} filters={filters} />
        {narrow ? <SortChoice sort={sort} /> : <ColumnChooser columns={columns} />}
        <Lists dataset={dataset} selected={selected} />
        <Export dataset={dataset.id} filters={filters} selected={selected} />
      </div>
      <SelectionBar selected={selected} clear={() => setSelected(new Map())} />
      {error !== null ? (
        <Wrong status={error.status} words={error.message} again={pages.again} />
      ) : total === null ? (
        <Loading what="the accounts" />
      ) : total === 0 ? (
        <Empty title="No account is like that" words="Ask for less: take a filter away, or all of them.">
          <Unfiltered />
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

/** The way back from filters that leave nobody, or that the server does not know. */
function Unfiltered({ sort = false }: { sort?: boolean }) {
  const changes = sort ? { ...NO_FILTERS, sort: undefined } : NO_FILTERS;
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
