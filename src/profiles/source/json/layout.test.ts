import { describe, expect, it } from "vitest";
import { jsonShape } from "./layout.ts";

const shape = (text: string, linesExpected = false) => jsonShape(Buffer.from(text), linesExpected);
const objects = { format: "json", prefix: 0, depth: 0, keyed: false, texts: false };

describe("jsonShape", () => {
  it("finds the elements of an array", () => {
    expect(shape(' [{"id": 1}]')).toEqual({ ...objects, prefix: 2, depth: 1 });
  });

  it("knows one record a line, also with a bad line or two", () => {
    expect(shape('{"id": 1}\n{"id": 2}\n')).toEqual({ format: "ndjson" });
    expect(shape('{"id": 1,\n{"id": 2}\n')).toEqual({ format: "ndjson" });
    expect(shape('{"id": 1}', true)).toEqual({ format: "ndjson" });
    expect(shape('{"id": 1,\n{"id": 2,\n', true)).toEqual({ format: "ndjson" });
  });

  it("knows objects one after another over several lines", () => {
    expect(shape('{\n  "id": 1,\n  "user": {}\n}\n{\n  "id": 2\n}\n')).toEqual(objects);
    expect(shape('{\n "userInfo": {\n  "user": {"id": "1"},\n  "stats": {"heart": 2}\n }\n}')).toEqual(
      objects,
    );
  });

  it("finds the array inside an object, by what its elements say", () => {
    const inside =
      '{"data": {"users": [{"username": "a", "likes": 1, "videos": 2}], "cursor": 1}, "error": {"code": "ok"}}';
    const prefix = inside.indexOf("[") + 1;
    expect(shape(inside)).toEqual({ ...objects, prefix, depth: 3 });
    const pretty = '{\n "status": 0,\n "é": 1,\n "list": [\n  {"user": {"id": 1, "b": 2, "c": 3}}\n ]\n}';
    expect(shape(pretty)).toEqual({
      ...objects,
      prefix: Buffer.from(pretty).indexOf("[") + 1,
      depth: 2,
    });
  });

  it("takes a moment only, also when the sample ends in a long string of escapes", () => {
    const start = performance.now();
    expect(shape(`{"id": 1, "bio": "${'x\\"'.repeat(100_000)}`)).toEqual(objects);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it("does not take a profile's list of posts for the profiles", () => {
    const profile =
      '{"top_videos": [{"id": 1, "likes": 2}], "id": 1, "followers": 2, "following": 3, "likes": 4}';
    expect(shape(profile)).toEqual(objects);
    expect(shape(profile.replaceAll(",", ",\n"))).toEqual(objects);
  });
});
