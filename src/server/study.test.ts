import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { exampleMetrics } from "../../test/support/report/metrics.ts";
import { makeStudy, readStudy } from "./study.ts";

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
