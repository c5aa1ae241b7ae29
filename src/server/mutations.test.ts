import fc from "fast-check";
import { expect, it } from "vitest";
import { PROFILE, serverModel, someServer } from "../../test/support/server/server.ts";

const { post, ask, reports } = await someServer({ model: await serverModel() });

const names = fc.constantFrom(...Object.keys(PROFILE), "posted_at", "created_at", "region", "is_private");
const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    "null",
    "",
    "NaN",
    "1e400",
    -0,
    1e21,
    "0x10",
    " 7 ",
    "007",
    "7.0",
    "yes",
    "toString",
  ),
  fc.double().map((x) => (Number.isFinite(x) ? x : null)),
  fc.bigInt().map(String),
  fc.string({ unit: "binary" }),
  // About as long as a text may be, in characters and in code units.
  fc
    .tuple(fc.constantFrom("x", "😀", "\ud83d"), fc.constantFrom(4999, 5000, 5001, 9999, 10_000, 10_001))
    .map(([character, times]) => character.repeat(times)),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);
const mutated = fc
  .array(fc.tuple(fc.oneof({ weight: 5, arbitrary: names }, { weight: 1, arbitrary: fc.string() }), odd), {
    minLength: 1,
    maxLength: 5,
  })
  .map((changes) => ({ ...PROFILE, ...Object.fromEntries(changes) }) as Record<string, unknown>);

it("survives mutations of valid requests", async () => {
  const text = fc.oneof(
    mutated.map((one) => JSON.stringify(one)),
    fc.array(mutated, { maxLength: 4 }).map((many) => JSON.stringify(many)),
    // Cut, or with something put in between.
    fc
      .tuple(mutated, fc.nat(), fc.string({ unit: "binary", maxLength: 4 }), fc.nat(3))
      .map(([one, at, put, drop]) => {
        const whole = JSON.stringify(one);
        const place = at % whole.length;
        return whole.slice(0, place) + put + whole.slice(place + drop);
      }),
  );
  const kind = fc.constantFrom(
    "application/json",
    "application/x-ndjson",
    "application/json; charset=x",
    "x/y",
  );
  const path = fc.constantFrom("/v1/score", "/v1/score", "/v1/score", "/v1/explain");
  await fc.assert(
    fc.asyncProperty(text, kind, path, async (body, type, where) => {
      const answer = await post(where, body, { "content-type": type });
      expect([200, 400, 413, 415, 422]).toContain(answer.status);
      const told = await answer.text();
      for (const line of told.split("\n")) if (line !== "") JSON.parse(line);
    }),
    { numRuns: 300 },
  );
  expect(reports).toEqual([]);
}, 60_000);

it("survives odd addresses", async () => {
  const word = fc.oneof(
    fc.constantFrom("v1", "people", "imports", "jobs", "events", "..", "", "%2e%2e", "__proto__", "default"),
    fc.string({ unit: "grapheme", maxLength: 8 }).map((text) => encodeURIComponent(text)),
  );
  const query = fc.array(
    fc.tuple(
      fc.constantFrom("imports", "sort", "limit", "people", "search", "tiers", "top", "x"),
      fc.oneof(word, fc.constant("followers:asc")),
    ),
    { maxLength: 4 },
  );
  const method = fc.constantFrom("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH");
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 5 }), query, method, async (words, pairs, how) => {
      const path = `/${words.join("/")}?${pairs.map((pair) => pair.join("=")).join("&")}`;
      expect((await ask(path, { method: how })).status).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
});
