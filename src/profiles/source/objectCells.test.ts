import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createBench } from "../../../test/support/profiles/opened.ts";
import { readProfiles } from "../read.ts";
import { scanFile } from "../scan/scanFile.ts";
import { openSource } from "./source.ts";

const bench = createBench();

async function open(path: string) {
  const source = await openSource(bench.connection, path);
  const reader = await bench.connection.runAndReadAll(
    `SELECT * EXCLUDE (__row) FROM ${source.relation} ORDER BY __row`,
  );
  await source.close();
  return { source, rows: reader.getRowObjectsJson() };
}

const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
const table = (...cells: readonly string[]) =>
  `n,authorMeta\n${cells.map((text, i) => `${i},${cell(text)}\n`).join("")}`;

describe("cells that hold objects", () => {
  it.each([
    ["JSON", '{"id": 7012345678901234567, "bioLink": {"link": "x"}, "tags": ["a"], "n": null}'],
    ["Python's repr", "{'id': 7012345678901234567, 'bioLink': {'link': 'x'}, 'tags': [\"a\"], 'n': None}"],
  ])("of %s become columns, with every digit", async (_, text) => {
    const { source, rows } = await open(bench.file("cells.csv", table(text, "", text)));
    const read = {
      "authorMeta.id": "7012345678901234567",
      "authorMeta.bioLink.link": "x",
      "authorMeta.tags": '["a"]',
    };
    const lacking = { "authorMeta.id": null, "authorMeta.bioLink.link": null, "authorMeta.tags": null };
    expect(source.columns).toEqual([
      "n",
      "authorMeta.id",
      "authorMeta.bioLink.link",
      "authorMeta.tags",
      "authorMeta",
    ]);
    expect(rows).toEqual([
      { n: "0", ...read, authorMeta: null },
      { n: "1", ...lacking, authorMeta: "" },
      { n: "2", ...read, authorMeta: null },
    ]);
    expect(source.samples.get("authorMeta.id")).toEqual(Array(2).fill("7012345678901234567"));
  });

  it("tell how many of their keys are too many", async () => {
    const keys = (from: number) =>
      Object.fromEntries(Array.from({ length: 2100 }, (_, i) => [`k${from + i}`, 1]));
    const path = bench.file("keys.csv", table(JSON.stringify(keys(0)), JSON.stringify(keys(2100))));
    const { source } = await open(path);
    expect(source.alerts).toMatchObject([
      {
        code: "too_many_columns",
        message:
          "The records have more than 4,096 different keys; 103 values under further ones are left out.",
      },
    ]);
  });

  it("that cannot be read cost themselves, and are counted", async () => {
    const { source, rows } = await open(
      bench.file("bad.csv", table("{'id': 1}", "{'id': 2}", "{'id': }", "{", "ada")),
    );
    expect(rows.map((row) => row["authorMeta.id"])).toEqual(["1", "2", null, null, null]);
    expect(rows.map((row) => row.authorMeta)).toEqual([null, null, null, null, "ada"]);
    expect(source.alerts).toMatchObject([
      {
        code: "unreadable_objects",
        column: "authorMeta",
        message:
          "2 cells of authorMeta should hold an object and cannot be read, the first on line 4; what they say is missing.",
      },
    ]);
  });

  it("stay as they are where nobody is read from them, and where most are something else", async () => {
    const text = 'id,discovery_input,stats\n1,"{""a"": 1}",5\n2,"{""a"": 2}",{}\n';
    expect((await open(bench.file("others.csv", text))).source.columns).toEqual([
      "id",
      "discovery_input",
      "stats",
    ]);
  });

  it("keep the names of columns apart", async () => {
    const text = `authorMeta.id,authorMeta\n5,"{'id': 6}"\n`;
    expect((await open(bench.file("both.csv", text))).rows).toEqual([
      { "authorMeta.id": "5", "authorMeta.id_2": "6" },
    ]);
  });

  it("are read alike in every format, and by every way", async () => {
    const videos = [3, 2, 1].map((day) => ({
      id: `700000000000000000${day}`,
      createTimeISO: `2023-01-0${day}T00:00:00Z`,
      diggCount: "10",
      authorMeta: "{'id': '7012345678901234567', 'name': 'ada', 'fans': 100}",
    }));
    const names = Object.keys(videos[0]) as (keyof (typeof videos)[0])[];
    const csv = [names, ...videos.map((video) => names.map((name) => cell(video[name])))]
      .map((r) => `${r}\n`)
      .join("");
    const ndjson = bench.file("videos.ndjson", videos.map((video) => `${JSON.stringify(video)}\n`).join(""));
    const parquet = bench.file("videos.parquet", "");
    await bench.connection.run(`COPY (FROM read_json('${ndjson}', columns = {${names.map((name) => `${name}: 'VARCHAR'`)}}))
      TO '${parquet}' (FORMAT parquet)`);
    for (const path of [
      bench.file("videos.csv", csv),
      bench.file("videos.csv.gz", gzipSync(csv)),
      bench.file("videos.json", JSON.stringify(videos)),
      ndjson,
      parquet,
    ]) {
      const profiles = await readProfiles(path);
      const sql = "id, account_id, followers::INTEGER, like_engagement_rate, len(posted_at)::INTEGER";
      const read = (await profiles.connection.runAndReadAll(`SELECT ${sql} FROM profiles`)).getRows();
      await profiles.close();
      expect([profiles.provider, read]).toEqual([
        "Apify clockworks",
        [["7012345678901234567", "ada", 100, 0.1, 3]],
      ]);
      const { value, scan } = await scanFile(path, {}, async (connection, { select }) => {
        const value = (await connection.runAndReadAll(`SELECT ${sql} FROM (${select})`)).getRows();
        return { rows: value.length, value };
      });
      expect([scan.way, value]).toEqual(["exact", read]);
    }
  });
});
