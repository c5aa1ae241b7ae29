import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { interpreterScript, vegaRuntime } from "./runtime.ts";

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
