import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { addFile, type Peopled, peopled } from "../../../test/support/server/people.ts";
import { serverModel, someServer } from "../../../test/support/server/server.ts";

const server = await someServer({ model: await serverModel() });
const { ask, post, json, reports }: Peopled = peopled(server);

const [ANN, BOB, NEW] = ["6812345678901234561", "6812345678901234562", "6812345678901234563"];

const find = async (...names: string[]) => (await post("/v1/people/find", { names })).json();

function mark(body: BodyInit, name: string, set: object, words = "") {
  const asked = new URLSearchParams({ name, set: JSON.stringify(set) });
  return ask(`/v1/people/marks?${asked}&${words}`, { method: "POST", body });
}

/** Files of the servers of this machine that are called so. */
async function kept(name: string): Promise<string[]> {
  const folders = (await readdir(tmpdir())).filter((folder) => folder.includes("server-"));
  const inside = folders.map((folder) =>
    readdir(join(tmpdir(), folder), { recursive: true }).catch(() => []),
  );
  return (await Promise.all(inside)).flat().filter((path) => path.endsWith(name));
}

beforeAll(async () => {
  const file = (rows: string[]) => `id,account_id,followers,observed_at\n${rows.join("\n")}\n`;
  // Numbers of people: ann 1, bob 2, cy without an id 3.
  const first = [`${ANN},Ann,10,2023-10-01`, `${BOB},bob,20,2023-10-01`, ",cy,30,2023-10-01"];
  // Ann has another handle since, and "ann" is somebody else's: 4.
  const second = [`${ANN},ann.two,11,2023-12-01`, `${NEW},ann,1,2023-12-01`];
  expect(await addFile(server, file(first), "first.csv")).toMatchObject({ import: 1, error: null });
  expect(await addFile(server, file(second), "second.csv")).toMatchObject({ import: 2, error: null });
});

describe("people are found", () => {
  it("by handle, id or address, in the order of the names and each once, and unknown names are told", async () => {
    expect(await find("@CY", BOB, "https://www.tiktok.com/@Bob?lang=en", " nobody ", "x y")).toEqual({
      people: [3, 2],
      unknown: [" nobody ", "x y"],
    });
  });

  it("by a handle as whoever was last seen with it", async () => {
    expect(await find("Ann")).toEqual({ people: [4], unknown: [] });
    expect(await find("ann.two", ANN)).toEqual({ people: [1], unknown: [] });
  });

  it.each(["'; DROP TABLE identities; --", "%", '"', "\u0000", "😀", "0", "null"])(
    "by %j as it stands",
    async (name) => {
      expect(await find(name)).toEqual({ people: [], unknown: [name] });
    },
  );

  it.each([[{}], [{ names: [] }], [{ names: [1] }], [{ names: [""] }], [{ names: ["a"], x: 1 }]])(
    "and %j is refused",
    async (body) => {
      expect((await post("/v1/people/find", body)).status).toBe(422);
    },
  );
});

