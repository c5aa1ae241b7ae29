import { expect, it } from "vitest";
import { textOf } from "../../test/support/report/text.ts";
import { fileWords, listed, plural } from "./words.ts";

it("lists one, two and more things", () => {
  const text = (...names: string[]) =>
    textOf(<p>{listed(names.map((name) => <code key={name}>{name}</code>))}</p>);
  expect(text("a")).toBe("a");
  expect(text("a", "b")).toBe("a and b");
  expect(text("a", "b", "c")).toBe("a, b and c");
});

it("makes names readable", () => {
  expect(fileWords("ndjson")).toBe("an NDJSON file");
  expect(fileWords("csv, gzip")).toBe("a CSV file, packed with gzip");
  expect(fileWords("xlsx")).toBe("a xlsx file");
  expect(plural(1, "was", "were")).toBe("was");
});
