/*
 * How fast a synthetic population is written, and in how much memory: `sample.ts [ROWS] [ENDING]`, 200,000 rows of CSV
 * when not said otherwise. The file goes to the folder for temporary files and is deleted.
 */
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeSample } from "../src/sample/sample.ts";
import { timed } from "./measure.ts";

const rows = Number(process.argv[2] ?? 200_000);
const ending = process.argv[3] ?? "csv";
const folder = await mkdtemp(join(tmpdir(), "sample-"));
try {
  const path = join(folder, `sample.${ending}`);
  const { seconds, processor } = await timed(() => writeSample(path, { rows, seed: 1 }));
  const { size } = await stat(path);
  console.log(
    JSON.stringify({
      rows,
      ending,
      bytes: size,
      bytes_per_row: Math.round(size / rows),
      seconds: Math.round(seconds * 100) / 100,
      rows_per_second: Math.round(rows / seconds),
      cpu_seconds: Math.round(processor * 100) / 100,
      peak_memory_mb: Math.round(process.resourceUsage().maxRSS / 1024),
    }),
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