describe("people in a file", () => {
  const statuses = async () =>
    (await json("/v1/people?statuses=all&limit=9")).rows
      .filter(({ status }: { status: string }) => status !== "new")
      .map(({ person }: { person: number }) => person)
      .sort();

  it("get the change, all at once, and it is taken back", async () => {
    const answer = await mark("@cy\nhttps://www.tiktok.com/@bob\n@zed\n", "handles.txt", { status: "never" });
    const made = await answer.json();
    expect(made).toEqual({
      change: expect.any(Number),
      people: 2,
      words: "status never for 2 people",
      found: 2,
      unknown: ["zed"],
      nameless: {},
      taken_from: null,
    });
    expect(await statuses()).toEqual([2, 3]);
    expect(await kept("handles.txt")).toEqual([]);
    const again = await (await mark("bob", "x.txt", { status: "never" })).json();
    expect(again).toMatchObject({ change: null, people: 0, found: 1, unknown: [] });
    await ask(`/v1/changes/${made.change}/undo`, { method: "POST" });
    expect(await statuses()).toEqual([]);
  });

  it("are told by the id before the handle, as an import does", async () => {
    const rows = [
      // The id is Ann's, whatever the handle; an id that nobody has is nobody, though its handle is somebody's.
      `${ANN},ann`,
      "6812345678901239999,bob",
      // Whoever has no id yet is told by the handle.
      "6812345678901238888,cy",
      "",
    ];
    const body = gzipSync(`id,account\n${rows.join("\n")}`);
    const made = await (await mark(body, "list.csv.gz", { add_tags: ["old"] })).json();
    expect(made).toMatchObject({ found: 2, unknown: ["bob"], words: 'tag "old" for 2 people' });
    const tagged = (await json("/v1/people?tags=old&statuses=all")).rows;
    expect(tagged.map(({ person }: { person: number }) => person).sort()).toEqual([1, 3]);
  });

  it("are told by the handle where a spreadsheet has rounded the id", async () => {
    const made = await (
      await mark("id,account\n6812345678901235000,bob\n", "rounded.csv", { owner: "Eve" })
    ).json();
    expect(made).toMatchObject({ people: 1, found: 1, unknown: [] });
    expect((await json("/v1/people/2")).owner).toBe("Eve");
  });

  it("count records that name nobody", async () => {
    const made = await (await mark("account,city\nbob,x\n,y\n,y\n", "t.csv", { note: "x" })).json();
    expect(made).toMatchObject({ found: 1, nameless: { no_account: 2 } });
  });

  it("are not those whom the title of a group is called like", async () => {
    const text = "account,name,city\nCy,,\nbob,Bob,Rome\nzed,Zed,Oslo\nFashion,,\nann.two,Ann,Bonn\n";
    const made = await (await mark(text, "groups.csv", { note: "y" })).json();
    expect(made).toMatchObject({ found: 2, unknown: ["zed"], nameless: { group_title: 2 } });
    expect((await json("/v1/people/3")).note).not.toBe("y");
  });

  it("are taken from the likeliest column, which is told", async () => {
    const text = "tiktok handle,tiktok user\nann.two,x1\nbob,x2\nno_1,x3\nno_2,x4\n";
    const made = await (await mark(text, "two.csv", { note: "z" })).json();
    expect(made).toMatchObject({ found: 2, taken_from: "tiktok handle" });
  });

  it("are asked for by column where nothing tells which has them", async () => {
    const text = "ann.two,Rome\nbob,Paris\nzed,Oslo\n";
    const refused = await mark(text, "bare.csv", { note: "w" });
    expect(refused.status).toBe(422);
    const problem = await refused.json();
    expect(problem).toMatchObject({
      type: "urn:influencer-insights:problem:columns-unknown",
      detail: expect.stringContaining("bare.csv"),
      columns: [
        { name: "ann.two", values: ["bob", "zed"] },
        { name: "Rome", values: ["Paris", "Oslo"] },
      ],
    });
    expect(problem.detail).not.toContain("--map");
    const said = await mark(text, "bare.csv", { note: "w" }, "map=account_id%3Dann.two");
    expect(await said.json()).toMatchObject({ found: 1, unknown: ["zed"], taken_from: null });
    expect(await kept("bare.csv")).toEqual([]);
  });

  it("change nothing where it is wrong, in the words of the sender, and the file is removed", async () => {
    const detail = async (answer: Response) => [answer.status, (await answer.json()).detail];
    const set = { status: "never" };
    const [status, words] = await detail(await mark("a,b\n1 2,3 4\n", "odd näme.csv", set));
    expect([status, words]).toEqual([422, expect.stringContaining("odd näme.csv")]);
    expect(words).not.toContain("server-");
    expect((await mark("", "empty.csv", set)).status).toBe(400);
    expect((await mark("bob", "list7.txt", { add_to: [7] })).status).toBe(404);
    expect((await mark("bob", "list7.txt", { statu: "never" })).status).toBe(422);
    expect((await mark("bob", "list7.txt", {})).status).toBe(422);
    expect((await ask("/v1/people/marks?name=list7.txt&set={", { method: "POST", body: "bob" })).status).toBe(
      422,
    );
    expect((await ask("/v1/people/marks?name=list7.txt", { method: "POST", body: "bob" })).status).toBe(422);
    expect((await mark("bob", "list7.txt", set, "sample=1")).status).toBe(422);
    for (const name of ["odd_n_me.csv", "empty.csv", "list7.txt"]) expect(await kept(name)).toEqual([]);
    expect(await statuses()).toEqual([]);
    expect(reports).toEqual([]);
  });
});
