import { totalmem } from "node:os";
import { expect, it } from "vitest";
import { memoryPart } from "./duckdb.ts";

it("gives databases a quarter of the machine's memory, or what is said, in equal parts", () => {
  expect(memoryPart()).toBe(`${Math.floor(totalmem() / 4000)}KB`);
  expect(memoryPart(undefined, 2)).toBe(`${Math.floor(totalmem() / 8000)}KB`);
  expect(memoryPart(1e9, 2)).toBe("500000KB");
});
