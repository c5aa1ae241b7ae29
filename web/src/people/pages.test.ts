import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createPages, pagesFor } from "./pages.ts";
import type { PersonRow } from "./types.ts";

const PAGE = 100;
/** Offsets that the server was asked for. */
let asked: number[];
let fails: boolean;
let status: string;

beforeEach(() => {
  asked = [];
  fails = false;
  status = "new";
  vi.useFakeTimers();
  vi.stubGlobal("sessionStorage", { getItem: () => null });
  vi.stubGlobal("fetch", async (path: string) => {
    const offset = Number(new URLSearchParams(path.split("?")[1]).get("offset"));
    asked.push(offset);
    if (fails) return new Response("{}", { status: 503 });
    const rows = Array.from({ length: PAGE }, (_, i) => ({ person: 10_000 + offset + i, status }));
    return new Response(JSON.stringify({ total: 50_000, of: 60_000, hidden: 7, rows }));
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const settle = () => vi.advanceTimersByTimeAsync(1000);
const pagesOf = () => createPages(new URLSearchParams("sort=best"));

it("fetches the pages that are looked at, and tells when they are there", async () => {
  const pages = pagesOf();
  const changed = vi.fn();
  pages.subscribe(changed);
  pages.look(0, 20);
  await settle();
  expect([asked, pages.listed(), changed.mock.calls.length]).toMatchObject([
    [0],
    { total: 50_000, of: 60_000, hidden: 7 },
    1,
  ]);
  expect([pages.at(99)?.person, pages.at(100), pages.placeOf(10_042)]).toEqual([10_099, undefined, 42]);
});

it("fetches nothing of what is scrolled past", async () => {
  const pages = pagesOf();
  pages.look(0, 20);
  await settle();
  for (let at = 1000; at <= 40_000; at += 1000) pages.look(at, at + 20);
  await settle();
  expect(asked).toEqual([0, 40_000, 39_900]);
});

it("shows people as they are now where they stand, and leaves the others", async () => {
  const pages = pagesOf();
  pages.look(0, 20);
  await settle();
  const other = pages.at(4);
  pages.patch([
    { person: 10_003, status: "contacted" } as PersonRow,
    { person: 1, status: "never" } as PersonRow,
  ]);
  expect(pages.at(3)?.status).toBe("contacted");
  expect(pages.at(4)).toBe(other);
  expect(asked).toEqual([0]);
});

it("is fetched anew where many changed, and keeps what is here until then", async () => {
  const pages = pagesOf();
  pages.look(0, 20);
  await settle();
  status = "agreed";
  pages.reload();
  expect(pages.at(0)?.status).toBe("new");
  await settle();
  expect([asked, pages.at(0)?.status]).toEqual([[0, 0], "agreed"]);
});

it("tells what went wrong, and goes on when asked again", async () => {
  fails = true;
  const pages = pagesOf();
  pages.look(0, 20);
  await settle();
  expect(pages.listed().error?.status).toBe(503);
  fails = false;
  pages.again();
  await settle();
  expect([pages.listed().error, pages.at(0)?.person]).toEqual([null, 10_000]);
});

it("is the one that was shown last, where the words are the same", () => {
  const first = pagesFor(new URLSearchParams("sort=best"));
  expect(pagesFor(new URLSearchParams("sort=best"))).toBe(first);
  expect(pagesFor(new URLSearchParams("sort=name:asc"))).not.toBe(first);
});
