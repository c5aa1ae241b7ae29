import { beforeAll, expect, it } from "vitest";
import { addFile, peopled } from "../../../test/support/server/people.ts";
import { serverModel, someServer } from "../../../test/support/server/server.ts";

const server = await someServer({ model: await serverModel() });
const { ask, json, change } = peopled(server);

beforeAll(async () => {
  await addFile(server, "account_id,followers\nann,10\nbob,20\ncy,30\n", "three.csv");
});

/** Counts of everybody; of how many a fact is known is kept between writes. */
async function counted() {
  const { facets, known } = await json("/v1/people?facets=true");
  const of = (name: string) =>
    Object.fromEntries(facets[name].map((one: { value: string; people: number }) => [one.value, one.people]));
  return { status: of("status"), import: of("import"), list: of("list"), known: known.followers };
}

it("counts everybody as they are after each write", async () => {
  expect(await counted()).toEqual({ status: { new: 3 }, import: { 1: 3 }, list: {}, known: 3 });
  const made = await change({ people: [1], set: { status: "contacted" } });
  expect(await counted()).toMatchObject({ status: { new: 2, contacted: 1 }, import: { 1: 2 } });
  await server.post(`/v1/changes/${made.change}/undo`, {});
  expect(await counted()).toMatchObject({ status: { new: 3 }, import: { 1: 3 } });
  const { list } = await (await server.post("/v1/lists", { name: "Spring" })).json();
  await change({ people: [2, 3], set: { add_to: [list] } });
  expect((await counted()).list).toEqual({ [list]: 2 });
  await change({ people: [2], set: { remove_from: [list] } });
  expect((await counted()).list).toEqual({ [list]: 1 });
  await addFile(server, "account_id,followers\ncy,31\ndan,40\n", "two.csv");
  expect(await counted()).toMatchObject({ status: { new: 4 }, import: { 1: 3, 2: 2 }, known: 4 });
  expect((await ask("/v1/people/1", { method: "DELETE" })).status).toBe(204);
  expect(await counted()).toMatchObject({ status: { new: 3 }, import: { 1: 2, 2: 2 }, known: 3 });
  expect((await ask("/v1/imports/2", { method: "DELETE" })).ok).toBe(true);
  expect(await counted()).toMatchObject({ status: { new: 2 }, import: { 1: 2 }, known: 2 });
});
