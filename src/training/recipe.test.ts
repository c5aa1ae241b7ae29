import { expect, it } from "vitest";
import { ENSEMBLE, formatRecipeFile, LOGISTIC, MAJORITY, parseRecipeFile, STUDY } from "./recipe.ts";

it("reads back the recipe that was written", () => {
  for (const recipe of [ENSEMBLE, LOGISTIC, MAJORITY, STUDY, { ...ENSEMBLE, without: ["age" as const] }]) {
    expect(parseRecipeFile(formatRecipeFile("profile", recipe), "r.json")).toEqual({
      schema_version: 1,
      preset: "profile",
      recipe,
    });
  }
});

it("says what is wrong with a recipe, and where", () => {
  const broken = (change: object) =>
    JSON.stringify({ schema_version: 1, preset: "profile", recipe: { ...ENSEMBLE, ...change } });
  const cases: [string, string][] = [
    ["{", "invalid recipe: not JSON (r.json)"],
    ["{}", "invalid recipe: schema_version"],
    [broken({ dropout: 1 }), "invalid recipe: recipe.dropout: "],
    [broken({ networks: 0 }), "invalid recipe: recipe.networks: "],
    [broken({ learningRate: "fast" }), "invalid recipe: recipe.learningRate: "],
    [broken({ without: ["faces"] }), "invalid recipe: recipe.without.0: "],
    [broken({ halfWithoutText: true }), "recipe of an older version: it has features of texts"],
    [broken({ layers: 3 }), "invalid recipe: recipe: "],
  ];
  for (const [text, message] of cases) expect(() => parseRecipeFile(text, "r.json")).toThrow(message);
});
