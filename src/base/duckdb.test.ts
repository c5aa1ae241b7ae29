import { totalmem } from "node:os";
import { expect, it } from "vitest";
import { memoryPart } from "./duckdb.ts";

it("gives databases a quarter of the machine's memory, at most 2 GB, or what is said, in equal parts", () => {
  const kilobytes = Math.min(totalmem() / 4000, 2e6);
  expect(memoryPart()).toBe(`${Math.floor(kilobytes)}KB`);
  expect(memoryPart(undefined, 2)).toBe(`${Math.floor(kilobytes / 2)}KB`);
  expect(memoryPart(1e9, 2)).toBe("500000KB");
});
