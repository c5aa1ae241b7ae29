import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { Fuzzer, KINDS } from "../../../test/support/profiles/fuzz.ts";

const folder = mkdtempSync(join(tmpdir(), "fuzz-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("reads made-up files alike in every way (npm run fuzz has more of them)", async () => {
  const fuzzer = new Fuzzer(folder);
  for (let seed = 1; seed <= 50; seed++) {
    for (const kind of KINDS) {
      if (kind === "csv" || seed % 20 === 0) expect(await fuzzer.check(kind, seed)).toBeUndefined();
    }
  }
  fuzzer.close();
  const { trusted, refused } = fuzzer.counts;
  // Without such texts, nothing was compared.
  expect(trusted.parallel).toBeGreaterThan(5);
  expect(trusted["parallel in small buffers"]).toBeGreaterThan(2);
  expect(refused["parallel in small buffers"]).toBeGreaterThan(2);
});
