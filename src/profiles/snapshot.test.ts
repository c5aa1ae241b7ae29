import { expect, it } from "vitest";
import { sqlOverTexts } from "../../test/support/profiles/evaluateSql.ts";
import { avatarTimeSql, snapshotSourceSql } from "./dates.ts";
import { DATE_ONLY, MOMENT } from "./values.ts";

const evaluate = sqlOverTexts();
const mereDay = `regexp_full_match(text, '${DATE_ONLY}')`;

it("an avatar's address tells the hour of the snapshot: its expiry less 48 hours", async () => {
  const addresses = [
    "https://p16.example/a.jpeg?x-expires=1691082000&x-signature=abc",
    "https://p16.example/a.jpeg?dr=9640&x-expires=1691082000",
    "https://p16.example/a.jpeg?x-expires=soon",
    "https://p16.example/a.jpeg",
    null,
  ];
  expect(await evaluate(avatarTimeSql(["text"]), addresses)).toEqual([
    "2023-08-01T17:00:00.000Z",
    "2023-08-01T17:00:00.000Z",
    null,
    null,
    null,
  ]);
  expect(await evaluate(avatarTimeSql(["'none'", "text"]), [addresses[0]])).toEqual([
    "2023-08-01T17:00:00.000Z",
  ]);
  expect(await evaluate(avatarTimeSql([]), [addresses[0]])).toEqual([null]);
});

it("a day is narrowed by an avatar of that day in some time zone; a time is never moved", async () => {
  const source = (avatar: string) =>
    snapshotSourceSql({ stated: MOMENT.exact("text"), avatar: `TIMESTAMP '${avatar}'`, mereDay });
  const day = "2023-08-01";
  for (const [avatar, from] of [
    ["2023-08-01 17:00:00", "narrowed"],
    ["2023-07-31 10:00:00", "narrowed"],
    ["2023-07-31 09:00:00", "stated"],
    ["2023-08-02 11:00:00", "narrowed"],
    ["2023-08-02 12:00:00", "stated"],
  ]) {
    expect([avatar, ...(await evaluate(source(avatar), [day]))]).toEqual([avatar, from]);
  }
  expect(
    await evaluate(source("2023-08-01 17:00:00"), [
      "2023-08-01 00:00:00",
      "2023-08-01 09:30:00",
      "1690848000",
      null,
    ]),
  ).toEqual(["narrowed", "stated", "stated", "avatar"]);
  const nowhere = snapshotSourceSql({
    stated: MOMENT.exact("text"),
    avatar: "CAST(NULL AS TIMESTAMP)",
    mereDay,
  });
  expect(await evaluate(nowhere, [day, null])).toEqual(["stated", null]);
});
