import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { CsvWalk } from "./csvWalk.ts";
import { type Extraction, extractStretch } from "./extractStretch.ts";

const folder = mkdtempSync(join(tmpdir(), "stretch-test-"));
const path = join(folder, "profiles.csv");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Records of many lines, which look like records themselves, between records of one.
const records = Array.from({ length: 4000 }, (_, i) =>
  i % 5 === 0 ? `${i},"a\n1,2\n${"3,4\n".repeat(i % 40)}b"\n` : `${i},${"x".repeat(i % 90)}\n`,
);
const text = `id,biography\n${records.join("")}`;
writeFileSync(path, text);
const starts = new Set<number>();
let place = "id,biography\n".length;
for (const record of records) {
  starts.add(place);
  place += record.length;
}

/** Takes what begins in some bytes out of the file, without knowing where a record begins. */
function guessed(from: number, to: number) {
  const source = openSync(path, "r");
  const target = openSync(join(folder, "out"), "w");
  const extraction: Extraction = {
    text: { delimiter: ",", width: 2, lineEnds: 1 },
    columns: [{ field: 0, as: "text" }],
    source,
    target,
    end: new BigInt64Array(new SharedArrayBuffer(8)),
  };
  const walk = new CsvWalk(extraction.text, extraction.columns);
  const read: number[] = [];
  try {
    const stretch = { from, to, certain: false, header: false };
    return { ...extractStretch(extraction, stretch, walk, (bytes) => read.push(bytes)), read };
  } finally {
    closeSync(source);
    closeSync(target);
  }
}

describe("extractStretch", () => {
  it("begins where a record begins, from nearly every byte of a text whose lines look like records", () => {
    let right = 0;
    let all = 0;
    for (let from = 20_000; from < 60_000; from += 97) {
      const next = [...starts].find((start) => start >= from) ?? 0;
      const { from: begun } = guessed(from, from + 20_000);
      all++;
      if (begun === next) right++;
    }
    // Inside of quotes some lines cannot be told from records; whoever puts stretches together reads those again.
    expect(right / all).toBeGreaterThan(0.8);
  });

  it("takes the records that begin in its bytes, and says where the next one does", () => {
    const [from, to] = [30_000, 90_000];
    const found = guessed(from, to);
    const mine = [...starts].filter((start) => start >= from && start < to);
    expect([found.from, found.records, found.fault]).toEqual([mine[0], mine.length, null]);
    expect(found.to).toBe([...starts].find((start) => start >= to));
    expect(found.groups.reduce((sum, group) => sum + group.records, 0)).toBe(mine.length);
    expect(found.read.reduce((sum, bytes) => sum + bytes, 0)).toBeGreaterThanOrEqual(found.to - found.from);
  });

  it("finds nothing where no record begins", () => {
    const last = Math.max(...starts);
    expect(guessed(last + 1, text.length)).toMatchObject({ records: 0, groups: [] });
    // A record that begins behind the stretch is another's.
    const next = [...starts].find((start) => start > 50_000) ?? 0;
    expect(guessed(next - 3, next - 1)).toMatchObject({ from: next, to: next, records: 0 });
  });
});
