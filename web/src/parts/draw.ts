import embed, { type VisualizationSpec } from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";
import { PALETTE, replaceInk, type Theme } from "../../../src/figures/palette.ts";

/** Draws a specification into an element; gives what removes it. No code is made of text, as the page's policy asks. */
export async function draw(element: HTMLElement, spec: unknown, theme: Theme): Promise<() => void> {
  const { finalize } = await embed(element, recolour(spec, theme) as VisualizationSpec, {
    actions: false,
    ast: true,
    expr: expressionInterpreter,
    renderer: "svg",
    tooltip: { theme: theme === "dark" ? "dark" : "light" },
  });
  return finalize;
}

/** A specification in the colours of a theme; specifications are written in light ones. */
function recolour(spec: unknown, theme: Theme): unknown {
  return JSON.parse(replaceInk(JSON.stringify(spec), (role) => PALETTE[theme][role]));
}
