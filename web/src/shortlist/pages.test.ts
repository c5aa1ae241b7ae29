import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { besideInList, createPages, pagesFor } from "./pages.ts";

const PAGE = 200;
/** Offsets that the server was asked for. */
let asked: number[];
let fails: boolean;

beforeEach(() => {
  asked = [];
  fails = false;
  vi.useFakeTimers();
  vi.stubGlobal("sessionStorage", { getItem: () => null });
  vi.stubGlobal("fetch", async (path: string) => {
    const query = new URLSearchParams(path.split("?")[1]);
    const offset = Number(query.get("offset"));
    asked.push(offset);
    if (fails) return new Response("{}", { status: 503 });
    const rows = Array.from({ length: PAGE }, (_, i) => ({ row: 10_000 + offset + i }));
    return new Response(JSON.stringify({ total: 100_000, rows }));
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const settle = () => vi.advanceTimersByTimeAsync(1000);

it("fetches the pages that are looked at, and tells when they are there", async () => {
  const pages = createPages(new URLSearchParams("dataset=x"));
  const changed = vi.fn();
  pages.subscribe(changed);
  pages.look(0, 20);
  await settle();
  expect([asked, pages.listed().total, changed.mock.calls.length]).toEqual([[0], 100_000, 1]);
  expect([pages.at(0)?.row, pages.at(199)?.row, pages.at(200)]).toEqual([10_000, 10_199, undefined]);
  pages.look(180, 220);
  await settle();
  expect(asked).toEqual([0, 200]);
  expect(pages.beside(10_200)).toMatchObject({ previous: { row: 10_199 }, next: { row: 10_201 } });
});

it("fetches nothing of what is scrolled past, and keeps a few pages", async () => {
  const pages = createPages(new URLSearchParams("dataset=x"));
  pages.look(0, 20);
  await settle();
  for (let at = 1000; at <= 50_000; at += 1000) pages.look(at, at + 20);
  await settle();
  expect(asked).toEqual([0, 50_000, 49_800]);
  for (let at = 50_000; at <= 53_000; at += 100) {
    pages.look(at, at + 20);
    await settle();
  }
  expect(pages.listed().rows.length).toBeLessThanOrEqual(6 * PAGE);
  expect(pages.at(53_000)?.row).toBe(63_000);
  expect(pages.at(0)).toBeUndefined();
});

it("asks no more after a failure until it is told to", async () => {
  const pages = createPages(new URLSearchParams("dataset=x"));
  fails = true;
  pages.look(0, 20);
  await settle();
  expect(pages.listed().error?.status).toBe(503);
  pages.look(10, 30);
  await settle();
  expect(asked).toEqual([0]);
  fails = false;
  pages.again();
  await settle();
  expect([pages.listed().error, pages.at(5)?.row]).toEqual([null, 10_005]);
});

it("keeps the list that was shown last, and knows whose it is", async () => {
  const words = new URLSearchParams("dataset=x&sort=rank:asc");
  const { pages } = pagesFor(words);
  pages.look(0, 20);
  await settle();
  expect(pagesFor(new URLSearchParams(words)).pages).toBe(pages);
  expect(besideInList("x", 10_001)).toMatchObject({ previous: { row: 10_000 }, next: { row: 10_002 } });
  expect(besideInList("other", 10_001)).toEqual({ previous: undefined, next: undefined });
  expect(pagesFor(new URLSearchParams("dataset=x")).pages).not.toBe(pages);
});
