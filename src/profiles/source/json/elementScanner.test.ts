import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FLAW, scanText } from "../scanner.ts";
import { JsonElementScanner } from "./elementScanner.ts";
import type { JsonLayout } from "./layout.ts";
import { JsonLineScanner } from "./lineScanner.ts";

interface Found {
  readonly elements: string[];
  readonly complete: boolean;
}

async function found(
  bytes: Buffer,
  cuts: readonly number[],
  scanner: JsonElementScanner | JsonLineScanner,
): Promise<Found> {
  const blocks = async function* () {
    let from = 0;
    for (const cut of [...cuts.filter((at) => at < bytes.length), bytes.length].sort((a, b) => a - b)) {
      yield bytes.subarray(from, cut);
      from = cut;
    }
  };
  const elements: string[] = [];
  for await (const { window, batch } of scanText(blocks(), scanner)) {
    for (let i = 0; i < batch.count; i++) {
      const text = window.toString("latin1", batch.starts[i], batch.ends[i]);
      // How much is shown of what follows the end hangs on the blocks.
      elements.push(batch.flaws[i] === FLAW.misplaced && scannerDepth(scanner) ? "misplaced" : text);
    }
  }
  return { elements, complete: scanner instanceof JsonLineScanner || scanner.complete };
}

function scannerDepth(scanner: JsonElementScanner | JsonLineScanner): boolean {
  return scanner instanceof JsonElementScanner && scanner.layout.depth > 0;
}

const array: JsonLayout = { prefix: 1, depth: 1, keyed: false };
const objects: JsonLayout = { prefix: 0, depth: 0, keyed: false };

describe("JsonElementScanner", () => {
  it("finds the elements of an array, brackets and commas in strings and lists aside", async () => {
    const text = '[ {"a": "],}\\\\\\"{"}, [1, {"b": 2}] , "x,", 3,\n]\n';
    expect(await found(Buffer.from(text), [], new JsonElementScanner(array))).toEqual({
      elements: ['{"a": "],}\\\\\\"{"}', '[1, {"b": 2}]', '"x,"', "3"],
      complete: true,
    });
  });

  it("finds objects one after another and words between them", async () => {
    const text = '{"a": {}}{"b": 1} words {"c": "}"}\nend';
    expect(await found(Buffer.from(text), [], new JsonElementScanner(objects))).toEqual({
      elements: ['{"a": {}}', '{"b": 1}', "words", '{"c": "}"}', "end"],
      complete: true,
    });
  });

  it("knows when a text stops in the middle", async () => {
    for (const text of ["[", '[{"a"', '[{"a": "', "[{},", "[{}"]) {
      expect((await found(Buffer.from(text), [], new JsonElementScanner(array))).complete).toBe(false);
    }
    expect((await found(Buffer.from('{"a": 1'), [], new JsonElementScanner(objects))).complete).toBe(false);
    const inside = '{"a": [{}], "b": {"c": "}"}';
    const scanner = () => new JsonElementScanner({ prefix: 7, depth: 2, keyed: false });
    expect(await found(Buffer.from(inside), [], scanner())).toEqual({ elements: ["{}"], complete: false });
    expect(await found(Buffer.from(`${inside}}`), [], scanner())).toEqual({
      elements: ["{}"],
      complete: true,
    });
  });

  it("ends, and finds the same however the text is cut into blocks", async () => {
    const piece = fc.constantFrom("{", "}", "[", "]", ",", '"', "\\", "a", " ", "\n", '{"a":1}', "\r\n");
    const cuts = fc.array(fc.nat(40));
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), cuts, fc.nat(2), async (pieces, at, kind) => {
        const scanner = () =>
          kind === 2 ? new JsonLineScanner() : new JsonElementScanner(kind === 0 ? array : objects);
        const bytes = Buffer.from(kind === 0 ? `[${pieces.join("")}` : pieces.join(""));
        expect(await found(bytes, at, scanner())).toEqual(await found(bytes, [], scanner()));
      }),
      { numRuns: 1000 },
    );
  });
});
