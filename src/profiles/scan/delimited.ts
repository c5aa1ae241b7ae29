import { CANONICAL_COLUMNS, type CanonicalName } from "../canonical.ts";
import type { Mapping } from "../mapping.ts";
import { CHECKED_NAMES } from "../recordsSql.ts";
import { columnNames } from "../source/columnNames.ts";
import { recogniseContent, recogniseText } from "../source/content.ts";
import { sniffDialect } from "../source/csv/dialect.ts";
import { CsvRecordScanner } from "../source/csv/recordScanner.ts";
import type { SourceFile } from "../source/file.ts";
import { alertOnEncoding } from "../source/oddities.ts";
import type { Workplace } from "../source/reading.ts";
import { type Compression, headOf, openText, type TextFile } from "../source/text.ts";
import { quoteIdentifier, quoteLiteral } from "../sql.ts";
import type { OwnColumn, OwnColumns } from "../usual.ts";
import { MOST_COLUMNS, type PlainText, type WalkColumn } from "./csvWalk.ts";
import { type Extracted, type ExtractJob, extractedName } from "./extracted.ts";
import { extractFile } from "./extractFile.ts";
import { extractText } from "./extractText.ts";
import type { ScanOptions } from "./scan.ts";

/** A delimited UTF-8 text whose beginning is plain. */
export interface Delimited {
  readonly format: "csv" | "tsv";
  readonly columns: readonly string[];
  readonly file: TextFile;
  readonly text: PlainText;
}

/**
 * Looks at the beginning of a delimited text.
 *
 * @returns undefined when it shows that only the exact reader will do
 * @throws InsightsError when the file cannot be read at all
 */
export async function recogniseDelimited(
  file: SourceFile,
  compression: Compression,
  place: Pick<Workplace, "watch" | "alerts">,
): Promise<Delimited | undefined> {
  const text = await openText(file, compression, place.watch);
  const packedAgain = compression !== "none" && recogniseContent(text.rawHead, file) !== "text";
  if (packedAgain || text.encoding.encoding !== "utf-8") {
    return undefined;
  }
  const head = await headOf(text);
  if (recogniseText(head, file) !== "delimited") {
    return undefined;
  }
  const { delimiter, header } = sniffDialect(head, text.complete, file);
  const width = header.length;
  const scanner = new CsvRecordScanner(delimiter, width);
  const first = scanner.scan(head, head.length, text.complete);
  // LF or CRLF. A table of one column has too little structure to be checked by.
  if (first.flawsSeen !== 0 || first.count < 2 || scanner.lineEnds > 2 || width < 2) {
    return undefined;
  }
  const columns = columnNames(header, place.alerts);
  alertOnEncoding(text.encoding, "utf-8", place.alerts);
  const lineEnds = scanner.lineEnds === 1 ? 1 : 2;
  return {
    format: delimiter === "\t" ? "tsv" : "csv",
    columns,
    file: { file, compression, encoding: text.encoding },
    text: { delimiter, width, lineEnds },
  };
}

/**
 * Takes out of a text what a mapping reads of it.
 *
 * @returns what `extractFile` says, and a SELECT with `__row`, the columns as VARCHAR, empty where they were left out, and beside them counts as
 *   whole numbers
 * @throws as `extractFile` and `extractText`
 */
export async function extractDelimited(
  { columns, file, text }: Delimited,
  mapping: Mapping,
  { used, stretch, onBytes }: Pick<ScanOptions, "used" | "stretch" | "onBytes">,
  { folder, watch }: Workplace,
  threads: number | undefined,
): Promise<{ readonly extracted: Extracted; readonly select: string; readonly own: OwnColumns }> {
  const read = columnsRead(mapping, used);
  const counts = columnsOfCounts(mapping);
  const taken = columns.flatMap((name, field): WalkColumn[] => {
    if (counts.has(name)) {
      return [
        { field, as: "count" },
        { field, as: "rest" },
      ];
    }
    return read.has(name) ? [{ field, as: "text" }] : [];
  });
  // Without a column there would be no rows.
  if (taken.length === 0) taken.push({ field: 0, as: "text" });
  const out = await folder.path("extracted.parquet");
  const { signal } = watch;
  const job: ExtractJob = { text, columns: taken, out, signal, onBytes };
  const extracted = await extract(file, job, stretch, threads);
  const own = new Map<string, OwnColumn>();
  const values = columns.map((name, field) => {
    const text = taken.find((column) => column.field === field && column.as !== "count");
    return `${text === undefined ? "''" : extractedName(text)} AS ${quoteIdentifier(name)}`;
  });
  for (const column of taken) {
    if (column.as !== "count") continue;
    const name = extractedName(column);
    own.set(columns[column.field], { name: `__own_${name}`, type: "BIGINT", partial: true });
    values.push(`${name} AS __own_${name}`);
  }
  const path = quoteLiteral(await folder.literalPath(out));
  const scan = `read_parquet(${path}, file_row_number = true, hive_partitioning = false)`;
  return { extracted, own, select: `SELECT file_row_number AS __row, ${values.join(", ")} FROM ${scan}` };
}

async function extract(
  file: TextFile,
  job: ExtractJob,
  stretch: ScanOptions["stretch"],
  threads: number | undefined,
): Promise<Extracted> {
  if (job.columns.length > MOST_COLUMNS) {
    return { plain: false, reason: `more than ${MOST_COLUMNS} columns to read` };
  }
  if (file.compression !== "none") return extractText(file, job);
  const { path, size } = file.file;
  const { from = 0, bytes = size } = stretch ?? {};
  return extractFile({
    ...job,
    path,
    from: Math.max(file.encoding.markBytes, from),
    to: Math.min(size, from + bytes),
    header: from === 0,
    threads,
  });
}

/** The columns of the file that counts are first looked for in, and that nothing else is read from. */
function columnsOfCounts({ columns, avatar, kept }: Mapping): Set<string> {
  const entries = Object.entries(columns) as [CanonicalName, readonly string[]][];
  const others = entries.flatMap(([name, from]) => (isCount(name) ? from.slice(1) : from));
  const shared = new Set([...others, ...avatar, ...kept.map(({ source }) => source)]);
  const first = entries.flatMap(([name, from]) => (isCount(name) ? from.slice(0, 1) : []));
  return new Set(first.filter((name) => !shared.has(name)));
}

function isCount(name: CanonicalName): boolean {
  return CANONICAL_COLUMNS[name].type === "BIGINT";
}

/** Dates are judged by each other: when the profile was read, and when the account was made. */
const DATED: readonly CanonicalName[] = ["observed_at", "created_at", "posted_at"];

/** The file's columns that go into the canonical ones that are used; those that may reject a record always do. */
function columnsRead(
  { columns, avatar, kept }: Mapping,
  used: readonly CanonicalName[] | undefined,
): Set<string> {
  const wanted = (name: CanonicalName) => used === undefined || used.includes(name);
  const dated = DATED.some(wanted);
  const names = new Set<CanonicalName>(["id", "account_id", ...CHECKED_NAMES]);
  if (dated) names.add("observed_at").add("created_at");
  const sources = Object.entries(columns).flatMap(([name, from]) =>
    names.has(name as CanonicalName) || wanted(name as CanonicalName) ? from : [],
  );
  return new Set([...sources, ...(dated ? avatar : []), ...kept.map(({ source }) => source)]);
}
