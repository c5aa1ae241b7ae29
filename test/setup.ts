import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const kernel = `${root}src/network/kernel.wasm`;
const sources = `${root}src/network/kernel`;

/** Builds the network's kernel when it is missing or older than its sources, so that the tests run on a fresh clone. */
export default function setup(): void {
  if (existsSync(kernel) && statSync(kernel).mtimeMs >= newestSource()) return;
  // Built beside and moved over, for another run may be reading the old one.
  const fresh = `src/network/kernel.${process.pid}.wasm`;
  try {
    execFileSync("npm", ["run", "--silent", "build:kernel", "--", "--outFile", fresh], {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit"],
    });
    renameSync(`${root}${fresh}`, kernel);
  } finally {
    rmSync(`${root}${fresh}`, { force: true });
  }
}

/** When the kernel's sources or its build settings last changed, in milliseconds. */
function newestSource(): number {
  const files = readdirSync(sources).map((name) => `${sources}/${name}`);
  return Math.max(...[...files, `${root}asconfig.json`].map((file) => statSync(file).mtimeMs));
}
