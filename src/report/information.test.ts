import { expect, it } from "vitest";
import { exampleMetrics } from "../../test/support/report/metrics.ts";
import { beyondChance, entropy, informationRows, mostlyChance } from "./sections/Information.tsx";

it("orders the columns by what they tell beyond chance", () => {
  const rows = informationRows(exampleMetrics());
  expect(rows.slice(0, 3).map(({ column }) => column)).toEqual([
    "like_engagement_rate",
    "comment_engagement_rate",
    "videos_count",
  ]);
  expect(rows.map(beyondChance)).toEqual(rows.map(beyondChance).toSorted((a, b) => b - a));
});

it("finds the published score that owes most to chance, among those of categories", () => {
  const metrics = exampleMetrics();
  expect(mostlyChance(informationRows(metrics))).toMatchObject({
    column: "followers",
    score: 0.121,
    published: { score: 0.631, shuffled: 0.602 },
  });
  expect(mostlyChance(informationRows(exampleMetrics({ mutual_information_as_published: {} })))).toBeNull();
});

it("knows how much there is to know about a yes or no", () => {
  expect(entropy(0.5)).toBeCloseTo(Math.LN2, 12);
  expect(entropy(0)).toBe(0);
  expect(entropy(1)).toBe(0);
});
