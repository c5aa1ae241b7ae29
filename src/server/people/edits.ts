import { InsightsError } from "../../base/error.ts";
import { changePeople, type Stale, undoChange } from "../../workspace/changes.ts";
import { type PeopleFilter, peopleSql, readPersons } from "../../workspace/find.ts";
import { forget } from "../../workspace/forget.ts";
import type { Setting } from "../../workspace/marks.ts";
import { removeImport } from "../../workspace/removeImport.ts";
import { Problem } from "../problem.ts";
import { LIST_EDITS, type ListEdit } from "./listEdits.ts";
import { type MarkFile, markFile } from "./named.ts";
import type { PeopleDesk } from "./peopleDesk.ts";
import { personFacts } from "./personFacts.ts";
import type { ChangeAnswer } from "./schemas.ts";
import { type KeepStudy, keepStudy } from "./studyFacts.ts";

/** Whom to change. */
export type Whom = { readonly people: readonly number[] } | { readonly filter: PeopleFilter };

/** What can be done with the people of a workspace. `now` is the present moment. */
export type Edit = { readonly now: Date } & (
  | {
      readonly kind: "change";
      readonly whom: Whom;
      readonly set: Setting;
      readonly version: number | undefined;
    }
  | { readonly kind: "undo"; readonly change: number }
  | { readonly kind: "remove import"; readonly import: number }
  | { readonly kind: "forget"; readonly person: number; readonly version: number | undefined }
  | KeepStudy
  | MarkFile
  | ListEdit
);

const EDITS = {
  change,
  undo,
  "remove import": remove,
  forget: forgetOne,
  "mark file": markFile,
  "keep study": keepStudy,
  ...LIST_EDITS,
};

/** Whether a question is an edit. */
export function isEdit(question: { readonly kind: string }): question is Edit {
  return Object.hasOwn(EDITS, question.kind);
}

/**
 * Does an edit, and tells what came of it.
 *
 * @param signal ends the reading of a file whose people are to be marked
 * @throws Problem
 */
export async function edit(desk: PeopleDesk, asked: Edit, signal: AbortSignal): Promise<unknown> {
  try {
    return await EDITS[asked.kind](desk, asked as never, signal);
  } catch (error) {
    throw error instanceof InsightsError ? problemIn(error) : error;
  }
}

/** The kind of problem that an edit meets, by the words that tell of it. */
const KINDS = [
  ["not-found", /^(?:no such (?:import|change|list)\b|unknown search\b|nobody is known\b)/],
  ["conflict", /^(?:taken back already\b|there is a list\b)/],
] as const;

function problemIn(error: InsightsError): Error {
  const found = KINDS.find(([, words]) => words.test(error.message));
  return found === undefined ? error : new Problem(found[0], error.message);
}

type Asked<Kind extends Edit["kind"]> = Extract<Edit, { readonly kind: Kind }>;

/** Most people whom an answer to a change shows. */
const MOST_SHOWN = 100;

async function change(desk: PeopleDesk, { whom, set, version, now }: Asked<"change">): Promise<ChangeAnswer> {
  const named = "people" in whom ? whom.people : undefined;
  const sql =
    "people" in whom
      ? `SELECT unnest([${whom.people.join(", ")}]::BIGINT[]) AS person`
      : peopleSql(whom.filter);
  const made = await changePeople(desk.workspace, sql, set, { now, version });
  if (isStale(made)) throw await stalePerson(desk, named ?? []);
  if (named === undefined || named.length > MOST_SHOWN) return made;
  return { ...made, rows: await rowsOf(desk, named) };
}

const isStale = (made: object): made is Stale => "stale" in made;

async function stalePerson(desk: PeopleDesk, people: readonly number[]): Promise<Problem> {
  const [present] = await rowsOf(desk, people);
  const words = "The person was changed meanwhile: look at what is there now, and change it again.";
  return new Problem("stale", words, undefined, { present });
}

/** People by their numbers, as they are now. */
function rowsOf({ workspace, reasons }: PeopleDesk, people: readonly number[]) {
  return workspace.read(async (connection) =>
    personFacts(connection, await readPersons(connection, people), reasons),
  );
}

async function undo(
  { workspace }: PeopleDesk,
  { change: number, now }: Asked<"undo">,
): Promise<ChangeAnswer> {
  return undoChange(workspace, number, now);
}

async function forgetOne(desk: PeopleDesk, { person, version }: Asked<"forget">) {
  if (isStale(await forget(desk.workspace, { person }, { version }))) throw await stalePerson(desk, [person]);
  return null;
}

async function remove({ workspace }: PeopleDesk, asked: Asked<"remove import">) {
  return removeImport(workspace, asked.import);
}
