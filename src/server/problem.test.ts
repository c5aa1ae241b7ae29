import { expect, it } from "vitest";
import { faultInLog, messageOf } from "./problem.ts";

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
