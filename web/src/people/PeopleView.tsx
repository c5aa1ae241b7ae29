import {
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useNarrow, useWidth } from "../display.ts";
import { useImports } from "../files/arriving.ts";
import { wholeCount } from "../format.ts";
import { Button } from "../parts/Button.tsx";
import { Link } from "../parts/Header.tsx";
import { Empty, Failed, Loading } from "../parts/States.tsx";
import { Panel } from "../profile/Panel.tsx";
import { changeQuery, go, placeAddress } from "../route.ts";
import { Alike } from "./Alike.tsx";
import { changePeople, undo, watchPeople } from "./api.ts";
import { BulkBar } from "./BulkBar.tsx";
import { Compare } from "./Compare.tsx";
import { type Column, fitting, useColumns } from "./columns.tsx";
import { FirstPeople } from "./FirstPeople.tsx";
import { BEST, filterOf, listWords, PEOPLE_WORDS } from "./filter.ts";
import { Grid } from "./Grid.tsx";
import { rowsBetween } from "./grid.ts";
import { ComingBar, DropAnywhere, FirstRun, Tour } from "./Landing.tsx";
import { OldBanner } from "./OldBanner.tsx";
import { PeopleBar } from "./PeopleBar.tsx";
import { keepPlace, pagesFor } from "./pages.ts";
import { StatusMenu } from "./Status.tsx";
import {
  countSelected,
  everybody,
  isAll,
  isSelected,
  NOBODY,
  type Selection,
  toggled,
  whomOf,
  withPeople,
} from "./selection.ts";
import type { PersonRow, Setting } from "./types.ts";
import { KeysDialog, useListKeys } from "./useListKeys.tsx";
import "./people.css";

/** Rem of a list that may scroll sideways. */
const ROOMY = 64;

const NONE: readonly never[] = [];
const GROWTH = ["growth"];

