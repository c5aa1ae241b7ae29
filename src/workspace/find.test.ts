import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { NOW, sampleWorkspace } from "../../test/support/workspace.ts";
import { FLAG_NAMES } from "../shortlist/flags.ts";
import { readAlike } from "./alike.ts";
import { changePeople } from "./changes.ts";
import { countPeople, type FacetName, readFacets, readKnown } from "./facets.ts";
import {
  CONTACT_KINDS,
  MARKED,
  PEOPLE_ORDERS,
  type PeopleFilter,
  type Person,
  peopleFilterSchema,
  peopleSql,
  readPeople,
  readPersons,
} from "./find.ts";
import { addList } from "./lists.ts";
import type { Workspace } from "./open.ts";
import { combine } from "./schema.ts";

let workspace: Workspace;
let everybody: Person[];

const whom = (...people: number[]) => `SELECT unnest([${people.join(",")}]::BIGINT[]) AS person`;

beforeAll(async () => {
  workspace = await sampleWorkspace();
  await addList(workspace, "Spring", NOW);
  await changePeople(workspace, whom(1, 2, 3), { status: "contacted", owner: "Ana" }, { now: NOW });
  await changePeople(workspace, whom(3, 4, 5), { add_tags: ["a", "b"], add_to: [1] }, { now: NOW });
  await changePeople(workspace, whom(6), { status: "to_contact", add_tags: ["b"] }, { now: NOW });
  // Growth, news and languages, which the sample does not have.
  await workspace.write(async (connection) => {
    await connection.run(
      `UPDATE people SET followers_growth_rate = (person % 7 - 3) / 10, news = CASE WHEN person % 5 = 0 THEN 'silent' END,
         predicted_lang = CASE person % 3 WHEN 0 THEN 'en' WHEN 1 THEN 'es' END, combination = NULL`,
    );
    await combine(connection);
  });
  everybody = await workspace.read(
    async (connection) =>
      (
        await connection.runAndReadAll(
          `SELECT * REPLACE (person::DOUBLE AS person) FROM ${MARKED} ORDER BY person`,
        )
      ).getRowObjectsJS() as unknown as Person[],
  );
});
afterAll(() => workspace.close());

const find = (filter: PeopleFilter, sort = "best", limit = 1000) =>
  workspace.read((connection) => readPeople(connection, { filter, sort, offset: 0, limit }));

/** What each part of a filter means, said once more without SQL. */
const MEANS: { readonly [Part in keyof PeopleFilter]?: (one: Person, value: never) => boolean } = {
  min_well_answered: (one, value) => one.well_answered !== null && one.well_answered >= value,
  min_engagement: (one, value) => one.awg_engagement_rate !== null && one.awg_engagement_rate >= value,
  max_engagement: (one, value) => one.awg_engagement_rate !== null && one.awg_engagement_rate <= value,
  min_percentile: (one, value) => one.engagement_percentile !== null && one.engagement_percentile >= value,
  min_pace: (one, value) => one.posts_per_week !== null && one.posts_per_week >= value,
  max_pace: (one, value) => one.posts_per_week !== null && one.posts_per_week <= value,
  min_growth: (one, value) => one.followers_growth_rate !== null && one.followers_growth_rate >= value,
  max_growth: (one, value) => one.followers_growth_rate !== null && one.followers_growth_rate <= value,
  niches: (one, value: string[]) => value.some((niche) => one.niches.includes(niche)),
  contacts: (one, value: ("email" | "phone" | "link")[]) => value.every((kind) => one[`has_${kind}`]),
  statuses: (one, value: string[]) => value.includes("all") || value.includes(one.status),
  tags: (one, value: string[]) => value.some((tag) => one.tags.includes(tag)),
  no_tags: (one, value: string[]) => !value.some((tag) => one.tags.includes(tag)),
  lists: (one, value: number[]) => value.includes(1) && [3, 4, 5].includes(one.person),
  owner: (one, value: string) => one.owner?.toLowerCase() === value.toLowerCase(),
  imports: (one, value: number[]) => value.some((number) => one.imports.includes(number)),
  news: (one, value: string[]) => one.news !== null && value.includes(one.news),
  people: (one, value: number[]) => value.includes(one.person),
  no_people: (one, value: number[]) => !value.includes(one.person),
  min_followers: (one, value) => one.followers !== null && Number(one.followers) >= value,
  languages: (one, value: string[]) => one.predicted_lang !== null && value.includes(one.predicted_lang),
  tiers: (one, value: string[]) => one.tier !== null && value.includes(one.tier),
  verified: (one, value) => one.is_verified === value,
  flags: (one, value: string[]) => value.some((flag) => (one.flags as string[]).includes(flag)),
};

