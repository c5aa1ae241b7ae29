import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { fileWithoutRates } from "../../../test/support/server/file.ts";
import { addFile, type Peopled, peopled } from "../../../test/support/server/people.ts";
import { serverModel, someServer } from "../../../test/support/server/server.ts";

const model = await serverModel();
const server = await someServer({ model });
const { ask, reports, json, change }: Peopled = peopled(server);

describe("a file that is added", () => {
  beforeAll(async () => {
    const ended = await addFile(server, fileWithoutRates(60), "../../pe<o>ple ❤️.csv");
    expect(ended).toMatchObject({ state: "done", import: 1, same_as: null, error: null });
  });

  it("is told of as an import, and its people at once", async () => {
    const imports = await json("/v1/imports");
    expect(imports).toMatchObject([
      {
        import: 1,
        name: "people ❤️.csv",
        format: "csv",
        rows: 60,
        new_people: 60,
        synthetic: false,
        studied: false,
      },
    ]);
    const one = await json("/v1/imports/1");
    expect(one).toMatchObject(imports[0]);
    expect(one.facts.mapped).toMatchObject({ followers: expect.anything() });
    const page = await json("/v1/people?limit=500");
    expect(page).toMatchObject({ total: 60, of: 60, hidden: 0 });
    expect(page.rows).toHaveLength(60);
    expect(page.facets).toBeUndefined();
    const [first] = page.rows;
    expect(first).toMatchObject({
      status: "new",
      version: 0,
      imports: [1],
      tags: [],
      lists: [],
      growth: null,
    });
    expect(first.why).not.toBe("");
    expect(first.why).toBe(first.reasons[0].replace(/^but: /, ""));
    expect(await json("/v1/workspace")).toMatchObject({
      path: null,
      people: 60,
      imports: 1,
      snapshots: 60,
      takes_sample: true,
    });
  });

  it("changes nothing when it comes again", async () => {
    expect(await addFile(server, fileWithoutRates(60), "other.csv")).toMatchObject({
      import: null,
      same_as: 1,
    });
    expect(await json("/v1/imports")).toHaveLength(1);
  });

  it("is not kept once it is read", async () => {
    const name = `kept-${randomUUID()}.csv`;
    const there = async () => {
      const folders = (await readdir(tmpdir())).filter((folder) => folder.includes("server-"));
      const inside = folders.map((folder) =>
        readdir(join(tmpdir(), folder), { recursive: true }).catch(() => []),
      );
      return (await Promise.all(inside)).flat().filter((path) => path.endsWith(name));
    };
    expect(await addFile(server, "id,followers\n6812345678901234567,1", name)).toMatchObject({ import: 2 });
    await vi.waitFor(async () => expect(await there()).toEqual([]));
    await ask("/v1/imports/2", { method: "DELETE" });
  });

  it("is paged, sorted, filtered and counted", async () => {
    const all = (await json("/v1/people?limit=500")).rows.map(({ person }: { person: number }) => person);
    const page = await json("/v1/people?offset=10&limit=5");
    expect(page.rows.map(({ person }: { person: number }) => person)).toEqual(all.slice(10, 15));
    const sorted = await json("/v1/people?sort=followers:desc&min_followers=1000&facets=true");
    const followers: number[] = sorted.rows.map((row: { followers: number }) => row.followers);
    expect(followers).toEqual([...followers].sort((a, b) => b - a));
    expect(Math.min(...followers)).toBeGreaterThanOrEqual(1000);
    expect(sorted.total).toBeLessThan(60);
    const counted = sorted.facets.tier.reduce(
      (sum: number, { people }: { people: number }) => sum + people,
      0,
    );
    expect(counted).toBe(sorted.total);
    expect(sorted.known).toMatchObject({ followers: expect.any(Number), awg_engagement_rate: 0 });
    expect(sorted.unknown.min_engagement).toBe("no file says how posts are answered");
    expect(sorted.unknown.min_growth).toContain("twice");
    expect(sorted.unknown.min_followers).toBeUndefined();
    const { rows: _, ...counts } = sorted;
    expect(await json("/v1/people?min_followers=1000&facets=true&limit=0")).toEqual({ ...counts, rows: [] });
    const some = await json("/v1/people?people=3,1&sort=followers:asc");
    expect(some.rows.map(({ person }: { person: number }) => person).sort()).toEqual([1, 3]);
  });

  it.each([
    "sort=followers",
    "sort=biography:asc",
    "sort=followers:asc;DROP TABLE people",
    "limit=-1",
    "limit=501",
    "limit=x",
    "offset=-1",
    "min_followers=NaN",
    "min_folowers=5",
    "limit=5&limit=6",
    "verified=1",
    "statuses=gone",
    "contacts=phone,fax",
    "people=1;2",
    "people=-1",
    "people=",
    "max_growth=-2",
    "facets=1",
    `search=${"x".repeat(300)}`,
  ])("refuses %s", async (query) => {
    expect((await ask(`/v1/people?${query}`)).status).toBe(422);
  });

  it.each(["'; DROP TABLE people; --", "%", "\\", '"', "\u0000", "\u200f<script>", "😀".repeat(100)])(
    "looks for %j as it stands",
    async (text) => {
      const word = encodeURIComponent(text);
      for (const query of [
        `search=${word}`,
        `tags=${word}`,
        `regions=${word}&niches=${word}`,
        `owner=${word}`,
      ])
        expect([200, 422]).toContain((await ask(`/v1/people?${query}&statuses=all`)).status);
      expect((await json("/v1/people?statuses=all")).total).toBe(60);
    },
  );

  it("tells all about a person", async () => {
    const [first] = (await json("/v1/people")).rows;
    const all = await json(`/v1/people/${first.person}`);
    expect(all).toMatchObject(first);
    expect(all.explanation.probability).toBeCloseTo(first.probability, 9);
    expect(all.like_this).toHaveLength(10);
    expect(all.like_this.map(({ person }: { person: number }) => person)).not.toContain(first.person);
    expect(all.series).toMatchObject([{ import: 1, known: true, followers: first.followers, posts: null }]);
    expect((await ask("/v1/people/99999")).status).toBe(404);
    for (const wrong of ["1e3", "x", "-1"]) expect((await ask(`/v1/people/${wrong}`)).status).toBe(404);
    expect((await ask("/v1/people/1?x=1")).status).toBe(422);
  });
});