/** The people of the workspace: to look through, mark, choose from and take along. One of them can be open beside the list. */
export function PeopleView({ person, query }: { person: number | null; query: URLSearchParams }) {
  const filter = filterOf(query);
  const sort = query.get("sort") ?? BEST;
  const words = listWords(query).toString();
  const list = useMemo(() => pagesFor(new URLSearchParams(words)), [words]);
  const { pages } = list;
  const { total: counted, of, hidden, error, rows } = useSyncExternalStore(pages.subscribe, pages.listed);
  // While another list is on its way the grid stays, and with it the focus.
  const before = useRef<number | null>(null);
  if (counted !== null) before.current = counted;
  const total = counted ?? before.current;
  const narrow = useNarrow();
  const files = useImports().answer ?? [];
  // Of one reading nobody has grown.
  const columns = useColumns(files.length > 1 ? NONE : GROWTH);
  const [room, section] = useWidth();
  // Beside a person, and where the window is small, no row is wider than its room: what is left out stands with the person.
  const chosen = columns?.shown ?? NONE;
  const cramped = person !== null || room < ROOMY;
  const shown = useMemo(() => (cramped ? fitting(chosen, room) : chosen), [chosen, cramped, cramped && room]);
  const frame = useRef<HTMLDivElement>(null);
  const [selection, select] = useState<Selection>(NOBODY);
  const [active, setActive] = useState(list.active);
  list.active = active;
  useEffect(() => {
    addEventListener("pagehide", keepPlace);
    return () => removeEventListener("pagehide", keepPlace);
  }, []);
  const [asked, askStatus] = useState<{ row: PersonRow; beside: Element } | null>(null);
  const [compared, compare] = useState<readonly number[]>([]);
  const [alike, askAlike] = useState<readonly number[]>([]);
  const search = query.size === 0 ? "" : `?${query}`;

  useEffect(() => pages.look(0, 0), [pages]);
  useEffect(() => watchPeople((news) => (news === null ? pages.reload() : pages.patch(news))), [pages]);
  const first = useRef(true);
  // Another list starts at its top, and what was selected is of the one before.
  useEffect(() => {
    if (!first.current) {
      select(NOBODY);
      setActive(0);
    }
    first.current = false;
  }, [pages]);

  const open = useCallback((row: PersonRow | undefined, replace = false) => {
    if (row !== undefined) go(placeAddress("people", row.person, location.search), { replace });
  }, []);
  const close = useCallback(() => {
    go(placeAddress("people", null, location.search));
    frame.current?.focus();
  }, []);
  const selectAll = () => total !== null && select(isAll(selection) ? NOBODY : everybody(filter, total));
  const deeds = useRowDeeds({ pages, select, setActive, askStatus, selectAll });
  const current = pages.at(active);
  const change = (setting: Setting) => {
    if (isSomebody(selection)) void changePeople(whomOf(selection), setting);
    else if (current !== undefined) void changePeople({ people: [current.person] }, setting, current.version);
  };
  const [keys, showKeys] = useState(false);
  useListKeys(frame, {
    move: (by) => {
      const next = Math.max(0, Math.min((total ?? 1) - 1, active + by));
      setActive(next);
      if (person !== null) open(pages.at(next), true);
    },
    page: (place) => setActive(Math.max(0, Math.min((total ?? 1) - 1, place(active)))),
    status: (status) => change({ status }),
    select: () => current !== undefined && select(toggled(selection, current.person)),
    open: () => open(current),
    close: () => (person !== null ? close() : select(NOBODY)),
    note: () => {
      open(current, person !== null);
      askFor("person-note");
    },
    search: () => askFor("people-search"),
    undo: () => void undo(),
    keys: () => showKeys(true),
    all: () => total !== null && select(everybody(filter, total)),
  });

  if (of === 0 && error === null && Object.keys(filter).length === 0) {
    return (
      <DropAnywhere>
        <ComingBar key="coming" done={pages.reload} />
        <FirstRun />
        <FirstPeople columns={chosen} />
      </DropAnywhere>
    );
  }
  const tags = [...new Set(rows.flatMap((row) => row.tags))].sort();
  return (
    <DropAnywhere>
      <PeopleBar
        total={total}
        of={of}
        query={query}
        selection={selection}
        columns={columns}
        narrow={narrow}
        sort={sort}
        keys={() => showKeys(true)}
      />
      <ComingBar key="coming" done={pages.reload} />
      <OldBanner files={files} />
      <div className={person === null ? "with-panel" : "with-panel open"}>
        <section className="list" aria-label="List" ref={section}>
          {error !== null ? (
            <Wrong status={error.status} words={error.message} again={pages.again} />
          ) : total === null || columns === null ? (
            <Loading what="the people" />
          ) : total === 0 ? (
            <Nobody hidden={hidden} filtered={Object.keys(filter).length > 0} />
          ) : (
            <Grid
              frame={frame}
              list={list}
              total={total}
              sort={sort}
              columns={shown}
              selection={selection}
              active={active}
              open={person}
              query={search}
              narrow={narrow}
              deeds={deeds}
            />
          )}
          <Foot
            total={total}
            of={of}
            hidden={hidden}
            cramped={narrow ? [] : chosen.filter((column) => !shown.includes(column))}
          />
          <BulkBar
            selection={selection}
            select={select}
            total={total ?? 0}
            filter={filter}
            tags={tags}
            compare={compare}
            alike={askAlike}
          />
        </section>
        {person !== null && <Panel key={person} person={person} close={close} tags={tags} />}
      </div>
      {asked !== null && (
        <StatusMenu
          beside={{ current: asked.beside }}
          status={asked.row.status}
          close={() => {
            askStatus(null);
            frame.current?.focus();
          }}
          choose={(status) => {
            const inside = isSomebody(selection) && isSelected(selection, asked.row.person);
            if (inside) void changePeople(whomOf(selection), { status });
            else void changePeople({ people: [asked.row.person] }, { status }, asked.row.version);
          }}
        />
      )}
      <Compare people={compared} close={() => compare([])} />
      <Alike people={alike} close={() => askAlike([])} />
      <KeysDialog isOpen={keys} close={() => showKeys(false)} />
      <Tour />
    </DropAnywhere>
  );
}

