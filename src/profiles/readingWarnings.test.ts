import { expect, it } from "vitest";
import { lossWarnings } from "./readingWarnings.ts";

const none = { records: 100, rejected: 0, rejectedByReason: {}, blanks: [] };

it("warns of more than a tenth of the records, naming the reason and the remedy", () => {
  const rejectedByReason = { missing_id: 9, too_few_columns: 2 };
  expect(lossWarnings({ ...none, rejected: 11, rejectedByReason })).toEqual([
    "11 of 100 records (11 %) were rejected, 9 of them for missing_id (--map id=COLUMN or --map account_id=COLUMN says who they are)",
  ]);
  expect(lossWarnings({ ...none, rejected: 10, rejectedByReason })).toEqual([]);
});

it("warns of a column that is mostly unreadable, with an example", () => {
  const blank = { column: "followers", impossible: false, value: "lots", line: 2 };
  const [warning] = lossWarnings({ ...none, blanks: [{ ...blank, count: 51 }] });
  expect(warning).toMatch(
    /^51 of 100 values of followers cannot be read, such as "lots", .*--map followers=COLUMN/,
  );
  expect(lossWarnings({ ...none, blanks: [{ ...blank, count: 50 }] })).toEqual([]);
  const impossible = { column: "likes", impossible: true, value: "0", line: 2, count: 51 };
  expect(lossWarnings({ ...none, blanks: [impossible] })[0]).toMatch(
    /^51 of 100 values of likes are none that their accounts can have, such as "0", and count as missing/,
  );
});
