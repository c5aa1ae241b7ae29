import { expect, it } from "vitest";
import { PROFILE, serverModel } from "../../test/support/server/server.ts";
import { parseJson } from "./body.ts";
import { Problem } from "./problem.ts";
import { createBatchScorer } from "./scoreBatch.ts";
import { createScoreThreads } from "./scoreThreads.ts";

const model = await serverModel();
const limits = { records: 3, lineBytes: 1000 };
const score = createBatchScorer(model, limits);
const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const json = (value: unknown) => ({ kind: "json" as const, bytes: bytes(JSON.stringify(value)) });

it("scores from bytes to text, a bad record by itself", () => {
  const { bytes: answer, scored, rejected } = score(json([PROFILE, {}, PROFILE]));
  const [first, second, third] = JSON.parse(textOf(answer));
  expect([scored, rejected]).toEqual([2, 1]);
  expect(second).toMatchObject({ index: 1, errors: [{ index: 1 }] });
  expect(third).toEqual(first);
  expect(JSON.parse(textOf(score(json(PROFILE)).bytes))).toEqual(first);
  const lines = score({
    kind: "lines",
    first: 7,
    lines: [JSON.stringify(PROFILE), null, "x"],
  });
  const answers = textOf(lines.bytes)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(answers).toEqual([
    first,
    { index: 8, errors: [{ index: 8, path: "", message: "longer than 1000 bytes" }] },
    { index: 9, errors: [{ index: 9, path: "", message: "not JSON" }] },
  ]);
  expect([lines.scored, lines.rejected]).toEqual([1, 2]);
});

it("refuses what is no request", () => {
  const kindOf = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      return (error as Problem).kind;
    }
    return "none";
  };
  expect(kindOf(() => score(json([1, 2, 3, 4])))).toBe("invalid-request");
  expect(kindOf(() => score(json({})))).toBe("invalid-request");
  expect(kindOf(() => parseJson(bytes(" ")))).toBe("malformed-request");
  expect(kindOf(() => parseJson(bytes("{")))).toBe("malformed-request");
  expect(kindOf(() => parseJson(Uint8Array.of(0xff)))).toBe("malformed-request");
});

it("scores in threads as it does here, and not once they are closed", async () => {
  const threads = createScoreThreads(model, limits);
  const many = await Promise.all(Array.from({ length: 5 }, () => threads.score(json([PROFILE]))));
  expect(new Set(many.map(({ bytes }) => textOf(bytes)))).toEqual(
    new Set([textOf(score(json([PROFILE])).bytes)]),
  );
  await expect(threads.score(json({}))).rejects.toThrow(Problem);
  await threads.close();
  await expect(threads.score(json([PROFILE]))).rejects.toThrow("The server is stopping.");
});

it("tells whoever waits that a thread has ended", async () => {
  const threads = createScoreThreads({ ...model, pipeline: null as never }, limits);
  await expect(threads.score(json([PROFILE]))).rejects.toThrow(TypeError);
  const closing = createScoreThreads(model, limits);
  const lost = closing.score(json([PROFILE]));
  const refused = expect(lost).rejects.toThrow("The server is stopping.");
  await closing.close();
  await refused;
  await threads.close();
});
