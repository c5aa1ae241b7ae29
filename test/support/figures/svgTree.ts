/** An element of an SVG document. */
export interface SvgElement {
  readonly tag: string;
  attributes: Record<string, string>;
  children: SvgNode[];
}

/** An element, or text with its entities as written. */
export type SvgNode = SvgElement | string;

const TOKEN = /<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;

/**
 * Reads the SVG text that Vega writes: elements, double-quoted attributes and text; no comments, no processing
 * instructions. Throws an `Error` where elements do not close.
 */
export function parseSvg(text: string): SvgElement {
  const top: SvgElement = { tag: "", attributes: {}, children: [] };
  const open: SvgElement[] = [top];
  for (const [, closing, tag, attributes, selfClosing, characters] of text.matchAll(TOKEN)) {
    const parent = open[open.length - 1];
    if (characters !== undefined) {
      parent.children.push(characters);
    } else if (closing) {
      if (parent.tag !== tag) throw new Error(`unexpected </${tag}> in an SVG, expected </${parent.tag}>`);
      open.pop();
    } else {
      const element: SvgElement = { tag, attributes: {}, children: [] };
      for (const [, name, value] of attributes.matchAll(ATTRIBUTE)) element.attributes[name] = value;
      parent.children.push(element);
      if (!selfClosing) open.push(element);
    }
  }
  const root = top.children.find((node) => typeof node !== "string");
  if (open.length !== 1 || root === undefined) throw new Error("an SVG that does not close");
  return root;
}
