import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The rooms with a WebAssembly kernel, by the names of their targets in asconfig.json. */
const KERNELS = { network: "src/network", scan: "src/profiles/scan" };

/** Builds the kernels that are missing or older than their sources, so that the tests run on a fresh clone. */
export default function setup(): void {
  for (const [target, room] of Object.entries(KERNELS)) build(target, room);
}

function build(target: string, room: string): void {
  const kernel = `${root}${room}/kernel.wasm`;
  if (existsSync(kernel) && statSync(kernel).mtimeMs >= newestSource(`${root}${room}/kernel`)) return;
  // Built beside and moved over, for another run may be reading the old one.
  const fresh = `${room}/kernel.${process.pid}.wasm`;
  try {
    const compile = ["asc", `${room}/kernel/index.ts`, "--target", target, "--outFile", fresh];
    execFileSync("npx", ["--no-install", ...compile], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
    renameSync(`${root}${fresh}`, kernel);
  } finally {
    rmSync(`${root}${fresh}`, { force: true });
  }
}

/** When a kernel's sources or the build settings last changed, in milliseconds. */
function newestSource(sources: string): number {
  const files = readdirSync(sources).map((name) => `${sources}/${name}`);
  return Math.max(...[...files, `${root}asconfig.json`].map((file) => statSync(file).mtimeMs));
}
