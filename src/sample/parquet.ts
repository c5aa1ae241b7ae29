import type { DuckDBType, DuckDBValue } from "@duckdb/node-api";
import { BIGINT, BOOLEAN, DOUBLE, DuckDBInstance, DuckDBTableFunction, VARCHAR } from "../base/duckdb.ts";
import { quoteLiteral } from "../profiles/sql.ts";
import { SAMPLE_COLUMNS, type SampleRecord, type SampleType } from "./record.ts";

const TYPES: Record<SampleType, DuckDBType> = { text: VARCHAR, real: DOUBLE, integer: BIGINT, flag: BOOLEAN };
/** Rows handed over at a time: DuckDB's vector size. */
const CHUNK = 2048;

/**
 * Writes records to a Parquet file (zstd), in their order. DuckDB asks for 2048 rows at a time and writes a row group when
 * it has one, so memory stays flat.
 *
 * @throws what the signal was aborted with, and DuckDB's own errors (a full disk)
 */
export async function writeParquet(
  path: string,
  records: Iterator<SampleRecord>,
  options: { signal?: AbortSignal | undefined; onRows: (rows: number) => void },
): Promise<void> {
  const { signal, onRows } = options;
  const instance = await DuckDBInstance.create(":memory:", { threads: "1", memory_limit: "512MB" });
  try {
    const connection = await instance.connect();
    let written = 0;
    connection.registerTableFunction(
      DuckDBTableFunction.create({
        name: "sample",
        bindFunction: (bind) => {
          for (const [name, type] of SAMPLE_COLUMNS) bind.addResultColumn(name, TYPES[type]);
        },
        initFunction: (init) => init.setMaxThreads(1),
        mainFunction: (info, chunk) => {
          if (signal?.aborted) return info.setError("aborted");
          const columns = take(records, CHUNK);
          const rows = columns[0].length;
          chunk.rowCount = rows;
          for (let i = 0; i < columns.length && rows > 0; i++) chunk.setColumnValues(i, columns[i]);
          written += rows;
          onRows(written);
        },
      }),
    );
    await connection.run(
      `COPY (FROM sample()) TO ${quoteLiteral(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480)`,
    );
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    instance.closeSync();
  }
}

/** The next records, at most `count`, as columns of DuckDB values. */
function take(records: Iterator<SampleRecord>, count: number): DuckDBValue[][] {
  const columns: DuckDBValue[][] = SAMPLE_COLUMNS.map(() => []);
  for (let row = 0; row < count; row++) {
    const next = records.next();
    if (next.done) break;
    for (let i = 0; i < columns.length; i++) columns[i].push(typed(next.value[i], SAMPLE_COLUMNS[i][1]));
  }
  return columns;
}

function typed(text: string | null, type: SampleType): DuckDBValue {
  if (text === null || type === "text") return text;
  if (type === "real") return Number(text);
  return type === "integer" ? BigInt(text) : text === "true";
}
