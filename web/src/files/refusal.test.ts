import { expect, it } from "vitest";
import { refusalOf, withoutMap } from "./refusal.ts";

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
  [
    "a.txt",
    "no profiles: a.txt is a list of 30 accounts and says nothing else about them. Use it to leave these people out of a shortlist: insights shortlist PROFILES.csv --exclude a.txt --out people.csv.",
    "No profiles: the file is a list of 30 accounts and says nothing else about them. Mark these people, or leave them out: Lists above the people, then “Bring a list you have”.",
    null,
  ],
  ["a.csv", "The file is empty.", "The file is empty.", null],
])("says what is wrong with %s without its name", (name, message, words, expected) => {
  expect(refusalOf(message, name)).toEqual({ words, expected });
});

it.each([
  ['Column "Fans" was taken as followers. If not: “map=followers=”', 'Column "Fans" was taken as followers.'],
  [
    "2 columns were taken by their names. If one is wrong, leave it out like this: “map=likes=”",
    "2 columns were taken by their names.",
  ],
  ["3 columns are not known and not read: a, b.", "3 columns are not known and not read: a, b."],
])("leaves out of %s what the form beside it is for", (message, words) => {
  expect(withoutMap(message)).toBe(words);
});
