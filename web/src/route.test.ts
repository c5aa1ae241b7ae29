import { describe, expect, it } from "vitest";
import { addressOf, changedQuery, parsePlace, parseRoute, placeAddress } from "./route.ts";

describe("an address", () => {
  it.each([
    ["/d", { dataset: null, view: null, row: null }],
    ["/d/default", { dataset: "default", view: "shortlist", row: null }],
    ["/d/a%20b/study", { dataset: "a b", view: "study", row: null }],
    ["/d/x/profile/12", { dataset: "x", view: "profile", row: 12 }],
  ])("%s leads to a view", (path, route) => {
    expect(parseRoute(path, "?q=1")).toMatchObject(route);
    expect(parseRoute(path, "?q=1")?.query.get("q")).toBe("1");
  });

  it.each(["/", "/x", "/d/x/other", "/d/x/profile", "/d/x/profile/1e3", "/d/x/data/1", "/d/x/profile/1/2"])(
    "%s leads nowhere",
    (path) => {
      expect(parseRoute(path, "")).toBeNull();
    },
  );

  it("is read as it was written", () => {
    const address = addressOf("a/b ?", "study", { threshold: "0.5" });
    expect(address).toBe("/d/a%2Fb%20%3F/study?threshold=0.5");
    expect(parseRoute(...(address.split("?") as [string, string]))).toMatchObject({ dataset: "a/b ?" });
    expect(addressOf("x", { row: 3 })).toBe("/d/x/profile/3");
  });
});

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
