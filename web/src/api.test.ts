import { afterEach, expect, it, vi } from "vitest";
import { ApiError, ask, askAhead, authorisation, keepToken, LOCKED } from "./api.ts";

const kept = new Map<string, string>();
const stub = (answer: () => Promise<Response>) => {
  vi.stubGlobal("sessionStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  });
  const fetched = vi.fn(answer);
  vi.stubGlobal("fetch", fetched);
  return fetched;
};
const problem = (status: number, body: unknown) => async () =>
  new Response(typeof body === "string" ? body : JSON.stringify(body), { status });

afterEach(() => {
  kept.clear();
  vi.unstubAllGlobals();
});

it("gives what the server answers, and nothing where it answers nothing", async () => {
  stub(problem(200, { a: 1 }));
  expect(await ask("/x")).toEqual({ a: 1 });
  stub(async () => new Response(null, { status: 204 }));
  expect(await ask("/x", { method: "DELETE" })).toBeUndefined();
});

it("takes an answer that was asked for ahead, once, and not for what changes something", async () => {
  let count = 0;
  const fetched = stub(async () => new Response(JSON.stringify(++count)));
  askAhead("/x");
  expect(await ask("/x", { method: "POST" })).toBe(2);
  expect([await ask("/x"), await ask("/x"), fetched.mock.calls.length]).toEqual([1, 3, 3]);
  stub(() => Promise.reject(new TypeError("failed")));
  askAhead("/x");
  await expect(ask("/x")).rejects.toThrow("The server does not answer");
});

it("drops an answer that nobody has taken for some seconds", async () => {
  vi.useFakeTimers();
  let count = 0;
  stub(async () => new Response(JSON.stringify(++count)));
  askAhead("/x");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await ask("/x")).toBe(2);
  vi.useRealTimers();
});

it("says what the server said, with the part of the request", async () => {
  const errors = [
    { path: "followers", message: "expected a whole number" },
    { path: "", message: "no profile" },
  ];
  stub(problem(422, { detail: "Not valid.", errors }));
  await expect(ask("/x")).rejects.toThrow("Not valid. followers: expected a whole number; no profile");
  stub(problem(500, "<html>"));
  await expect(ask("/x")).rejects.toMatchObject({ status: 500, message: "The server answered 500." });
  stub(() => Promise.reject(new TypeError("failed")));
  await expect(ask("/x")).rejects.toThrow(ApiError);
});

it("sends the token of this tab, and tells the page where one is wanted", async () => {
  const fetched = stub(problem(401, { detail: "A token." }));
  const locked = vi.fn();
  vi.stubGlobal("dispatchEvent", (event: Event) => locked(event.type));
  expect(authorisation()).toEqual({});
  keepToken("secret");
  await expect(ask("/x")).rejects.toMatchObject({ status: 401 });
  expect(locked).toHaveBeenCalledWith(LOCKED);
  expect(fetched).toHaveBeenCalledWith(
    "/x",
    expect.objectContaining({ headers: { authorization: "Bearer secret" } }),
  );
});
