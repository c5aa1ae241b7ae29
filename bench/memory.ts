/**
 * The peak of memory of reading a CSV file of very short records: a record takes far more room when it is read than in the file. Run with
 * `npm run bench:memory`; `--rows 1` chooses how many millions, `--same` makes all of them one account's. Ends with exit code 1 where
 * DuckDB's limit of 2 GB and what the program itself takes do not hold it.
 */
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { readProfiles } from "../src/profiles/read.ts";
import { mark, number, timed } from "./measure.ts";

const { values: options } = parseArgs({
  options: { rows: { type: "string", default: "10" }, same: { type: "boolean", default: false } },
});
const rows = Math.round(Number(options.rows) * 1e6);

function* lines(): Generator<string> {
  yield "username,followers\n";
  for (let row = 0; row < rows; row += 1000) {
    const block = Array.from(
      { length: Math.min(1000, rows - row) },
      (_, i) => `a${options.same ? "" : row + i},1\n`,
    );
    yield block.join("");
  }
}

const folder = await mkdtemp(join(tmpdir(), "insights-bench-memory-"));
try {
  const path = join(folder, "short.csv");
  await pipeline(Readable.from(lines()), createWriteStream(path));
  const { seconds, result } = await timed(() => readProfiles(path, { temporaryDirectory: folder }));
  console.log(`${number(result.source.records)} records in ${number(seconds)} s`);
  await result.close();
  mark("peak memory", process.resourceUsage().maxRSS / 2 ** 10, 3000, "at most", " MiB");
} finally {
  await rm(folder, { recursive: true, force: true });
}
