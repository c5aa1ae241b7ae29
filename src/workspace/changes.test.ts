import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { NOW, sampleWorkspace } from "../../test/support/workspace.ts";
import { type Change, changePeople, readChanges, undoChange } from "./changes.ts";
import { addList, changeList, readLists } from "./lists.ts";
import { type Setting, STATUSES, settingSchema } from "./marks.ts";
import type { Workspace } from "./open.ts";

let workspace: Workspace;
beforeAll(async () => {
  workspace = await sampleWorkspace();
});
afterAll(() => workspace.close());

const whom = (...people: number[]) => `SELECT unnest([${people.join(",")}]::BIGINT[]) AS person`;

const marksOf = (person: number) =>
  workspace.read(async (connection) => {
    const reader = await connection.runAndReadAll(
      `SELECT status, note, owner, tags, version::DOUBLE AS version FROM marks WHERE person = ${person}`,
    );
    return reader.getRowObjectsJS()[0] ?? null;
  });

async function change(people: string, setting: Setting, version?: number): Promise<Change> {
  const made = await changePeople(workspace, people, setting, { now: NOW, version });
  if ("stale" in made) throw new Error(`stale: ${made.stale}`);
  return made;
}

test("marks people, says so, and takes it back", async () => {
  const made = await change(whom(1, 2), {
    status: "contacted",
    note: "wrote\non Monday",
    add_tags: ["spring", "été"],
  });
  expect(made).toMatchObject({
    people: 2,
    words: 'status contacted, note, tag "spring", "été" for 2 people',
  });
  expect(await marksOf(1)).toEqual({
    status: "contacted",
    note: "wrote\non Monday",
    owner: null,
    tags: ["spring", "été"],
    version: made.change,
  });
  const back = await undoChange(workspace, made.change as number, NOW);
  expect(back).toMatchObject({ people: 2, words: `took back: ${made.words}` });
  expect(await marksOf(2)).toMatchObject({ status: null, note: null, tags: [] });
  await expect(undoChange(workspace, made.change as number, NOW)).rejects.toThrow("taken back already");
  const again = await undoChange(workspace, back.change as number, NOW);
  expect(again.people).toBe(2);
  expect(await marksOf(2)).toMatchObject({ status: "contacted", tags: ["spring", "été"] });
  const history = await workspace.read((connection) => readChanges(connection, { limit: 3, person: 1 }));
  expect(history.map(({ change: number, undone }) => [number, undone])).toEqual([
    [again.change, false],
    [back.change, true],
    [made.change, false],
  ]);
});

test("keeps what was changed again since when a change is taken back", async () => {
  const first = await change(whom(11, 12), { owner: "Ana" });
  await change(whom(12), { owner: "Ben" });
  expect((await undoChange(workspace, first.change as number, NOW)).people).toBe(1);
  expect(await marksOf(11)).toMatchObject({ owner: null });
  expect(await marksOf(12)).toMatchObject({ owner: "Ben" });
});

test("changes nothing that is so already, and nobody who is not there", async () => {
  await change(whom(21), { status: "never" });
  expect(await change(whom(21), { status: "never" })).toEqual({
    change: null,
    people: 0,
    words: "nothing to change",
  });
  expect(await change(whom(9_999_999), { status: "never" })).toMatchObject({ change: null, people: 0 });
  expect(await marksOf(9_999_999)).toBeNull();
});

test("refuses a change of a person that somebody changed meanwhile", async () => {
  const seen = await change(whom(31), { note: "one" }, 0);
  await change(whom(31), { note: "two" });
  const late = await changePeople(
    workspace,
    whom(31),
    { note: "three" },
    { now: NOW, version: seen.change as number },
  );
  expect(late).toEqual({ stale: (seen.change as number) + 1 });
  expect(await marksOf(31)).toMatchObject({ note: "two" });
});

test("keeps lists of people, whose making, filling and going can be taken back", async () => {
  const { list } = await addList(workspace, " Spring  campaign ", NOW);
  await expect(addList(workspace, "spring campaign", NOW)).rejects.toThrow(
    'there is a list "spring campaign" already',
  );
  const filled = await change(whom(41, 42, 43), { add_to: [list] });
  expect(filled.words).toBe('into list "Spring campaign" for 3 people');
  await change(whom(42), { remove_from: [list] });
  const listed = () => workspace.read(readLists);
  expect(await listed()).toMatchObject([{ name: "Spring campaign", people: 2 }]);
  const gone = await changeList(workspace, list, null, { now: NOW });
  expect(await listed()).toEqual([]);
  await expect(change(whom(41), { add_to: [list] })).rejects.toThrow(`no such list: ${list}`);
  await undoChange(workspace, (gone as Change).change as number, NOW);
  const [back] = await listed();
  expect(back).toMatchObject({ list, people: 2 });
  expect(await changeList(workspace, list, "Summer", { now: NOW, version: back.version - 1 })).toEqual({
    stale: back.version,
  });
  await undoChange(workspace, filled.change as number, NOW);
  expect(await listed()).toMatchObject([{ people: 0 }]);
});

test("marks everybody in one change, with one row each", async () => {
  const made = await change("SELECT person FROM people", { add_tags: ["all"] });
  const [[people]] = await workspace.read(async (connection) =>
    (await connection.runAndReadAll("SELECT count(*)::DOUBLE FROM people")).getRowsJS(),
  );
  expect(made.people).toBe(people);
  const [[marked, rows]] = await workspace.read(async (connection) =>
    (
      await connection.runAndReadAll(
        "SELECT count(DISTINCT person)::DOUBLE, count(*)::DOUBLE FROM marks WHERE list_contains(tags, 'all')",
      )
    ).getRowsJS(),
  );
  expect([marked, rows]).toEqual([people, people]);
});

test("refuses settings that say nothing or too much", () => {
  expect(settingSchema.safeParse({}).success).toBe(false);
  expect(settingSchema.safeParse({ status: "maybe" }).success).toBe(false);
  expect(settingSchema.safeParse({ add_tags: ["two\nlines"] }).success).toBe(false);
  expect(settingSchema.safeParse({ note: null }).success).toBe(true);
});

test("any changes, all taken back from the last to the first, leave people as they were", async () => {
  const tag = fc.constantFrom("a", "b", "it's");
  const setting = fc
    .record(
      {
        status: fc.constantFrom(...STATUSES),
        note: fc.option(fc.string({ maxLength: 5 }).filter((text) => !text.includes("\0"))),
        add_tags: fc.array(tag, { minLength: 1, maxLength: 2 }),
        remove_tags: fc.array(tag, { minLength: 1, maxLength: 2 }),
      },
      { requiredKeys: [] },
    )
    .filter((one) => Object.keys(one).length > 0);
  const people = fc.uniqueArray(fc.integer({ min: 100, max: 103 }), { minLength: 1, maxLength: 3 });
  const state = async () =>
    Promise.all(
      [100, 101, 102, 103].map(async (person) => {
        const { version: _version, ...marks } = (await marksOf(person)) ?? {
          status: null,
          note: null,
          owner: null,
          tags: [],
        };
        return { ...marks, tags: marks.tags ?? [] };
      }),
    );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(people, setting), { minLength: 1, maxLength: 5 }), async (steps) => {
      const before = await state();
      const made: number[] = [];
      for (const [persons, one] of steps) {
        const { change: number } = await change(whom(...persons), one);
        if (number !== null) made.push(number);
      }
      for (const number of made.reverse()) await undoChange(workspace, number, NOW);
      expect(await state()).toEqual(before);
    }),
    { numRuns: 15, seed: 7 },
  );
}, 60_000);
