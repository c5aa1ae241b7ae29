import { expect, it } from "vitest";
import { formatCsvLine } from "./csvLine.ts";

it("quotes only what has to be, and leaves the unknown empty", () => {
  expect(formatCsvLine(["plain", 1.5, null, undefined, "a,b", 'say "hi"', "two\nlines", ""])).toBe(
    'plain,1.5,,,"a,b","say ""hi""","two\nlines",',
  );
});
