import { describe, expect, it } from "vitest";
import { tailScale } from "./axes.ts";

describe("tailScale", () => {
  it("is logarithmic where the tail is long", () => {
    const { kind, scale, axis } = tailScale([3, 40, 250_000]);
    expect(kind).toBe("log");
    expect(scale).toMatchObject({ type: "log", domain: [3 / 1.15, 250_000 * 1.15] });
    expect(axis.values).toEqual([10, 100, 1000, 10_000, 100_000]);
  });

  it("has ticks between the powers of ten where there are few", () => {
    expect(tailScale([15, 700]).axis.values).toEqual([20, 50, 100, 200, 500]);
  });

  it("keeps a place for zero", () => {
    const { kind, scale, axis } = tailScale([0, 5, 9000]);
    expect(kind).toBe("symlog");
    expect(scale).toMatchObject({ type: "symlog", constant: 1, domain: [0, 9000 * 1.15] });
    expect(axis.values).toEqual([0, 1, 10, 100, 1000]);
  });

  it("is linear where the values are close, few or none", () => {
    expect(tailScale([5, 60]).scale).toMatchObject({ type: "linear", domain: [5, 60] });
    expect(tailScale([7, 7]).scale).toMatchObject({ type: "linear", domain: [0, 7] });
    expect(tailScale([0, 8]).scale).toMatchObject({ type: "linear", domain: [0, 8] });
    expect(tailScale([]).scale).toMatchObject({ type: "linear", domain: [0, 1] });
    expect(tailScale([Number.NaN, Number.POSITIVE_INFINITY]).kind).toBe("linear");
  });
});
