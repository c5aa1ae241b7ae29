import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sqlOverTexts } from "../../test/support/profiles/evaluateSql.ts";
import {
  believableSql,
  EARLIEST_SECONDS,
  idTime,
  idTimestampSql,
  LATEST_SECONDS,
  secondsSql,
} from "./dates.ts";

const evaluate = sqlOverTexts();

/** An id given out at a second, with any lower 32 bits. */
const idAt = (seconds: number, lower: number) => ((BigInt(seconds) << 32n) | BigInt(lower)).toString();

describe("the date in a number", () => {
  it("is exact to the second, where a float would be off", async () => {
    // (1700000000 << 32) + 2^32 - 1: as a double it rounds up to the next second.
    const id = idAt(1_700_000_000, 0xffffffff);
    expect(Math.floor(Number(id) / 2 ** 32)).toBe(1_700_000_001);
    expect(idTime(id)?.getTime()).toBe(1_700_000_000_000);
    expect(await evaluate(idTimestampSql("text"), [id])).toEqual(["2023-11-14T22:13:20.000Z"]);
  });

  it("is the same in TypeScript and in SQL for any number", async () => {
    const seconds = fc.oneof(
      fc.integer({ min: EARLIEST_SECONDS - 2, max: LATEST_SECONDS }),
      fc.nat(0xffffffff),
    );
    const ids = fc.array(
      fc.oneof(
        fc.tuple(seconds, fc.nat(0xffffffff)).map(([s, lower]) => idAt(s, lower)),
        fc.bigInt({ min: 0n, max: 2n ** 70n }).map(String),
      ),
      { minLength: 1, maxLength: 60 },
    );
    const latest = secondsSql(LATEST_SECONDS);
    await fc.assert(
      fc.asyncProperty(ids, async (texts) => {
        const time = idTimestampSql("text");
        const values = await evaluate(`CASE WHEN ${believableSql(time, latest)} THEN ${time} END`, texts);
        expect(values).toEqual(texts.map((id) => idTime(id)?.toISOString() ?? null));
      }),
      { numRuns: 20 },
    );
  });

  it("is unknown, never 1970, for older kinds of numbers, and for what is no number", () => {
    for (const id of ["161000", "82954243868", "318182299441725440", "0", "", "abc", "-5", "1".repeat(30)]) {
      expect(idTime(id)).toBeNull();
    }
  });

  it("is not believed when it lies after the latest moment there can be", () => {
    const id = idAt(1_700_000_000, 1);
    expect(idTime(id, new Date("2023-11-14T22:13:19Z"))).toBeNull();
    expect(idTime(id, new Date("2023-11-14T22:13:20Z"))).not.toBeNull();
  });
});

const real = new URL("../../../shared/data/tiktok.csv", import.meta.url);

it.skipIf(!existsSync(real))("draws its line where real accounts leave a gap", () => {
  const ids = [...readFileSync(real, "utf8").matchAll(/"null","([0-9]{6,19})","https/g)].map(
    (match) => match[1],
  );
  expect(ids.length).toBe(1000);
  const dated = ids.filter((id) => idTime(id) !== null).map(BigInt);
  const others = ids.filter((id) => idTime(id) === null).map(BigInt);
  expect([dated.length, others.length]).toEqual([916, 84]);
  // Between the newest of the older kind and the oldest that carries a date lies a factor of 20.
  expect(others.every((id) => id < 4n * 10n ** 17n)).toBe(true);
  expect(dated.every((id) => id > 65n * 10n ** 17n)).toBe(true);
});
