import { countInWords } from "../../../base/words.ts";
import type { Alert } from "../../alerts.ts";
import { Fingerprint } from "../file.ts";
import { legacyEncoding } from "../legacyEncoding.ts";
import { columnNames } from "../oddities.ts";
import type { Reading, Workplace } from "../reading.ts";
import { emptySelect } from "../relation.ts";
import { locateRows } from "../scanner.ts";
import { headOf, type Text } from "../text.ts";
import { sniffDialect } from "./dialect.ts";
import type { Dialect } from "./fields.ts";
import { type CsvFile, selectCsv } from "./relation.ts";
import { type CsvPass, copyDelimiter, readTable, scannerFor, walkCsv } from "./walk.ts";

/**
 * Reads delimited text. One walk over the bytes finds records and faults; a file without any is then read by DuckDB as it
 * stands, any other from a copy with the good records only.
 *
 * Read without an alert: any mix of line ends, blank lines, quotes inside fields that do not begin with one, a missing last
 * line end. What is unusual beside that is told in an alert, see `findUnusual`.
 *
 * @throws InsightsError when there is no header
 */
export async function readCsv(text: Text, place: Workplace): Promise<Reading> {
  const { connection, watch, alerts } = place;
  const fingerprint = new Fingerprint(text.file);
  let source = text;
  let dialect = sniffDialect(await headOf(text), text.complete, text.file);
  const isPlain = text.encoding.encoding === "utf-8" && dialect.unusual.length === 0;
  let copyPath = isPlain ? undefined : await place.folder.path("copy.csv");
  let pass = await walkCsv(source, dialect, watch, { copyPath, fingerprint });
  const quiet = { signal: watch.signal };
  const legacy = await legacyEncoding(text.encoding, pass.check);
  if (legacy !== undefined) {
    source = { ...text, encoding: { ...text.encoding, encoding: legacy } };
    dialect = sniffDialect(await headOf(source), source.complete, source.file);
    copyPath = await place.folder.path("copy.csv");
    pass = await walkCsv(source, dialect, quiet, { copyPath });
  }
  alertOnDialect(dialect, pass, alerts);
  const columns = columnNames(dialect.header, alerts);
  const original: CsvFile = {
    path: await place.folder.literalPath(text.file.path),
    compression: text.compression,
    delimiter: dialect.delimiter,
    columns,
    kind: "original",
    linefeeds: pass.linefeeds,
    longest: pass.longest,
    records: pass.records,
    hasLineEndAtEdge: pass.hasLineEndAtEdge,
  };
  let select: string | undefined;
  if (pass.records === pass.rejects.count) {
    select = emptySelect(columns);
  } else if (copyPath === undefined && pass.oddity === undefined) {
    select = await selectCsv(connection, original, watch.signal);
  }
  if (select === undefined) {
    if (copyPath === undefined) {
      copyPath = await place.folder.path("copy.csv");
      pass = await walkCsv(source, dialect, quiet, { copyPath });
    }
    const records = pass.records - pass.rejects.count;
    const copy: CsvFile = {
      ...original,
      path: copyPath,
      compression: "none",
      delimiter: copyDelimiter(dialect),
      kind: "copy",
      linefeeds: true,
      records,
    };
    select = await selectCsv(connection, copy, watch.signal);
    if (select === undefined) {
      throw new Error(`DuckDB does not find the ${records} records of the copy of ${text.file.name}`);
    }
  }
  const { oneLineEach } = pass;
  const above = dialect.skipped.lines;
  return {
    format: dialect.delimiter === "\t" ? "tsv" : "csv",
    columns,
    select,
    records: pass.records,
    rejects: pass.rejects,
    encoding: source.encoding.encoding,
    fingerprint: fingerprint.hex(),
    locate: async (rows) =>
      oneLineEach
        ? new Map(rows.map((row) => [row, row + above + 2]))
        : locateRows(readTable(source, dialect, {}), scannerFor(dialect), rows, 1, above),
  };
}

function alertOnDialect({ unusual }: Dialect, { swallowing }: CsvPass, alerts: Alert[]): void {
  if (unusual.length > 0) {
    alerts.push({
      level: "info",
      code: "dialect",
      column: null,
      message: `The table is not plain CSV. It was read as it is written: ${unusual.join("; ")}.`,
    });
  }
  const { count, line, lines } = swallowing;
  if (count > 0) {
    const others = count === 1 ? "" : ` ${countInWords(count - 1)} more values are like that.`;
    alerts.push({
      level: "warning",
      code: "value_of_records",
      column: null,
      message: `The record on line ${line} has a value of ${countInWords(lines)} lines that look like records. It was read as one value; check whether a quote is missing there.${others}`,
    });
  }
}
