import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

const room = "src/network";

/** Builds the kernel if it is missing or older than its sources, so that the tests run on a fresh clone. */
export default function setup(): void {
  const kernel = `${root}${room}/kernel.wasm`;
  if (existsSync(kernel) && statSync(kernel).mtimeMs >= newestSource(`${root}${room}/kernel`)) return;
  // Built beside and moved over, for another run may be reading the old one.
  const fresh = `${room}/kernel.${process.pid}.wasm`;
  try {
    const compile = ["asc", `${room}/kernel/index.ts`, "--target", "network", "--outFile", fresh];
    execFileSync("npx", ["--no-install", ...compile], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
    renameSync(`${root}${fresh}`, kernel);
  } finally {
    rmSync(`${root}${fresh}`, { force: true });
  }
}

/** When the kernel's sources or the build settings last changed, in milliseconds. */
function newestSource(sources: string): number {
  const files = readdirSync(sources).map((name) => `${sources}/${name}`);
  return Math.max(...[...files, `${root}asconfig.json`].map((file) => statSync(file).mtimeMs));
}
