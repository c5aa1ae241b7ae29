import { describe, expect, it } from "vitest";
import { sqlOverTexts } from "../../test/support/profiles/evaluateSql.ts";
import { presentCodeSql, presentSql, presentTextSql } from "./values.ts";

const evaluate = sqlOverTexts();

/** Checks an expression against text -> expected value. */
async function check(sql: (text: string) => string, cases: Record<string, unknown>) {
  const values = await evaluate(sql("text"), Object.keys(cases));
  expect(Object.fromEntries(Object.keys(cases).map((text, i) => [text, values[i]]))).toEqual(cases);
}

describe("missing values", () => {
  it("are empty, blank or what programs write for them; free text keeps its blanks", async () => {
    await check(presentSql, {
      "": null,
      "  ": null,
      null: null,
      NULL: null,
      " 5 ": "5",
      "null ": null,
      nulls: "nulls",
      NaN: null,
      " nan ": null,
      "<NA>": null,
      NA: null,
      "#N/A": null,
      "#DIV/0!": null,
      "\\N": null,
      "(null)": null,
      undefined: null,
      "–": null,
      "--": null,
      nanny: "nanny",
      na: "na",
    });
    await check(presentTextSql, {
      "": null,
      null: null,
      NULL: null,
      " a ": " a ",
      " ": " ",
      None: null,
      none: "none",
    });
    await check(presentCodeSql, { NA: "NA", nan: null, "": null });
    expect(await evaluate(presentSql("text"), [null])).toEqual([null]);
  });
});
