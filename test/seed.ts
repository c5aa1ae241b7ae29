import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll } from "vitest";

// The same cases on every run, so that a failure is a change's and not a draw's; FAST_CHECK_SEED tries others.
// Without the second setting a property sees ten items of a list that may have a thousand.
fc.configureGlobal({
  seed: Number(process.env.FAST_CHECK_SEED ?? 1),
  defaultSizeToMaxWhenMaxSpecified: true,
});

// Each test file runs in an empty folder of its own, so that none reads what stands in the checkout or writes to it.
const before = process.cwd();
const folder = mkdtempSync(join(tmpdir(), "insights-test-cwd-"));
process.chdir(folder);
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});
