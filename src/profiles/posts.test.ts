import { describe, expect, it } from "vitest";
import { sqlOverTexts } from "../../test/support/profiles/evaluateSql.ts";
import {
  listedPostsSql,
  notOlderSql,
  oldestUnpinnedSql,
  postedAtSql,
  postNumbersSql,
  unpinnedSql,
} from "./dates.ts";
import { MOMENT } from "./values.ts";

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

describe("pinned posts, which are listed first however old", () => {
  const unpinned = unpinnedSql("string_split(text, ',')");
  const left = async (...lists: string[]) =>
    (await evaluate(unpinned, lists)).map((list) => (list as string[] | null)?.join("") ?? null);

  it("are left out: up to three before posts that are listed newest first", async () => {
    expect(await left("a,f,e,d", "b,a,f,e,d", "b,a,c,f,e,d", "c,b,f,e")).toEqual(["fed", "fed", "fed", "fe"]);
  });

  it("stay where they are no older than the others", async () => {
    expect(await left("e,f,d,c", "a,e,f,d,c", "f,a,e,d", "d,f,e,d")).toEqual(["efdc", "efdc", "fed", "dfed"]);
  });

  it("are none in a list of any other order, or with fewer than two others", async () => {
    const lists = ["f,e,d", "a,b,c,d,e,f", "a,f", "b,a,f", "a,b,c,d,f,e", "a,f,d,e", "f,e,a,d", "a", ""];
    expect(await left(...lists)).toEqual(lists.map((list) => list.replaceAll(",", "")));
    expect(await evaluate(unpinned, [null])).toEqual([null]);
  });

  it("are told by what a JSON list says of them, wherever they stand", async () => {
    const day = (n: number) => String(BigInt(newer) + (BigInt(n * 86_400) << 32n));
    const list = (name: string, value: unknown, pinned: readonly string[], ...ids: readonly string[]) =>
      JSON.stringify(
        ids.map((id) => ({ id, stats: { likes: 1 }, [name]: pinned.includes(id) ? value : false })),
      );
    const rising = [older, day(1), day(2), day(3)];
    const read = async (...lists: readonly (string | null)[]) =>
      (
        await evaluate(
          notOlderSql(`(${postNumbersSql("text", MOMENT)})`, `(${oldestUnpinnedSql("text")})`),
          lists,
        )
      ).map((numbers) => (numbers as bigint[] | null)?.map(String) ?? null);
    const without = rising.slice(1);
    expect(
      await read(
        list("isPinned", true, [older], ...rising),
        list("is_top", 1, [older], ...rising),
        list("isTop", "true", [older, day(1)], ...rising),
        list("isPinned", true, [day(3)], ...rising),
        list("isPinned", true, rising, ...rising),
        list("other", true, [older], ...rising),
        rising.join(","),
        `[{"isPinned": true, "id": "${older}"`,
        null,
      ),
    ).toEqual([without, without, without.slice(1), rising, rising, rising, rising, [older], null]);
  });

  it("lengthen no gap of a profile", async () => {
    const numbers = postNumbersSql("text");
    const list = [older, ...[3, 2, 1, 0].map((day) => String(BigInt(newer) + (BigInt(day * 86_400) << 32n)))];
    const text = list.map((id) => `x/video/${id}`).join(",");
    const [dates] = await evaluate(postedAtSql(unpinnedSql(numbers), "TIMESTAMP '2024-01-01 00:00:00'"), [
      text,
    ]);
    expect(dates).toEqual(["17", "16", "15", "14"].map((day) => `2023-02-${day}T13:17:14.000Z`));
    expect(await evaluate(listedPostsSql(numbers), [text])).toEqual([5n]);
  });
});
