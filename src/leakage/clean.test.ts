import { expect, it } from "vitest";
import { rocAuc } from "../evaluation/ranking.ts";
import { auditLeakage } from "./audit.ts";
import { population } from "./testing/population.ts";

it("raises no false alarm on 50 clean data sets with honest signal up to an AUC of 0.9", async () => {
  const alarms: string[] = [];
  let strongest = 0;
  for (let seed = 1; seed <= 50; seed++) {
    // Every fifth as strong as honest data get.
    const { input, truth } = population(seed, seed % 5 === 0 ? { correlation: 0.8 } : {});
    strongest = Math.max(strongest, rocAuc(input.labels, truth));
    const { findings } = await auditLeakage(input, { seed });
    for (const { severity, message } of findings)
      if (severity !== "info") alarms.push(`${seed} ${severity}: ${message}`);
  }
  expect(alarms).toEqual([]);
  expect(strongest).toBeGreaterThan(0.89);
  expect(strongest).toBeLessThan(0.92);
});
