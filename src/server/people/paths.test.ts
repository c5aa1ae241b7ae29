import { expect, it } from "vitest";
import { someServer } from "../../../test/support/server/server.ts";

const { ask } = await someServer();
const document = await (await ask("/openapi.json")).json();

it.each([
  ["alike", "GET, HEAD", "DELETE"],
  ["export", "GET, HEAD", "DELETE"],
  ["changes", "POST", "GET"],
  ["find", "POST", "DELETE"],
  ["marks", "POST", "GET"],
  ["1", "DELETE, GET, HEAD", "POST"],
])("has methods of its own: /v1/people/%s", async (path, allowed, other) => {
  const options = await ask(`/v1/people/${path}`, { method: "OPTIONS" });
  expect([options.status, options.headers.get("allow")]).toEqual([204, allowed]);
  for (const words of ["", "?x=1"]) {
    const refused = await ask(`/v1/people/${path}${words}`, { method: other });
    expect([refused.status, refused.headers.get("allow")]).toEqual([405, allowed]);
  }
});

it("says what names, tags and rules between fields are like", () => {
  const { Setting, PeopleChange } = document.components.schemas;
  expect(Setting).toMatchObject({ additionalProperties: false, minProperties: 1 });
  const tag = new RegExp(Setting.properties.add_tags.items.pattern);
  const tags = {
    a: true,
    " a b ": true,
    "": false,
    " ": false,
    "a,b": false,
    "a\nb": false,
    "\ufeff": false,
  };
  for (const [text, good] of Object.entries(tags)) expect([text, tag.test(text)]).toEqual([text, good]);
  expect(PeopleChange.anyOf).toHaveLength(3);
  const { parameters } = document.paths["/v1/people/marks"].post;
  expect(parameters.find(({ name }: { name: string }) => name === "set").content).toEqual({
    "application/json": { schema: { $ref: "#/components/schemas/Setting" } },
  });
  const { schema } = document.paths["/v1/lists"].post.requestBody.content["application/json"];
  const name = new RegExp(schema.properties.name.pattern);
  const names = { "Spring  \t sale": true, "": false, "\n": false, "a\0": false, "a\u0085": false };
  for (const [text, good] of Object.entries(names)) expect([text, name.test(text)]).toEqual([text, good]);
});
