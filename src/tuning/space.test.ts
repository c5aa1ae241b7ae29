import { describe, expect, it } from "vitest";
import { ENSEMBLE, recipeSchema } from "../training/recipe.ts";
import { drawTrials, recipeInWords, searchSpace } from "./space.ts";

const options = { groups: ["age", "ratios"] as const, degree: true, networks: 16 };

describe("trials", () => {
  const trials = drawTrials(400, options, 1);

  it("begin with the recipe used without tuning", () => {
    expect(trials[0]).toEqual({ trial: 0, recipe: ENSEMBLE });
    expect(drawTrials(1, { ...options, networks: 3 }, 1)[0].recipe).toEqual(ENSEMBLE);
  });

  it("are the same for the same seed, and the first of more", () => {
    expect(drawTrials(60, options, 1)).toEqual(trials.slice(0, 60));
    expect(drawTrials(60, options, 2).slice(1)).not.toEqual(trials.slice(1, 60));
  });

  it("stay in their ranges and fill them, on a logarithmic scale where ratios count", () => {
    for (const { recipe } of trials) recipeSchema.parse(recipe);
    const rest = trials.slice(1).map(({ recipe }) => recipe);
    const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
    const rates = rest.map(({ learningRate }) => learningRate);
    expect(Math.min(...rates)).toBeLessThan(6e-4);
    expect(Math.max(...rates)).toBeGreaterThan(8e-3);
    expect(median(rates)).toBeGreaterThan(1.7e-3);
    expect(median(rates)).toBeLessThan(3e-3);
    const without = rest.filter(({ labelSmoothing }) => labelSmoothing === 0).length;
    expect(Math.abs(without / rest.length - 0.5)).toBeLessThan(0.1);
    expect(new Set(rest.map(({ hidden }) => hidden.length))).toEqual(new Set([0, 1, 2, 3]));
    expect(new Set(rest.map(({ networks }) => networks))).toEqual(new Set([1, 2, 4, 8]));
    expect(rest.some(({ without: out }) => out.includes("ratios") && out.includes("age"))).toBe(true);
  });

  it("leave alone what the data does not have", () => {
    const few = { groups: [], degree: false, networks: 1 };
    expect(searchSpace(few).map(({ name }) => name)).not.toContain("degree_share");
    for (const { recipe } of drawTrials(50, few, 3)) {
      expect(recipe).toMatchObject({ without: [], degreeShare: ENSEMBLE.degreeShare, networks: 1 });
    }
  });
});

it("says a recipe in a line", () => {
  expect(recipeInWords(ENSEMBLE)).toBe(
    "32-32, dropout 0.2, learning rate 0.002, weight decay 1, 60 epochs, batch 64, degree share 0.5, 1 network",
  );
  expect(
    recipeInWords({ ...ENSEMBLE, hidden: [], networks: 1, labelSmoothing: 0.1, without: ["age", "ratios"] }),
  ).toMatch(/^no hidden layer, learning .* label smoothing 0.1, .* 1 network, without age, ratios$/);
});
