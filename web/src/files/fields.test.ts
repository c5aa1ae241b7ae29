import { describe, expect, it } from "vitest";
import { CANONICAL_NAMES } from "../../../src/profiles/canonical.ts";
import { chosen, FIELDS, firstChoice, inFieldWords, mapOf, namesAccounts, sureInWords } from "./fields.ts";
import type { ColumnGuess } from "./types.ts";

const column = (name: string, ...guesses: [canonical: string, sure: number][]): ColumnGuess => ({
  name,
  values: ["1"],
  guesses: guesses.map(([canonical, sure]) => ({ canonical, sure, by: "values" })),
});

describe("columns mapped by hand", () => {
  it("have a name for each of ours", () => {
    expect(Object.keys(FIELDS).sort()).toEqual([...CANONICAL_NAMES].sort());
  });

  it("start with the surest guesses, each of ours once, and not with weak ones", () => {
    const columns = [
      column("A", ["followers", 0.6], ["likes", 0.55]),
      column("B", ["followers", 0.9]),
      column("C", ["following", 0.4]),
      column("D", ["no such field", 1]),
      column("E"),
    ];
    expect(firstChoice(columns)).toEqual(["likes", "followers", "", "", ""]);
  });

  it("give one of ours to one column only", () => {
    expect(chosen(["followers", "", "likes"], 1, "followers")).toEqual(["", "followers", "likes"]);
    expect(chosen(["followers", "", "likes"], 0, "")).toEqual(["", "", "likes"]);
    expect(chosen(["", "", "likes"], 1, "")).toEqual(["", "", "likes"]);
  });

  it("need something that says who it is", () => {
    expect(namesAccounts(["followers", ""])).toBe(false);
    for (const field of ["account_id", "id", "url"] as const) expect(namesAccounts(["", field])).toBe(true);
  });

  it("are sent as lines, and what was guessed and refused is left out", () => {
    const columns = [column("Who=x", ["account_id", 0.9]), column("N", ["followers", 0.7]), column("M")];
    expect(mapOf(columns, ["account_id", "", "likes"])).toEqual([
      "account_id=Who=x",
      "likes=M",
      "followers=",
    ]);
    // Handles can be read from the address then.
    expect(mapOf(columns, ["url", "", ""])).toEqual(["url=Who=x", "followers="]);
  });

  it("say how sure a guess is", () => {
    const said = [0.95, 0.6, 0.2].map((sure) => sureInWords({ canonical: "likes", sure, by: "both" }));
    expect(said).toEqual(
      ["surely", "probably", "perhaps"].map((word) => `${word}, by its name and its values`),
    );
  });

  it("are called in sentences what they are called elsewhere", () => {
    expect(inFieldWords("7 profiles have like_engagement_rate over 1; likes are kept.")).toBe(
      '7 profiles have "Engagement rate, likes only" over 1; likes are kept.',
    );
  });
});
