import { expect, it } from "vitest";
import { faultInLog } from "./problem.ts";

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
