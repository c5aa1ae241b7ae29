import { expect, it } from "vitest";
import { InsightsError } from "../base/error.ts";
import { workspaceError } from "../workspace/workspaceError.ts";
import { errorOf, failureOf, faultInLog, messageOf, Problem } from "./problem.ts";

it("tells the kind of a fault and its place, and none of its words", () => {
  const secret = 'Could not convert "ann@example.com"\n    at ann@example.com';
  const told = faultInLog(new TypeError(secret));
  expect(told).toMatch(/^TypeError at .*problem\.test\.ts:\d+:\d+\)?$/);
  expect(told).not.toContain("ann");
  const full = Object.assign(new Error("ENOSPC: no space left, write '/home/ann'"), { code: "ENOSPC" });
  expect(faultInLog(full)).toMatch(/^Error ENOSPC at /);
  const without = new Error("ann");
  without.stack = "elsewhere";
  expect(faultInLog(without)).toBe("Error");
  expect(faultInLog("ann")).toBe("string");
});

it("tells a full disk from a fault, whoever met it", () => {
  const faults: unknown[] = [];
  const duckdb = new Error('IO Error: Could not write file "/tmp/x": No space left on device');
  expect(messageOf(new Error("job", { cause: duckdb }), (error) => faults.push(error))).toBe(
    "There is no room on the disk for temporary files.",
  );
  expect(faults).toEqual([]);
});

it("tells another thread what was thrown, and names a disk or a memory that is full", () => {
  const told = (error: unknown) => errorOf(structuredClone(failureOf(error)));
  const problem = new Problem("not-found", "no", [{ path: "id", message: "m" }]);
  expect(told(problem)).toEqual(problem);
  expect(told(new InsightsError("empty file: a.csv"))).toEqual(new InsightsError("empty file: a.csv"));
  const full = Object.assign(new Error("ENOSPC: no space left"), { code: "ENOSPC" });
  expect(told(full)).toMatchObject({ kind: "no-space", message: expect.stringContaining("no room") });
  expect(told(new InsightsError("no", { cause: full }))).toMatchObject({ kind: "no-space" });
  const commit = new Error("TransactionContext Error: Failed to commit: No space left on device");
  const workspace = workspaceError(commit, "/w.duckdb");
  for (const error of [
    workspace,
    new InsightsError(`taken out, but: ${(workspace as Error).message}`, { cause: workspace }),
  ])
    expect(told(error)).toMatchObject({
      kind: "no-space",
      message: expect.stringMatching(
        /cannot write \/w.duckdb: the disk is full \(make room; nothing is lost\)$/,
      ),
    });
  const memory = new Error("Out of Memory Error: failed to allocate data of size 1 MiB");
  expect(told(memory)).toMatchObject({ kind: "no-space" });
  const fault = told(new TypeError("x"));
  expect([fault.name, fault.message, fault instanceof Problem]).toEqual(["TypeError", "x", false]);
  expect(faultInLog(fault)).toMatch(/^TypeError at .*problem\.test\.ts/);
});