const SETTLED = ["contacted", "answered", "agreed", "declined", "never"];

const parts = fc.record({
  min_well_answered: fc.constantFrom(0, 0.5, 0.9),
  min_engagement: fc.constantFrom(0, 0.01, 0.1),
  max_engagement: fc.constantFrom(0.01, 0.1),
  min_percentile: fc.constantFrom(0.2, 0.8),
  min_pace: fc.constantFrom(0.5, 3),
  max_pace: fc.constantFrom(1, 10),
  min_growth: fc.constantFrom(-0.1, 0.1),
  max_growth: fc.constantFrom(0, 0.2),
  niches: fc.constantFrom(["beauty"], ["food", "music"]),
  contacts: fc.constantFrom<("email" | "phone" | "link")[][]>(
    ["email"],
    ["link"],
    ["email", "link"],
    ["phone"],
  ),
  statuses: fc.constantFrom<NonNullable<PeopleFilter["statuses"]>[]>(
    ["all"],
    ["contacted"],
    ["new", "never"],
  ),
  tags: fc.constantFrom(["a"], ["b", "c"]),
  no_tags: fc.constantFrom(["a"], ["it's"]),
  lists: fc.constantFrom([1], [2]),
  owner: fc.constantFrom("ana", "Ben"),
  imports: fc.constantFrom([1], [2]),
  news: fc.constantFrom<NonNullable<PeopleFilter["news"]>[]>(["silent"], ["new", "woke"]),
  people: fc.constantFrom([1, 2, 6], [9_999_999]),
  no_people: fc.constantFrom([1, 4]),
  min_followers: fc.constantFrom(1000, 100_000),
  languages: fc.constantFrom(["en"], ["en", "es"]),
  tiers: fc.constantFrom(["micro"], ["nano", "mid"]),
  verified: fc.boolean(),
  flags: fc.constantFrom<NonNullable<PeopleFilter["flags"]>[]>(FLAG_NAMES.slice(0, 2), FLAG_NAMES.slice(2)),
});
/** Up to three parts: of more, hardly anybody is let through. */
const filters: fc.Arbitrary<PeopleFilter> = fc
  .tuple(parts, fc.subarray(Object.keys(MEANS) as (keyof PeopleFilter)[], { maxLength: 3 }))
  .map(([all, chosen]) => Object.fromEntries(chosen.map((part) => [part, all[part as keyof typeof all]])));

/** Whether all parts of a filter that are about facts mean a person. */
const factsMean = (filter: PeopleFilter, one: Person) =>
  (Object.entries(filter) as [keyof PeopleFilter, never][]).every(
    ([part, value]) => part === "statuses" || MEANS[part]?.(one, value) === true,
  );

const statusMeans = ({ statuses, people }: PeopleFilter, one: Person) =>
  statuses === undefined
    ? people !== undefined || !SETTLED.includes(one.status)
    : MEANS.statuses?.(one, statuses as never) === true;

test("any filter lets through whom its parts mean", async () => {
  let some = 0;
  await fc.assert(
    fc.asyncProperty(filters, async (asked) => {
      const filter = peopleFilterSchema.parse(asked);
      const facts = everybody.filter((one) => factsMean(filter, one));
      const wanted = facts.filter((one) => statusMeans(filter, one));
      if (wanted.length > 0) some++;
      const page = await find(filter);
      expect(page.rows.map(({ person }) => person).sort((a, b) => a - b)).toEqual(
        wanted.map(({ person }) => person),
      );
      expect(page.total).toBe(wanted.length);
      expect(page.hidden).toBe(filter.statuses === undefined ? facts.length - wanted.length : 0);
      expect(page.of).toBe(everybody.length);
    }),
    { numRuns: 40, seed: 3 },
  );
  expect(some).toBeGreaterThan(20);
}, 60_000);

