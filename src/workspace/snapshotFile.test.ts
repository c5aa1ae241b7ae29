import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { NOW, SAMPLE_FILE, shippedRanking } from "../../test/support/workspace.ts";
import { presetNamed } from "../features/presets.ts";
import { CANONICAL_NAMES } from "../profiles/canonical.ts";
import { type Profiles, readProfiles } from "../profiles/read.ts";
import { engagement } from "../targets/named.ts";
import { fixedTarget } from "../targets/target.ts";
import { checkLostRecords } from "../training/lostRecords.ts";
import { addImport } from "./addImport.ts";
import { IN_MEMORY, openWorkspace } from "./open.ts";
import { readSnapshots, writeSnapshots } from "./snapshotFile.ts";

const folder = await mkdtemp(join(tmpdir(), "snapshots-"));
const workspace = await openWorkspace(IN_MEMORY, { now: NOW });
const model = await shippedRanking();
afterAll(async () => {
  await workspace.close();
  await rm(folder, { recursive: true, force: true });
});

/** Adds a file, and opens what is kept of it. */
async function kept(path: string, synthetic = false) {
  const { import: number } = await addImport(workspace, path, { model, now: NOW, synthetic });
  const written = join(folder, `${number}.parquet`);
  const file = await workspace.read((connection) => writeSnapshots(connection, number, written));
  if (file === undefined) throw new Error("not written");
  // As another thread is told of it.
  return { file, profiles: await readSnapshots(written, JSON.parse(JSON.stringify(file))) };
}

/** The rows, with every digit of what is in them. */
async function rowsOf({ connection, table }: Profiles) {
  const columns = CANONICAL_NAMES.map((name) => `CAST(${name} AS VARCHAR) AS ${name}`);
  const reader = await connection.runAndReadAll(
    `SELECT "row", ${columns.join(", ")}, typeof(posted_at) FROM ${table} ORDER BY "row"`,
  );
  return reader.getRowsJS();
}

async function expectSame(path: string) {
  const [{ perVideo: _, ...read }, { profiles: again }] = [
    await readProfiles(path, { now: NOW }),
    await kept(path),
  ];
  expect(await rowsOf(again)).toEqual(await rowsOf(read));
  const told = ({ connection: _, connect: __, close: ___, cells: ____, source, ...facts }: Profiles) => {
    const { file, format, fingerprint, records } = source;
    return { ...facts, source: { file, format, fingerprint, records } };
  };
  expect(told(again)).toEqual(told(read));
  await read.close();
  return again;
}

it("gives the profiles of a file back as they were read", async () => {
  const profiles = await expectSame(SAMPLE_FILE);
  expect(profiles.rows).toBe(1000);
  await profiles.close();
});

it("gives back what the reader would take for something else: rates over 1, two posts in a second, rounded ids, words for nothing", async () => {
  const path = join(folder, "odd.ndjson");
  const record = (i: number, more: object) =>
    JSON.stringify({
      id: String(7_123_456_789_012_345_000n + BigInt(i) * 1_000_000n),
      account_id: `some.body.${i}`,
      nickname: " two  spaces ",
      followers: 100 + i,
      like_engagement_rate: 250.5 + i,
      comment_engagement_rate: 0.1 + 0.2,
      posted_at: [
        `${7_100_000_000_000_000_001n + BigInt(i)}`,
        `${7_100_000_000_000_000_000n}`,
        "7090000000000000000",
      ],
      ...more,
    });
  const lines = Array.from({ length: 30 }, (_, i) =>
    record(i, i % 3 === 0 ? { observed_at: `2023-11-0${(i % 9) + 1}T10:11:12.345678Z`, region: "NA" } : {}),
  );
  await writeFile(
    path,
    `${lines.join("\n")}\n{"nickname":"nobody"}\n${record(40, { followers: "many", biography: "null" })}\n`,
  );
  const profiles = await expectSame(path);
  expect(profiles).toMatchObject({ rejectedCount: 1, blanks: [{ column: "followers", count: 1 }] });
  expect(profiles.missing).toContain("likes");
  await profiles.close();
});

it("says whether the people are made up, and nothing of an import that is not there", async () => {
  const path = join(folder, "made-up.csv");
  await writeFile(path, "id,followers\n7123456789012345678,10\n");
  const { file, profiles } = await kept(path, true);
  expect(file).toMatchObject({ synthetic: true, provider: "column names", source: { file: "made-up.csv" } });
  await profiles.close();
  const none = await workspace.read((connection) =>
    writeSnapshots(connection, 99, join(folder, "99.parquet")),
  );
  expect(none).toBeUndefined();
});

it("still tells that accounts whose column could not be read are others than the rest", async () => {
  const path = join(folder, "lost.csv");
  const lines = Array.from({ length: 100 }, (_, i) => {
    const lost = i % 3 === 0;
    return `71234567890123${10_000 + i},${(lost ? 90_000 : 1000) + i},${lost ? "many" : 50 + i},${lost ? 9 : 2},0,0.0${i % 10},0.01,${i % 2 ? "0.09" : "0.01"}`;
  });
  const head =
    "id,followers,likes,videos_count,following,like_engagement_rate,comment_engagement_rate,awg_engagement_rate";
  await writeFile(path, `${[head, ...lines].join("\n")}\n`);
  const read = await readProfiles(path, { now: NOW });
  const { profiles } = await kept(path);
  const options = { definition: fixedTarget(engagement), preset: presetNamed("original"), allow: true };
  const said = await checkLostRecords(read, options);
  expect(said.length).toBeGreaterThan(0);
  expect(await checkLostRecords(profiles, options)).toEqual(said);
  await profiles.close();
  await read.close();
});
