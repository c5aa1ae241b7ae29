import { expect, it } from "vitest";
import { addFile, peopled } from "../../../test/support/server/people.ts";
import { serverModel, someServer } from "../../../test/support/server/server.ts";

const server = await someServer({ model: await serverModel() });
const { ask, json, reports } = peopled(server);

const TEXTS = [
  '=HYPERLINK("http://x","y")',
  "\u001b[31mred\u001b[0m",
  "\u202egnp.exe",
  "'); DROP TABLE people; --",
  "<img src=x onerror=alert(1)>",
  "😀".repeat(5000),
];

it("keeps names and biographies of a file as they are, tells of all of them, and runs none as a formula", async () => {
  const people = TEXTS.map((text, i) => ({
    account_id: `who${i}`,
    nickname: text,
    biography: text,
    followers: i,
  }));
  const file = people.map((one) => JSON.stringify(one)).join("\n");
  expect(await addFile(server, file, `${"n".repeat(200)}\u202e.ndjson`)).toMatchObject({
    error: null,
    import: 1,
  });
  const { rows } = await json("/v1/people?sort=followers:asc&limit=10");
  expect(rows.map(({ name }: { name: string }) => name)).toEqual(TEXTS);
  for (const [i, { person }] of rows.entries())
    expect(await json(`/v1/people/${person}`)).toMatchObject({ name: TEXTS[i], biography: TEXTS[i] });
  const csv = await (await ask("/v1/people/export?columns=handle,name&sort=followers:asc&limit=1")).text();
  expect(csv).toContain("'=HYPERLINK");
  expect(reports).toEqual([]);
});

it("takes thirty files of the same people one after the other", async () => {
  for (let i = 0; i < 30; i++)
    await addFile(server, `account_id,followers\nwho0,${100 + i}\nnew${i},1\n`, `${i}.csv`);
  expect(await json("/v1/imports")).toHaveLength(31);
  const { rows, total } = await json("/v1/people?search=who0");
  expect([total, rows[0].imports.length]).toEqual([1, 31]);
  expect((await json("/v1/people?imports=31")).total).toBe(2);
}, 240_000);
