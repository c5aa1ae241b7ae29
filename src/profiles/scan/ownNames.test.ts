import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readProfiles } from "../read.ts";
import { scanFile } from "./scanFile.ts";

const folder = mkdtempSync(join(tmpdir(), "own-names-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Names that DuckDB or a query of ours uses itself. */
const NAMES = "file_row_number filename row __row __own_0 column0 _reason _blanks".split(" ");
const RECORDS = ["ada", "bo"].map((account_id, n) => ({
  account_id,
  followers: 10 + n,
  ...Object.fromEntries(NAMES.map((name) => [name, `${name} of ${account_id}`])),
}));
const header = Object.keys(RECORDS[0]);
const TEXTS = {
  csv: [header, ...RECORDS.map((record) => Object.values(record))].map((cells) => `${cells}\n`).join(""),
  json: JSON.stringify(RECORDS),
  ndjson: RECORDS.map((record) => `${JSON.stringify(record)}\n`).join(""),
};

it.each(Object.entries(TEXTS))("reads columns named as its own, in %s, on both ways", async (kind, text) => {
  const path = join(folder, `a.${kind}`);
  writeFileSync(path, text);
  const sql = (from: string) => `SELECT account_id, followers FROM ${from} ORDER BY account_id`;
  const right = RECORDS.map(({ account_id, followers }) => [account_id, String(followers)]);
  const profiles = await readProfiles(path, { keep: ["file_row_number", "filename", "column0", "_reason"] });
  try {
    const { connection, table, source } = profiles;
    expect((await connection.runAndReadAll(sql(table))).getRowsJson()).toEqual(right);
    expect(source.records).toBe(2);
    const kept = `SELECT "column:file_row_number", "column:filename", "column:column0", "column:_reason" FROM ${table} ORDER BY account_id`;
    expect((await connection.runAndReadAll(kept)).getRowsJson()).toEqual(
      RECORDS.map((record) =>
        ["file_row_number", "filename", "column0", "_reason"].map(
          (name) => `${name} of ${record.account_id}`,
        ),
      ),
    );
  } finally {
    await profiles.close();
  }
  const scanned = await scanFile(path, { threads: 1 }, async (connection, given) => {
    const value = (await connection.runAndReadAll(sql(`(${given.select})`))).getRowsJson();
    return { value, rows: value.length };
  });
  expect(scanned.scan.rejectedCount).toBe(0);
  expect(scanned).toMatchObject({ records: 2, value: right });
});
