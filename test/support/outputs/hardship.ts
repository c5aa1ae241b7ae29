import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseChecksums } from "../../../src/base/output/checksums.ts";
import { Random } from "../../../src/base/random.ts";
import { writeSample } from "../../../src/sample/sample.ts";
import { saveUntrainedModel } from "../untrainedModel.ts";
import { withDisk } from "./smallDisk.ts";

/** The commands that are killed, and whose disks are filled. */
export const VICTIMS = ["score", "train", "study"] as const;
type Victim = (typeof VICTIMS)[number];

/** How a run ended. */
interface Ended {
  readonly code: number | null;
  readonly text: string;
}

/** Kills the command line at random moments and fills disks under it, and looks at what is left. */
export class Hardship {
  private readonly folder: string;
  private readonly main: string;
  private readonly random: Random;
  /** What an unbroken run leaves, and how long it takes in milliseconds. */
  private readonly whole = new Map<Victim, { readonly held: string; readonly took: number }>();
  /** How the runs after the harm ended. */
  readonly counts = { same: 0, refused: 0, whole: 0, full: 0 };
  private trial = 0;

  /**
   * @param folder an empty one, for all files
   * @param main the built command line
   */
  constructor(folder: string, main: string, seed: number) {
    this.folder = folder;
    this.main = main;
    this.random = new Random(seed);
  }

  /** Makes the inputs, and lets each command run unbroken. */
  async prepare(victims: readonly Victim[] = VICTIMS): Promise<void> {
    mkdirSync(this.at("tmp"));
    await writeSample(this.at("many.parquet"), { rows: 3000, seed: 21 });
    await writeSample(this.at("few.csv"), { rows: 150, seed: 22 });
    await saveUntrainedModel(this.at("model"), this.at("few.csv"));
    for (const victim of victims) {
      const started = performance.now();
      const out = this.at(outputOf(victim));
      const { code, text } = await this.run(this.words(victim, out)).ended;
      if (code !== 0) throw new Error(`${victim} fails: ${text}`);
      this.whole.set(victim, { held: heldBy(out), took: performance.now() - started });
    }
  }

  private at(...names: string[]): string {
    return join(this.folder, ...names);
  }

  private words(victim: Victim, out: string): string[] {
    const few = this.at("few.csv");
    const rest = {
      score: [this.at("model"), this.at("many.parquet"), few, "--part-size", "150KB"],
      train: [few, "--folds", "2", "--repeats", "1", "--networks", "1", "--workers", "1"],
      study: [few, "--max-epochs", "3", "--hidden", "4", "--no-recommended"],
    }[victim];
    return [victim, ...rest, "--out", out];
  }

  private run(words: readonly string[], temporary = this.at("tmp")) {
    const child = spawn(process.execPath, [this.main, ...words], {
      env: { ...process.env, TMPDIR: temporary },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (more: string) => {
        text += more;
      });
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => resolve({ code, text }));
    });
    return { child, ended };
  }

  /**
   * Kills a command at a random moment, once or more, and lets it run again.
   *
   * @returns what is wrong with what is left; undefined where it is the same bytes, or a refusal that leaves whole what is there
   */
  async kill(victim: Victim): Promise<string | undefined> {
    const { held, took } = this.measured(victim);
    const folder = this.at(`kill-${this.trial++}`);
    mkdirSync(folder);
    const out = join(folder, outputOf(victim));
    const words = [...this.words(victim, out), ...(victim === "score" ? ["--resume"] : [])];
    const times = 1 + this.random.integer(2);
    let after = "";
    for (let i = 0; i < times; i++) {
      const { child, ended } = this.run(words);
      const moment = this.random.uniform() * took * 1.1;
      after += ` ${Math.round(moment)} ms`;
      const timer = setTimeout(() => child.kill("SIGKILL"), moment);
      await ended;
      clearTimeout(timer);
      if (existsSync(out) && heldBy(out) !== held) return `half an output after${after} (${out})`;
    }
    const there = existsSync(out);
    const { code, text } = await this.run(words).ended;
    const names = readdirSync(folder);
    if (!existsSync(out) || heldBy(out) !== held) return `other bytes after${after}: ${text} (${out})`;
    if (code !== 0 && !(there && /^error: output (file|folder) exists/m.test(text)))
      return `no clean refusal after${after}: ${text}`;
    const left = [...names.filter((name) => name !== outputOf(victim)), ...readdirSync(this.at("tmp"))];
    // A refused run has not begun: what was killed before it is cleared up by one that does.
    if (code === 0 && left.length > 0) return `${left.join(", ")} stay after${after} (${folder})`;
    this.counts[code === 0 ? "same" : "refused"]++;
    rmSync(folder, { recursive: true });
    rmSync(this.at("tmp"), { recursive: true });
    mkdirSync(this.at("tmp"));
    return undefined;
  }

  /**
   * Runs a command on a disk of a random size that is mostly too small, sometimes with its temporary files too.
   *
   * @returns what is wrong; undefined where the output is whole, or the disk is called full and no output is there
   */
  fill(victim: Victim): Promise<string | undefined> {
    const { held } = this.measured(victim);
    const needed = { score: 500, train: 4500, study: 9000 }[victim];
    const kilobytes = 8 + this.random.integer(needed);
    const temporaryToo = this.random.integer(3) === 0;
    return withDisk(this.at(`disk-${this.trial++}`), kilobytes, async (disk) => {
      const out = join(disk, outputOf(victim));
      const { code, text } = await this.run(this.words(victim, out), temporaryToo ? disk : undefined).ended;
      const what = `${victim} on ${kilobytes} KB: `;
      if (code === 0) {
        if (heldBy(out) !== held) return `${what}other bytes, and called done`;
        this.counts.whole++;
        return undefined;
      }
      if (code !== 1 || !/^error: .*(the disk is full|no space left)/m.test(text)) return what + text;
      if (existsSync(out)) return `${what}an output stands there`;
      const left = readdirSync(disk).filter(
        (name) => victim !== "score" || name !== `${outputOf(victim)}.partial`,
      );
      if (left.length > 0) return `${what}${left.join(", ")} left`;
      this.counts.full++;
      return undefined;
    });
  }

  private measured(victim: Victim) {
    const found = this.whole.get(victim);
    if (found === undefined) throw new Error(`prepare ${victim} first`);
    return found;
  }
}

const outputOf = (victim: Victim) => (victim === "score" ? "score.csv" : victim);

/** Files of a folder of results that hold no time of day: the same at each run. */
const TIMELESS = /\.(csv|safetensors|svg)$/;

/** What an output holds, as a checksum of all that is the same at each run; what is wrong with it where it is not whole. */
function heldBy(out: string): string {
  const sum = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
  if (out.endsWith(".csv")) return sum(out);
  const told = existsSync(join(out, "checksums.json")) && readFileSync(join(out, "checksums.json"), "utf8");
  if (told === false) return "no checksums";
  const checksums = Object.entries(parseChecksums(told));
  const wrong = checksums.find(
    ([name, sha256]) => !existsSync(join(out, name)) || sum(join(out, name)) !== sha256,
  );
  if (wrong !== undefined) return `${wrong[0]} is not as it was written`;
  const hash = createHash("sha256");
  for (const [name, sha256] of checksums) if (TIMELESS.test(name)) hash.update(`${name} ${sha256}\n`);
  return hash.digest("hex");
}
