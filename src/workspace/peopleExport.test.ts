import { buffer } from "node:stream/consumers";
import { readXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOW, sampleWorkspace } from "../../test/support/workspace.ts";
import { loadShippedModel } from "../bundle/shipped.ts";
import { createReasons } from "../shortlist/reasons.ts";
import { changePeople } from "./changes.ts";
import { readOrder } from "./find.ts";
import { exportPeople, type PeopleExport } from "./peopleExport.ts";

let workspace: Awaited<ReturnType<typeof sampleWorkspace>>;
let usual: Omit<PeopleExport, "format">;
let first: number;

beforeAll(async () => {
  workspace = await sampleWorkspace();
  const reasons = createReasons(await loadShippedModel());
  usual = { filter: { min_followers: 1000 }, sort: "followers:desc", contacts: true, reasons };
  [first] = await workspace.read((connection) => readOrder(connection, { ...usual, offset: 0, limit: 1 }));
  await changePeople(
    workspace,
    `SELECT ${first} AS person`,
    { status: "to_contact", note: "May", add_tags: ["a", "b"] },
    { now: NOW },
  );
});
afterAll(() => workspace.close());

const linesOf = async (wanted: Partial<PeopleExport> & Pick<PeopleExport, "format">) =>
  (await buffer(exportPeople(workspace, { ...usual, ...wanted }))).toString().trimEnd().split("\n");

describe("exportPeople", () => {
  it("writes whom the filter lets through, in their order, with their marks", async () => {
    const lines = await linesOf({ format: "ndjson" });
    const people = lines.map((line) => JSON.parse(line));
    const order = await workspace.read((connection) =>
      readOrder(connection, { ...usual, offset: 0, limit: 9999 }),
    );
    expect(people).toHaveLength(order.length);
    const followers = people.map((one) => one.followers);
    expect(followers).toEqual([...followers].sort((a, b) => b - a));
    expect(people[0]).toMatchObject({
      status: "to contact",
      note: "May",
      tags: "a; b",
      imports: "profiles.csv",
    });
    expect(people[1]).toMatchObject({ status: "new", note: null, tags: "" });
    expect(people.filter((one) => one.emails !== "").length).toBeGreaterThan(5);
    expect(people.every((one) => /^[^b].*\.$/s.test(one.why))).toBe(true);
  });

  it("writes a workbook of typed columns, and the id as it is", async () => {
    const columns = ["id", "followers", "last_post", "status", "biography"] as const;
    const { sheets } = await readXlsx(
      await buffer(exportPeople(workspace, { ...usual, format: "xlsx", columns })),
    );
    const [head, row] = sheets[0].rows;
    expect(head).toEqual(columns);
    expect([typeof row[0], typeof row[1], row[3]]).toEqual(["string", "number", "to contact"]);
    expect(sheets[0].rows.some(([, , last]) => last instanceof Date)).toBe(true);
  });

  it("leaves contacts out, and what they are read from", async () => {
    const bare = await linesOf({ format: "csv", contacts: false });
    expect(bare[0]).not.toMatch(/email|handles|links|phones|biography/);
    expect(bare.join("\n")).not.toMatch(/@example\.(com|org|net)/);
    expect((await linesOf({ format: "csv" })).join("\n")).toMatch(/@example\.(com|org|net)/);
    const [chosen] = await linesOf({
      format: "csv",
      contacts: false,
      columns: ["name", "email", "biography"],
    });
    expect(chosen).toBe("name");
  });

  it("ends when nobody wants it any more, before and between people", async () => {
    const wanted = { ...usual, format: "ndjson", columns: ["reason_1"] } as const;
    const gone = AbortSignal.abort(new Error("gone"));
    await expect(buffer(exportPeople(workspace, wanted, gone))).rejects.toThrow("gone");
    const going = new AbortController();
    let asked = 0;
    const reasons = () => {
      if (++asked === 10) going.abort(new Error("went"));
      return [];
    };
    await expect(buffer(exportPeople(workspace, { ...wanted, reasons }, going.signal))).rejects.toThrow(
      "went",
    );
    expect(asked).toBeLessThan(60);
  });
});
