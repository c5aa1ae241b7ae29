import { createRequire } from "node:module";
import { setPriority } from "node:os";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type ResourceLimits, Worker } from "node:worker_threads";

/**
 * Starts a worker thread.
 *
 * @param module the module it runs, relative to the caller and without its ending: "./memberWorker"
 * @param from the caller's `import.meta.url`
 * @param data what the thread finds as its `workerData`
 * @param limits what it may take; it ends where it takes more
 */
export function startThread(module: string, from: string, data?: unknown, limits?: ResourceLimits): Worker {
  const options = { workerData: data, ...(limits && { resourceLimits: limits }) };
  if (!from.endsWith(".ts")) return new Worker(new URL(`${module}.js`, from), options);
  // From source, as tests and benches run: a new thread cannot read TypeScript until it is told how.
  const loader = pathToFileURL(
    createRequire(import.meta.url)
      .resolve("tsx/esm/api")
      .replace(/cjs$/, "mjs"),
  ).href;
  const entry = new URL(`${module}.ts`, from).href;
  // Else it looks for one where the process stands.
  const tsconfig = fileURLToPath(new URL("../../tsconfig.json", import.meta.url));
  const code = `import { register } from ${JSON.stringify(loader)}; register(${JSON.stringify({ tsconfig })}); await import(${JSON.stringify(entry)});`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), options);
}

/** How far a thread that has time stands back, as `nice` counts. */
const STANDS_BACK = 3;

/**
 * Lets other threads of the process go before the one that calls it, and before those that it starts. On Linux, where a thread has a
 * priority of its own; elsewhere it does nothing.
 */
export function standBack(): void {
  if (process.platform === "linux") setPriority(0, STANDS_BACK);
}
