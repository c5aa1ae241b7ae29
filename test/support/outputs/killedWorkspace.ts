import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { Random } from "../../../src/base/random.ts";
import { writeSample } from "../../../src/sample/sample.ts";
import { openWorkspace } from "../../../src/workspace/open.ts";
import { TABLES } from "../../../src/workspace/schema.ts";
import { saveUntrainedModel } from "../untrainedModel.ts";
import { withDisk } from "./smallDisk.ts";

/** What is done to a workspace while its process is killed. */
const DEEDS = ["add", "delete", "forget"] as const;
type Deed = (typeof DEEDS)[number];

/** Most kilobytes beside a workspace on a small disk: about what a deed needs. */
const ROOM = 4000;

/** Kills `insights workspace add`, `delete` and `forget` at random moments, fills disks under them, and looks at what is left. */
export class KilledWorkspace {
  private readonly folder: string;
  private readonly main: string;
  private readonly random: Random;
  /** What a workspace holds before a deed and after it, and how long that takes in milliseconds. */
  private readonly deeds = new Map<Deed, { before: string; after: string; took: number }>();
  private trial = 0;
  /** The handle of somebody whom two files show. */
  private forgotten = "";
  /** What workspaces held after a kill, how many of those deeds had been said to be done, and how deeds ended on small disks. */
  readonly counts = { before: 0, after: 0, told: 0, full: 0, whole: 0 };

  /**
   * @param folder for all files
   * @param main the built command line
   */
  constructor(folder: string, main: string, seed: number) {
    this.folder = join(folder, "workspace");
    this.main = main;
    this.random = new Random(seed);
  }

  private at(...names: string[]): string {
    return join(this.folder, ...names);
  }

  /** Makes files and a workspace with two of them, and does each deed unbroken. */
  async prepare(): Promise<void> {
    mkdirSync(this.at("tmp"), { recursive: true });
    // The second shows those of the first a month later, and some more; the third others.
    await writeSample(this.at("june.csv"), { rows: 300, seed: 31 });
    await writeSample(this.at("july.csv"), { rows: 400, seed: 31, later: 30 });
    await writeSample(this.at("august.csv"), { rows: 400, seed: 33 });
    await saveUntrainedModel(this.at("model"), this.at("june.csv"));
    for (const name of ["june", "july"]) {
      const { code, text } = await this.run(this.words("add", this.at("whole.duckdb"), name)).ended;
      if (code !== 0) throw new Error(text);
    }
    await this.withWorkspace(this.at("whole.duckdb"), async (connection) => {
      const reader = await connection.runAndReadAll(
        "SELECT account_id FROM people WHERE snapshots = 2 ORDER BY person LIMIT 1",
      );
      this.forgotten = String(reader.getRowsJS()[0][0]);
    });
    for (const deed of DEEDS) {
      const path = this.copy();
      const before = await this.heldBy(path);
      const started = performance.now();
      const { code, text } = await this.run(this.words(deed, path)).ended;
      const took = performance.now() - started;
      if (code !== 0) throw new Error(text);
      const after = await this.heldBy(path);
      if (before === after) throw new Error(`${deed} does nothing`);
      this.deeds.set(deed, { before, after, took });
    }
  }

  private copy(): string {
    const folder = this.at(`trial-${this.trial++}`);
    mkdirSync(folder);
    return this.copyInto(folder);
  }

  private copyInto(folder: string): string {
    const path = join(folder, "w.duckdb");
    copyFileSync(this.at("whole.duckdb"), path);
    return path;
  }

  private words(deed: Deed, path: string, file = "august"): string[] {
    const rest = {
      add: [this.at(`${file}.csv`), "--model", this.at("model")],
      delete: ["2"],
      forget: [`@${this.forgotten}`],
    }[deed];
    return ["workspace", deed, ...rest, "--workspace", path];
  }

