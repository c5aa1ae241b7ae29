import { expect, it } from "vitest";
import { notices } from "./notices.ts";

it("holds the licence of everything that a report brings, what is bundled into Vega among it", async () => {
  const text = await notices();
  const titles = text.match(/^\S+ \d+\.\d+\.\d+ \(.*\)$/gm) ?? [];
  for (const name of ["vega", "vega-interpreter", "vega-util", "d3-scale", "@fontsource-variable/inter"])
    expect(titles.filter((title) => title.startsWith(`${name} `))).toHaveLength(1);
  expect(text).toContain("University of Washington Interactive Data Lab");
  expect(text).toContain("SIL OPEN FONT LICENSE");
  expect(text).not.toContain("undefined");
  const licences = text.split(`\n\n${"-".repeat(72)}\n\n`).map((part) => part.replace(/^.*?\n\n/s, ""));
  expect(new Set(licences).size).toBe(licences.length);
});
