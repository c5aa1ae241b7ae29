import { SAMPLE_COLUMNS, sampleRecords } from "../../../src/sample/sample.ts";

/** The lines of a file of made-up profiles without rates: they can be ranked, and nobody can study them. In milliseconds. */
export function* linesWithoutRates(rows: number): Generator<string, void, void> {
  const names = SAMPLE_COLUMNS.map(([name]) => name);
  const kept = names.map((name, i) => ({ name, i })).filter(({ name }) => !name.includes("engagement"));
  const cell = (text: string | null) => `"${(text ?? "").replaceAll('"', '""')}"`;
  yield kept.map(({ name }) => name).join(",");
  for (const record of sampleRecords({ rows, seed: 3 })) yield kept.map(({ i }) => cell(record[i])).join(",");
}

/** The whole of such a file. */
export function fileWithoutRates(rows: number): string {
  return [...linesWithoutRates(rows)].join("\n");
}
