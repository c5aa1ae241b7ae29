import { SAMPLE_COLUMNS, sampleRecords } from "../../../src/sample/sample.ts";

/** A file of made-up profiles without rates: they can be ranked, and nobody can study them. In milliseconds. */
export function fileWithoutRates(rows: number): string {
  const names = SAMPLE_COLUMNS.map(([name]) => name);
  const kept = names.map((name, i) => ({ name, i })).filter(({ name }) => !name.includes("engagement"));
  const cell = (text: string | null) => `"${(text ?? "").replaceAll('"', '""')}"`;
  const lines = [...sampleRecords({ rows, seed: 3 })].map((record) =>
    kept.map(({ i }) => cell(record[i])).join(","),
  );
  return [kept.map(({ name }) => name).join(","), ...lines].join("\n");
}
