import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** Vega as one classic script that sets the global `vega`. */
async function vegaSource(): Promise<string> {
  const main = require.resolve("vega");
  return await readFile(join(dirname(main), "vega.min.js"), "utf8");
}

/** Vega's expression interpreter as a classic script that sets `vega.expressionInterpreter`. */
async function interpreterSource(): Promise<string> {
  return interpreterScript(await readFile(require.resolve("vega-interpreter"), "utf8"));
}

/**
 * Turns the interpreter's module, which imports from `vega-util` and exports one function, into a classic script that takes
 * both from the global `vega`.
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

let source: Promise<string> | undefined;

/** The script that draws interactive figures without evaluating text: Vega and its interpreter. Read once. */
export function vegaRuntime(): Promise<string> {
  source ??= Promise.all([vegaSource(), interpreterSource()]).then((parts) =>
    parts.map((part) => part.trim()).join("\n"),
  );
  return source;
}
