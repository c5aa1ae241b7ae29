import type { DuckDBConnection } from "@duckdb/node-api";
import { contactsOf } from "../../shortlist/contacts/contacts.ts";
import { nichesOf } from "../../shortlist/niches.ts";
import { readAlike } from "../../workspace/alike.ts";
import { readChanges } from "../../workspace/changes.ts";
import { countPeople, readFacets, readKnown } from "../../workspace/facets.ts";
import { type PeopleQuestion as Page, readPeople, readPersons } from "../../workspace/find.ts";
import { infoOf } from "../../workspace/info.ts";
import { readSearches } from "../../workspace/lists.ts";
import { personForecasts, type ReportCard, reportCards } from "../../workspace/reportCard.ts";
import { seriesOf } from "../../workspace/series.ts";
import { readSettings } from "../../workspace/settings.ts";
import { writeSnapshots } from "../../workspace/snapshotFile.ts";
import { explanationFacts } from "../explanation.ts";
import { Problem } from "../problem.ts";
import { type Edit, edit, isEdit } from "./edits.ts";
import { type FileQuestion, writePeople } from "./exportFile.ts";
import { importDetail, importsIn } from "./importFacts.ts";
import { listIn, listsIn } from "./listEdits.ts";
import { find, type NamedQuestion } from "./named.ts";
import { interruptible, type PeopleDesk, type Reader } from "./peopleDesk.ts";
import { alikeFacts, asRanked, isoOf, personFacts } from "./personFacts.ts";
import type { PeopleAnswer, PersonDetail, WorkspaceFacts } from "./schemas.ts";
import { studyOf } from "./studyFacts.ts";
import { unanswerable } from "./unanswerable.ts";

/** What can be asked about the people of a workspace, or be done with them. */
export type PeopleQuestion =
  | ({ readonly kind: "people"; readonly facets: boolean } & Page)
  | { readonly kind: "person"; readonly person: number }
  | { readonly kind: "alike"; readonly people: readonly number[]; readonly limit: number }
  | { readonly kind: "changes"; readonly limit: number }
  | { readonly kind: "imports" }
  | { readonly kind: "import"; readonly import: number }
  | { readonly kind: "study"; readonly import: number }
  | { readonly kind: "snapshots"; readonly import: number; readonly path: string }
  | { readonly kind: "workspace"; readonly takesSample: boolean }
  | { readonly kind: "forecasts" }
  | { readonly kind: "lists" | "searches" | "settings" }
  | { readonly kind: "list"; readonly list: number }
  | FileQuestion
  | NamedQuestion
  | Edit;

/** People like one that are told. */
const MOST_LIKE = 10;

/** Changes of a person that are told. */
const MOST_HISTORY = 200;

/**
 * Answers a question with JSON.
 *
 * @param signal tells that nobody waits for the answer. What is being written is written all the same.
 * @throws Problem `not-found`, `stale`, `conflict`; the signal's reason
 */
export async function answerAbout(
  desk: PeopleDesk,
  question: PeopleQuestion,
  signal: AbortSignal,
): Promise<Uint8Array> {
  signal.throwIfAborted();
  const answer = isEdit(question)
    ? await edit(desk, question, signal)
    : question.kind === "export"
      ? await writePeople(desk, question, signal)
      : await ANSWERS[question.kind](desk, question as never, interruptible(desk.workspace, signal));
  return new TextEncoder().encode(JSON.stringify(answer ?? null));
}

const ANSWERS = {
  people,
  person,
  alike,
  changes,
  find,
  imports: (_: PeopleDesk, __: unknown, { read }: Reader) => read(importsIn),
  import: (_: PeopleDesk, asked: Asked<"import">, { read }: Reader) =>
    read((connection) => importDetail(connection, asked.import)),
  study: (_: PeopleDesk, asked: Asked<"study">, { read }: Reader) =>
    read((connection) => studyOf(connection, asked.import)),
  snapshots: (_: PeopleDesk, asked: Asked<"snapshots">, { read }: Reader) =>
    read((connection) => writeSnapshots(connection, asked.import, asked.path)),
  lists: (_: PeopleDesk, __: unknown, { read }: Reader) => read(listsIn),
  list: (_: PeopleDesk, { list }: Asked<"list">, { read }: Reader) =>
    read((connection) => listIn(connection, list)),
  searches: (_: PeopleDesk, __: unknown, { read }: Reader) => read(readSearches),
  settings: (_: PeopleDesk, __: unknown, { read }: Reader) => read(readSettings),
  workspace: workspaceFacts,
  forecasts,
};

type Asked<Kind extends PeopleQuestion["kind"]> = Extract<PeopleQuestion, { readonly kind: Kind }>;

