import * as vega from "vega";
import { describe, expect, it } from "vitest";
import { compactNumber } from "../base/words.ts";
import { COMPACT_LABEL, PERCENT_LABEL, percent, score } from "./numberFormat.ts";

/** What a Vega axis would write for a value. */
function label(expression: string, value: number): string {
  const transform = [{ type: "formula" as const, as: "label", expr: expression }];
  const spec: vega.Spec = { data: [{ name: "ticks", values: [{ value }], transform }] };
  const view = new vega.View(vega.parse(spec), { renderer: "none" }).run();
  const [tick] = view.data("ticks");
  view.finalize();
  return String(tick.label);
}

it.each([0, 0.05, 0.5, 1, 20, 500, 1000, 1500, 20_000, 1e6, 2.5e7, 1e9])(
  "agrees with the axes on %d",
  (value) => {
    expect(label(COMPACT_LABEL, value)).toBe(compactNumber(value));
  },
);

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
});
