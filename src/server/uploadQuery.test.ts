import { Hono } from "hono";
import { expect, it } from "vitest";
import { uploadIn } from "./uploadQuery.ts";

const app = new Hono().get("/", (c) => c.json(uploadIn(c))).onError((error, c) => c.text(error.message, 422));
const told = async (query: string) => (await app.request(`/?${query}`)).json();

it("says how a file is read: columns as often as they are named, up to the first sign of equality", async () => {
  expect(await told("name=a.csv&decimal=comma&sheet=May&map=account_id%3DWho%3Dx&map=bio_link%3D")).toEqual({
    sample: false,
    name: "a.csv",
    reading: { decimal: "comma", sheet: "May", map: { account_id: "Who=x", bio_link: "" } },
  });
  expect(await told("sample=1&name=mine.csv")).toEqual({ sample: true, name: "sample.csv", reading: {} });
});

it("refuses a column that is none, and a mark that is none", async () => {
  for (const query of ["map=fans%3DFans", "decimal=dot"])
    expect((await app.request(`/?${query}`)).status).toBe(422);
});
