import { expect, it } from "vitest";
import { mapColumns } from "../mapping.ts";

const map = (table: readonly string[], options = {}) => {
  const [columns, ...records] = table.map((line) => line.split(";"));
  const samples = new Map(columns.map((column, i) => [column, records.map((record) => record[i])]));
  return mapColumns(columns, "t.csv", { samples, ...options });
};

it.each([
  [["@ana;Ana Lima", "@bo;Bo Kim"], 'no names of columns: the first line is a record, "@ana", "Ana Lima"'],
  [
    ["ana;12500;3,4K", "bo;1200;14"],
    'no names of columns: the first line is a record, "ana", "12500", "3,4K"',
  ],
  [["username,followers,likes", "ana,12,3"], "one column: each line stands in quotes as a whole"],
  [["username;ana;bo", "followers;12;3", "likes;5;7"], 'table on its side: "followers", "likes" stand below'],
])("says what to do with %j", (table, message) => {
  expect(() => map(table)).toThrow(message);
});

it("leaves tables alone that only look so, and what somebody has said", () => {
  expect(map(["username;2024;2023", "followers;12;3", "bo;5;7", "cleo;1;1"]).columns.account_id).toEqual([
    "username",
  ]);
  expect(map(["ana;12500", "bo;1200"], { map: { account_id: "ana" } }).columns).toMatchObject({
    account_id: ["ana"],
  });
});

it("warns of records of other platforms", () => {
  const codes = (platforms: readonly string[]) =>
    map(["Platform;Handle;Followers", ...platforms.map((name, i) => `${name};a${i}_x;5`)]).alerts.map(
      ({ code }) => code,
    );
  expect(codes(["TikTok", "Instagram", "TikTok"])).toContain("other_platforms");
  expect(codes(["TikTok", "tiktok", ""])).not.toContain("other_platforms");
});