const isSomebody = (selection: Selection) => countSelected(selection) > 0;

/** Puts the focus into a field that may not be there yet. */
function askFor(id: string, tries = 200): void {
  const field = document.getElementById(id);
  if (field !== null) field.focus();
  else if (tries > 0) setTimeout(askFor, 50, id, tries - 1);
}

/** What rows can ask of the list; the same object at each drawing, so that no row is drawn anew for it. */
function useRowDeeds(now: {
  pages: ReturnType<typeof pagesFor>["pages"];
  select: (change: (was: Selection) => Selection) => void;
  setActive: (index: number) => void;
  askStatus: (asked: { row: PersonRow; beside: Element }) => void;
  selectAll: () => void;
}) {
  const latest = useRef(now);
  latest.current = now;
  const from = useRef(0);
  return useMemo(
    () => ({
      activate: (index: number) => latest.current.setActive(index),
      askStatus: (row: PersonRow, beside: Element) => latest.current.askStatus({ row, beside }),
      select: (row: PersonRow, index: number, range: boolean) => {
        const { pages, select } = latest.current;
        const [low, high] = [Math.min(from.current, index), Math.max(from.current, index)];
        const between = range ? rowsBetween(pages, low, high).map(({ person }) => person) : [];
        select((was) => (range ? withPeople(was, between) : toggled(was, row.person)));
        from.current = index;
        latest.current.setActive(index);
      },
      selectAll: () => latest.current.selectAll(),
    }),
    [],
  );
}

/** How many there are, who is left out, and which columns have no room. */
function Foot({
  total,
  of,
  hidden,
  cramped,
}: {
  total: number | null;
  of: number | null;
  hidden: number;
  cramped: readonly Column[];
}) {
  if (total === null || of === null) return null;
  return (
    <footer className="list-foot">
      <span role="status">
        {total === of ? `${wholeCount(total)} people` : `${wholeCount(total)} of ${wholeCount(of)} people`}
      </span>
      {hidden > 0 && (
        <span>
          {wholeCount(hidden)} left out: written to, or never to be{" "}
          <button type="button" onClick={() => changeQuery({ statuses: "all" })}>
            Show them
          </button>
        </span>
      )}
      {cramped.length > 0 && <span>No room for: {cramped.map(({ title }) => title).join(", ")}</span>}
    </footer>
  );
}

function Nobody({ hidden, filtered }: { hidden: number; filtered: boolean }): ReactNode {
  if (!filtered && hidden > 0) {
    return (
      <Empty
        title="Everybody has been written to"
        words="Whoever you contacted or excluded is left out of this list."
      >
        <Button onPress={() => changeQuery({ statuses: "all" })}>Show them</Button>
      </Empty>
    );
  }
  return (
    <Empty title="Nobody is like that" words="Ask for less: take a filter away, or all of them.">
      <Unfiltered />
    </Empty>
  );
}

/** The way back from filters that leave nobody, or that the server does not know. */
function Unfiltered() {
  const none = Object.fromEntries([...PEOPLE_WORDS, "sort"].map((name) => [name, undefined]));
  return <Button onPress={() => changeQuery(none)}>Take all filters away</Button>;
}

function Wrong({ status, words, again }: { status: number; words: string; again: () => void }) {
  // What the server could not read, or will not do.
  if (status === 400 || status === 422) {
    return (
      <Failed
        title="The list cannot be filtered like that"
        words="The address asks for what no filter can be."
      >
        <Unfiltered />
      </Failed>
    );
  }
  return (
    <Failed title="The people cannot be shown" words={words} again={again}>
      {status === 404 && <Link to="/">To the start</Link>}
    </Failed>
  );
}
