import { expect, it } from "vitest";
import { textOf } from "../../test/support/report/text.ts";
import { capital, fileWords, listed, numberWord, plural, spaced } from "./words.ts";

it("writes small numbers as words", () => {
  expect([0, 1, 9, 12, 13, 1300].map(numberWord)).toEqual(["no", "one", "nine", "twelve", "13", "1,300"]);
});

it("lists one, two and more things", () => {
  const text = (...names: string[]) =>
    textOf(<p>{listed(names.map((name) => <code key={name}>{name}</code>))}</p>);
  expect(text("a")).toBe("a");
  expect(text("a", "b")).toBe("a and b");
  expect(text("a", "b", "c")).toBe("a, b and c");
});

it("makes names readable", () => {
  expect(spaced("too_few_columns")).toBe("too few columns");
  expect(capital("nine")).toBe("Nine");
  expect(fileWords("ndjson")).toBe("an NDJSON file");
  expect(fileWords("csv, gzip")).toBe("a CSV file, packed with gzip");
  expect(fileWords("xlsx")).toBe("a xlsx file");
  expect(plural(1, "was", "were")).toBe("was");
});
