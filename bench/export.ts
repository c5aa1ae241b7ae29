/**
 * How long a workbook of 100,000 people takes, and how much memory. Run with `npm run bench:export`; `--rows 1` chooses how many thousands. The
 * people are made up and put into a workspace first; a process of its own writes them out of it, with contacts and all usual columns. Ends with exit
 * code 1 where a mark is missed.
 */
import { spawnSync } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { loadShippedModel } from "../src/bundle/shipped.ts";
import { writeSample } from "../src/sample/sample.ts";
import { createReasons } from "../src/shortlist/reasons.ts";
import { addImport } from "../src/workspace/addImport.ts";
import { rankingModel } from "../src/workspace/models.ts";
import { openWorkspace } from "../src/workspace/open.ts";
import { exportPeople } from "../src/workspace/peopleExport.ts";
import { mark, timed } from "./measure.ts";

const { values: options } = parseArgs({
  options: { rows: { type: "string", default: "100" }, workspace: { type: "string" } },
});
const now = new Date("2024-01-02T00:00:00Z");

if (options.workspace === undefined) {
  const folder = await mkdtemp(join(tmpdir(), "export-"));
  try {
    const [file, path] = [join(folder, "people.parquet"), join(folder, "people.duckdb")];
    await writeSample(file, { rows: 1000 * Number(options.rows), seed: 1 });
    const workspace = await openWorkspace(path, { now });
    await addImport(workspace, file, { model: await rankingModel(await loadShippedModel(), null), now });
    await workspace.close();
    const words = [...process.execArgv, import.meta.filename, "--workspace", path];
    process.exitCode = spawnSync(process.execPath, words, { stdio: "inherit" }).status ?? 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
} else {
  const workspace = await openWorkspace(options.workspace, { now });
  const reasons = createReasons(await loadShippedModel());
  const out = `${options.workspace}.xlsx`;
  const wanted = { sort: "best", format: "xlsx", contacts: true } as const;
  const { seconds, processor } = await timed(() =>
    pipeline(
      exportPeople(workspace, { ...wanted, filter: { statuses: ["all"] }, reasons }),
      createWriteStream(out),
    ),
  );
  await workspace.close();
  console.log(`    ${Math.round((await stat(out)).size / 1e6)} MB, ${processor.toFixed(1)} s of all cores`);
  mark("a workbook", seconds, 15, "at most", " s");
  mark("peak of memory", process.resourceUsage().maxRSS / 1024, 500, "at most", " MB");
}
