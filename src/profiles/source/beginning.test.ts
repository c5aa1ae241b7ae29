import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scratchFolder } from "../../../test/support/harness.ts";
import { writeBeginning } from "./beginning.ts";

const folder = await scratchFolder();
const [from, target] = ["table.csv", "beginning"].map((name) => join(folder, name));

/** The beginning of a text, and its share of the file; undefined where there is none. */
async function beginningOf(text: string | Buffer, bytes: number) {
  await writeFile(from, text);
  const written = await writeBeginning(from, target, bytes, {});
  return written && { ...written, text: await readFile(target, "utf8") };
}

describe("writeBeginning", () => {
  it("ends with a line that is whole", async () => {
    expect(await beginningOf("id,bio\n1,a\n2,b\n3,c\n", 13)).toEqual({
      share: 11 / 19,
      text: "id,bio\n1,a\n",
    });
  });

  it("does not end within quotes, over which a record goes on", async () => {
    expect((await beginningOf('id,bio\n1,"a ""b""\nc\nd"\n2,e\n', 20))?.text).toBe("id,bio\n");
  });

  it("unpacks, and then knows no share", async () => {
    expect(await beginningOf(gzipSync("id,n\n1,2\n3,4\n5,6\n"), 14)).toEqual({
      share: null,
      text: "id,n\n1,2\n3,4\n",
    });
  });

  it("gives nothing of what is no text or has no line that ends", async () => {
    expect(await beginningOf(Buffer.from("PAR1 and so on\n"), 100)).toBeUndefined();
    expect(await beginningOf("a line that goes on and on\n", 10)).toBeUndefined();
  });

  it("is for its owner alone", async () => {
    await beginningOf("id\n1\n", 100);
    expect((await stat(target)).mode & 0o777).toBe(0o600);
  });

  it("is the first lines of any text without quotes", async () => {
    const line = fc.string({ unit: fc.constantFrom("a", ",", "é", "\r"), maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1 }),
        fc.integer({ min: 1, max: 60 }),
        async (lines, bytes) => {
          const whole = `x${lines.map((one) => `${one}\n`).join("")}`;
          const { text, share } = (await beginningOf(whole, bytes)) ?? { text: "", share: 0 };
          const length = Buffer.from(whole).subarray(0, bytes).lastIndexOf("\n") + 1;
          expect(text).toBe(Buffer.from(whole).subarray(0, length).toString());
          expect(share).toBeCloseTo(length / Buffer.byteLength(whole));
        },
      ),
      { numRuns: 40 },
    );
  });
});
