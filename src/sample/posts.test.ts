import { describe, expect, it } from "vitest";
import type { Account } from "./account.ts";
import { Draw } from "./draw.ts";
import { drawAccountId, drawVideoId } from "./posts.ts";

const account = (fields: Partial<Account>): Account =>
  ({ dated: true, videosDated: true, created: 1600000000, ...fields }) as Account;

describe("drawAccountId", () => {
  it("carries the second of creation in its upper half", () => {
    const draw = new Draw(1);
    draw.begin(9, 4);
    expect(Number(BigInt(drawAccountId(draw, account({}), 9)) >> 32n)).toBe(1600000000);
  });

  it("gives accounts of the same second, and undated ones, ids of their own", () => {
    const draw = new Draw(1);
    const dated = new Set<string>();
    const undated = new Set<string>();
    for (let row = 0; row < 20000; row++) {
      draw.begin(row, 4);
      dated.add(drawAccountId(draw, account({}), row));
      undated.add(drawAccountId(draw, account({ dated: false, created: 1450000000 }), row));
    }
    expect(dated.size).toBe(20000);
    expect(undated.size).toBe(20000);
    for (const id of undated) expect(BigInt(id)).toBeLessThan(6000000000000000000n);
  });
});

describe("drawVideoId", () => {
  const seconds = (id: string): number => Number(BigInt(id) >> 32n);

  it("carries the second of the post", () => {
    const draw = new Draw(1);
    draw.begin(0, 4);
    const posts = [1650000001, 1600000000, 1599999998];
    expect(posts.map((post) => seconds(drawVideoId(draw, account({}), post)))).toEqual(posts);
  });

  it("decodes to the early seventies in the older kind", () => {
    const draw = new Draw(1);
    draw.begin(0, 4);
    const old = seconds(drawVideoId(draw, account({ videosDated: false }), 1650000001));
    expect(new Date(old * 1000).getUTCFullYear()).toBeLessThan(1974);
  });
});
