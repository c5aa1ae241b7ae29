/**
 * Builds `dist/`: `npm run build`. The kernel, the program and the page do not need each other, so they are built side by
 * side. Types are checked by `npm run check`, not here: the compiler only strips them and writes the declarations.
 */
import { spawn } from "node:child_process";
import { chmod, copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

const require = createRequire(import.meta.url);

/** Files of the source that the program reads beside its own code. */
const READ = ["network/kernel.wasm", "report/style"];

/** Files of the page that the server sends. */
const ASSETS = "dist/web/assets";

/** Runs the command-line program of a package. */
async function run(packageName: string, program: string, ...args: string[]): Promise<void> {
  const folder = dirname(require.resolve(`${packageName}/package.json`));
  const child = spawn(process.execPath, [join(folder, program), ...args], { stdio: "inherit" });
  const code = await new Promise((done) => child.on("exit", done));
  if (code !== 0) throw new Error(`${packageName} failed: ${args.join(" ")}`);
}

await Promise.all([
  run("assemblyscript", "bin/asc.js", "src/network/kernel/index.ts", "--target", "network"),
  run("typescript", "bin/tsc", "-p", "tsconfig.build.json"),
  run("vite", "bin/vite.js", "build", "web", "--logLevel", "warn"),
]);
for (const path of READ) {
  const names = path.includes(".")
    ? [path]
    : (await readdir(join("src", path))).map((name) => join(path, name));
  await mkdir(dirname(join("dist", names[0])), { recursive: true });
  for (const name of names) await copyFile(join("src", name), join("dist", name));
}
for (const name of await readdir(ASSETS)) {
  // Fonts are packed already.
  if (!/\.(?:js|css)$/.test(name)) continue;
  const path = join(ASSETS, name);
  await writeFile(`${path}.gz`, gzipSync(await readFile(path), { level: 9 }));
}
await chmod("dist/cli/main.js", 0o755);
