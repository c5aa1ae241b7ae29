import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { figureCss } from "../figures/palette.ts";
import { startFigures } from "./browser/interactive.ts";
import { restoreTheme, startReading, startTheme } from "./browser/page.ts";
import { colors } from "./colors.ts";

const require = createRequire(import.meta.url);

/** The letters of the European languages, digits and signs of Inter in every weight (48 KB), and with digits of one width. */
const FONT = "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";

async function fontFace(): Promise<string> {
  const font = await readFile(require.resolve(FONT));
  return `@font-face{font-family:"Inter";font-weight:100 900;font-style:normal;src:url(data:font/woff2;base64,${font.toString("base64")}) format("woff2")}`;
}

let css: Promise<string> | undefined;

/** The report's whole style sheet, the font in it. Read once. */
export function styleSheet(): Promise<string> {
  const file = (name: string) => readFile(new URL(`./style/${name}.css`, import.meta.url), "utf8");
  css ??= Promise.all([
    fontFace(),
    colors,
    file("base"),
    file("shared"),
    file("parts"),
    figureCss,
    file("print"),
  ]).then((parts) => parts.map((part) => part.trim()).join("\n"));
  return css;
}

/**
 * A function as a script that calls it. The function's own text goes into the page, so it must not use anything from
 * outside its body. Some tools that run TypeScript directly wrap inner functions in calls of `__name`, to keep their
 * names; the page gets one that does nothing.
 */
function called(run: () => void): string {
  return `(() => { const __name = (run) => run; (${run.toString()})(); })();`;
}

/** The script for the page's head: it must run before anything is shown. */
export function headScript(): string {
  return called(restoreTheme);
}

/** The script for the end of the page: theme, contents, tables and figures. */
export function pageScript(): string {
  return [startTheme, startReading, startFigures].map(called).join("\n");
}

/** Vega as one classic script that sets the global `vega`. */
async function vegaSource(): Promise<string> {
  return await readFile(join(dirname(require.resolve("vega")), "vega.min.js"), "utf8");
}

/**
 * Turns the module of Vega's expression interpreter, which imports from `vega-util` and exports one function, into a
 * classic script that takes the imports from the global `vega` and sets `vega.expressionInterpreter`.
 *
 * @throws Error where the module has another form, as a later version might
 */
export function interpreterScript(module: string): string {
  const body = module
    .replace(
      /^import \{([^}]+)\} from ["']vega-util["'];?$/m,
      (_, names: string) => `const {${names.replaceAll(" as ", ": ")}} = vega;`,
    )
    .replace(/^export \{ (\w+) as expressionInterpreter \};?$/m, "vega.expressionInterpreter = $1;")
    .replace(/^\/\/# sourceMappingURL.*$/m, "");
  if (/^(import|export)\b/m.test(body) || !body.includes("vega.expressionInterpreter =")) {
    throw new Error("vega-interpreter has a form that cannot be inlined");
  }
  return `(() => {\n${body.replaceAll(/^\s*\n/gm, "").trim()}\n})();`;
}

let runtime: Promise<string> | undefined;

/** The script that draws interactive figures without evaluating text: Vega and its interpreter. Read once. */
export function vegaRuntime(): Promise<string> {
  runtime ??= Promise.all([
    vegaSource(),
    readFile(require.resolve("vega-interpreter"), "utf8").then(interpreterScript),
  ]).then((parts) => parts.map((part) => part.trim()).join("\n"));
  return runtime;
}
