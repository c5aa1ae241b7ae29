import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DuckDBInstance, openDatabase } from "./duckdb.ts";
import { InsightsError } from "./error.ts";
import { isDiskFull, machineError, outputError, TEMPORARY_PREFIX } from "./files.ts";

const errno = (code: string, path?: string) => Object.assign(new Error(`${code}: x`), { code, path });

describe("what goes wrong with a disk", () => {
  it.each([
    ["ENOSPC", "cannot write scores.csv: the disk is full"],
    ["EDQUOT", "cannot write scores.csv: the disk quota is used up"],
    ["EROFS", "cannot write scores.csv: the file system is read-only"],
    ["EFBIG", "cannot write scores.csv: the file is larger than the disk or the account allows"],
    ["EACCES", "cannot write scores.csv: no permission to write there"],
  ])("is told in words where an output is written: %s", (code, message) => {
    expect(outputError(errno(code), "scores.csv")).toMatchObject({ message, exitCode: 1 });
  });

  it("is told in words wherever it happens", () => {
    const cause = errno("ENOSPC", "/data/x");
    expect(machineError(cause)?.message).toBe("cannot write /data/x: the disk is full");
    expect(machineError(new Error("worker failed", { cause }))?.message).toContain("the disk is full");
    expect(machineError(errno("EROFS"))?.message).toBe("cannot write: the file system is read-only");
    expect(machineError(errno("ENOENT"))).toBeUndefined();
    expect(machineError(new TypeError("x"))).toBeUndefined();
    expect(outputError(new TypeError("x"), "out")).toBeInstanceOf(TypeError);
    const known = new InsightsError("no such file: a.csv");
    expect(machineError(known)).toBe(known);
  });

  it("is known by the server from any other fault", () => {
    expect(isDiskFull(outputError(errno("ENOSPC"), "a"))).toBe(true);
    expect(isDiskFull(new Error("x", { cause: errno("EDQUOT") }))).toBe(true);
    expect(isDiskFull(errno("EACCES"))).toBe(false);
    expect(isDiskFull(new InsightsError("no space left"))).toBe(false);
  });
});

describe("what DuckDB says", () => {
  /** What it says where rows do not fit into memory. */
  const spilled = async (temporaryDirectory: string) => {
    const { connection, close } = await openDatabase({ temporaryDirectory, memoryLimit: "64MB", threads: 1 });
    try {
      await connection.run("CREATE TABLE t AS SELECT random()::VARCHAR || random() AS x FROM range(2500000)");
      return undefined;
    } catch (error) {
      return error;
    } finally {
      close();
    }
  };

  it("of a folder for temporary files that is not there", async () => {
    const folder = join(tmpdir(), "nowhere");
    const error = await spilled(folder);
    const message = `cannot make temporary files in ${folder}: the folder does not exist`;
    expect(machineError(error)?.message).toBe(message);
    expect((outputError(error, "scores.csv") as Error).message).toBe(message);
  });

  it("of a disk that is full", async () => {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const error = await connection
      .run("COPY (SELECT 1) TO '/dev/full' (FORMAT csv)")
      .catch((e: unknown) => e);
    instance.closeSync();
    expect(isDiskFull(error)).toBe(true);
    expect(machineError(error)?.message).toBe("cannot write /dev/full: the disk is full");
  });

  it("of temporary files for which there is no space", () => {
    const said =
      "Out of Memory Error: failed to offload data block of size 256.0 KiB (256.0 KiB/270.0 KiB used).\nThis limit";
    expect(machineError(new Error(said))?.message).toMatch(
      /^no space left for temporary files: the disk is full/,
    );
    expect(isDiskFull(new Error(said))).toBe(true);
    const path = join(tmpdir(), `${TEMPORARY_PREFIX}0a/x.tmp`);
    const other = new Error(`IO Error: Could not write file "${path}": No space left on device`);
    expect((outputError(other, "out") as Error).message).toBe(
      `cannot make temporary files in ${tmpdir()}: the disk is full (TMPDIR names another folder)`,
    );
  });
});
