import { describe, expect, it } from "vitest";
import { InsightsError } from "../base/error.ts";
import { instantiateKernel, reserve } from "./kernel.ts";

describe("reserve", () => {
  it("grows a memory to whole pages and no further than needed", () => {
    const { memory } = instantiateKernel();
    reserve(memory, 1);
    expect(memory.buffer.byteLength).toBe(65536);
    reserve(memory, 200_000);
    expect(memory.buffer.byteLength).toBe(4 * 65536);
  });

  it("says how much is too much", () => {
    const { memory } = instantiateKernel();
    expect(() => reserve(memory, 5e9)).toThrow(InsightsError);
    expect(() => reserve(memory, 5e9)).toThrow(/not enough memory: the network and its rows need 5000 MB/);
  });
});

describe("instantiateKernel", () => {
  it("gives each instance a memory of its own", () => {
    const first = instantiateKernel();
    const second = instantiateKernel();
    expect(first.memory).not.toBe(second.memory);
    expect(first.kernel.heapBase()).toBe(second.kernel.heapBase());
    expect(first.kernel.heapBase()).toBeLessThan(65536);
  });
});
