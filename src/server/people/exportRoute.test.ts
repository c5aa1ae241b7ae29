import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, it, vi } from "vitest";
import { fileWithoutRates } from "../../../test/support/server/file.ts";
import { addFile, peopled } from "../../../test/support/server/people.ts";
import { serverModel, someServer } from "../../../test/support/server/server.ts";

const server = await someServer({ model: await serverModel() });
const { ask, json, change } = peopled(server);

beforeAll(async () => {
  await addFile(server, fileWithoutRates(60), "people.csv");
  await change({ people: [2], set: { status: "never" } });
  await change({ people: [3], set: { add_tags: ["=spring"], note: "wrote" } });
});

const lines = async (words: string) => {
  const answer = await ask(`/v1/people/export?${words}`);
  expect(answer.status).toBe(200);
  return (await answer.text()).trim().split("\n");
};

/** Files that exports have left in folders of servers. */
async function leftovers(): Promise<string[]> {
  const folders = (await readdir(tmpdir())).filter((name) => name.includes("server-"));
  const inside = await Promise.all(folders.map((name) => readdir(join(tmpdir(), name)).catch(() => [])));
  return inside.flat().filter((name) => name.startsWith("export-"));
}

it("gives whom the list shows, in its order, with the columns that are asked for", async () => {
  const words = "sort=followers:asc&min_followers=1";
  const page = await json(`/v1/people?limit=500&${words}`);
  const [head, ...rows] = await lines(`${words}&columns=handle,followers,status`);
  expect(head).toBe("handle,followers,status");
  expect(rows.map((row) => row.split(",")[1])).toEqual(
    page.rows.map(({ followers }: { followers: number }) => String(followers)),
  );
  expect(rows).toHaveLength(page.total);
  expect(rows.some((row) => row.endsWith(",never"))).toBe(false);
  expect(await lines("statuses=never&columns=status")).toEqual(["status", "never"]);
  expect(await lines(`${words}&columns=handle&limit=3`)).toEqual([
    "handle",
    ...rows.slice(0, 3).map((row) => row.split(",")[0]),
  ]);
});

it("protects from formulas, and leaves contacts out where they are not wanted", async () => {
  expect(await lines("people=3&columns=tags,note")).toEqual(["tags,note", "'=spring,wrote"]);
  const [head] = await lines("with_contacts=false");
  for (const column of ["email", "emails", "phones", "links", "handles", "biography", "bio_link"])
    expect(head.split(",")).not.toContain(column);
});

it("sends a workbook with its size and name, and keeps nothing of it", async () => {
  const answer = await ask("/v1/people/export?format=xlsx");
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="people.xlsx"');
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(answer.headers.get("content-length")).toBe(String(bytes.length));
  expect(String.fromCharCode(...bytes.subarray(0, 2))).toBe("PK");
  await vi.waitFor(async () => expect(await leftovers()).toEqual([]));
});

it("refuses what it does not know", async () => {
  for (const words of ["format=pdf", "columns=secret", "limit=0", "sort=followers", "colour=red"])
    expect((await ask(`/v1/people/export?${words}`)).status, words).toBe(422);
});
