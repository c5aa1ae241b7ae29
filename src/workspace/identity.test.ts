import type { DuckDBConnection } from "@duckdb/node-api";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../base/duckdb.ts";
import { quoteLiteral } from "../base/quote.ts";
import { MATCHED, matchPeople, STAGED } from "./identity.ts";
import { createTables, TABLES } from "./schema.ts";

/** What a record of a file says of who it is. */
interface Seen {
  readonly id: string | null;
  readonly handle: string | null;
  /** Day of 2024. */
  readonly day: number | null;
}

let connection: DuckDBConnection;
beforeAll(async () => {
  ({ connection } = await openDatabase());
});

const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJS();

/** Adds files one after the other to a new workspace. @returns for each record the person that it was taken for; null where another record of its file stands for it */
async function add(files: readonly (readonly Seen[])[]): Promise<(bigint | null)[][]> {
  for (const table of Object.keys(TABLES)) await connection.run(`DROP TABLE IF EXISTS ${table}`);
  await createTables(connection, new Date(0));
  const persons: (bigint | null)[][] = [];
  for (const [i, file] of files.entries()) {
    const rows = file.map(({ id, handle, day }, row) => {
      const texts = [id, handle].map((text) => (text === null ? "NULL" : quoteLiteral(text)));
      const seen = day === null ? "NULL" : `TIMESTAMP '2024-01-01' + INTERVAL ${day} DAY`;
      return `(${row}, ${texts.join(", ")}, ${seen})`;
    });
    await connection.run(`CREATE OR REPLACE TEMP TABLE ${STAGED}
      ("row" BIGINT, id VARCHAR, handle VARCHAR, seen TIMESTAMP)`);
    if (rows.length > 0) await connection.run(`INSERT INTO ${STAGED} VALUES ${rows.join(", ")}`);
    await matchPeople(connection, i + 1);
    const matched = new Map(
      (await ask(`SELECT "row"::INTEGER, person FROM ${MATCHED}`)) as [number, bigint][],
    );
    persons.push(file.map((_, row) => matched.get(row) ?? null));
  }
  return persons;
}

const seen = (id: string | null, handle: string | null, day: number | null = null): Seen => ({
  id,
  handle,
  day,
});

