import { expect, it } from "vitest";
import { formatTable } from "./terminal.ts";

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
