import { afterEach, expect, it, vi } from "vitest";
import { changePeople, undo } from "./api.ts";

afterEach(() => vi.unstubAllGlobals());

/** A server that keeps one person, answers late and refuses whoever does not know the person's version. */
function lateServer() {
  const asked: string[] = [];
  let version = 4;
  vi.stubGlobal("sessionStorage", { getItem: () => null });
  vi.stubGlobal("fetch", async (path: string, { body }: { body?: string }) => {
    const { set, version: known } = JSON.parse(body ?? "{}");
    asked.push(`${path} ${JSON.stringify(set)} knows ${known}`);
    await new Promise((done) => setTimeout(done, 5));
    if (known !== undefined && known !== version) return Response.json({ title: "changed" }, { status: 412 });
    version++;
    return Response.json({ change: version, words: "done", rows: [{ person: 7, version }] });
  });
  return asked;
}

it("changes somebody as fast as keys are pressed, and takes the last change back, not one before it", async () => {
  const asked = lateServer();
  const row = { people: [7] };
  const all = await Promise.all([
    changePeople(row, { note: "May" }, 4),
    changePeople(row, { status: "to_contact" }, 4),
    undo(),
    changePeople(row, { status: "agreed" }, 4),
  ]);
  expect(all).toEqual([true, true, undefined, true]);
  expect(asked).toEqual([
    '/v1/people/changes {"note":"May"} knows 4',
    '/v1/people/changes {"status":"to_contact"} knows 5',
    "/v1/changes/6/undo undefined knows undefined",
    '/v1/people/changes {"status":"agreed"} knows 7',
  ]);
});