describe("what is noted", () => {
  it("is told with the people, hides whom it settles, and is taken back", async () => {
    const made = await change({
      people: [1, 2],
      set: { status: "contacted", note: "wrote", add_tags: ["été"] },
    });
    expect(made).toMatchObject({ people: 2, words: 'status contacted, note, tag "été" for 2 people' });
    expect(made.rows).toMatchObject([
      { person: 1, status: "contacted", note: "wrote", tags: ["été"], version: made.change },
      { person: 2, status: "contacted" },
    ]);
    expect(await json("/v1/people")).toMatchObject({ total: 58, of: 60, hidden: 2 });
    expect((await json("/v1/people?statuses=contacted&tags=été")).total).toBe(2);
    expect((await json("/v1/people/1")).history).toMatchObject([{ change: made.change, words: made.words }]);
    expect(await json("/v1/changes?limit=1")).toMatchObject({
      rows: [{ change: made.change, undone: false }],
    });
    const back = await json(`/v1/changes/${made.change}/undo`, { method: "POST" });
    expect(back).toMatchObject({ people: 2, words: `took back: ${made.words}` });
    expect((await json("/v1/people")).total).toBe(60);
    expect((await ask(`/v1/changes/${made.change}/undo`, { method: "POST" })).status).toBe(409);
    expect((await ask("/v1/changes/999/undo", { method: "POST" })).status).toBe(404);
  });

  it("can be said of all whom a filter lets through", async () => {
    const { total } = await json("/v1/people?min_followers=1000");
    const made = await change({ filter: { min_followers: 1000 }, set: { owner: "Ann" } });
    expect(made.people).toBe(total);
    expect((await json("/v1/people?owner=ann")).total).toBe(total);
  });

  it("is refused where somebody else has changed the person meanwhile, with what is there now", async () => {
    const { version } = await json("/v1/people/5");
    const mine = await change({ people: [5], set: { status: "answered" }, version });
    const other = await server.post("/v1/people/changes", { people: [5], set: { note: "late" }, version });
    expect(other.status).toBe(409);
    expect(await other.json()).toMatchObject({
      type: "urn:influencer-insights:problem:stale",
      present: { person: 5, status: "answered", note: null, version: mine.change },
    });
    const again = await change({ people: [5], set: { note: "now" }, version: mine.change });
    expect(again.rows[0]).toMatchObject({ status: "answered", note: "now" });
  });

  it.each([
    [{}],
    [{ people: [1] }],
    [{ people: [], set: { status: "never" } }],
    [{ people: [1], filter: {}, set: { status: "never" } }],
    [{ people: [1], set: {} }],
    [{ people: [1], set: { status: "gone" } }],
    [{ people: [1], set: { statu: "never" } }],
    [{ people: [1], set: { add_tags: ["a,b"] } }],
    [{ people: [1, 2], set: { status: "never" }, version: 0 }],
  ])("refuses %j", async (body) => {
    expect((await server.post("/v1/people/changes", body)).status).toBe(422);
  });

  it("holds hostile texts as they are", async () => {
    for (const note of [
      "'); DROP TABLE marks; --",
      "<script>alert(1)</script>",
      "\u202egnp.exe",
      "😀".repeat(2000),
    ]) {
      const { rows } = await change({ people: [7], set: { note } });
      expect(rows[0].note).toBe(note);
      expect((await json("/v1/people/7")).note).toBe(note);
    }
    expect((await server.post("/v1/people/changes", { people: [1], set: { add_to: [77] } })).status).toBe(
      404,
    );
    expect((await server.post("/v1/people/changes", "{")).status).toBe(400);
    const large = { people: [1], set: { note: "x".repeat(2 << 20) } };
    expect((await server.post("/v1/people/changes", large)).status).toBe(413);
  });
});

