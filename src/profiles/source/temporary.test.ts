import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CopyWriter, TemporaryFolder } from "./temporary.ts";

describe("CopyWriter", () => {
  it("writes text and bytes in order, whatever their length", async () => {
    const folder = mkdtempSync(join(tmpdir(), "writer-test-"));
    const path = join(folder, "copy");
    const copy = await CopyWriter.create(path);
    const long = "é".repeat(1 << 20);
    copy.append("a");
    copy.append(Buffer.from(long));
    await copy.flush();
    copy.append(long);
    await copy.close();
    await copy.abandon();
    expect(readFileSync(path, "utf8")).toBe(`a${long}${long}`);
    rmSync(folder, { recursive: true });
  });

  it.skipIf(!existsSync("/dev/full"))("says when the disk is full", async () => {
    const copy = await CopyWriter.create("/dev/full");
    copy.append("a");
    await expect(copy.close()).rejects.toThrow("no space left for temporary files: /dev/full");
  });
});

describe("TemporaryFolder", () => {
  it("makes a folder when first asked, links odd names once, and removes all", async () => {
    const folder = new TemporaryFolder(undefined);
    expect(await folder.literalPath("/data/profiles.csv")).toBe("/data/profiles.csv");
    await folder.remove();
    const link = await folder.literalPath("/data/a[1].csv");
    expect(await folder.literalPath("/data/a[1].csv")).toBe(link);
    expect(existsSync(join(link, ".."))).toBe(true);
    await folder.remove();
    expect(existsSync(join(link, ".."))).toBe(false);
  });
});
