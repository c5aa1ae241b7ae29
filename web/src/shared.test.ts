import { afterEach, expect, it, vi } from "vitest";
import { createShared } from "./shared.ts";

const nobody = () => {};

/** A server that answers when it is told to. */
function slowServer() {
  const answers: ((answer: Response) => void)[] = [];
  vi.stubGlobal("sessionStorage", { getItem: () => null });
  vi.stubGlobal("fetch", () => new Promise<Response>((resolve) => answers.push(resolve)));
  return {
    asked: () => answers.length,
    answer: async (i: number, body: unknown, status = 200) => {
      answers[i](new Response(JSON.stringify(body), { status }));
      await new Promise((done) => setTimeout(done));
    },
  };
}

afterEach(() => vi.unstubAllGlobals());

it("asks once for all views that show it, and anew for the first that shows it later", async () => {
  const server = slowServer();
  const lists = createShared<string[]>("/v1/lists");
  const changed = vi.fn();
  const leave = [lists.subscribe(changed), lists.subscribe(nobody)];
  expect([server.asked(), lists.now().loading]).toEqual([1, true]);
  await server.answer(0, ["a"]);
  expect(lists.now()).toMatchObject({ answer: ["a"], error: null, loading: false });
  expect(changed).toHaveBeenCalledTimes(1);
  lists.subscribe(nobody);
  expect(server.asked()).toBe(1);
  for (const end of leave) end();
});

it("asks again once something changed, takes only the last answer, and asks nothing for nobody", async () => {
  const server = slowServer();
  const lists = createShared<string[]>("/v1/lists");
  lists.again();
  expect(server.asked()).toBe(0);
  const end = lists.subscribe(nobody);
  lists.again();
  expect(server.asked()).toBe(2);
  await server.answer(1, ["new"]);
  await server.answer(0, ["old"]);
  expect(lists.now().answer).toEqual(["new"]);
  end();
  lists.again();
  expect(server.asked()).toBe(2);
  // What was known is shown until there is news.
  lists.subscribe(nobody);
  expect([server.asked(), lists.now().answer]).toEqual([3, ["new"]]);
});

it("keeps what was known where the server fails, and says why", async () => {
  const server = slowServer();
  const lists = createShared<string[]>("/v1/lists");
  lists.subscribe(nobody);
  await server.answer(0, ["a"]);
  lists.again();
  await server.answer(1, { detail: "No room." }, 507);
  expect(lists.now()).toMatchObject({ answer: ["a"], error: { status: 507, message: "No room." } });
});
