import { nearestWeight, textWidth } from "../../../src/figures/textWidth.ts";
import { parseSvg, type SvgElement } from "./svgTree.ts";

/** A text of a drawing and the box it takes, in the drawing's pixels. */
export interface TextBox {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The boxes of all lines of text in a drawing. Rotated texts are not used in the figures: they throw. */
export function textBoxes(svg: string): TextBox[] {
  const boxes: TextBox[] = [];
  walk(parseSvg(svg), 0, 0, {}, boxes);
  return boxes;
}

function walk(
  element: SvgElement,
  x: number,
  y: number,
  inherited: Record<string, string>,
  boxes: TextBox[],
): void {
  const attributes = { ...inherited, ...element.attributes };
  let left = x;
  let top = y;
  for (const [, kind, parameters] of (element.attributes.transform ?? "").matchAll(/(\w+)\(([^)]*)\)/g)) {
    const numbers = parameters.split(",").map(Number);
    if (kind !== "translate") throw new Error(`a text that is not level: ${kind}`);
    left += numbers[0];
    top += numbers[1] ?? 0;
  }
  if (element.tag === "text") {
    const lines = element.children.flatMap((child) =>
      typeof child === "string" ? [{ text: child, dy: 0 }] : spanOf(child),
    );
    let baseline = top;
    for (const { text, dy } of lines) {
      baseline += dy;
      boxes.push(box(decode(text), left, baseline, attributes));
    }
    return;
  }
  const { transform, ...passed } = attributes;
  for (const child of element.children) {
    if (typeof child !== "string") walk(child, left, top, passed, boxes);
  }
}

function spanOf(span: SvgElement): { text: string; dy: number }[] {
  return [{ text: span.children.join(""), dy: Number(span.attributes.dy ?? 0) }];
}

function box(text: string, x: number, baseline: number, attributes: Record<string, string>): TextBox {
  const size = Number.parseFloat(attributes["font-size"]);
  const width = textWidth(text, size, nearestWeight(attributes["font-weight"]));
  const anchor = attributes["text-anchor"];
  const left = anchor === "end" ? x - width : anchor === "middle" ? x - width / 2 : x;
  // Inter's capitals are 0.73 of the font size high, its descenders reach 0.2 below the line.
  return { text, left, right: left + width, top: baseline - 0.73 * size, bottom: baseline + 0.2 * size };
}

function decode(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

/** Pairs of texts whose boxes overlap by more than half a pixel. */
export function overlaps(boxes: readonly TextBox[]): string[] {
  const found: string[] = [];
  boxes.forEach((a, i) => {
    for (const b of boxes.slice(i + 1)) {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 0.5 && down > 0.5) found.push(`"${a.text}" and "${b.text}"`);
    }
  });
  return found;
}
