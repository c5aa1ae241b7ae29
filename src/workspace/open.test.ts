import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { NOW } from "../../test/support/workspace.ts";
import { openInstance } from "../base/duckdb.ts";
import { readFacets } from "./facets.ts";
import { readPeople } from "./find.ts";
import { IN_MEMORY, openWorkspace, type Workspace } from "./open.ts";
import { SCHEMA_VERSION } from "./schema.ts";
import { workspaceError } from "./workspaceError.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "insights-test-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const at = (...names: string[]) => join(root, ...names);
const open = (options = {}) => openWorkspace(at("w.duckdb"), { now: NOW, threads: 1, ...options });
const add = (workspace: Workspace, key: string, value = "x") =>
  workspace.write((connection) => connection.run(`INSERT INTO settings VALUES ('${key}', '${value}')`));
const keys = (workspace: Workspace) =>
  workspace.read(async (connection) =>
    (await connection.runAndReadAll("SELECT key FROM settings ORDER BY key")).getRowsJS().flat(),
  );

describe("openWorkspace", () => {
  it("makes a file that its owner alone may read, and finds there what was written", async () => {
    await expect(open({ create: false })).rejects.toThrow(
      `no workspace: ${at("w.duckdb")} (insights workspace add FILE makes one)`,
    );
    const path = at("deep", "folder", "w.duckdb");
    await expect(openWorkspace(path, { now: NOW })).rejects.toThrow("the folder does not exist");
    const workspace = await openWorkspace(path, { now: NOW, makeFolder: true });
    await add(workspace, "one");
    await workspace.close();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(at("deep", "folder"))).mode & 0o777).toBe(0o700);
    expect(await readdir(at("deep", "folder"))).toEqual(["w.duckdb"]);
    const again = await openWorkspace(path, { now: NOW, create: false });
    expect(await keys(again)).toEqual(["one"]);
    await again.close();
    await expect(keys(again)).rejects.toThrow("was closed");
  });

  it("says who has it open", async () => {
    const workspace = await open();
    await expect(open()).rejects.toThrow(
      `the workspace ${at("w.duckdb")} is open in another run, process ${process.pid} (close it there, or name another file with --workspace)`,
    );
    await workspace.close();
    await (await open()).close();
  });

  it("says that another program has it open", async () => {
    await (await open()).close();
    const code = `require("@duckdb/node-api").DuckDBInstance.create(process.argv[1]).then((kept) => { globalThis.kept = kept; console.log("open"); setInterval(() => {}, 1000); })`;
    const other = spawn(process.execPath, ["-e", code, at("w.duckdb")], {
      cwd: fileURLToPath(new URL(".", import.meta.url)),
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(other.stdout, "data");
    const refused = await open().catch((error: Error) => error.message);
    other.kill("SIGKILL");
    await once(other, "close");
    expect(refused).toBe(
      `the workspace ${at("w.duckdb")} is open in another program, process ${other.pid} (close it there, or name another file with --workspace)`,
    );
  });

  it("refuses what is no workspace, and leaves it as it is", async () => {
    await writeFile(at("w.duckdb"), "id,handle\n1,ann\n");
    await expect(open()).rejects.toThrow(`not a workspace: ${at("w.duckdb")}`);
    expect(await readFile(at("w.duckdb"), "utf8")).toBe("id,handle\n1,ann\n");
    await rm(at("w.duckdb"));
    const instance = await openInstance(at("w.duckdb"));
    const connection = await instance.connect();
    await connection.run("CREATE TABLE mine AS SELECT 1 AS one");
    connection.closeSync();
    instance.closeSync();
    await expect(open()).rejects.toThrow("not a workspace");
    await mkdir(at("folder"));
    await expect(openWorkspace(at("folder"), { now: NOW })).rejects.toThrow("not a workspace");
  });

  it.each([
    ["its beginning", (bytes: Buffer) => bytes.fill(7, 100, 3000)],
    ["its middle", (bytes: Buffer) => bytes.fill(7, 12_288, bytes.length)],
    ["its end, which is cut off", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
  ])("calls a file damaged in %s so", async (_what, harm) => {
    const workspace = await open();
    await add(workspace, "one", "x".repeat(100_000));
    await workspace.close();
    await writeFile(at("w.duckdb"), harm(await readFile(at("w.duckdb"))));
    await expect(open()).rejects.toThrow(
      `damaged workspace: ${at("w.duckdb")} (put a copy of it there that is whole`,
    );
    expect(await readdir(root)).toEqual(["w.duckdb"]);
  });

  it.skipIf(process.getuid?.() === 0)("says that a file or its folder must not be written", async () => {
    await (await open()).close();
    await chmod(at("w.duckdb"), 0o400);
    await expect(open()).rejects.toThrow("no permission to write there");
    await chmod(at("w.duckdb"), 0o600);
    await chmod(root, 0o500);
    await expect(open()).rejects.toThrow("no permission to write there");
    await chmod(root, 0o700);
  });

  it.each([
    'TransactionContext Error: Failed to commit: Could not write file "/w.duckdb.wal": No space left on device',
    'FATAL Error: Failed to create checkpoint because of error: Could not write file "/w.duckdb": No space left on device',
    "ENOSPC: no space left on device, mkdir '/.w.duckdb.partial'",
  ])("calls a full disk so: %s", (said) => {
    expect(workspaceError(new Error(said), "/w.duckdb")).toMatchObject({
      name: "InsightsError",
      message: "cannot write /w.duckdb: the disk is full (make room; nothing is lost)",
    });
  });

  it("refuses the log of a workspace that is gone, rather than take it for its own", async () => {
    await writeFile(at("w.duckdb.wal"), "log");
    await expect(open()).rejects.toThrow(`${at("w.duckdb.wal")} stands there`);
    expect(await readdir(root)).toEqual(["w.duckdb.wal"]);
  });
});

describe("versions", () => {
  const setVersion = async (version: number) => {
    const workspace = await open();
    await workspace.write((connection) => connection.run(`UPDATE workspace SET version = ${version}`));
    await workspace.close();
  };

  it("brings a file of an earlier version to the present one, whole or not at all", async () => {
    await setVersion(0);
    await expect(open()).rejects.toThrow("workspace of an unknown version: 0");
    // Of a made-up version 0, in which people were called accounts.
    const half = { 0: async () => Promise.reject(new Error("stopped")) };
    const steps = {
      0: (connection: { run: (sql: string) => Promise<unknown> }) =>
        connection.run(
          "ALTER TABLE people ADD COLUMN added INTEGER; UPDATE settings SET value = 'brought over'",
        ),
      1: async () => {},
      2: async () => {},
    };
    await expect(open({ migrations: half })).rejects.toThrow("stopped");
    const workspace = await open({ migrations: steps });
    const rows = await workspace.read(async (connection) =>
      (
        await connection.runAndReadAll("SELECT version, (SELECT count(added) FROM people) FROM workspace")
      ).getRowsJS(),
    );
    expect(rows).toEqual([[SCHEMA_VERSION, 0n]]);
    await workspace.close();
    await (await open()).close();
  });

  it.each([1, 2])("looks through and counts people from a file of version %i", async (version) => {
    const made = await open();
    await made.write(async (connection) => {
      await connection.run(
        "INSERT INTO people BY NAME SELECT 1 AS person, 'Ann' AS account_id, 'Ünal' AS biography, ['food'] AS niches, 'new' AS news",
      );
      await connection.run("DROP INDEX people_by_number");
    });
    await made.write(async (connection) => {
      await connection.run("ALTER TABLE people DROP COLUMN combination; DROP TABLE combinations");
      await connection.run("ALTER TABLE people DROP COLUMN sought");
      if (version === 2) await connection.run("ALTER TABLE people ADD COLUMN sought VARCHAR");
      await connection.run(`UPDATE workspace SET version = ${version}`);
    });
    await made.close();
    const workspace = await open();
    const page = { sort: "best", offset: 0, limit: 1 };
    for (const [search, total] of [
      ["ÜNA", 1],
      ["ann", 1],
      ["annü", 0],
    ] as const) {
      const found = await workspace.read((c) => readPeople(c, { ...page, filter: { search } }));
      expect(found).toMatchObject({ total, rows: found.total === 0 ? [] : [{ person: 1 }] });
    }
    const { niche, news } = await workspace.read((c) => readFacets(c, {}));
    expect(niche).toEqual([{ value: "food", people: 1 }]);
    // Nobody is new where nothing was added.
    expect(news).toEqual([]);
    await workspace.close();
  });

  it("refuses one of a newer version in words", async () => {
    await setVersion(SCHEMA_VERSION + 1);
    await expect(open()).rejects.toThrow(
      `workspace of a newer version: ${SCHEMA_VERSION + 1} (this program reads up to ${SCHEMA_VERSION}; update it) (${at("w.duckdb")})`,
    );
  });
});

describe("reading and writing", () => {
  it("does writers one after the other, and keeps no reader waiting", async () => {
    const workspace = await openWorkspace(IN_MEMORY, { now: NOW });
    let go = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    const order: string[] = [];
    const first = workspace.write(async (connection) => {
      await connection.run("INSERT INTO settings VALUES ('first', '')");
      await held;
      order.push("first");
    });
    const second = workspace.write(async (connection) => {
      order.push("second");
      await connection.run("INSERT INTO settings VALUES ('second', '')");
    });
    // What is not committed is not seen.
    expect(await keys(workspace)).toEqual([]);
    go();
    await Promise.all([first, second]);
    expect(order).toEqual(["first", "second"]);
    expect(await keys(workspace)).toEqual(["first", "second"]);
    await workspace.close();
  });

  it("takes back what a writer did that failed or was stopped, and goes on", async () => {
    const workspace = await open();
    const failing = workspace.write(async (connection) => {
      await connection.run("INSERT INTO settings VALUES ('half', '')");
      throw new Error("no more");
    });
    await expect(failing).rejects.toThrow("no more");
    const controller = new AbortController();
    const long = workspace.write(async (connection) => {
      await connection.run("INSERT INTO settings VALUES ('half', '')");
      await connection.run(
        "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range * b.range = 7",
      );
    }, controller.signal);
    void setTimeout(100).then(() => controller.abort(new Error("stopped by hand")));
    await expect(long).rejects.toThrow("stopped by hand");
    await add(workspace, "whole");
    expect(await keys(workspace)).toEqual(["whole"]);
    await workspace.close();
  });

  it("copies the file while somebody reads, and waits for them only to put the copy in its place", async () => {
    const workspace = await open();
    let end = () => {};
    const reading = workspace.read(
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    const { ino } = await stat(at("w.duckdb"));
    const rewriting = workspace.rewrite();
    const files = async () => (await readdir(root, { recursive: true })).map((name) => basename(name));
    await vi.waitFor(async () => expect(await files()).toContain("whole"));
    expect((await stat(at("w.duckdb"))).ino).toBe(ino);
    end();
    await Promise.all([reading, rewriting]);
    expect((await stat(at("w.duckdb"))).ino).not.toBe(ino);
    await workspace.close();
  });

  it("writes the file anew while others read and write, and keeps all of it but what was taken out", async () => {
    const workspace = await open();
    await add(workspace, "long", "secret".repeat(50_000));
    await workspace.write((connection) => connection.run("DELETE FROM settings"));
    const before = (await stat(at("w.duckdb"))).size;
    const work = [
      add(workspace, "a"),
      workspace.rewrite(),
      keys(workspace),
      add(workspace, "b"),
      workspace.rewrite(),
    ];
    await Promise.all(work);
    expect(await keys(workspace)).toEqual(["a", "b"]);
    expect((await stat(at("w.duckdb"))).mode & 0o777).toBe(0o600);
    await workspace.close();
    expect(await readdir(root)).toEqual(["w.duckdb"]);
    expect((await readFile(at("w.duckdb"))).includes("secretsecret")).toBe(false);
    expect((await stat(at("w.duckdb"))).size).toBeLessThanOrEqual(before + 1_000_000);
  });
});
