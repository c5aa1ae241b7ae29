import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openDatabase } from "../profiles/database.ts";
import { readThriftCompact, type ThriftStruct, thriftCompact } from "../profiles/scan/thrift.ts";
import { quoteLiteral } from "../profiles/sql.ts";
import { joinParquet } from "./joinParquet.ts";

const folder = mkdtempSync(join(tmpdir(), "join-parquet-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

async function ask(sql: string): Promise<unknown[][]> {
  const { connection, close } = await openDatabase();
  try {
    return (await connection.runAndReadAll(sql)).getRowsJson();
  } finally {
    close();
  }
}

const ROWS =
  "i::VARCHAR AS id, i / 7.0 AS p, CASE WHEN i % 3 > 0 THEN 'word' || (i % 5) END AS word, i % 2 = 0 AS even";

/** Writes three files of different sizes, one of them without a row. */
async function parts(options: string): Promise<string[]> {
  const ranges = [
    [0, 7000],
    [7000, 7000],
    [7000, 7001],
    [7001, 30_000],
  ];
  return Promise.all(
    ranges.map(async ([from, to], i) => {
      const path = at(`part-${i}.parquet`);
      const rows = `SELECT ${ROWS} FROM range(${from}, ${to}) AS t(i)`;
      await ask(`COPY (${rows}) TO ${quoteLiteral(path)} (FORMAT parquet, ROW_GROUP_SIZE 2048, ${options})`);
      return path;
    }),
  );
}

describe("joinParquet", () => {
  it.each(["COMPRESSION snappy, DICTIONARY_SIZE_LIMIT 1", "COMPRESSION zstd", "PARQUET_VERSION v2"])(
    "gives the rows of its parts in their order, found by every way to look for them: %s",
    async (options) => {
      const out = at("whole.parquet");
      expect(await joinParquet(await parts(options), out)).toBe(30_000);
      const file = quoteLiteral(out);
      expect(await ask(`SELECT * FROM read_parquet(${file})`)).toEqual(
        await ask(`SELECT ${ROWS} FROM range(30000) AS t(i)`),
      );
      // By the extremes and filters that the description holds of each group of rows.
      expect(await ask(`SELECT id FROM ${file} WHERE p BETWEEN 4000 AND 4000.2`)).toEqual([
        ["28000"],
        ["28001"],
      ]);
      expect(await ask(`SELECT count(*) FROM ${file} WHERE word = 'word4'`)).toEqual([["4000"]]);
      expect(await ask(`SELECT p * 7 FROM ${file} WHERE id = '29999'`)).toEqual([[29_999]]);
      expect(await ask(`SELECT num_rows FROM parquet_file_metadata(${file})`)).toEqual([["30000"]]);
    },
  );

  it("leaves out indexes of pages, which hold places in the part", async () => {
    const [part] = await parts("COMPRESSION snappy");
    const described = (file: Buffer) => {
      const end = file.length - 8;
      const from = end - file.readUInt32LE(end);
      return { from, description: readThriftCompact(file.subarray(from, end)) };
    };
    /** A description with other descriptions of chunks. */
    const chunks = (struct: ThriftStruct, change: (chunk: ThriftStruct) => ThriftStruct): ThriftStruct =>
      inside(struct, 4, (group) => inside(group, 1, change));
    const inside = (struct: ThriftStruct, field: number, change: (one: ThriftStruct) => ThriftStruct) =>
      struct.map(([number, value]): ThriftStruct[number] => {
        if (number !== field || !("list" in value)) return [number, value];
        const list = value.list.map((one) => ("struct" in one ? { struct: change(one.struct) } : one));
        return [number, { list }];
      });
    const plain = readFileSync(part);
    const { from, description } = described(plain);
    const index: ThriftStruct = [4, 5, 6, 7].map((field) => [field, { i32: 4 }]);
    const indexed = thriftCompact(chunks(description, (chunk) => [...chunk, ...index]));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(indexed.length);
    writeFileSync(part, Buffer.concat([plain.subarray(0, from), indexed, length, Buffer.from("PAR1")]));
    await joinParquet([part, part], at("whole.parquet"));
    const fields = new Set<number>();
    chunks(described(readFileSync(at("whole.parquet"))).description, (chunk) => {
      for (const [field] of chunk) fields.add(field);
      return chunk;
    });
    expect([...fields]).toEqual([2, 3]);
    expect(await ask(`SELECT count(*) FROM ${quoteLiteral(at("whole.parquet"))}`)).toEqual([["14000"]]);
  });

  it("refuses what does not fit together, and what is no Parquet", async () => {
    const [one] = await parts("COMPRESSION snappy");
    const other = at("other.parquet");
    await ask(`COPY (SELECT 1 AS id) TO ${quoteLiteral(other)} (FORMAT parquet)`);
    await expect(joinParquet([one, other], at("whole.parquet"))).rejects.toThrow("has other columns");
    writeFileSync(other, "no Parquet at all, but some bytes");
    await expect(joinParquet([one, other], at("whole.parquet"))).rejects.toThrow("is no Parquet file");
    const enough = AbortSignal.abort(new Error("enough"));
    await expect(joinParquet([one], at("whole.parquet"), enough)).rejects.toThrow("enough");
  });
});