/** The choices that each person is counted beside, and the part of the filter that does not matter there. */
const CHOICES: Record<FacetName, [keyof PeopleFilter, (one: Person) => readonly (string | null)[]]> = {
  status: ["statuses", (one) => [one.status]],
  tier: ["tiers", (one) => [one.tier]],
  language: ["languages", (one) => [one.predicted_lang]],
  region: ["regions", (one) => [one.region]],
  verified: ["verified", (one) => [one.is_verified === null ? null : String(one.is_verified)]],
  news: ["news", (one) => [one.news]],
  owner: ["owner", (one) => [one.owner]],
  niche: ["niches", (one) => one.niches],
  flag: ["flags", (one) => one.flags],
  tag: ["tags", (one) => one.tags],
  contact: ["contacts", (one) => CONTACT_KINDS.filter((kind) => one[`has_${kind}`])],
  import: ["imports", (one) => one.imports.map(String)],
  list: ["lists", (one) => ([3, 4, 5].includes(one.person) ? ["1"] : [])],
};

test("any filter is counted beside each choice as its other parts mean", async () => {
  await fc.assert(
    fc.asyncProperty(filters, async (filter) => {
      const facets = await facetsOf(filter);
      const { rows: _, ...counts } = await find(filter, "best", 1);
      const counted = await workspace.read((connection) => countPeople(connection, filter, facets.status));
      expect(counted).toEqual({ ...counts, rows: [] });
      for (const [facet, [part, choices]] of Object.entries(CHOICES)) {
        const { [part]: _, ...others } = filter;
        const people = everybody.filter(
          (one) => factsMean(others, one) && (part === "statuses" || statusMeans(filter, one)),
        );
        const counts: Record<string, number> = {};
        for (const value of people.flatMap(choices))
          if (value !== null) counts[value] = (counts[value] ?? 0) + 1;
        const told = facets[facet as FacetName].map((one) => [one.value, one.people]);
        expect([facet, Object.fromEntries(told)]).toEqual([facet, counts]);
      }
    }),
    { numRuns: 40, seed: 4 },
  );
}, 60_000);

test("leaves out who was written to, says how many, and finds them where they are asked for", async () => {
  const page = await find({});
  expect(page.hidden).toBe(3);
  expect(page.rows.some(({ status }) => status === "contacted")).toBe(false);
  expect((await find({ statuses: ["contacted"] })).rows.map(({ owner }) => owner)).toEqual([
    "Ana",
    "Ana",
    "Ana",
  ]);
});

test("puts first whom a list prefers, and sorts by any order it names, unknown last", async () => {
  const { rows } = await find({});
  const preferred = rows.map(
    (one) => Number(one.followers ?? 1e9) >= 1000 && (one.still_posting ?? 1) >= 0.5,
  );
  expect(preferred.indexOf(false)).toBe(preferred.filter(Boolean).length);
  const paces = (await find({}, "posts_per_week:asc")).rows.map((one) => one.posts_per_week);
  const known = paces.filter((pace) => pace !== null);
  expect(known).toEqual([...known].sort((a, b) => a - b));
  expect(paces.slice(known.length).every((pace) => pace === null)).toBe(true);
  expect((await find({ statuses: ["all"] }, "status:desc")).rows[0].status).toBe("contacted");
  for (const order of PEOPLE_ORDERS) expect((await find({}, `${order}:desc`, 5)).rows).toHaveLength(5);
});

test("pages follow each other without gap or repetition", async () => {
  const pages = await Promise.all(
    [0, 300, 600, 900].map((offset) =>
      workspace.read((connection) =>
        readPeople(connection, { filter: { statuses: ["all"] }, sort: "language:asc", offset, limit: 300 }),
      ),
    ),
  );
  const people = pages.flatMap(({ rows }) => rows.map(({ person }) => person));
  expect(new Set(people).size).toBe(people.length);
  expect(people).toHaveLength(everybody.length);
});

