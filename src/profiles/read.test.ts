import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canonicalRows } from "../../test/support/profiles/canonicalRows.ts";
import { LAYOUTS } from "../../test/support/profiles/layouts.ts";
import { FORMATS, writeRecords } from "../../test/support/profiles/writeRecords.ts";
import { quoteLiteral } from "../base/quote.ts";
import { type Profiles, type ReadProfilesOptions, readProfiles } from "./read.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "read-profiles-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function reading<T>(
  path: string,
  look: (profiles: Profiles) => Promise<T>,
  options: ReadProfilesOptions = {},
) {
  const profiles = await readProfiles(path, { threads: 1, ...options });
  try {
    return await look(profiles);
  } finally {
    await profiles.close();
  }
}

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

it("bounds what DuckDB may use, which is less where the caller says so", async () => {
  const path = await file("bounded.csv", "account_id,followers\nada,12\n");
  const limit = async ({ connection }: Profiles) => {
    const sql = "SELECT parse_formatted_bytes(current_setting('memory_limit'))::DOUBLE";
    return Number((await connection.runAndReadAll(sql)).getRows()[0][0]);
  };
  expect(await reading(path, limit)).toBeLessThanOrEqual(2e9);
  expect(await reading(path, limit, { memoryLimit: "100MB" })).toBeLessThanOrEqual(100e6);
});

describe.each(FORMATS)("every layout as %s", (format) => {
  it.each(LAYOUTS)("$name", async (layout) => {
    const path = join(folder, `${layout.name.replace(/\W+/g, "-")}.${format}`);
    await writeRecords(path, format, layout.records);
    await reading(path, async (profiles) => {
      expect(profiles.provider).toBe(layout.provider);
      expect(await canonicalRows(profiles.connection)).toEqual(layout.expected);
      expect([...profiles.unmapped].sort()).toEqual([...layout.unmapped].sort());
      const perVideo = layout.records.length > layout.expected.length;
      const odd = layout.provider === "Apify clockworks" ? 1 : 0;
      expect([profiles.rejectedCount, profiles.cells.length]).toEqual([0, odd]);
      expect(profiles.source.records).toBe(layout.records.length);
      if (!perVideo) expect(profiles.rows + profiles.duplicates).toBe(layout.records.length);
    });
  });
});

describe("what is said of a file", () => {
  it("holds its facts, its mapping and what is missing", async () => {
    const path = await file("people.csv", "id,followers,colour\n5,10,red\n6,11,blue\n");
    await reading(path, async ({ source, provider, mapped, unmapped, missing, rows, alerts, table }) => {
      expect(source).toMatchObject({ file: "people.csv", format: "csv", compression: "none", records: 2 });
      expect(source.fingerprint).toMatch(/^[0-9a-f]{64}$/);
      expect([provider, rows, table]).toEqual(["column names", 2, "profiles"]);
      expect(mapped).toEqual({ id: "id", followers: "followers", created_at: "id (upper 32 bits)" });
      expect(unmapped).toEqual(["colour"]);
      expect(missing).toContain("likes");
      expect(missing).not.toContain("created_at");
      expect(alerts.map(({ code }) => code)).toEqual(
        expect.arrayContaining(["unmapped_columns", "unknown_snapshot"]),
      );
    });
  });

  it("keeps columns of the file that are asked for, whatever else they are read for", async () => {
    const path = await file("kept.csv", "id,Label,fans,colour\n5, yes ,10,red\n6,null,11,blue\n,x,bad,\n");
    await reading(
      path,
      async ({ connection, unmapped, rows, alerts }) => {
        const reader = await connection.runAndReadAll(
          `SELECT id, followers, "column:label", "column:fans" FROM profiles`,
        );
        expect(reader.getRowsJS()).toEqual([
          ["5", 10n, "yes", "10"],
          ["6", 11n, null, "11"],
        ]);
        expect([unmapped, rows]).toEqual([["colour"], 2]);
        expect(alerts.find(({ code }) => code === "unmapped_columns")?.message).not.toContain("Label");
      },
      { keep: ["label", "fans", "label"], reading: { map: { followers: "fans" } } },
    );
    await expect(readProfiles(path, { keep: ["labels"] })).rejects.toThrow(
      "unknown column: labels (expected id, Label, fans, colour)",
    );
  });

  it("keeps of a file with a record a video what the author's latest record says", async () => {
    const [layout] = LAYOUTS.filter(({ provider }) => provider === "Apify clockworks");
    const records = layout.records.map((record, i) => ({ ...record, verdict: i === 3 ? "yes" : "no" }));
    const path = join(folder, "kept-videos.csv");
    await writeRecords(path, "csv", records);
    await reading(
      path,
      async ({ connection }) => {
        const reader = await connection.runAndReadAll('SELECT account_id, "column:verdict" FROM profiles');
        expect(reader.getRowsJS()).toEqual([
          ["ada", "yes"],
          ["bo", "no"],
        ]);
      },
      { keep: ["verdict"] },
    );
  });

  it("gives lines of the file for what is rejected, over line breaks in fields", async () => {
    const path = await file(
      "lines.csv",
      'id,biography,followers\n5,"one\ntwo\nthree",10\n6,x,12abc\n7,y,3\n',
    );
    await reading(path, async ({ cells, blanks, rejectedCount, rows }) => {
      expect(cells).toEqual([
        { line: 5, row: 1, reason: "blank_followers", detail: 'invalid followers: "12abc"' },
      ]);
      expect(blanks).toEqual([{ column: "followers", count: 1, impossible: false, value: "12abc", line: 5 }]);
      expect([rejectedCount, rows]).toEqual([0, 3]);
    });
  });

  it("never lets the names or values of a file become SQL", async () => {
    const evil = `x"); DROP TABLE profiles; --`;
    const path = await file(
      "evil.csv",
      `id,"${evil.replaceAll('"', '""')}",biography\n5,7,"'; DROP TABLE profiles; --"\n`,
    );
    await reading(
      path,
      async ({ connection, mapped }) => {
        expect(await canonicalRows(connection)).toEqual([
          { id: "5", followers: 7n, biography: "'; DROP TABLE profiles; --" },
        ]);
        expect(mapped.followers).toBe(evil);
      },
      { reading: { map: { followers: evil } } },
    );
  });
});

