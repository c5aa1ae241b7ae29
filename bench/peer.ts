/** Programs of others to compare with: Python scripts beside the checkout, run in a virtual environment outside of it. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Cost } from "./measure.ts";

/** Where the scripts are. They are no part of this project. */
const SCRIPTS = fileURLToPath(new URL("../../shared/peers", import.meta.url));

/** What a process took, its children included. */
export interface Spent extends Cost {
  /** At the peak. */
  readonly megabytes: number;
}

/** A script of a peer that can be run. */
export interface Peer {
  /** Runs a command and says what it took: `python` with the script's arguments, or any other. */
  measure(command: readonly string[]): Spent;
  /** The command that runs the script. */
  command(args: readonly string[]): readonly string[];
}

// The system counts what a process used when its parent has waited for it.
const MEASURE = `
import json, resource, subprocess, sys, time
start = time.time()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
seconds = time.time() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
if done.returncode != 0: sys.exit(done.stderr.decode())
unit = 1 if sys.platform == "darwin" else 1024
print(json.dumps({"seconds": seconds, "processor": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss * unit / 2 ** 20}))
`;

/**
 * Finds a script and makes a virtual environment with the packages it needs, once: in the folder that INSIGHTS_PEERS names, else in
 * the system's place for temporary files.
 *
 * @returns why there is none, in a sentence, where the script, Python or the packages cannot be had
 */
export function findPeer(script: string, packages: readonly string[]): Peer | string {
  const path = join(SCRIPTS, script);
  if (!existsSync(path)) return `${path} is not there`;
  const folder = process.env.INSIGHTS_PEERS ?? join(tmpdir(), "insights-peers");
  const environment = join(folder, packages.join("-"));
  const python = join(environment, "bin", "python");
  const ready = join(environment, "ready");
  if (!existsSync(ready)) {
    mkdirSync(folder, { recursive: true });
    const steps = [
      ["python3", "-m", "venv", environment],
      [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages],
    ];
    for (const [command, ...args] of steps) {
      const { status, error, stderr } = spawnSync(command, args, { encoding: "utf8" });
      if (status !== 0) return (error?.message ?? stderr).trim().split("\n").at(-1) ?? "it failed";
    }
    writeFileSync(ready, "");
  }
  return {
    command: (args) => [python, path, ...args],
    measure: (command) => {
      const { status, stdout, stderr } = spawnSync(python, ["-c", MEASURE, ...command], { encoding: "utf8" });
      if (status !== 0) throw new Error(`${command.join(" ")}: ${stderr}`);
      return JSON.parse(stdout);
    },
  };
}

/** Of some runs the least of each measure: other processes only add to it. */
export function least(runs: readonly Spent[]): Spent {
  const of = (name: keyof Spent) => Math.min(...runs.map((run) => run[name]));
  return { seconds: of("seconds"), processor: of("processor"), megabytes: of("megabytes") };
}
