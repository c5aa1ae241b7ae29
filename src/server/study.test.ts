import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { exampleMetrics } from "../../test/support/report/metrics.ts";
import { shippedRanking } from "../../test/support/workspace.ts";
import { SAMPLE_COLUMNS, sampleRecords } from "../sample/sample.ts";
import { addImport } from "../workspace/addImport.ts";
import { IN_MEMORY, openWorkspace } from "../workspace/open.ts";
import { type SnapshotFile, writeSnapshots } from "../workspace/snapshotFile.ts";
import type { JobContext } from "./jobs.ts";
import { readStudy, studySnapshots } from "./study.ts";

const folder = await mkdtemp(join(tmpdir(), "study-view-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

it("reads what a study wrote", async () => {
  const metrics = exampleMetrics();
  await mkdir(join(folder, "figures"));
  await writeFile(join(folder, "metrics.json"), JSON.stringify(metrics));
  for (const { name } of metrics.figures)
    await writeFile(join(folder, "figures", `${name}.vl.json`), JSON.stringify({ mark: name }));
  const plain = await readStudy(folder);
  expect(plain.metrics).toEqual(metrics);
  expect(plain.figures.map(({ spec }) => spec)).toEqual(metrics.figures.map(({ name }) => ({ mark: name })));
  expect(plain.recommended_figures).toEqual([]);

  await mkdir(join(folder, "recommended", "figures"), { recursive: true });
  const spec = { title: { text: ["Two", "lines"] }, description: "About it" };
  await writeFile(join(folder, "recommended", "figures", "b.vl.json"), JSON.stringify(spec));
  await writeFile(join(folder, "recommended", "figures", "a.vl.json"), "{}");
  await writeFile(join(folder, "recommended", "figures", "a.svg"), "");
  const whole = await readStudy(folder);
  expect(whole.recommended_figures).toEqual([
    { name: "a", title: "a", description: "", spec: {} },
    { name: "b", title: "Two lines", description: "About it", spec },
  ]);
});

it("studies the snapshots of an import as the file that they came from", async () => {
  const path = join(folder, "people.csv");
  const cell = (text: string | null) => `"${(text ?? "").replaceAll('"', '""')}"`;
  const lines = Array.from(sampleRecords({ rows: 60, seed: 5 }), (record) => record.map(cell).join(","));
  await writeFile(path, [SAMPLE_COLUMNS.map(([name]) => name).join(","), ...lines].join("\n"));
  const now = new Date();
  const workspace = await openWorkspace(IN_MEMORY, { now });
  await addImport(workspace, path, { model: await shippedRanking(), now, synthetic: true, name: "❤️.csv" });
  const written = join(folder, "people.parquet");
  const file = await workspace.read((connection) => writeSnapshots(connection, 1, written));
  await workspace.close();
  const context = { signal: new AbortController().signal, progress: () => {} };
  const study = (known: SnapshotFile, out: string, more: Partial<JobContext> = {}) =>
    studySnapshots(written, known, join(folder, out), { ...context, database: {}, ...more });
  const { metrics, figures } = await study(file as SnapshotFile, "made");
  const known = { file: "❤️.csv", format: "csv", provider: "Bright Data", rows: 60, synthetic: true };
  expect(metrics.dataset).toMatchObject(known);
  expect(figures.map(({ name }) => name)).toEqual(metrics.figures.map(({ name }) => name));
  const controller = new AbortController();
  const { signal } = controller;
  const stopped = study(file as SnapshotFile, "stopped", {
    signal,
    progress: () => controller.abort(new Error("stop")),
  });
  await expect(stopped).rejects.toThrow("stop");
  await expect(study(file as SnapshotFile, "never", { signal })).rejects.toThrow("stop");
  const lacking = { ...(file as SnapshotFile), missing: ["likes"] as const };
  await expect(study(lacking, "refused")).rejects.toThrow(/^missing column: likes.* \(❤️\.csv\)$/);
}, 240_000);
