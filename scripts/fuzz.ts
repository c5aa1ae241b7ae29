/**
 * Compares the ways of reading a file on made-up, half of them damaged files: `npm run fuzz -- --count 20000`. Delimited texts are read by
 * the exact reader, by the record scanner alone and by DuckDB, in threads and in one, also in buffers so small that a text is cut in many
 * places; where DuckDB's reading would be taken, it must be the same. Texts in unusual styles must give every
 * record that was written, on its line, but for a damaged one, which must be the one reject. JSON is compared with `JSON.parse`, Parquet with itself
 * read exactly. Counts, rates and dates as people write them (`1.2M`, `1.234.567`, `2,9 %`, `13/05/2021`) must come to what was written, on every way.
 *
 * `--seed` chooses other files; a file that readers do not agree on is kept, and its seed makes it again.
 */
import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Fuzzer, KINDS } from "../test/support/profiles/fuzz.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    kind: { type: "string", multiple: true, default: [...KINDS] },
  },
});
/** Of so many delimited texts one file of each other kind, as they have less to go wrong. */
const OTHERS = 20;
/** Disagreements after which there is enough to look at. */
const ENOUGH = 10;

const folder = mkdtempSync(join(tmpdir(), "insights-fuzz-"));
const fuzzer = new Fuzzer(folder);
const count = Number(values.count);
const first = Number(values.seed);
let found = 0;
for (let i = 0; i < count && found < ENOUGH; i++) {
  for (const kind of KINDS) {
    if (!values.kind.includes(kind) || (kind !== "csv" && values.kind.length > 1 && i % OTHERS !== 0))
      continue;
    const seed = first + i;
    const wrong = await fuzzer.check(kind, seed);
    if (wrong === undefined) continue;
    found++;
    const kept = join(tmpdir(), `insights-fuzz-${seed}.${kind}`);
    renameSync(wrong.path, kept);
    console.log(
      `${kind}, seed ${seed}: ${wrong.what}\n  ${kept} (again: --kind ${kind} --seed ${seed} --count 1)`,
    );
  }
  if ((i + 1) % 1000 === 0) console.log(`${i + 1} of ${count}`);
}
fuzzer.close();
rmSync(folder, { recursive: true });
console.log(fuzzer.counts);
console.log(`${found} disagreements`);
if (found > 0) process.exitCode = 1;
