import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { createBench, valuesOf } from "../../../test/support/profiles/opened.ts";
import { InsightsError } from "../../base/error.ts";
import { fileError } from "../../base/files.ts";
import { query } from "./relation.ts";
import { openSource } from "./source.ts";

const bench = createBench();
const text = "id,likes\n1,2\n3,4\n";
const values = [
  ["1", "2"],
  ["3", "4"],
];

async function messageOf(opening: Promise<unknown>): Promise<string> {
  const error = await opening.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InsightsError);
  return (error as InsightsError).message;
}

describe("openSource", () => {
  it("gives a view in the file's order, the facts, and takes it all away again", async () => {
    const path = bench.file("profiles.csv", text);
    const source = await openSource(bench.connection, path);
    expect(source).toMatchObject({
      file: "profiles.csv",
      format: "csv",
      compression: "none",
      fingerprint: createHash("sha256").update(text).digest("hex"),
      columns: ["id", "likes"],
      records: 2,
      rejects: [],
      rejectedCount: 0,
      alerts: [],
    });
    const described = await query(bench.connection, `DESCRIBE ${source.relation}`);
    expect(described.map((row) => [row.column_name, row.column_type])).toEqual([
      ["__row", "BIGINT"],
      ["id", "VARCHAR"],
      ["likes", "VARCHAR"],
    ]);
    expect(await source.linesOf([])).toEqual(new Map());
    await source.close();
    await expect(query(bench.connection, `FROM ${source.relation}`)).rejects.toThrow();
    await source.close();
  });

  it("opens two files at once", async () => {
    const one = await openSource(bench.connection, bench.file("one.csv", text));
    const two = await openSource(bench.connection, bench.file("two.csv", "id\r\n9\n"));
    expect(await query(bench.connection, `SELECT id FROM ${one.relation}`)).toEqual([
      { id: "1" },
      { id: "3" },
    ]);
    expect(await query(bench.connection, `SELECT id FROM ${two.relation}`)).toEqual([{ id: "9" }]);
    await one.close();
    await two.close();
  });

  it("says what is wrong with the path", async () => {
    const gone = join(bench.folder, "gone.csv");
    expect(await messageOf(bench.open(gone))).toBe(`no such file: ${gone}`);
    expect(await messageOf(bench.open(join(bench.file("a.csv", text), "b.csv")))).toMatch(/^no such file: /);
    expect(await messageOf(bench.open(bench.folder))).toBe(
      `this is a folder, not a file: ${bench.folder} (name a file in it)`,
    );
    expect(await messageOf(bench.open("a\0b"))).toBe('no such file: "a\\u0000b"');
    expect(await messageOf(bench.open("/dev/null"))).toMatch(/^not an ordinary file: /);
    const loop = join(bench.folder, "loop");
    symlinkSync(loop, loop);
    expect(await messageOf(bench.open(loop))).toMatch(/^symbolic links go round in a circle: /);
  });

  it.skipIf(process.getuid?.() === 0)("says that a file may not be read", async () => {
    const path = bench.file("closed.csv", text);
    chmodSync(path, 0);
    expect(await messageOf(bench.open(path))).toBe(`not allowed to read this file: ${path}`);
  });

  it("puts the system's errors into the user's words", () => {
    const told = (code: string) =>
      (fileError("a.csv", Object.assign(new Error("x"), { code })) as Error).message;
    expect(told("EACCES")).toBe("not allowed to read this file: a.csv");
    expect(told("ENOSPC")).toBe("no space left for temporary files: a.csv");
    expect(told("EIO")).toBe("cannot read (EIO): a.csv");
    const other = new TypeError("ours");
    expect(fileError("a.csv", other)).toBe(other);
  });

  it.each(["", "\uFEFF", "\n\n", "  \r\n"])("refuses an empty file: %j", async (bytes) => {
    expect(await messageOf(bench.read(bytes))).toMatch(/^empty file: .*profiles\.csv$/);
  });

  it.each([
    ["%PDF-1.7\n%âãÏÓ", "a PDF"],
    ["\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture; ask for the table itself"],
    ["\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "an Excel workbook of the old kind"],
    ["BZh91AY&SY\x01\x02", "packed with bzip2"],
    ["SQLite format 3\0", "an SQLite database"],
    ["PARE\0\0\0\0", "an encrypted Parquet file"],
    ["II*\0\x08\0\0\0", "a picture"],
    ["\0\0\0\x18ftypheic\0\0\0\0", "a picture"],
    ["\0\0\0\x18ftypmp42\0\0\0\0", "a film"],
    ["{\\rtf1\\ansi table}", "an RTF document"],
    ["\x80\x04\x95\x10\0\0", "a Python pickle"],
    ["BEGIN:VCARD\nFN:Ana\nEND:VCARD\n", "address cards"],
    ["<!DOCTYPE html><html>", "a web page; was the download refused?"],
    ["<html><body><table><tr><td>username</td></tr></table>", "a web page with a table in it"],
    ["\n<table border=1><tr><th>username</th></tr>", "a web page with a table in it"],
    ["<!-- made by a tool -->\n<html><table>", "a web page with a table in it"],
    [
      '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Table>',
      "an Excel workbook saved as XML",
    ],
    ['<?xml version="1.0"?><a/>', "XML"],
    ["<svg xmlns='x'></svg>", "a picture"],
    ["MIME-Version: 1.0\nContent-Type: multipart/related\n", "a web page or a message saved whole"],
    ["-- dump\n\nCREATE TABLE users (id int);\nINSERT INTO users VALUES (1);", "an SQL script"],
    ['var profiles = [{"username": "ann"}];', "JavaScript"],
    ['window.users = {"ann": {"followers": 5}};', "JavaScript"],
    ['window["users"] = [ [1] ]', "JavaScript"],
    ["export default [{ username: 'ann' }]", "JavaScript"],
    ['callback({"users": []})', "JavaScript"],
    [
      '{"url": "https://docs.google.com/open?id=1", "doc_id": "1", "email": "a@x.test"}',
      "a shortcut to a Google",
    ],
    [
      '2024-05-01 10:00:00,123 INFO {"username": "ann"}\n2024-05-01 10:00:01,5 INFO {"username": "bo"}\n',
      "a log",
    ],
    [
      '[10:00:00] {"username": "ann", "followers": 5}\n[10:00:01] {"username": "bo", "followers": 7}\n',
      "a log",
    ],
    ["- username: ann\n  followers: 5\n- username: bo\n  followers: 7\n", "YAML"],
    ["---\nann:\n  followers: 5\n  likes: 7\n", "YAML"],
    ["Username: ann\nFollowers: 5\n\nUsername: bo\nFollowers: 7\n", "YAML or values with a name before each"],
    ['// mine\n/* all\nof it */ [{"id": 1}]', "JSON with comments"],
    [Array.from({ length: 500 }, (_, i) => String.fromCharCode((i * 7) % 32)).join(""), "binary data"],
    [
      `{"${Array.from({ length: 500 }, (_, i) => String.fromCharCode((i * 37) % 256)).join("")}`,
      "binary data",
    ],
  ])("refuses other kinds of files by their content: %j", async (bytes, kind) => {
    const message = await messageOf(bench.read(Buffer.from(bytes, "latin1")));
    expect(message).toContain(`not a table of profiles: profiles.csv is ${kind}`);
    expect(message).toContain("(expected CSV, TSV, JSON, NDJSON, Parquet, .xlsx or .ods, also packed");
  });

  it("does not take a table for another kind of file", async () => {
    for (const cell of ["<b>hi</b>", "var x = [1]", "note: new", 'x {""a"": 1}', "INSERT INTO x"]) {
      expect((await bench.read(`text,id\n"${cell}",1\n"${cell}",2\n"${cell}",3\n`)).records).toBe(3);
    }
    expect((await bench.read('[\n{\n"id": 1,\n"n": 2\n},\n{\n"id": 3,\n"n": 4\n}]')).records).toBe(2);
    for (const first of ["ORC", "BZh", "Obj"]) {
      expect((await bench.read(`${first},id\n1,2\n`)).columns).toEqual([first, "id"]);
    }
  });

  it("reads what is missing its ending, or has another", async () => {
    expect((await bench.read(text, "profiles")).alerts).toEqual([]);
    expect((await bench.read(text, "profiles.csv.backup")).alerts).toEqual([]);
    const misnamed = await bench.read(text, "profiles.parquet");
    expect(valuesOf(misnamed)).toEqual(values);
    expect(misnamed.alerts).toMatchObject([{ level: "warning", code: "misleading_name", column: null }]);
    expect(misnamed.alerts[0].message).toContain("profiles.parquet does not fit the content, which is CSV");
  });

  it.each([
    "-",
    "it's.csv",
    "a*.csv",
    "a?.csv",
    "a[1].csv",
    "a{1,2}.csv",
    "a\\b.csv",
    'q".csv',
    "%41 é.csv",
    "~",
  ])("takes a name literally: %s", async (name) => {
    bench.file("aX.csv", "id,likes\nwrong,wrong\n");
    bench.file("ab.csv", "id,likes\nwrong,wrong\n");
    expect(valuesOf(await bench.read(text, name))).toEqual(values);
    expect(valuesOf(await bench.read('{"id": 1}\n', name))).toEqual([["1"]]);
  });

  it("makes no columns of the names of folders", async () => {
    const folder = join(bench.folder, "year=2023 [x]");
    mkdirSync(folder);
    expect((await bench.read(text, "year=2023 [x]/a.csv")).columns).toEqual(["id", "likes"]);
  });

  it("tells how far it is, to the end", async () => {
    const bytes = `id,likes\n${"1,2\n".repeat(700_000)}`;
    const seen: [number, number][] = [];
    const onProgress = (read: number, total: number) => seen.push([read, total]);
    const source = await openSource(bench.connection, bench.file("long.csv", bytes), { onProgress });
    await source.close();
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.at(-1)).toEqual([bytes.length, bytes.length]);
    expect(seen.map(([read]) => read)).toEqual(seen.map(([read]) => read).sort((a, b) => a - b));
  });

  it("stops when aborted, with the signal's reason, and leaves nothing behind", async () => {
    const reason = new Error("stopped by the user");
    const options = (stopAfter: number) => {
      const controller = new AbortController();
      let blocks = 0;
      return {
        signal: controller.signal,
        onProgress: () => {
          if (++blocks >= stopAfter) {
            controller.abort(reason);
          }
        },
      };
    };
    const long = bench.file("stop.csv", `id,likes\r\n${"1,2\n".repeat(700_000)}`);
    for (const stopAfter of [1, 2]) {
      await expect(openSource(bench.connection, long, options(stopAfter))).rejects.toBe(reason);
    }
    const controller = new AbortController();
    controller.abort(reason);
    const options0 = { signal: controller.signal };
    await expect(openSource(bench.connection, bench.file("a.csv", text), options0)).rejects.toBe(reason);
    await expect(query(bench.connection, "SELECT 1", controller.signal)).rejects.toBe(reason);
  });

  it("leaves no view behind where it fails after making one", async () => {
    const path = bench.file("objects.csv", `id,authorMeta\n5,"{""fans"": 1}"\n`);
    vi.spyOn(bench.connection, "stream").mockRejectedValueOnce(new Error("no more"));
    await expect(openSource(bench.connection, path)).rejects.toThrow("no more");
    const views = "SELECT view_name FROM duckdb_views() WHERE view_name LIKE 'source%'";
    expect(await query(bench.connection, views)).toEqual([]);
  });

  it("says when temporary files cannot be made", async () => {
    const temporaryDirectory = join(bench.folder, "nowhere");
    const path = bench.file("mixed.csv", "id,likes\r\n1,2\n");
    const message = await messageOf(openSource(bench.connection, path, { temporaryDirectory }));
    expect(message).toBe(`cannot make temporary files in ${temporaryDirectory}: the folder does not exist`);
  });
});