const facetsOf = (filter: PeopleFilter) => workspace.read((connection) => readFacets(connection, filter));

test("counts beside each choice how many it would show", async () => {
  const filter: PeopleFilter = { languages: ["en"], niches: ["beauty"] };
  const facets = await facetsOf(filter);
  for (const { value, people } of facets.language)
    expect([value, (await find({ ...filter, languages: [value] })).total]).toEqual([value, people]);
  for (const { value, people } of facets.niche)
    expect([value, (await find({ ...filter, niches: [value] })).total]).toEqual([value, people]);
  for (const { value, people } of (await facetsOf({})).list)
    expect(people).toBe((await find({ lists: [Number(value)] })).total);
  const { status, tag, contact, import: imports } = await facetsOf({});
  expect(status).toEqual([
    { value: "new", people: everybody.length - 4 },
    { value: "contacted", people: 3 },
    { value: "to_contact", people: 1 },
  ]);
  expect(tag).toEqual([
    { value: "b", people: 3 },
    { value: "a", people: 2 },
  ]);
  expect(imports).toEqual([{ value: "1", people: everybody.length - 3 }]);
  for (const { value, people } of contact)
    expect((await find({ contacts: [value as "email"] })).total).toBe(people);
});

test("says of how many people a fact is known", async () => {
  const known = await workspace.read(readKnown);
  expect(known.followers).toBe(everybody.filter(({ followers }) => followers !== null).length);
  expect(known.region).toBe(everybody.filter(({ region }) => region !== null).length);
});

test("a filter is a query for changes too", async () => {
  const made = await changePeople(workspace, peopleSql({ tags: ["b"] }), { add_tags: ["c"] }, { now: NOW });
  expect(made).toMatchObject({ people: 3 });
});

test("finds people alike by what they are about and their language before their counts, and says why", async () => {
  const beautiful = everybody.filter(
    ({ niches, predicted_lang: language }) => niches.includes("beauty") && language === "en",
  );
  const sought = beautiful.find(({ niches, status }) => niches.length === 1 && status === "new") as Person;
  const alike = await workspace.read((connection) => readAlike(connection, [sought.person], 10));
  expect(alike).toHaveLength(10);
  expect(alike.some(({ person }) => person.person === sought.person)).toBe(false);
  expect(alike.every(({ person }) => !SETTLED.includes(person.status))).toBe(true);
  const shared = alike.filter(
    ({ person }) => person.niches.includes("beauty") && person.predicted_lang === "en",
  );
  expect(shared.length).toBeGreaterThanOrEqual(Math.min(8, beautiful.length - 1));
  expect(alike[0].because.slice(0, 2)).toEqual(["same niche: beauty", "same language"]);
  for (const { person, because } of alike) {
    const times = (Number(person.followers) + 1) / (Number(sought.followers) + 1);
    expect(because.includes("size within 2 times")).toBe(times <= 2 && times >= 0.5);
    expect(because.includes("same language")).toBe(person.predicted_lang === sought.predicted_lang);
  }
  expect(await workspace.read((connection) => readAlike(connection, [9_999_999], 10))).toEqual([]);
});

test("people are read by their numbers in any order, few or many, without those who are not there", async () => {
  const everyone = Array.from({ length: 1000 }, (_, i) => 1000 - i);
  const read = (people: readonly number[]) => workspace.read((connection) => readPersons(connection, people));
  const all = await read([99_999, ...everyone, 0]);
  expect(all.map(({ person }) => person)).toEqual(everyone);
  expect(await read([])).toEqual([]);
  const few = [7, 99_999, 3, 512];
  expect(await read(few)).toEqual([7, 3, 512].map((person) => all[1000 - person]));
  const posts = await workspace.read(async (connection) => {
    const reader = await connection.runAndReadAll("SELECT posted_at FROM people ORDER BY person DESC");
    return reader.getRowsJS().map(([posted]) => posted);
  });
  expect(all.map(({ posted_at }) => posted_at)).toEqual(posts);
});
