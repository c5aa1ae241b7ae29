import { PALETTE, replaceInk, type Theme } from "../../../src/figures/palette.ts";

/** A specification in the colours of a theme; specifications are written in light ones. */
export function recolour(spec: unknown, theme: Theme): unknown {
  return JSON.parse(replaceInk(JSON.stringify(spec), (role) => PALETTE[theme][role]));
}
