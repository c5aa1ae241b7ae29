import { expect, it } from "vitest";
import { refusalOf } from "./refusal.ts";

it.each([
  [
    "brochure.pdf",
    "not a table of profiles: brochure.pdf is a PDF; ask for the table itself (expected CSV, TSV or .xlsx, also packed)",
    "Not a table of profiles: the file is a PDF; ask for the table itself",
    "CSV, TSV or .xlsx, also packed",
  ],
  [
    "a.csv",
    "invalid header: a quote is not closed (a.csv, line 1)",
    "Invalid header: a quote is not closed (line 1)",
    null,
  ],
  ["a.csv", "missing column: likes (a.csv)", "Missing column: likes", null],
  // Another file that ends alike.
  [
    "a.csv",
    "damaged: data.csv in a.csv; a.csv.gz, x/a.csv",
    "Damaged: data.csv in the file; a.csv.gz, x/a.csv",
    null,
  ],
  ["a$& (1).csv", "empty file: a$& (1).csv", "Empty file: the file", null],
  [
    "a.csv",
    "ambiguous likes: 1 with “decimal=point”; say “sheet” or “map=likes=My Fans”",
    "Ambiguous likes: 1 with “Decimal mark: point”; say “Sheet” or “Columns: likes=My Fans”",
    null,
  ],
  ["a.csv", "The file is empty.", "The file is empty.", null],
])("says what is wrong with %s without its name", (name, message, words, expected) => {
  expect(refusalOf(message, name)).toEqual({ words, expected });
});
