import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Alert } from "../alerts.ts";
import { alertOnName, columnNames } from "./oddities.ts";

describe("alertOnName", () => {
  it("knows no promise of an ending that is no format's", () => {
    const alerts: Alert[] = [];
    for (const ending of ["constructor", "toString", "dump"]) {
      const file = { path: `x.${ending}`, name: `x.${ending}`, size: 1 } as never;
      alertOnName(file, "text", "csv", alerts);
    }
    expect(alerts).toEqual([]);
  });
});

describe("columnNames", () => {
  it("keeps names that differ, trimmed", () => {
    const alerts: Alert[] = [];
    expect(columnNames([" id ", "user.id", "likes\0"], alerts)).toEqual(["id", "user.id", "likes"]);
    expect(alerts).toEqual([]);
  });

  it("never gives a made-up name that the file has", () => {
    expect(columnNames(["a", "A", "a_2", "", "column_4", "column_4"], [])).toEqual([
      "a",
      "A (column 2)",
      "a_2",
      "column_4_2",
      "column_4",
      "column_4_3",
    ]);
  });

  it("gives as many different names as it is given, and tells of each change", () => {
    const name = fc.oneof(
      fc.string({ maxLength: 3 }),
      fc.constantFrom("a", "A", "a_2", "", "__row", "column_1"),
    );
    fc.assert(
      fc.property(fc.array(name), (names) => {
        const alerts: Alert[] = [];
        const columns = columnNames(names, alerts);
        expect(new Set(columns.map((column) => column.toLowerCase()).concat("__row")).size).toBe(
          names.length + 1,
        );
        expect(columns.every((column) => column !== "" && !column.includes("\0"))).toBe(true);
        const kept = columns.filter((column, index) => column === names[index].replaceAll("\0", "").trim());
        expect(kept.length + alerts.length).toBe(names.length);
      }),
    );
  });
});
