import { INK } from "./palette.ts";
import { FONT_FAMILY } from "./textWidth.ts";

/** What only assistive technology, the pointer or Vega's own styles read: the whole picture has one label instead. */
const UNUSED = /^(?:role|class|pointer-events|font-family|aria-.*)$/;

/** Attributes with numbers in pixels, or opacities, that hundredths are enough for. */
const MEASURES =
  /^(?:d|transform|[xy][12]?|c[xy]|r|d[xy]|width|height|(?:stroke-|fill-)?opacity|stroke-width)$/;

/** Attributes that children inherit, so that a group can hold them once. */
const INHERITED =
  /^(?:fill|stroke|(?:fill|stroke)-opacity|stroke-(?:width|dasharray|linecap|linejoin)|font-.*|text-anchor)$/;

const ATTRIBUTE = / ([\w:-]+)="([^"]*)"/g;

/** A round symbol: a path of two arcs, as Vega draws it. */
const ROUND =
  /<path transform="translate\((-?[\d.]+),(-?[\d.]+)\)" d="M([\d.]+),0A\3,\3,0,1,1,-\3,0A\3,\3,0,1,1,\3,0"/g;

/** A group that holds nothing but marks of one kind. */
const MARKS = /<g([^>]*)>((?:<(?:path|line|circle|rect)[^>]*\/>)+|(?:<text[^>]*>[^<]*<\/text>)+)<\/g>/g;

function rounded(text: string): string {
  return text.replace(/-?\d*\.?\d+(?:e[-+]?\d+)?/g, (number) =>
    String(Math.round(Number(number) * 100) / 100 || 0),
  );
}

/** Attributes as they are kept: without those that nothing reads and those that say the default. */
function kept(attributes: string): string {
  return attributes.replace(ATTRIBUTE, (_, name: string, value: string) => {
    if (UNUSED.test(name) || (name.endsWith("opacity") && Number(value) === 1)) return "";
    if (name === "transform" && value === "translate(0,0)") return "";
    return ` ${name}="${MEASURES.test(name) ? rounded(value) : value}"`;
  });
}

/** Whether an element without children is never seen: empty, hidden, without a colour, or waiting for the pointer. */
function isInvisible(tag: string, attributes: string): boolean {
  if (/^(?:g|text)$/.test(tag) || / display="none"| opacity="0"| d=""/.test(attributes)) return true;
  return /^(?:path|rect)$/.test(tag) && !/ (?:fill|stroke)="(?!none|transparent)/.test(attributes);
}

/** Moves the attributes that all marks of a group share to the group. */
function hoist(whole: string, group: string, marks: string): string {
  const each = marks.match(/<\w[^>]*>/g) ?? [];
  const shared = [...(each[0] ?? "").matchAll(ATTRIBUTE)]
    .filter(([text, name]) => INHERITED.test(name) && each.every((mark) => mark.includes(text)))
    .map(([text]) => text);
  if (each.length < 2 || shared.length === 0) return whole;
  return `<g${group}${shared.join("")}>${shared.reduce((left, text) => left.replaceAll(text, ""), marks)}</g>`;
}

/** Leaves out groups that hold nothing, and the tags of groups that say nothing. */
function withoutIdleGroups(svg: string): string {
  let text = svg;
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replaceAll(/<(g|text)[^>]*><\/\1>/g, "");
  }
  const open: boolean[] = [];
  return text.replace(/<(\/?)g([^>]*)>/g, (tag, closing: string, attributes: string) => {
    const keep = closing === "" ? attributes !== "" : open.pop();
    if (closing === "") open.push(attributes !== "");
    return keep ? tag : "";
  });
}

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/**
 * Makes the SVG that Vega writes small and steady: digits rounded, ids counted from 1 and prefixed with the figure's name
 * (several drawings can stand in one page), what is invisible left out, shared attributes moved to groups. The root is one
 * image with a label. Colours stay attributes, which `figureCss` finds.
 *
 * @param svg what `View.toSVG` gave: double-quoted attributes, no comments
 * @param name prefix of the ids: the figure's name and width
 * @param label the alternative text
 */
export function tidySvg(svg: string, name: string, label: string): string {
  const [, width, height] = / width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  const ids = new Map<string, string>();
  const body = svg
    .replace(/^<svg[^>]*>|<\/svg>$/g, "")
    .split(/(<clipPath[\s\S]*?<\/clipPath>)/)
    .map((part) =>
      part.replace(
        /<(\w+)((?: [\w:-]+="[^"]*")*)(\/?)>/g,
        (_, tag: string, attributes: string, end: string) =>
          end !== "" && !part.startsWith("<clipPath") && isInvisible(tag, attributes)
            ? ""
            : `<${tag}${kept(attributes)}${end}>`,
      ),
    )
    .join("")
    .replace(/ id="([^"]+)"|url\(#([^)]+)\)/g, (_, id?: string, reference = "") => {
      const key = id ?? reference;
      if (!ids.has(key)) ids.set(key, `${name}-${ids.size + 1}`);
      return id === undefined ? `url(#${ids.get(key)})` : ` id="${ids.get(key)}"`;
    })
    .replace(ROUND, '<circle cx="$1" cy="$2" r="$3"');
  const size = `width="${rounded(width)}" height="${rounded(height)}" viewBox="0 0 ${rounded(width)} ${rounded(height)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="figure" role="img" aria-label="${escapeXml(label)}" ${size} font-family="${FONT_FAMILY}" fill="${INK.text}">${withoutIdleGroups(body.replace(MARKS, hoist))}</svg>`;
}
