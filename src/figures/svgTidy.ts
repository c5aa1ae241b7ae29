import { INK, roleOf } from "./palette.ts";
import { escapeXml, parseSvg, printSvg, type SvgElement, type SvgNode } from "./svgTree.ts";
import { FONT_FAMILY } from "./textWidth.ts";

/** Attributes with coordinates, rounded to hundredths of a pixel. */
const COORDINATES = new Set([
  "d",
  "transform",
  "x",
  "y",
  "x1",
  "x2",
  "y1",
  "y2",
  "cx",
  "cy",
  "r",
  "width",
  "height",
  "dx",
  "dy",
  "opacity",
  "fill-opacity",
  "stroke-opacity",
  "stroke-width",
]);

/** Attributes that children inherit, so that a group can hold them once. */
const INHERITED = [
  "class",
  "fill",
  "stroke",
  "fill-opacity",
  "stroke-opacity",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "font-size",
  "font-weight",
  "text-anchor",
];

const DROPPED = new Set(["role", "class", "pointer-events", "font-family"]);

function rounded(value: string): string {
  return value.replace(/-?\d*\.?\d+(?:e[-+]?\d+)?/g, (number) => {
    const value = Math.round(Number(number) * 100) / 100;
    return String(value === 0 ? 0 : value);
  });
}

/** `<path>` of a round symbol as the shorter `<circle>`. */
function circle(element: SvgElement): SvgElement {
  const { d, transform, ...rest } = element.attributes;
  const radius = /^M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0$/.exec(d ?? "")?.[1];
  const place = /^translate\((-?[\d.]+),(-?[\d.]+)\)$/.exec(transform ?? "");
  if (element.tag !== "path" || radius === undefined || place === null) return element;
  return { tag: "circle", attributes: { cx: place[1], cy: place[2], r: radius, ...rest }, children: [] };
}

function hasColor(value: string | undefined): boolean {
  return value !== undefined && value !== "none" && value !== "transparent";
}

function isInvisible({ tag, attributes, children }: SvgElement): boolean {
  if (attributes.display === "none" || attributes.opacity === "0") return true;
  if (tag === "g") return children.length === 0;
  if (tag === "path" && (attributes.d ?? "") === "") return true;
  if (tag === "text") return children.length === 0;
  // Vega gives each group a background shape, mostly without a colour; the root group's fill is none.
  return (tag === "path" || tag === "rect") && !hasColor(attributes.fill) && !hasColor(attributes.stroke);
}

/** Moves what all children of a group share to the group. */
function hoist(group: SvgElement): void {
  const children = group.children.filter((node) => typeof node !== "string");
  if (group.tag !== "g" || children.length < 2) return;
  for (const name of INHERITED) {
    const value = children[0].attributes[name];
    if (value === undefined || group.attributes[name] !== undefined) continue;
    if (!children.every((child) => child.attributes[name] === value)) continue;
    group.attributes[name] = value;
    for (const child of children) delete child.attributes[name];
  }
}

/** Nodes that take the place of a node: none, itself, or its children where a group says nothing. */
function tidy(node: SvgNode, ids: Map<string, string>, name: string): SvgNode[] {
  if (typeof node === "string") return [node];
  const attributes: Record<string, string> = {};
  for (const [key, value] of Object.entries(node.attributes)) {
    if (DROPPED.has(key) || key.startsWith("aria-")) continue;
    if (key.endsWith("opacity") && Number(value) === 1) continue;
    if (key === "transform" && /^translate\(0,0\)$/.test(value)) continue;
    attributes[key] = COORDINATES.has(key) ? rounded(value) : value;
  }
  if (attributes.id !== undefined) attributes.id = identifier(attributes.id, ids, name);
  const clip = /^url\(#(.+)\)$/.exec(attributes["clip-path"] ?? "");
  if (clip !== null) attributes["clip-path"] = `url(#${identifier(clip[1], ids, name)})`;
  const children = node.children.flatMap((child) => tidy(child, ids, name));
  const element = circle({ tag: node.tag, attributes, children });
  const insideDefinition = node.tag === "defs" || node.tag === "clipPath" || attributes["data-keep"];
  if (!insideDefinition && isInvisible(element)) return [];
  const fill = roleOf(attributes.fill ?? "");
  const stroke = roleOf(attributes.stroke ?? "");
  const classes = [fill === undefined ? "" : `f-${fill}`, stroke === undefined ? "" : `s-${stroke}`];
  if (fill !== undefined || stroke !== undefined) {
    element.attributes.class = classes.filter((part) => part !== "").join(" ");
  }
  hoist(element);
  if (element.tag === "g" && Object.keys(element.attributes).length === 0) return element.children;
  return [element];
}

function identifier(id: string, ids: Map<string, string>, name: string): string {
  let own = ids.get(id);
  if (own === undefined) {
    own = `${name}-${ids.size + 1}`;
    ids.set(id, own);
  }
  return own;
}

/** Shapes in `<defs>` have no colour and must stay. */
function keepDefinitions(element: SvgElement, inside = false): void {
  if (inside) element.attributes["data-keep"] = "1";
  for (const child of element.children) {
    if (typeof child !== "string") keepDefinitions(child, inside || element.tag === "clipPath");
  }
}

function dropMarks(element: SvgElement): void {
  delete element.attributes["data-keep"];
  for (const child of element.children) if (typeof child !== "string") dropMarks(child);
}

/**
 * Makes Vega's SVG small, steady and themable: digits rounded, ids counted from 1 and prefixed with the figure's name
 * (several drawings can stand in one page), what is invisible left out, shared attributes moved to groups, colours of
 * the palette marked with classes (see `figureCss`). The root is one image with a label.
 *
 * @param svg what `View.toSVG` gave
 * @param name prefix of the ids: the figure's name and width
 * @param label the alternative text
 */
export function tidySvg(svg: string, name: string, label: string): string {
  const root = parseSvg(svg);
  keepDefinitions(root);
  const ids = new Map<string, string>();
  const children = root.children.flatMap((node) => tidy(node, ids, name));
  const { width, height, viewBox } = root.attributes;
  const result: SvgElement = {
    tag: "svg",
    attributes: {
      xmlns: "http://www.w3.org/2000/svg",
      class: "figure",
      role: "img",
      "aria-label": escapeXml(label),
      width: rounded(width),
      height: rounded(height),
      viewBox: rounded(viewBox),
      "font-family": FONT_FAMILY,
      fill: INK.text,
    },
    children,
  };
  dropMarks(result);
  return printSvg(result);
}
