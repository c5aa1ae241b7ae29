import { describe, expect, it } from "vitest";
import { profileWords } from "./dataProfile.ts";
import { compareWords } from "./drift.ts";

const spoken = (shares: Record<string, number>, unknown = 0) =>
  profileWords("predicted_lang", [
    ...Object.entries(shares).flatMap(([word, rows]) => Array<string>(rows).fill(word)),
    ...Array<null>(unknown).fill(null),
  ]);

describe("compareWords", () => {
  it("tells which words came and went", () => {
    const found = compareWords(spoken({ en: 700, de: 200, fr: 100 }), spoken({ en: 200, de: 200, ar: 600 }));
    expect(found.shift).toBe("large");
    expect(found.message).toMatch(/^predicted_lang has moved a lot: ar 60 % after 0 %, en 20 % after 70 %, /);
    expect(found.shares.at(-1)?.word).toBe("de");
    // Too rare to be told from the others of the other set.
    const rare = compareWords(spoken({ en: 991, de: 9 }), spoken({ en: 988, de: 12 }));
    expect(rare.shares.map(({ word }) => word)).toEqual(["en", "other"]);
    expect(found.shares.reduce((sum, { current }) => sum + current, 0)).toBeCloseTo(1);
  });

  it("is quiet where nothing moved, where chance explains it, and where nobody knows a word", () => {
    const same = compareWords(spoken({ en: 700, de: 300 }), spoken({ en: 352, de: 148 }));
    expect(same).toMatchObject({ shift: "none", message: expect.stringContaining("has not moved") });
    expect(compareWords(spoken({ en: 15, de: 15 }), spoken({ en: 18, de: 12 })).shift).not.toBe("large");
    expect(compareWords(spoken({}, 50), spoken({}, 30))).toMatchObject({ shift: "none", psi: 0 });
    expect(compareWords(spoken({ en: 500 }), spoken({}, 500)).shift).toBe("large");
  });
});