  private run(words: readonly string[]) {
    const env = { ...process.env, TMPDIR: this.at("tmp") };
    const child = spawn(process.execPath, [this.main, ...words], { env, stdio: ["ignore", "pipe", "pipe"] });
    let [told, text] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (more: string) => {
      told += more;
    });
    child.stderr.setEncoding("utf8").on("data", (more: string) => {
      text += more;
    });
    const ended = new Promise<{ code: number | null; told: string; text: string }>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => resolve({ code, told, text }));
    });
    return { child, ended };
  }

  private async withWorkspace<T>(
    path: string,
    work: (connection: DuckDBConnection) => Promise<T>,
  ): Promise<T> {
    const workspace = await openWorkspace(path, {
      now: new Date(0),
      create: false,
      temporaryDirectory: this.at("tmp"),
    });
    try {
      return await workspace.read(work);
    } finally {
      await workspace.close();
    }
  }

  /** Opens a workspace. @returns a checksum of all that it holds but the time of day */
  private heldBy(path: string): Promise<string> {
    return this.withWorkspace(path, async (connection) => {
      const held = createHash("sha256");
      for (const table of Object.keys(TABLES)) {
        const columns = "added_at" in TABLES[table] ? "* EXCLUDE (added_at)" : "*";
        const reader = await connection.runAndReadAll(`SELECT ${columns} FROM ${table} ORDER BY ALL`);
        held.update(`${table} ${JSON.stringify(reader.getRowsJson())}`);
      }
      return held.digest("hex");
    });
  }

  /** @returns what is wrong after a kill at a random moment of one deed after the other; undefined where all of it is there or nothing */
  async kill(): Promise<string | undefined> {
    const deed = DEEDS[this.trial % DEEDS.length];
    const measured = this.deeds.get(deed);
    if (measured === undefined) throw new Error("prepare first");
    const path = this.copy();
    const { child, ended } = this.run(this.words(deed, path));
    // In the first part of it the program is loaded.
    const moment = (0.2 + 0.9 * this.random.uniform()) * measured.took;
    const timer = setTimeout(() => child.kill("SIGKILL"), moment);
    const { told } = await ended;
    clearTimeout(timer);
    const what = `${deed}, killed after ${Math.round(moment)} ms: `;
    try {
      const held = await this.heldBy(path);
      const state = held === measured.before ? "before" : held === measured.after ? "after" : undefined;
      if (state === undefined) return `${what}half done (${path})`;
      if (told !== "" && state === "before") return `${what}lost, and called done: ${told}`;
      if (deed === "forget" && state === "after" && readFileSync(path).includes(this.forgotten))
        return `${what}the handle stands in the file`;
      const left = readdirSync(join(path, "..")).filter((name) => name !== "w.duckdb");
      if (left.length > 0) return `${what}${left.join(", ")} stay`;
      this.counts[state]++;
      if (told !== "") this.counts.told++;
    } catch (error) {
      return `${what}${(error as Error).message} (${path})`;
    }
    rmSync(join(path, ".."), { recursive: true });
    return undefined;
  }

  /**
   * Does one deed after the other on a disk that has a random, mostly too small, amount of room beside the workspace.
   *
   * @returns what is wrong; undefined where all of it is done, or the disk is called full and what is said of the workspace is true
   */
  fill(): Promise<string | undefined> {
    const deed = DEEDS[this.trial % DEEDS.length];
    const measured = this.deeds.get(deed);
    if (measured === undefined) throw new Error("prepare first");
    const room = this.random.integer(ROOM);
    const kilobytes = Math.ceil(statSync(this.at("whole.duckdb")).size / 1024) + room;
    return withDisk(this.at(`disk-${this.trial++}`), kilobytes, async (disk) => {
      const path = this.copyInto(disk);
      const { code, text } = await this.run(this.words(deed, path)).ended;
      const what = `${deed} with ${room} KB left: `;
      // A full disk may also keep it from being opened as it is: it is looked at where there is room.
      const kept = this.copyOf(path);
      const held = await this.heldBy(kept);
      rmSync(dirname(kept), { recursive: true });
      if (code === 0) {
        if (held !== measured.after) return `${what}called done, and is not`;
        this.counts.whole++;
        return undefined;
      }
      if (code !== 1 || !/^error: .*(the disk is full|no space left)/m.test(text)) return what + text;
      // What is deleted makes room only once the file is written anew, which takes room of its own.
      const erased = /^error: taken out of the workspace, but its file still holds it/m.test(text);
      if (held !== (erased ? measured.after : measured.before))
        return `${what}${text}, and the workspace is another`;
      this.counts.full++;
      return undefined;
    });
  }

  /** Copies a workspace with what stands beside it to where there is room. */
  private copyOf(path: string): string {
    const folder = this.at(`kept-${this.trial}`);
    mkdirSync(folder);
    for (const name of readdirSync(dirname(path)))
      copyFileSync(join(dirname(path), name), join(folder, name));
    return join(folder, "w.duckdb");
  }
}
