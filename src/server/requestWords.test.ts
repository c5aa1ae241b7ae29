import { expect, it } from "vitest";
import { inRequestWords } from "./requestWords.ts";

it.each([
  [
    "say which is which with --map account_id=Kanal --map likes=Herzen",
    "“map=account_id=Kanal” “map=likes=Herzen”",
  ],
  ['If it is: --map followers="Fans on \\"1\\" May"', '“map=followers=Fans on "1" May”'],
  ["If not: --map videos_count=", "“map=videos_count=”"],
  ["If it is: --map likes=a.b.", "“map=likes=a.b”."],
  ["or --map account_id=COLUMN)", "“map=account_id=COLUMN”)"],
  ["Correct single columns with --map.", "with “map”."],
  [
    "is 1.234 with --decimal point and 1234 with --decimal comma;",
    "“decimal=point” and 1234 with “decimal=comma”;",
  ],
  ["(--sheet reads another)", "(“sheet” reads another)"],
  ["look wrong, say --encoding.", "say “encoding”."],
])("says %s as a request does", (message, words) => {
  expect(inRequestWords(message)).toContain(words);
  expect(inRequestWords(message)).not.toContain("--");
});

it("leaves options of other programs and commands alone", () => {
  const message =
    "unpack it first (zstd -d --long=31), or insights shortlist FILE --exclude list.csv --mapped";
  expect(inRequestWords(message)).toBe(message);
});
