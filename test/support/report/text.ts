import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";

const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#x27;": "'",
};

/** What a reader reads of an element: its text, blocks parted by spaces, no-break spaces as ordinary ones. */
export function textOf(element: ReactElement): string {
  return renderToStaticMarkup(element)
    .replace(/<(?:script|style)[\s\S]*?<\/(?:script|style)>/g, " ")
    .replace(/<\/?(?:span|code|strong|a|em|time)\b[^>]*>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => ENTITIES[entity])
    .replace(/\s+/g, " ")
    .trim();
}
