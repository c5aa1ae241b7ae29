import * as vega from "vega";
import { describe, expect, it } from "vitest";
import {
  COMPACT_LABEL,
  columnLabel,
  compactNumber,
  countOf,
  exactCount,
  PERCENT_LABEL,
  percent,
  score,
} from "./numberFormat.ts";

/** What a Vega axis would write for a value. */
function label(expression: string, value: number): string {
  const transform = [{ type: "formula" as const, as: "label", expr: expression }];
  const spec: vega.Spec = { data: [{ name: "ticks", values: [{ value }], transform }] };
  const view = new vega.View(vega.parse(spec), { renderer: "none" }).run();
  const [tick] = view.data("ticks");
  view.finalize();
  return String(tick.label);
}

describe("compactNumber", () => {
  it.each([
    [0, "0"],
    [0.0000123, "0.000012"],
    [0.05, "0.05"],
    [7.5, "7.5"],
    [950, "950"],
    [999.6, "1K"],
    [1200, "1.2K"],
    [29_000_000, "29M"],
    [999_960, "1M"],
    [1_130_000_000, "1.13B"],
    [-1200, "−1.2K"],
  ])("writes %d as %s", (value, text) => {
    expect(compactNumber(value)).toBe(text);
  });

  it.each([0, 0.05, 0.5, 1, 20, 500, 1000, 1500, 20_000, 1e6, 2.5e7, 1e9])(
    "agrees with the axes on %d",
    (value) => {
      expect(label(COMPACT_LABEL, value)).toBe(compactNumber(value));
    },
  );
});

describe("the other formats", () => {
  it("writes shares as percent with an unbreakable space", () => {
    expect([0, 0.043, 0.0996, 0.5, 1].map(percent)).toEqual(
      ["0", "4.3", "10", "50", "100"].map((number) => `${number}\u00a0%`),
    );
    expect(label(PERCENT_LABEL, 0.4)).toBe("40\u00a0%");
  });

  it("writes scores with as many digits as they need", () => {
    expect([0.926, 1, 0, 0.004, -0.25].map(score)).toEqual(["0.93", "1.00", "0.00", "0.004", "−0.25"]);
  });

  it("writes counts in full, with their noun", () => {
    expect(exactCount(26558)).toBe("26,558");
    expect(countOf(1, "row")).toBe("1\u00a0row");
    expect(countOf(2000, "row")).toBe("2,000\u00a0rows");
  });

  it("writes columns as words", () => {
    expect(columnLabel("like_engagement_rate")).toBe("like engagement rate");
  });
});