describe("what cannot be read", () => {
  it.each([
    ["header.csv", "id,followers\n", /^no profiles: header.csv has a header and no records$/],
    [
      "bad.csv",
      "id,followers\nx,5\n",
      /^no profiles left: the only record was rejected: invalid id: "x" \(bad.csv, line 2\)$/,
    ],
    ["other.csv", "nom,prix\na,1\n", /^no known column: found nom \("a"\), prix \("1"\) .*--map/],
    ["nobody.csv", "followers,likes\n1,1\n", /^missing column: id or account_id/],
  ])("%s", async (name, content, message) => {
    await expect(readProfiles(await file(name, content))).rejects.toThrow(message);
  });

  it("a column that --map names and the file lacks", async () => {
    const path = await file("map.csv", "id,followers\n5,1\n");
    await expect(readProfiles(path, { reading: { map: { likes: "hearts" } } })).rejects.toThrow(
      "unknown column: hearts (expected id, followers)",
    );
  });

  it("leaves no temporary files behind, also when it fails or is stopped", async () => {
    const temporaryDirectory = await mkdtemp(join(folder, "temporary-"));
    const good = await file("good.csv", "id,followers\n5,1\n");
    const bad = await file("worse.csv", "id,followers\nx,5\n");
    await reading(good, async () => undefined, { temporaryDirectory });
    await expect(readProfiles(bad, { temporaryDirectory })).rejects.toThrow("no profiles left");
    const reason = new Error("stopped");
    await expect(readProfiles(good, { temporaryDirectory, signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    const controller = new AbortController();
    const stopped = readProfiles(good, {
      temporaryDirectory,
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    await expect(stopped).rejects.toBe(reason);
    expect(await readdir(temporaryDirectory)).toEqual([]);
  });
});

const real = new URL("../../../shared/data/tiktok.csv", import.meta.url);
const targets = new URL("../../../shared/reference/targets.csv", import.meta.url);

describe.skipIf(!existsSync(real) || !existsSync(targets))("the 1000 profiles of the study", () => {
  it("are all read, dated as the reference dates them", async () => {
    await reading(fileURLToPath(real), async (profiles) => {
      const { provider, rows, rejectedCount, duplicates, unmapped, missing, alerts, connection } = profiles;
      expect([provider, rows, rejectedCount, duplicates]).toEqual(["Bright Data", 1000, 0, 0]);
      expect(unmapped).toEqual([]);
      expect(missing).toEqual(["is_private", "predicted_lang", "region"]);
      expect(alerts.map(({ code }) => code)).toEqual([
        "high_rate",
        "high_rate",
        "high_rate",
        "snapshot_source",
        "created_source",
        "undated_posts",
      ]);
      expect(alerts[5].message).toBe("33 of 26,558 listed posts have no date, or one that cannot be.");
      const reader = await connection.runAndReadAll(
        `WITH targets AS (FROM read_csv(${quoteLiteral(fileURLToPath(targets))})),
           days AS (SELECT *, epoch(observed_at - posted_at[1]) / 86400 AS days FROM profiles JOIN targets USING ("row"))
         SELECT count(*) AS joined, count(days) AS dated, max(abs(days - days_since_last_post)) AS off,
           count(*) FILTER ((days IS NULL) <> (days_since_last_post IS NULL)) AS differ, sum(len(posted_at)) AS posts,
           count(*) - count(bio_link) AS no_link, count(*) - count(biography) AS no_biography,
           count(*) FILTER (TRY_CAST(id AS HUGEINT) > 9007199254740992) AS long_ids, count(DISTINCT id) AS ids,
           count(observed_at) AS observed, count(created_at) AS created, min(created_at)::VARCHAR AS oldest,
           count(*) FILTER (is_verified) AS verified, count(*) FILTER (awg_engagement_rate > 0.05) AS active
         FROM days`,
      );
      const { off, ...facts } = reader.getRowObjectsJS()[0] as Record<string, number>;
      // targets.csv is written with three decimals.
      expect(off).toBeLessThan(0.00051);
      expect(Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, String(value)]))).toEqual(
        {
          joined: "1000",
          dated: "998",
          differ: "0",
          posts: String(26558 - 33),
          no_link: "809",
          no_biography: "3",
          long_ids: "976",
          ids: "1000",
          observed: "1000",
          created: "916",
          oldest: "2018-01-02 12:03:14",
          verified: "19",
          active: "510",
        },
      );
    });
  });
});
