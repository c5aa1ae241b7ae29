import { describe, expect, it } from "vitest";
import { sqlOverTexts } from "../../test/support/profiles/evaluateSql.ts";
import { listedPostsSql, postedAtSql, postNumbersSql } from "./dates.ts";

const evaluate = sqlOverTexts();
const posted = postedAtSql(postNumbersSql("text"), "TIMESTAMP '2024-01-01 00:00:00'");

const older = "6800000000000000000"; // 2020-03-03T15:12:56Z
const newer = "7200000000000000000"; // 2023-02-14T13:17:14Z
const times = ["2023-02-14T13:17:14.000Z", "2020-03-03T15:12:56.000Z"];

describe("a list of posts", () => {
  it("is read from addresses, numbers or dates, with commas or as JSON, newest first", async () => {
    const address = (id: string) => `https://www.tiktok.com/@ada/video/${id}`;
    const lists = [
      `${address(older)},${address(newer)}`,
      JSON.stringify([address(older), address(newer)]),
      JSON.stringify([address(newer), address(older)]).replaceAll("/", "\\/"),
      JSON.stringify([
        { video_url: address(older), likes: 12 },
        { video_url: address(newer), likes: 1 },
      ]),
      `https://www.tiktok.com/@ada/photo/${newer},${address(older)}`,
      `${older}, ${newer}`,
      `["${newer}","${older}"]`,
      '["2020-03-03T16:12:56+01:00", "2023-02-14T13:17:14Z"]',
      "[2023-02-14 13:17:14, 2020-03-03 15:12:56]",
      "[1583248376, 1676380634]",
    ];
    expect(await evaluate(posted, lists)).toEqual(lists.map(() => times));
  });

  it("counts a post once, and lists those that carry no date without dating them", async () => {
    const list = `x/video/${newer},x/video/${newer},x/video/52793262394052608,x/video/9000000000000000000`;
    expect(await evaluate(posted, [list])).toEqual([[times[0]]]);
    expect(await evaluate(listedPostsSql(postNumbersSql("text")), [list])).toEqual([3n]);
  });

  it("keeps two posts of the same second", async () => {
    expect(await evaluate(posted, [`x/video/${newer},x/video/7200000000000000001`])).toEqual([
      [times[0], times[0]],
    ]);
  });

  it("is empty when nothing is listed and NULL when there is no list", async () => {
    expect(await evaluate(posted, ["[]", "no posts", "9999999999999", null])).toEqual([[], [], [], null]);
  });

  it("takes the number after video/, not digits in a handle", async () => {
    const list = `https://www.tiktok.com/@12345678901234567890/video/${newer}`;
    expect(await evaluate(posted, [list])).toEqual([[times[0]]]);
  });
});
