import { describe, expect, it } from "vitest";
import {
  agreementOf,
  compareContacts,
  LEAST_PRECISION,
  LEAST_RECALL,
  labelledBiographies,
} from "../bench/contacts/agreement.ts";

describe("contacts of labelled biographies", () => {
  it.each([...labelledBiographies()])("are read as a person reads them: %s set", (_set, biographies) => {
    const compared = compareContacts(biographies);
    const { right, precision, recall } = agreementOf(compared);
    const faults = compared
      .filter(({ was }) => was !== "right")
      .map(({ was, value, in: { biography } }) => `${was} ${value}: ${biography}`);
    expect(right).toBeGreaterThan(40);
    expect(precision, faults.join("\n")).toBeGreaterThanOrEqual(LEAST_PRECISION);
    expect(recall, faults.join("\n")).toBeGreaterThanOrEqual(LEAST_RECALL);
  });

  it("are 850 biographies in five sets", () => {
    expect([...labelledBiographies()].map(([set, { length }]) => [set, length])).toEqual([
      ["first", 434],
      ["second", 119],
      ["third", 76],
      ["fourth", 158],
      ["fifth", 63],
    ]);
  });
});
