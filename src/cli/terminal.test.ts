import { expect, it } from "vitest";
import { formatTable, printable } from "./terminal.ts";

it("lays a table out, numbers to the right", () => {
  expect(
    formatTable(
      [
        ["likes", "1,755", "from likes"],
        ["id", "7", ""],
      ],
      [1],
    ),
  ).toBe("likes  1,755  from likes\nid         7");
});

it("keeps a cell on its line, and letters of every script as they are", () => {
  expect(formatTable([["a\nb", "c"]])).toBe("a\\u000ab  c");
  const names = "ana 👩‍🎨 مرحبا\u200f नमस्ते\n\t";
  expect(printable(names)).toBe(names);
  expect(printable("\u001b]0;x\u0007\r\u2066")).toBe("\\u001b]0;x\\u0007\\u000d\\u2066");
});
