import { describe, expect, it } from "vitest";
import { changedQuery, parsePlace, placeAddress } from "./route.ts";

it("changes words of a query; empty ones go", () => {
  expect(changedQuery("?a=1&b=2", { a: "3", c: "4" })).toBe("?a=3&b=2&c=4");
  expect(changedQuery("?a=1&b=2", { a: "", b: undefined })).toBe("");
});

describe("a part of the page", () => {
  it.each([
    ["/", "people", null],
    ["/people", "people", null],
    ["/people/12", "people", 12],
    ["/files/3", "files", 3],
    ["/study/", "study", null],
    ["/forecasts", "forecasts", null],
  ])("is read from %s", (path, place, number) => {
    expect(parsePlace(path, "?search=x")).toMatchObject({ place, number });
    expect(parsePlace(path, "?search=x")?.query.get("search")).toBe("x");
  });

  it.each([
    "/d",
    "/d/default/shortlist",
    "/persons",
    "/people/-1",
    "/people/1e3",
    "/people/1/2",
    "/forecasts/1",
    "/files/12345678901234567",
  ])("is not read from %s", (path) => {
    expect(parsePlace(path, "")).toBeNull();
  });

  it("is read as it was written", () => {
    expect(placeAddress("people", 12, "?a=1")).toBe("/people/12?a=1");
    expect(placeAddress("files")).toBe("/files");
  });
});
