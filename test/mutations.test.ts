import { describe, expect, it } from "vitest";
import { mutationsOf } from "../scripts/mutations.ts";

/** The sources that come out, each with its kind. */
function changed(source: string): string[] {
  return mutationsOf(source, "source.ts").map(
    ({ start, end, text, kind }) => `${kind}: ${source.slice(0, start)}${text}${source.slice(end)}`,
  );
}

describe("changes that tests should notice", () => {
  it.each([
    ["if (a < b) f();", "comparison: if (a <= b) f();"],
    ["if (a < b) f();", "condition: if (!(a < b)) f();"],
    ["if (a < b) f();", "statement left out: if (a < b) ;"],
    ["const x = a >= 2;", "comparison: const x = a > 2;"],
    ["const x = a >= 2;", "constant: const x = a >= 3;"],
    ["const x = a - 0.5;", "arithmetic: const x = a + 0.5;"],
    ["const x = a - 0.5;", "constant: const x = a - 0.75;"],
    ["const x = a && !b;", "logic: const x = a || !b;"],
    ["const x = a && !b;", "sign: const x = a && (b);"],
    ["const x = a ? b : c;", "branches: const x = a ? c : b;"],
    ["const x = Math.min(a, b);", "name: const x = Math.max(a, b);"],
    ["const x = fit(a, b);", "arguments: const x = fit(b, a);"],
    ["const x = at(fold.train);", "name: const x = at(fold.test);"],
    [
      'const f = (relation: string) => { view("fold_train", relation); };',
      'relation: const f = (relation: string) => { view("fold_train", "fold_train"); };',
    ],
    ["const x = `SELECT a FROM b WHERE a < 3`;", "SQL: const x = `SELECT a FROM b WHERE a <= 3`;"],
    ["const x = `max(a) WHEN b IS NULL`;", "SQL: const x = `min(a) WHEN b IS NULL`;"],
    ["const x = `max(a) WHEN b IS NULL`;", "SQL: const x = `max(a) WHEN b IS NOT NULL`;"],
  ])("%s -> %s", (source, expected) => {
    expect(changed(source)).toContain(expected);
  });

  it("leaves types, imports, names of properties and plain words as they are", () => {
    expect(
      changed('import { a } from "a";\ntype A = { b: 1 | 2 };\nconst x: Record<string, 3> = b;'),
    ).toEqual([]);
    expect(changed('const x = "more than " + name;')).toEqual([]);
    expect(changed("const x = `${a} > ${b}`;")).toEqual([]);
  });

  it("makes sources that are read again, each another", () => {
    const source =
      "export function f(a: number, b = 2) { for (let i = 0; i < a; i++) b += g(i, a) * 3; return b; }";
    const all = changed(source);
    expect(new Set(all).size).toBe(all.length);
    for (const one of all) expect(() => mutationsOf(one.replace(/^[\w ]+: /, ""), "source.ts")).not.toThrow();
  });

  it("refuses what is no source", () => {
    expect(() => mutationsOf("const = 3", "source.ts")).toThrow("source.ts");
  });
});
