import type { DuckDBConnection } from "@duckdb/node-api";
import { Problem } from "../problem.ts";
import { inRequestWords } from "../requestWords.ts";
import { isoOf } from "./personFacts.ts";
import type { ImportFacts } from "./schemas.ts";

const COUNTS = ["read_known", "records", "rows", "new_people", "rejected", "duplicates"] as const;
const MOMENTS = ["added_at", "read_first", "read_last"] as const;

const IMPORTS = `SELECT import, name, format, provider, ${MOMENTS.join(", ")}, ${COUNTS.map((name) => `${name}::DOUBLE AS ${name}`).join(", ")},
  synthetic, import IN (SELECT import FROM studies) AS studied, facts FROM imports`;

/** Imports, the first first. */
export async function importsIn(connection: DuckDBConnection): Promise<ImportFacts[]> {
  return (await rowsOf(connection, `${IMPORTS} ORDER BY import`)).map(({ facts: _, ...one }) => one);
}

/** An import, with what was found in its file. @throws Problem `not-found` */
export async function importDetail(connection: DuckDBConnection, number: number) {
  const [found] = await rowsOf(connection, `${IMPORTS} WHERE import = ${number}`);
  if (found === undefined) throw new Problem("not-found", "There is no such import.");
  return found;
}

async function rowsOf(connection: DuckDBConnection, sql: string) {
  const rows = (await connection.runAndReadAll(sql)).getRowObjectsJS();
  return rows.map(({ facts, ...row }) => {
    const moments = MOMENTS.map((name) => [name, isoOf(row[name] as Date | null)]);
    const own = { ...row, ...Object.fromEntries(moments) } as unknown as ImportFacts;
    return { ...own, facts: inWords(JSON.parse(String(facts))) };
  });
}

/** What was found in a file, its messages in the words of requests. */
function inWords(facts: unknown): unknown {
  if (typeof facts === "string") return inRequestWords(facts);
  if (Array.isArray(facts)) return facts.map(inWords);
  if (facts === null || typeof facts !== "object") return facts;
  return Object.fromEntries(Object.entries(facts).map(([name, part]) => [name, inWords(part)]));
}
