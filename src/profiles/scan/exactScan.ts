import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../../base/quote.ts";
import { ACCOUNT_KEY, authorsSql } from "../accounts.ts";
import { CANONICAL_NAMES } from "../canonical.ts";
import { withConventions } from "../conventions.ts";
import { type Mapping, mapColumns } from "../mapping.ts";
import { recordsSql } from "../recordsSql.ts";
import { collectRejected, countReasons, sortReasons } from "../rejected.ts";
import type { SourceFile } from "../source/file.ts";
import { refuseHandles } from "../source/handles/readHandles.ts";
import { newRelationName, query } from "../source/relation.ts";
import { openSource, type Source } from "../source/source.ts";
import { mappingFacts, recordRowsSql, type Scan, type ScanOptions } from "./scan.ts";

/** What depends on whether a record is an account or a video. */
type Rows = Pick<
  Scan,
  | "select"
  | "unnumbered"
  | "rows"
  | "rejectedCount"
  | "rejects"
  | "rejectedByReason"
  | "blanks"
  | "cells"
  | "merged"
  | "close"
>;

/**
 * A scan by our own reader, see `openSource`: the file has been read once when this returns, and every good record is there.
 *
 * @throws InsightsError when the file cannot be read as a whole, or holds no known column or not one that is to be kept
 */
export async function scanExactly(
  connection: DuckDBConnection,
  file: SourceFile,
  options: ScanOptions,
): Promise<Scan> {
  const { reading, keep, now, signal, temporaryDirectory } = options;
  // Ordinals are counted off in the file's order.
  await connection.run("SET preserve_insertion_order = true");
  const source = await openSource(connection, file.path, { reading, signal, temporaryDirectory });
  try {
    refuseHandles(source);
    const named = mapColumns(source.columns, source.file, { ...reading, keep, samples: source.samples });
    const mapping = await withConventions(connection, source.relation, named, source.file, reading);
    const rows =
      mapping.video === null
        ? recordRows(source, mapping, options)
        : await authorRows(connection, source, mapping, now);
    return {
      file: source.file,
      bytes: file.size,
      format: source.format,
      compression: source.compression,
      way: "exact",
      columns: source.columns,
      ...mappingFacts(mapping),
      ...rows,
      alerts: [...source.alerts, ...mapping.alerts],
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

function recordRows(source: Source, mapping: Mapping, options: ScanOptions): Rows {
  const { rejects, rejectedCount } = source;
  const select = recordRowsSql(mapping, source.relation, options);
  return {
    select,
    unnumbered: select,
    rows: source.records - rejectedCount,
    rejectedCount,
    rejects,
    rejectedByReason: sortReasons(countReasons(source)),
    blanks: [],
    cells: [],
    merged: 0,
    close: () => source.close(),
  };
}

/** A profile is gathered from all over the file, so its records are kept until then: in a table, which may go to disk. */
async function authorRows(
  connection: DuckDBConnection,
  source: Source,
  mapping: Mapping,
  now: Date | undefined,
): Promise<Rows> {
  const table = quoteIdentifier(newRelationName());
  await connection.run(`CREATE TABLE ${table} AS ${recordsSql(mapping, source.relation, { now })}`);
  const rejected = await collectRejected(connection, table, source);
  const [{ authors }] = await query(
    connection,
    `SELECT count(DISTINCT ${ACCOUNT_KEY})::DOUBLE AS authors FROM ${table} WHERE _reason IS NULL`,
  );
  const rows = Number(authors);
  const kept = mapping.kept.map(({ name }) => quoteIdentifier(name));
  const columns = ['"row"', ...CANONICAL_NAMES, ...kept].join(", ");
  const select = `SELECT ${columns}, NULL::VARCHAR AS _reason, NULL::VARCHAR AS _blanks, NULL::VARCHAR AS _value FROM (${authorsSql(mapping, table)})`;
  return {
    select,
    unnumbered: select,
    rows,
    rejectedCount: rejected.count,
    rejects: rejected.rejects,
    rejectedByReason: rejected.byReason,
    blanks: rejected.blanks,
    cells: rejected.cells,
    merged: source.records - rejected.count - rows,
    close: async () => {
      await connection.run(`DROP TABLE IF EXISTS ${table}`).finally(() => source.close());
    },
  };
}