async function people(
  desk: PeopleDesk,
  { facets: asked, ...page }: Asked<"people">,
  { read }: Reader,
): Promise<PeopleAnswer> {
  return read(async (connection) => {
    const facets = asked ? await readFacets(connection, page.filter) : undefined;
    const { rows: found, ...counts } =
      facets !== undefined && page.limit === 0
        ? await countPeople(connection, page.filter, facets.status)
        : await readPeople(connection, page);
    const rows = await personFacts(connection, found, desk.reasons);
    if (facets === undefined) return { ...counts, rows };
    const known = await knownOf(desk, connection);
    return { ...counts, rows, known, unknown: unanswerable(known, counts.of), facets };
  });
}

/** Of how many people each fact is known: it takes long to count, and only a write changes it. */
interface Known {
  /** How often the workspace had been written to. */
  readonly writes: number;
  readonly known: Record<string, number>;
}

/** What was known last in each workspace. */
const lastKnown = new WeakMap<PeopleDesk, Known>();

async function knownOf(desk: PeopleDesk, connection: DuckDBConnection): Promise<Known["known"]> {
  const { writes } = desk.workspace;
  const last = lastKnown.get(desk);
  if (last?.writes === writes) return last.known;
  const known = await readKnown(connection);
  lastKnown.set(desk, { writes, known });
  return known;
}

async function person(
  { reasons, explainer }: PeopleDesk,
  { person: number }: Asked<"person">,
  { read }: Reader,
): Promise<PersonDetail> {
  return read(async (connection) => {
    const [one] = await readPersons(connection, [number]);
    if (one === undefined) throw new Problem("not-found", "There is no such person.");
    const [facts] = await personFacts(connection, [one], reasons);
    const alike = await readAlike(connection, [number], MOST_LIKE);
    const history = await readChanges(connection, { limit: MOST_HISTORY, person: number });
    return {
      ...facts,
      biography: one.biography,
      bio_link: one.bio_link,
      private: one.is_private,
      created_at: isoOf(one.created_at),
      posted_at: (one.posted_at ?? []).map((post) => post.toISOString()),
      contacts: contactsOf(asRanked(one)),
      niches_words: nichesOf(one.biography),
      explanation: explainer === null ? null : explanationFacts(explainer.explain(asRanked(one))),
      series: await seriesFacts(connection, number),
      forecasts: (await personForecasts(connection, number)).map(({ made, ...forecast }) => ({
        ...forecast,
        read_at: isoOf(made),
      })),
      history: history.map(({ change, at, words }) => ({ change, at: at.toISOString(), words })),
      like_this: await alikeFacts(connection, alike, reasons),
    };
  });
}

async function seriesFacts(connection: DuckDBConnection, number: number): Promise<PersonDetail["series"]> {
  const series = await seriesOf(connection, BigInt(number));
  return series.map((point) => ({
    import: point.import,
    read_at: isoOf(point.observed_at),
    known: point.observed_known,
    followers: point.followers,
    likes: point.likes,
    videos: point.videos_count,
    engagement_rate: point.awg_engagement_rate,
    posts: point.posts,
    posts_or_more: point.posts_or_more,
  }));
}

async function alike({ reasons }: PeopleDesk, { people: sought, limit }: Asked<"alike">, { read }: Reader) {
  return read(async (connection) => ({
    rows: await alikeFacts(connection, await readAlike(connection, sought, limit), reasons),
  }));
}

async function changes(_: PeopleDesk, { limit }: Asked<"changes">, { read }: Reader) {
  const rows = await read((connection) => readChanges(connection, { limit }));
  return { rows: rows.map(({ at, ...change }) => ({ ...change, at: at.toISOString() })) };
}

async function workspaceFacts(
  { workspace }: PeopleDesk,
  { takesSample }: Asked<"workspace">,
): Promise<WorkspaceFacts> {
  const { imports, made_at, ...info } = await infoOf(workspace);
  return { ...info, made_at: made_at.toISOString(), imports: imports.length, takes_sample: takesSample };
}

/** The last report cards of a workspace, and of what they were made: of a million people they take seconds. */
const lastCards = new WeakMap<PeopleDesk, { readonly of: string; readonly cards: readonly ReportCard[] }>();

async function forecasts(desk: PeopleDesk, _: unknown, { read }: Reader): Promise<readonly ReportCard[]> {
  return read(async (connection) => {
    const reader = await connection.runAndReadAll(
      `SELECT concat_ws(' ', next_import, (SELECT count(*) FROM snapshots), (SELECT count(*) FROM forecasts)) FROM workspace`,
    );
    const of = String(reader.getRowsJS()[0][0]);
    const last = lastCards.get(desk);
    if (last?.of === of) return last.cards;
    const cards = await reportCards(connection);
    lastCards.set(desk, { of, cards });
    return cards;
  });
}
