import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteLiteral, timestampSql } from "../../base/quote.ts";
import { Problem } from "../problem.ts";
import type { PeopleDesk } from "./peopleDesk.ts";

/** A study to keep. */
export interface KeepStudy {
  readonly kind: "keep study";
  readonly import: number;
  /** People of the import who were studied. */
  readonly people: number;
  /** JSON of a `StudyView`. */
  readonly view: string;
}

/** The study of an import, for the page. @throws Problem `not-found`; `conflict` where it was not studied */
export async function studyOf(connection: DuckDBConnection, number: number): Promise<unknown> {
  const reader = await connection.runAndReadAll(
    `SELECT view FROM imports LEFT JOIN studies USING (import) WHERE import = ${number}`,
  );
  const [found] = reader.getRowsJS();
  if (found === undefined) throw new Problem("not-found", "There is no such import.");
  if (found[0] === null) throw new Problem("conflict", "The import is not studied yet.");
  return JSON.parse(String(found[0]));
}

/**
 * Keeps a study in the place of an earlier one.
 *
 * @throws Problem `conflict` where the import was deleted meanwhile, or somebody of it forgotten: its figures show each of them as a point
 */
export async function keepStudy(
  { workspace }: PeopleDesk,
  { import: number, people, view, now }: KeepStudy & { readonly now: Date },
): Promise<null> {
  return workspace.write(async (connection) => {
    const reader = await connection.runAndReadAll(
      `SELECT count(*) FROM imports JOIN snapshots USING (import) WHERE import = ${number}`,
    );
    if (Number(reader.getRowsJS()[0][0]) !== people)
      throw new Problem("conflict", "People of the import were deleted meanwhile: study it again.");
    await connection.run(`DELETE FROM studies WHERE import = ${number}`);
    await connection.run(
      `INSERT INTO studies VALUES (${number}, ${timestampSql(now)}, ${quoteLiteral(view)})`,
    );
    return null;
  });
}
