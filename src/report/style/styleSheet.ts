import { figureCss } from "../../figures/palette.ts";
import { base } from "./base.ts";
import { colors } from "./colors.ts";
import { parts } from "./parts.ts";
import { print } from "./print.ts";

/** The report's whole style sheet. */
export function styleSheet(): string {
  return [colors, base, parts, figureCss, print].map((part) => part.trim()).join("\n");
}
