import { expect, it } from "vitest";
import { population } from "../../test/support/leakage/population.ts";
import { rocAuc } from "../evaluation/metrics.ts";
import { auditLeakage } from "./audit.ts";

// In five parts, each well within a test's time on a busy machine.
it.each([1, 11, 21, 31, 41])(
  "raises no false alarm on clean data sets with honest signal up to an AUC of 0.9: ten from seed %i",
  async (first) => {
    const alarms: string[] = [];
    let strongest = 0;
    for (let seed = first; seed < first + 10; seed++) {
      // Every fifth as strong as honest data get.
      const { input, truth } = population(seed, seed % 5 === 0 ? { correlation: 0.8 } : {});
      strongest = Math.max(strongest, rocAuc(input.labels, truth));
      const { findings } = await auditLeakage(input, { seed });
      for (const { severity, message } of findings)
        if (severity !== "info") alarms.push(`${seed} ${severity}: ${message}`);
    }
    expect(alarms).toEqual([]);
    expect(strongest).toBeGreaterThan(0.87);
    expect(strongest).toBeLessThan(0.93);
  },
);
