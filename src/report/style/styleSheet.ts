import { figureCss } from "../../figures/palette.ts";
import { base } from "./base.ts";
import { colors } from "./colors.ts";
import { parts } from "./parts.ts";
import { print } from "./print.ts";
import { shared } from "./shared.ts";

/**
 * The report's whole style sheet.
 *
 * @param fontFaces `@font-face` rules to begin with
 */
export function styleSheet(fontFaces: string): string {
  return [fontFaces, colors, base, shared, parts, figureCss, print].map((part) => part.trim()).join("\n");
}
