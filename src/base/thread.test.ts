import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { getPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { standBack, startThread } from "./thread.ts";

it("starts a module beside the caller, compiled or not, with its data", async () => {
  const folder = mkdtempSync(join(tmpdir(), "thread-test-"));
  const code = `import { parentPort, workerData } from "node:worker_threads"; parentPort.postMessage(workerData);`;
  writeFileSync(join(folder, "package.json"), `{"type": "module"}`);
  for (const ending of ["js", "ts"]) {
    writeFileSync(join(folder, `echo.${ending}`), code);
    const caller = pathToFileURL(join(folder, `caller.${ending}`)).href;
    const said = await new Promise((resolve, reject) => {
      startThread("./echo", caller, { from: ending }).once("message", resolve).once("error", reject);
    });
    expect(said).toEqual({ from: ending });
  }
  rmSync(folder, { recursive: true, force: true });
});

it("lets other threads go before it on Linux, and does nothing elsewhere", () => {
  const before = getPriority(0);
  standBack();
  expect(getPriority(0)).toBe(process.platform === "linux" ? 3 : before);
});
