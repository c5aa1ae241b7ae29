import type { ReadingOptions } from "../../profiles/readingOptions.ts";
import type { UnpackLimits } from "../../profiles/source/file.ts";
import { namesIn, readPeople } from "../../shortlist/people.ts";
import { type Change, changePeople } from "../../workspace/changes.ts";
import type { Setting } from "../../workspace/marks.ts";
import { findNamed } from "../../workspace/named.ts";
import { withColumns } from "./columnGuesses.ts";
import { interruptible, type PeopleDesk, type Reader } from "./peopleDesk.ts";
import type { FoundAnswer, MarkedAnswer } from "./schemas.ts";

/** Who has some names: handles, ids or addresses. */
export interface NamedQuestion {
  readonly kind: "find";
  readonly names: readonly string[];
}

/** Notes something about the people of the workspace who are in a file. */
export interface MarkFile {
  readonly kind: "mark file";
  readonly path: string;
  readonly reading: ReadingOptions;
  readonly limits: UnpackLimits;
  readonly set: Setting;
}

/** Most different records of such a file: they are held in memory. */
const MOST_RECORDS = 200_000;

/** Finds people by their names. */
export async function find(_: PeopleDesk, { names }: NamedQuestion, { read }: Reader): Promise<FoundAnswer> {
  const found = await read((connection) =>
    findNamed(
      connection,
      names.map((name) => namesIn([name])),
    ),
  );
  return {
    people: [...new Set(found.flat())],
    unknown: [...new Set(names.filter((_, index) => found[index].length === 0))],
  };
}

/** Reads whom a file names, and notes something about those of them who are in the workspace. */
export async function markFile(
  { workspace, database }: PeopleDesk,
  { path, reading, limits, set, now }: MarkFile & { readonly now: Date },
  signal: AbortSignal,
): Promise<MarkedAnswer> {
  const options = { reading, limits, signal, database, most: MOST_RECORDS };
  const {
    people: names,
    nameless,
    takenFrom,
  } = await readPeople(path, options).catch((error) => {
    throw withColumns(error);
  });
  const accounts = new Map<string, string[]>();
  for (const [name, told] of names) {
    const same = accounts.get(told);
    if (same === undefined) accounts.set(told, [name]);
    else same.push(name);
  }
  const found = await interruptible(workspace, signal).read((connection) =>
    findNamed(connection, [...accounts.values()].map(namesIn)),
  );
  signal.throwIfAborted();
  const people = new Set(found.flat());
  const whom = `SELECT unnest('[${[...people].join(", ")}]'::BIGINT[]) AS person`;
  // Only a change that gives a version can come too late.
  const made = (await changePeople(workspace, whom, set, { now })) as Change;
  return {
    ...made,
    found: people.size,
    unknown: [...accounts.keys()].filter((_, index) => found[index].length === 0),
    nameless: { ...nameless },
    taken_from: takenFrom,
  };
}
