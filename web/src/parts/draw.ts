import embed, { type VisualizationSpec } from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";
import type { Theme } from "../theme.ts";
import { recolour } from "./recolour.ts";

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
