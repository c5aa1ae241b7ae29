import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What a peer's run took. */
export interface PeerRun {
  /** What it printed, without blanks at the ends. */
  readonly output: string;
  /** Seconds by the clock, starting and stopping Python included. */
  readonly seconds: number;
  /** Seconds of processor time. */
  readonly processor: number;
  /** Most memory at a time, bytes. */
  readonly bytes: number;
}

/** Runs a command and prints on standard error what it took: seconds of processor time, most memory in KiB. */
const MEASURED = `import resource, subprocess, sys
subprocess.run([sys.executable, *sys.argv[1:]], check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss, file=sys.stderr)`;

/**
 * Runs a script of `../shared/peers` in a virtual environment outside of the checkout (`PEERS_VENV`, or
 * `~/.cache/influencer-insights/peers`) that has the Python packages it imports.
 *
 * @param script its file name: `train_torch.py`
 * @returns null, after a line that says why, where the environment, the script or a package is not there
 */
export function runPeer(script: string, args: readonly string[] = []): PeerRun | null {
  const path = fileURLToPath(new URL(`../../shared/peers/${script}`, import.meta.url));
  if (existsSync(path)) return runPython([path, ...args]);
  console.log(`skipped the peer: there is no ${path}`);
  return null;
}

/** Path of the Python of the peers' virtual environment; null, after a line that says so, where it is not there. */
export function peersPython(): string | null {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const python = join(process.env.PEERS_VENV ?? join(cache, "influencer-insights", "peers"), "bin", "python");
  if (existsSync(python)) return python;
  console.log(`skipped the peer: there is no ${python}`);
  return null;
}

/** Runs Python in the peers' virtual environment: as {@link runPeer}, with the arguments that Python gets. */
export function runPython(args: readonly string[]): PeerRun | null {
  const python = peersPython();
  if (python === null) return null;
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(python, ["-c", MEASURED, ...args], {
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  const seconds = (performance.now() - start) / 1e3;
  const [lacking] = /No module named '[^']+'/.exec(stderr) ?? [];
  if (lacking !== undefined) {
    console.log(`skipped the peer: ${lacking} in ${python}`);
    return null;
  }
  if (status !== 0) throw new Error(`python ${args.join(" ")} failed: ${stderr}`);
  const [processor, kibibytes] = stderr.trim().split("\n").at(-1)?.split(" ").map(Number) ?? [];
  return { output: stdout.trim(), seconds, processor, bytes: kibibytes * 1024 };
}
