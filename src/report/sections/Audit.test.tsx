import { describe, expect, it } from "vitest";
import { exampleMetrics } from "../../../test/support/report/metrics.ts";
import { textOf } from "../../../test/support/report/text.ts";
import type { Metrics } from "../metrics.ts";
import { Audit } from "./Label.tsx";

const example = exampleMetrics();
const [severe, warning] = example.leakage.findings;
const say = (leakage: Partial<Metrics["leakage"]>, change: Partial<Metrics> = {}) =>
  textOf(<Audit metrics={exampleMetrics({ leakage: { ...example.leakage, ...leakage }, ...change })} />);

describe("the audit", () => {
  it("tells what gives the label away, what would be left, and why it was kept", () => {
    const text = say({});
    expect(text).toMatch(/gives it away\s*awg_engagement_rate, which/);
    expect(text).toMatch(/look at this\s*2 rows are on both sides/);
    expect(text).toContain("would go without comment_engagement_rate and like_engagement_rate.");
    expect(text).toContain(
      "The other seven inputs, together in a plain linear model, tell active accounts from others with an area under the ROC curve of 0.80 on accounts it was not fitted on, where 0.50 is guessing and 1.00 is certain.",
    );
    expect(text).toContain(
      "The two that give it away were kept, because this run reproduces the original study.",
    );
    expect(text).toMatch(/did not look at.*there are none yet/);
  });

  it("does not call another preset a reproduction", () => {
    const text = say(
      { findings: [{ ...severe, features: ["like_engagement_rate"] }] },
      { options: { ...example.options, preset: "profile" } },
    );
    expect(text).toContain("What gives it away was kept, as a study trains on all inputs of its preset");
    expect(text).not.toContain("original study");
  });

  it("says what little or much is left, and where it is not known", () => {
    expect(say({ remaining_roc_auc: 0.52 })).toContain("That is next to nothing.");
    expect(say({ remaining_roc_auc: 0.6 })).not.toContain("That is");
    expect(say({ remaining_roc_auc: null })).not.toContain("linear model");
    const features = ["comment_engagement_rate", "like_engagement_rate"];
    expect(say({ remaining_roc_auc: null }, { features })).toContain("No input would be left.");
    expect(say({}, { features: [...features, "likes"] })).toContain("The one other input, in a plain");
  });

  it("takes nothing out for a warning, and is calm where there is nothing", () => {
    expect(say({ findings: [warning] })).not.toContain("would go without");
    const text = say({ findings: [], limits: [] });
    expect(text).toContain("Nothing was found, which is no proof that nothing is there.");
    expect(text).not.toMatch(/gives it away|kept|did not look/);
  });
});
