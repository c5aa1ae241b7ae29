import { describe, expect, it } from "vitest";
import {
  compareContacts,
  LEAST_PRECISION,
  LEAST_RECALL,
  precisionOf,
  recallOf,
} from "../bench/contacts/agreement.ts";
import { FIFTH } from "../bench/contacts/fifth/fifth.ts";
import { FIRST } from "../bench/contacts/first/first.ts";
import { FOURTH } from "../bench/contacts/fourth/fourth.ts";
import { SECOND } from "../bench/contacts/second/second.ts";
import { THIRD } from "../bench/contacts/third/third.ts";

describe("contacts of labelled biographies", () => {
  it.each([
    ["first", FIRST],
    ["second", SECOND],
    ["third", THIRD],
    ["fourth", FOURTH],
    ["fifth", FIFTH],
  ] as const)("are read as a person reads them: %s set", (_name, biographies) => {
    const { overall, disagreements } = compareContacts(biographies);
    const told = disagreements.map(({ was, contact, biography }) => `${was} ${contact.value}: ${biography}`);
    expect(precisionOf(overall), told.join("\n")).toBeGreaterThanOrEqual(LEAST_PRECISION);
    expect(recallOf(overall), told.join("\n")).toBeGreaterThanOrEqual(LEAST_RECALL);
  });
});
