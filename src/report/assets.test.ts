import { runInNewContext } from "node:vm";
import { gunzipSync } from "node:zlib";
import { create, type Font, openSync } from "fontkit";
import { expect, it } from "vitest";
import { fontFile } from "../figures/textWidth.ts";
import { interpreterScript, styleSheet, vegaRuntime } from "./assets.ts";
import { contentHash, contentPolicy, packJson, sourceForScript } from "./embed.ts";

it("turns the interpreter's module into a script that takes from and gives to the global", () => {
  const script = interpreterScript(
    "import { ascending, isString as text } from 'vega-util';\n\nconst run = () => ascending(text);\nexport { run as expressionInterpreter };\n//# sourceMappingURL=x.map\n",
  );
  const vega: Record<string, unknown> = {
    ascending: (value: unknown) => ["ascending", value],
    isString: "is",
  };
  new Function("vega", script)(vega);
  expect((vega.expressionInterpreter as () => unknown)()).toEqual(["ascending", "is"]);
});

it("says so when the interpreter has another form", () => {
  expect(() => interpreterScript("export default 1;")).toThrow("cannot be inlined");
  expect(() => interpreterScript("import x from 'y';\nexport { x as expressionInterpreter };")).toThrow(
    "cannot be inlined",
  );
});

it("gives one classic script that defines Vega and its interpreter", async () => {
  const source = await vegaRuntime();
  const page: { vega?: Record<string, unknown>; [name: string]: unknown } = { setTimeout, setInterval };
  runInNewContext(source, page);
  expect(page.vega?.View).toBeTypeOf("function");
  expect(page.vega?.expressionInterpreter).toHaveProperty("operator");
});

it("has both themes, print and a phone's width, and loads nothing", async () => {
  const css = (await styleSheet()).replace(/url\(data:[^)]+\)/, "");
  expect(css).toContain('[data-theme="dark"]');
  expect(css).toMatch(/prefers-color-scheme: ?dark/);
  expect(css).toMatch(/prefers-reduced-motion: ?reduce/);
  expect(css).toContain("@media print");
  expect(css).not.toMatch(/url\(|</);
  expect(css.split("{").length).toBe(css.split("}").length);
});

it("brings the font that the figures are measured in, with digits of one width", async () => {
  const [, base64] = /base64,([^)]+)\)/.exec(await styleSheet())!;
  const one = (opened: ReturnType<typeof create>): Font => {
    if (!("layout" in opened)) throw new Error("a collection");
    return opened;
  };
  const font = one(create(Buffer.from(base64, "base64")));
  const measured = one(openSync(fontFile(400)));
  for (const letter of "Aag09éÅç“”–…€− ") {
    const code = letter.codePointAt(0)!;
    expect(font.hasGlyphForCodePoint(code), letter).toBe(true);
    const [ours, theirs] = [font, measured].map(
      (each) => each.glyphForCodePoint(code).advanceWidth / each.unitsPerEm,
    );
    expect(ours, letter).toBeCloseTo(theirs, 6);
  }
  expect(font.availableFeatures).toContain("tnum");
});

it("packs any data as text that means nothing in a page, and loses none of it", () => {
  const value = { text: "</script><!-- \u2028\u2029 & ]]> \" '", list: [1, null, true] };
  const packed = packJson(value);
  expect(packed).toMatch(/^[A-Za-z0-9+/=]+$/);
  expect(JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString("utf8"))).toEqual(value);
});

it("refuses a script that would end its element", () => {
  expect(sourceForScript("a < b")).toBe("a < b");
  expect(() => sourceForScript('x = "</SCRIPT>"')).toThrow(/cannot stand in a page/);
  expect(() => sourceForScript('x = "<!--"')).toThrow(/cannot stand in a page/);
});

it("hashes as browsers do", () => {
  // printf %s 'alert(1)' | openssl dgst -sha256 -binary | base64
  expect(contentHash("alert(1)")).toBe("'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='");
});

it("allows nothing but the given scripts and styles", () => {
  const policy = contentPolicy(["alert(1)"], []);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`script-src ${contentHash("alert(1)")};`);
  expect(policy).toContain("style-src-elem 'none'");
  expect(policy).not.toMatch(/unsafe-eval|https?:|script-src[^;]*unsafe-inline/);
});