describe("lists and searches", () => {
  const patch = (path: string, body: object) =>
    ask(path, {
      method: "PATCH",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });

  it("are made, filled, renamed and taken away, and a list is had back", async () => {
    const list = await (await server.post("/v1/lists", { name: " Spring  \u{1F490} " })).json();
    expect(list).toMatchObject({ list: 1, name: "Spring \u{1F490}", people: 0 });
    expect((await server.post("/v1/lists", { name: "spring \u{1F490}" })).status).toBe(409);
    expect((await server.post("/v1/lists", { name: " " })).status).toBe(422);
    await change({ people: [8, 9], set: { add_to: [1] } });
    const filled = await json("/v1/lists/1");
    expect(filled.people).toBe(2);
    expect(
      (await json("/v1/people?lists=1&statuses=all")).rows.map((row: { lists: number[] }) => row.lists),
    ).toEqual([[1], [1]]);
    const late = await patch("/v1/lists/1", { name: "Summer", version: list.version });
    expect([late.status, (await late.json()).present]).toEqual([409, filled]);
    const named = await (await patch("/v1/lists/1", { name: "Summer", version: filled.version })).json();
    expect(named).toMatchObject({ list: 1, name: "Summer", people: 2 });
    const gone = await json(`/v1/lists/1?version=${named.version}`, { method: "DELETE" });
    expect(await json("/v1/lists")).toEqual([]);
    expect((await json("/v1/people/8")).lists).toEqual([]);
    await json(`/v1/changes/${gone.change}/undo`, { method: "POST" });
    expect(await json("/v1/lists")).toMatchObject([{ list: 1, name: "Summer", people: 2 }]);
    expect((await patch("/v1/lists/9", { name: "x" })).status).toBe(404);
    expect((await patch("/v1/lists/x", { name: "x" })).status).toBe(422);
  });

  it("keep the words of an address", async () => {
    const search = await (
      await server.post("/v1/searches", { name: "big", query: "min_followers=1000" })
    ).json();
    expect(await json("/v1/searches")).toEqual([search]);
    const other = await (
      await patch(`/v1/searches/${search.search}`, { query: "tiers=Nano", version: 1 })
    ).json();
    expect(other).toEqual({ ...search, query: "tiers=Nano", version: 2 });
    expect((await patch(`/v1/searches/${search.search}`, { name: "x", version: 1 })).status).toBe(409);
    expect((await ask(`/v1/searches/${search.search}`, { method: "DELETE" })).status).toBe(200);
    expect((await ask(`/v1/searches/${search.search}`, { method: "DELETE" })).status).toBe(404);
  });
});

it("finds people like several, and forgets one everywhere", async () => {
  const { rows } = await json("/v1/people/alike?people=1,2&limit=3");
  expect(rows).toHaveLength(3);
  for (const row of rows) expect([1, 2]).not.toContain(row.person);
  expect((await ask("/v1/people/9", { method: "DELETE" })).status).toBe(204);
  expect((await ask("/v1/people/9", { method: "DELETE" })).status).toBe(404);
  expect((await ask("/v1/people/9")).status).toBe(404);
  expect((await json("/v1/lists/1")).people).toBe(1);
  const back = await addFile(server, fileWithoutRates(60), "again.csv");
  expect(back).toMatchObject({ same_as: 1 });
});

it("deletes an import, and keeps whom something was noted about from coming back unknown", async () => {
  const second = await addFile(server, fileWithoutRates(80), "second.csv");
  expect(second).toMatchObject({ import: 3 });
  expect((await ask("/v1/imports/3", { method: "DELETE" })).status).toBe(204);
  expect((await ask("/v1/imports/3", { method: "DELETE" })).status).toBe(404);
  expect((await json("/v1/imports")).map((one: { import: number }) => one.import)).toEqual([1]);
  expect((await json("/v1/workspace")).people).toBe(59);
  expect(reports).toEqual([]);
});

it("adds the made-up people only where they are not among real ones", async () => {
  const added = await addFile(await someServer({ model }), "", "", "sample=1");
  expect(added).toMatchObject({ state: "done", import: 1 });
  const kept = await someServer({ model, takesSample: false });
  expect((await kept.ask("/v1/imports?sample=1", { method: "POST" })).status).toBe(409);
});

it("says what is wrong with a file in the words of its sender, and adds nothing", async () => {
  const ended = await addFile(server, "a,b\n1,2\n", "odd name.csv");
  const columns = [
    { name: "a", values: ["1"], guesses: [] },
    { name: "b", values: ["2"], guesses: [] },
  ];
  expect(ended).toMatchObject({ state: "failed", import: null, columns });
  expect(ended.error).toMatch(/^no known column.*“map=.*\(odd name\.csv\)$/);
  expect((await addFile(await someServer(), fileWithoutRates(5), "a.csv")).error).toContain("no model");
});
