import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { canonicalRows } from "../../test/support/profiles/canonicalRows.ts";
import { readProfiles } from "./read.ts";
import { areRounded } from "./roundedIds.ts";
import { scanFile } from "./scan/scanFile.ts";

describe("numbers that were rounded on their way", () => {
  const ids = Array.from(
    { length: 40 },
    (_, i) => 7_012_345_678_901_234_567n + BigInt(i) * 9_876_543_210_987n,
  );
  const of15 = (id: bigint) => String((id / 10_000n) * 10_000n);
  const texts = ids.map(String);

  it("are told by a column's values, whatever rounded them", () => {
    expect(areRounded(ids.map(of15))).toBe(true);
    expect(areRounded(ids.map((id) => String(Number(id))))).toBe(true);
    expect(areRounded(ids.map((id) => String(BigInt(Number(id)))))).toBe(true);
    // Half of a list from a spreadsheet.
    expect(areRounded([...texts.slice(0, 20), ...ids.slice(20).map(of15)])).toBe(true);
  });

  it("are not told by chance, of few or of short ones", () => {
    expect(areRounded(texts)).toBe(false);
    expect(areRounded([...texts, of15(ids[0]), of15(ids[1])])).toBe(false);
    expect(areRounded([of15(ids[0])])).toBe(false);
    expect(areRounded(["7000000000000000000", "7100000000000000000", "6800000000000000"])).toBe(false);
    // One account, read three times.
    expect(areRounded(Array(3).fill(of15(ids[0])))).toBe(false);
    expect(areRounded(Array(3).fill(of15(ids[0])), ["a", "A", "a"])).toBe(false);
    expect(areRounded(Array(3).fill(of15(ids[0])), ["a", "b", "c"])).toBe(true);
    expect(areRounded(["161000", "5000", "1000000"])).toBe(false);
    expect(areRounded(["", "null", "6.79E+18", "x000"])).toBe(false);
  });

  const read = async (name: string, text: string) => {
    const path = join(mkdtempSync(join(tmpdir(), "rounded-")), name);
    writeFileSync(path, text);
    const profiles = await readProfiles(path);
    const rows = await canonicalRows(profiles.connection);
    await profiles.close();
    const { value, scan } = await scanFile(path, {}, async (connection, { select }) => {
      const reader = await connection.runAndReadAll(`SELECT id, account_id FROM (${select}) ORDER BY "row"`);
      return { rows: reader.currentRowCount, value: reader.getRows() };
    });
    expect(value).toEqual(rows.map(({ id = null, account_id = null }) => [id, account_id]));
    expect(scan.way).toBe("parallel");
    return {
      rows,
      alerts: profiles.alerts.filter(({ code }) => code === "rounded_ids").map(({ message }) => message),
    };
  };

  it("leave accounts to their handles, on every way, and keep the day of the account", async () => {
    const header = "id,account_id,followers\n";
    const { rows, alerts } = await read(
      "a.csv",
      `${header}7012345678901230000,a,1\n7012345678901230000,b,2\n161000,c,3\n7012345678901234567,d,4\n`,
    );
    expect(rows.map(({ id, account_id }) => [id, account_id])).toEqual([
      [undefined, "a"],
      [undefined, "b"],
      ["161000", "c"],
      ["7012345678901234567", "d"],
    ]);
    expect(rows[0].created_at).toBe(rows[3].created_at);
    expect(alerts).toEqual([expect.stringContaining("known by their handles")]);
  });

  it("stand where there are no handles, and are said", async () => {
    const { rows, alerts } = await read(
      "b.csv",
      "id,followers\n7012345678901230000,1\n7112345678901230000,2\n",
    );
    expect(rows.map(({ id }) => id)).toEqual(["7012345678901230000", "7112345678901230000"]);
    expect(alerts).toEqual([expect.stringContaining("no handles")]);
  });
});
