import fc from "fast-check";
import { expect, it } from "vitest";
import { LIMITS, readLines } from "./body.ts";

const LINE_BYTES = 8;
const limits = { ...LIMITS, lineBytes: LINE_BYTES };

function requestOf(pieces: readonly Uint8Array[]): Request {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  return new Request("http://x", { method: "POST", body, duplex: "half" } as RequestInit);
}

it("gives the lines that are not blank, however the body is cut", async () => {
  const line = fc.oneof(
    fc.constantFrom("", " ", "\r", "\t \r"),
    fc.string({ unit: fc.constantFrom("a", "é", "😀", " ", "{"), maxLength: 6 }),
    fc.constant("x".repeat(LINE_BYTES)),
    fc.constant("y".repeat(LINE_BYTES + 1)),
    fc.constant(" ".repeat(LINE_BYTES + 1)),
  );
  const bodies = fc.tuple(
    fc.array(line, { maxLength: 12 }),
    fc.boolean(),
    fc.array(fc.nat(9)),
    fc.integer({ min: 1, max: 4 }),
  );
  await fc.assert(
    fc.asyncProperty(bodies, async ([given, ended, cuts, most]) => {
      const whole = new TextEncoder().encode(given.join("\n") + (ended ? "\n" : ""));
      const pieces: Uint8Array[] = [];
      let at = 0;
      for (const cut of cuts) {
        pieces.push(whole.slice(at, at + cut));
        at += cut;
      }
      pieces.push(whole.slice(at));
      const bytesOf = (text: string) => new TextEncoder().encode(text).length;
      const wanted = given
        .filter((text) => text.trim() !== "" || bytesOf(text) > LINE_BYTES)
        .map((text) => (bytesOf(text) > LINE_BYTES ? null : text));

      const got: (string | null)[] = [];
      for await (const group of readLines(requestOf(pieces), limits, most)) {
        expect(group.length).toBeLessThanOrEqual(most);
        got.push(...group);
      }
      expect(got).toEqual(wanted);
    }),
    { numRuns: 500 },
  );
});
