import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { type Check, startCheck } from "./check.ts";

const folder = mkdtempSync(join(tmpdir(), "check-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function check(name: string, bytes: string | Buffer): Check {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return startCheck({
    text: {
      file: { path, name, size: bytes.length },
      compression: name.endsWith(".gz") ? "gzip" : "none",
      encoding: { encoding: "utf-8", markBytes: 0 },
    },
    plain: { delimiter: ",", width: 2, lineEnds: 1 },
  });
}

describe("startCheck", () => {
  it("counts the records of a file, packed or not", async () => {
    const text = "a,b\n1,2\n3,4\n";
    const plain = check("plain.csv", text);
    expect(await plain.counted()).toEqual({ plain: true, records: 2 });
    expect([plain.bytesRead(), plain.doubt.aborted]).toEqual([text.length, false]);
    expect(await check("plain.csv.gz", gzipSync(text)).counted()).toEqual({ plain: true, records: 2 });
  });

  it("raises doubt at the first fault, whoever asks", async () => {
    const faulty = check("faulty.csv.gz", gzipSync("a,b\n1,2\n3\n"));
    await new Promise((resolve) => faulty.doubt.addEventListener("abort", resolve));
    expect(faulty.doubt.reason).toBe("too few columns near record 2");
    expect(await faulty.counted()).toEqual({ plain: false, reason: "too few columns near record 2" });
  });

  it("fails at a file that is broken as a whole, with doubt", async () => {
    const packed = gzipSync("a,b\n1,2\n");
    const broken = check("broken.csv.gz", packed.subarray(0, packed.length - 3));
    await expect(broken.counted()).rejects.toThrow(/^truncated gzip: broken\.csv\.gz/);
    expect(broken.doubt.reason).toMatch(/^truncated gzip/);
    await expect(check("gone.csv", "x").stop()).resolves.toBeUndefined();
  });
});
