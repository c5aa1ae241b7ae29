import { beforeAll, expect, it } from "vitest";
import { addFile, peopled } from "../../../test/support/server/people.ts";
import { serverModel, someServer } from "../../../test/support/server/server.ts";

const server = await someServer({ model: await serverModel() });
const { ask, json } = peopled(server);

beforeAll(async () => {
  await addFile(server, "account_id,followers\nann,10\nbob,20\ncy,30\n", "three.csv");
});

const send = (method: string, path: string, body?: object) =>
  ask(path, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });

/** Two who have looked at the same version write at the same moment. @returns the answer of the one who came second */
async function second(first: Promise<Response>, other: Promise<Response>) {
  const answers = await Promise.all([first, other]);
  const [good, late] = answers.sort((a, b) => a.status - b.status);
  expect([Math.floor(good.status / 100), late.status]).toEqual([2, 409]);
  const problem = await late.json();
  expect(problem.type).toBe("urn:influencer-insights:problem:stale");
  return problem.present;
}

it("lets one of two writers note something about a person, and shows the other what is there", async () => {
  const { version } = await json("/v1/people/1");
  const note = (text: string) =>
    send("POST", "/v1/people/changes", { people: [1], set: { note: text }, version });
  const present = await second(note("mine"), note("yours"));
  const now = await json("/v1/people/1");
  expect(["mine", "yours"]).toContain(now.note);
  expect(present).toMatchObject({ person: 1, note: now.note, version: now.version });
});

it("lets one of two writers rename or take away a list", async () => {
  const { list, version } = await (await send("POST", "/v1/lists", { name: "Spring" })).json();
  const rename = (name: string) => send("PATCH", `/v1/lists/${list}`, { name, version });
  expect(await second(rename("Summer"), rename("Autumn"))).toEqual(await json(`/v1/lists/${list}`));
  expect((await send("DELETE", `/v1/lists/${list}?version=${version}`)).status).toBe(409);
  expect(await json("/v1/lists")).toHaveLength(1);
});

it("lets one of two writers change or take away a search", async () => {
  const { search, version } = await (await send("POST", "/v1/searches", { name: "a", query: "x" })).json();
  const change = (query: string) => send("PATCH", `/v1/searches/${search}`, { query, version });
  const present = await second(change("y"), change("z"));
  expect([present]).toEqual(await json("/v1/searches"));
  expect((await send("DELETE", `/v1/searches/${search}?version=${version}`)).status).toBe(409);
  expect(await json("/v1/searches")).toHaveLength(1);
});

it("lets one of two writers choose the columns of the list", async () => {
  const { version } = await json("/v1/settings");
  const choose = (column: string) => send("PATCH", "/v1/settings", { columns: [column], version });
  expect(await second(choose("why"), choose("likes"))).toEqual(await json("/v1/settings"));
});

it("forgets nobody of whom somebody has noted something meanwhile", async () => {
  const { version } = await json("/v1/people/2");
  expect((await send("DELETE", "/v1/people/2?version=x")).status).toBe(422);
  await send("POST", "/v1/people/changes", { people: [2], set: { status: "agreed" }, version });
  const late = await send("DELETE", `/v1/people/2?version=${version}`);
  expect([late.status, (await late.json()).present]).toMatchObject([409, { person: 2, status: "agreed" }]);
  const now = await json("/v1/people/2");
  expect((await send("DELETE", `/v1/people/2?version=${now.version}`)).status).toBe(204);
  expect((await ask("/v1/people/2")).status).toBe(404);
  // Without a version, whatever was noted meanwhile goes too.
  expect((await send("DELETE", "/v1/people/3")).status).toBe(204);
});
