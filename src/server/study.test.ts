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
import { makeStudy, readStudy, studySnapshots } from "./study.ts";

const folder = await mkdtemp(join(tmpdir(), "study-view-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

it("reads what a study wrote", async () => {
  const metrics = exampleMetrics();
  await mkdir(join(folder, "figures"));
  await writeFile(join(folder, "metrics.json"), JSON.stringify(metrics));
  for (const { name } of metrics.figures)
    await writeFile(join(folder, "figures", `${name}.vl.json`), JSON.stringify({ mark: name }));
  const plain = await readStudy(folder);
  expect(plain.view?.metrics).toEqual(metrics);
  expect(plain.view?.figures.map(({ spec }) => spec)).toEqual(
    metrics.figures.map(({ name }) => ({ mark: name })),
  );
  expect([plain.model, plain.view?.recommended_figures]).toEqual([null, []]);

  await mkdir(join(folder, "recommended", "model"), { recursive: true });
  await mkdir(join(folder, "recommended", "figures"));
  const spec = { title: { text: ["Two", "lines"] }, description: "About it" };
  await writeFile(join(folder, "recommended", "figures", "b.vl.json"), JSON.stringify(spec));
  await writeFile(join(folder, "recommended", "figures", "a.vl.json"), "{}");
  await writeFile(join(folder, "recommended", "figures", "a.svg"), "");
  const whole = await readStudy(folder);
  expect(whole.model).toBe(join(folder, "recommended", "model"));
  expect(whole.view?.recommended_figures).toEqual([
    { name: "a", title: "a", description: "", spec: {} },
    { name: "b", title: "Two lines", description: "About it", spec },
  ]);
});

it("is stopped in the middle", async () => {
  const controller = new AbortController();
  const steps: string[] = [];
  const made = makeStudy("", join(folder, "stopped"), {
    reading: {},
    synthetic: true,
    signal: controller.signal,
    progress: (step) => {
      steps.push(step);
      controller.abort(new Error("stop"));
    },
  });
  await expect(made).rejects.toThrow("stop");
  expect(steps.length).toBeGreaterThan(0);
  await expect(
    makeStudy("", join(folder, "never"), {
      reading: {},
      synthetic: true,
      signal: controller.signal,
      progress: () => {},
    }),
  ).rejects.toThrow("stop");
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
  const study = (known: SnapshotFile, out: string) =>
    studySnapshots(written, known, join(folder, out), context);
  const { metrics, figures } = await study(file as SnapshotFile, "made");
  const known = { file: "❤️.csv", format: "csv", provider: "Bright Data", rows: 60, synthetic: true };
  expect(metrics.dataset).toMatchObject(known);
  expect(figures.map(({ name }) => name)).toEqual(metrics.figures.map(({ name }) => name));
  const lacking = { ...(file as SnapshotFile), missing: ["likes"] as const };
  await expect(study(lacking, "refused")).rejects.toThrow(/^missing column: likes.* \(❤️\.csv\)$/);
}, 240_000);