describe("matchPeople", () => {
  it.each<[what: string, files: Seen[][], persons: (bigint | null)[][]]>([
    ["an id, through a rename", [[seen("1", "ann")], [seen("1", "bea")]], [[1n], [1n]]],
    ["an id alone", [[seen("1", "ann")], [seen("1", null)], [seen("1", "ann")]], [[1n], [1n], [1n]]],
    [
      "a handle that gains an id",
      [[seen(null, "ann")], [seen("1", "ann")], [seen("1", "bea")]],
      [[1n], [1n], [1n]],
    ],
    ["another where the handle goes to another id", [[seen("1", "ann")], [seen("2", "ann")]], [[1n], [2n]]],
    [
      "whoever held the handle last",
      [[seen("1", "ann", 1)], [seen("2", "ann", 9)], [seen(null, "ann", 20)]],
      [[1n], [2n], [2n]],
    ],
    [
      "whoever held it last, though an older file comes later",
      [[seen("2", "ann", 9)], [seen("1", "ann", 1)], [seen(null, "ann", 20)]],
      [[1n], [2n], [1n]],
    ],
    [
      "whoever has the handle in the same file",
      [[seen("1", "ann", 9)], [seen(null, "bo"), seen("2", "ann", 1), seen(null, "ann", 1)]],
      [[1n], [3n, 2n, null]],
    ],
    [
      "only one of two ids with the handle",
      [[seen(null, "ann")], [seen("1", "ann", 1), seen("2", "ann", 2)]],
      [[1n], [2n, 1n]],
    ],
    [
      "others with others' ids and handles in one file",
      [
        [seen("1", "ann"), seen("2", "bea")],
        [seen("1", "bea"), seen("2", "ann")],
      ],
      [
        [1n, 2n],
        [1n, 2n],
      ],
    ],
    ["nobody in an empty file", [[], [seen(null, "ann")]], [[], [1n]]],
  ])("takes a record for %s", async (_what, files, persons) => {
    expect(await add(files)).toEqual(persons);
  });

  it("keeps who was seen with what handle, in which import last", async () => {
    await add([[seen(null, "ann", 1)], [seen("1", "ann", 5), seen("2", null)], [seen("1", "bea", 3)]]);
    expect(
      await ask("SELECT person, id, handle, import, seen FROM identities ORDER BY person, handle"),
    ).toEqual([
      [1n, "1", "ann", 2, new Date("2024-01-06")],
      [1n, "1", "bea", 3, new Date("2024-01-04")],
      [2n, "2", null, 2, null],
    ]);
    expect(await ask("SELECT next_person FROM workspace")).toEqual([[3n]]);
  });

  /** A file: each id once, each handle without an id once, as those are read. */
  const fileOf = (id: fc.Arbitrary<string | null>) =>
    fc
      .uniqueArray(
        fc.record({
          id,
          handle: fc.option(fc.constantFrom("ann", "bea", "cy", "di")),
          day: fc.option(fc.nat(40)),
        }),
        {
          maxLength: 6,
          selector: ({ id: number, handle }) => (number === null ? `handle ${handle}` : `id ${number}`),
        },
      )
      .map((file) => file.filter(({ id: number, handle }) => number !== null || handle !== null));
  const numbers = fc.constantFrom("1", "2", "3", "4", "5");

  it("makes one person of each id, and loses nobody, in any order of files with and without ids", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fileOf(fc.option(numbers)), { maxLength: 5 }), async (files) => {
        const persons = await add(files);
        expect(
          await ask(
            "SELECT id FROM identities WHERE id IS NOT NULL GROUP BY id HAVING count(DISTINCT person) > 1",
          ),
        ).toEqual([]);
        expect(
          await ask("SELECT person FROM identities GROUP BY person HAVING count(DISTINCT id) > 1"),
        ).toEqual([]);
        expect(await ask("SELECT person, handle FROM identities GROUP BY ALL HAVING count(*) > 1")).toEqual(
          [],
        );
        const pairs = (await ask("SELECT id, handle, person FROM identities")).map((pair) => pair.join(" "));
        files.forEach((file, i) => {
          const there = persons[i].filter((person) => person !== null);
          expect(new Set(there).size).toBe(there.length);
          file.forEach(({ id, handle }, row) => {
            const person = persons[i][row];
            // Where it is null, another record of the file stands for it.
            if (person !== null) {
              const [known = ""] = pairs.filter((pair) => pair.endsWith(` ${handle ?? ""} ${person}`));
              expect(known).not.toBe("");
              if (id !== null) expect(known.split(" ")[0]).toBe(id);
            }
          });
        });
        for (const name of ["id", "handle"] as const) {
          const told = files.flat().flatMap((record) => record[name] ?? []);
          const kept = await ask(`SELECT DISTINCT ${name} FROM identities WHERE ${name} IS NOT NULL`);
          expect(new Set(kept.flat())).toEqual(new Set(told));
        }
        const all = persons.flat().filter((person) => person !== null);
        const highest = all.reduce((most, person) => (person > most ? person : most), 0n);
        expect(
          await ask("SELECT next_person, (SELECT count(DISTINCT person) FROM identities) FROM workspace"),
        ).toEqual([[highest + 1n, highest]]);
      }),
      { numRuns: 30 },
    );
  });

  it("parts records with ids in the same way, however the files are ordered", async () => {
    const both = fc.array(fileOf(numbers), { minLength: 2, maxLength: 4 }).chain((files) =>
      fc.record({
        files: fc.constant(files),
        order: fc.shuffledSubarray([...files.keys()], { minLength: files.length }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(both, async ({ files, order }) => {
        const parted = (persons: (bigint | null)[][], at: (file: number) => number) =>
          files.flatMap((file, i) => file.map((_, row) => persons[at(i)][row]));
        const one = parted(await add(files), (i) => i);
        const other = parted(await add(order.map((i) => files[i])), (i) => order.indexOf(i));
        const ids = files.flat().map(({ id }) => id);
        for (const persons of [one, other])
          persons.forEach((person, i) => {
            expect(person).not.toBeNull();
            persons.forEach((next, j) => {
              expect(person === next).toBe(ids[i] === ids[j]);
            });
          });
      }),
      { numRuns: 15 },
    );
  });
});
