import { DuckDBInstance, DuckDBTableFunction, VARCHAR } from "../base/duckdb.ts";
import { quoteLiteral } from "../base/quote.ts";
import { SAMPLE_COLUMNS, type SampleRecord, type SampleType } from "./record.ts";

/** Endings a sample can be written by. */
export const SAMPLE_ENDINGS = [".csv", ".csv.gz", ".ndjson", ".parquet"] as const;

/** See {@link SAMPLE_ENDINGS}. */
export type SampleEnding = (typeof SAMPLE_ENDINGS)[number];

/** Every field in quotes and `null` for what is missing, as the provider writes CSV. */
const CSV = `FORMAT csv, HEADER, FORCE_QUOTE *, QUOTE '"', ESCAPE '"'`;
const FORMATS: Readonly<Record<SampleEnding, string>> = {
  ".csv": CSV,
  ".csv.gz": `${CSV}, COMPRESSION gzip`,
  ".ndjson": "FORMAT json",
  ".parquet": "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480",
};
const TYPES: Readonly<Record<SampleType, string>> = {
  text: "VARCHAR",
  real: "DOUBLE",
  integer: "BIGINT",
  flag: "BOOLEAN",
};

/** Rows handed over at a time: DuckDB's vector size. */
const CHUNK = 2048;

/**
 * Writes records to a file, in their order, by DuckDB's COPY. It asks for 2048 records at a time and holds one row group at
 * most, so memory does not grow with them.
 *
 * @param onRows called with the records written so far
 * @throws DuckDB's own errors (a full disk, no such folder); any error once the signal is aborted
 */
export async function copyRecords(
  records: Iterator<SampleRecord>,
  path: string,
  ending: SampleEnding,
  { signal, onRows }: { signal?: AbortSignal | undefined; onRows: (rows: number) => void },
): Promise<void> {
  const typed = SAMPLE_COLUMNS.map(([name, type]) =>
    FORMATS[ending].startsWith(CSV)
      ? `coalesce(${name}, 'null') AS ${name}`
      : `CAST(${name} AS ${TYPES[type]}) AS ${name}`,
  );
  const instance = await DuckDBInstance.create(":memory:", { threads: "1", memory_limit: "256MB" });
  try {
    const connection = await instance.connect();
    let written = 0;
    connection.registerTableFunction(
      DuckDBTableFunction.create({
        name: "sample",
        bindFunction: (bind) => {
          for (const [name] of SAMPLE_COLUMNS) bind.addResultColumn(name, VARCHAR);
        },
        initFunction: (init) => init.setMaxThreads(1),
        mainFunction: (info, chunk) => {
          if (signal?.aborted) return info.setError("aborted");
          const columns: (string | null)[][] = SAMPLE_COLUMNS.map(() => []);
          const rows = take(records, CHUNK, columns);
          chunk.rowCount = rows;
          if (rows > 0) columns.forEach((column, i) => void chunk.setColumnValues(i, column));
          written += rows;
          onRows(written);
        },
      }),
    );
    await connection.run(
      `COPY (SELECT ${typed.join(", ")} FROM sample()) TO ${quoteLiteral(path)} (${FORMATS[ending]})`,
    );
  } finally {
    instance.closeSync();
  }
}

/** Moves the next records into columns, and says how many there were. */
function take(records: Iterator<SampleRecord>, most: number, columns: (string | null)[][]): number {
  for (let row = 0; row < most; row++) {
    const next = records.next();
    if (next.done) return row;
    for (let i = 0; i < columns.length; i++) columns[i].push(next.value[i]);
  }
  return most;
}
