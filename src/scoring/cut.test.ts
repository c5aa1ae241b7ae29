import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { cutSlice } from "./cut.ts";

const folder = await mkdtemp(join(tmpdir(), "insights-cut-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
const [path, out] = [join(folder, "whole.csv"), join(folder, "slice.csv")];

describe("cutSlice", () => {
  it("cuts between records only, whatever stands in quotes, and loses nothing", async () => {
    const field = fc.array(fc.constantFrom("a", "é", '""', "\n", "\r\n", ",", "b"), { maxLength: 12 });
    const record = fc
      .tuple(field, field)
      .map((fields) => fields.map((parts) => `"${parts.join("")}"`).join(","));
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 120 }),
        fc.boolean(),
        async (records, size, ended) => {
          const lines = ["id,biography", ...records];
          await writeFile(path, lines.join("\n") + (ended ? "\n" : ""));
          const body: string[] = [];
          let from = 0;
          for (;;) {
            const { to, last } = await cutSlice(path, out, { from, size });
            const slice = await readFile(out, "utf8");
            expect(slice.startsWith("id,biography\n")).toBe(true);
            const own = slice.slice("id,biography\n".length);
            // What is in it are whole records: an even number of quotes, and a line's end behind all but the file's last.
            expect(own.split('"').length % 2).toBe(1);
            if (!last) expect(slice.endsWith("\n")).toBe(true);
            body.push(own);
            expect(to).toBeGreaterThan(from);
            from = to;
            if (last) break;
          }
          expect(`id,biography\n${body.join("")}`).toBe(await readFile(path, "utf8"));
        },
      ),
      { numRuns: 60 },
    );
  });
});
