import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decisionMetrics, rankingMetrics } from "../evaluation/metrics.ts";
import { choosePolicy } from "../evaluation/policies.ts";
import { stratifiedHoldOut } from "../evaluation/split.ts";
import { PRESETS } from "../features/presets.ts";
import { type Profiles, readProfiles } from "../profiles/read.ts";
import { writeSample } from "../sample/sample.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { labelsOf, type TargetDefinition } from "../targets/target.ts";
import { measure } from "./measures.ts";
import { ENSEMBLE } from "./recipe.ts";
import { labelledRows, viewOf } from "./rows.ts";
import type { TrainedProfiles } from "./trained.ts";
import { trainProfiles } from "./trainProfiles.ts";

const ROWS = 240;
const SEED = 6;
let file: Profiles;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "train-"));
  const path = join(folder, "sample.csv");
  await writeSample(path, { rows: ROWS, seed: 9 });
  file = await readProfiles(path);
  await rm(folder, { recursive: true });
});
afterAll(() => file.close());

/** Trains with a quarter of the labelled rows set aside. */
function trained(definition: TargetDefinition): Promise<TrainedProfiles> {
  return trainProfiles(file, {
    definition,
    preset: PRESETS.profile,
    recipe: { ...ENSEMBLE, networks: 1, hidden: [4], epochs: 4 },
    folds: 2,
    repeats: 2,
    seed: SEED,
    workers: 1,
    testSize: 0.25,
    quickAudit: true,
    allowLeakage: false,
    wording: "a test's",
    policy: { kind: "max_f1" },
    versions: { influencer_insights: "0", node: "0", duckdb: "0" },
    createdAt: new Date(0),
    elapsed: () => 0,
  });
}

/** `id,probability,active,target,part` without the head. */
const linesOf = ({ predictions }: TrainedProfiles) =>
  predictions
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));

describe("rows that are set aside", () => {
  it("have no say in anything: features, networks, calibration, threshold, numbers", async () => {
    const { connection, table } = file;
    // By columns that stay as they are, so that the very same rows are drawn.
    const definition = await resolveTarget("following > 300");
    await connection.run(`CREATE TABLE kept AS FROM ${table}`);
    const before = await trained(definition);
    const { rows, labels } = await labelledRows(connection, await definition.fit(connection, table), table);
    const drawn = Array.from(stratifiedHoldOut(labels, { share: 0.25, seed: SEED }), (i) => rows[i]);
    await connection.run(`UPDATE ${table} SET followers = 7 * followers + 1000, likes = 99 * likes + 5, videos_count = 3000,
      bio_link = 'x', is_verified = true, predicted_lang = 'xx' WHERE "row" IN (${drawn.join(", ")})`);
    const after = await trained(definition);
    await connection.run(`CREATE OR REPLACE TABLE ${table} AS FROM kept`);
    expect(after.model).toEqual(before.model);
    expect(after.outOfFold).toEqual(before.outOfFold);
    const { test: first, ...rest } = before.results;
    const { test: second, ...others } = after.results;
    expect(others).toEqual(rest);
    expect(second).not.toEqual(first);
    expect(second?.rows).toBe(drawn.length);
    const held = (one: TrainedProfiles) => linesOf(one).filter(([, , , , part]) => part === "test");
    expect(held(after)).not.toEqual(held(before));
    expect(held(after).map(([id]) => id)).toEqual(held(before).map(([id]) => id));
  });

  it("are labelled by the norm of the others, not by one that they had a part in", async () => {
    const { connection, table } = file;
    const definition = await resolveTarget("creator");
    const found = await trained(definition);
    const held = new Map(
      linesOf(found)
        .filter(([, , , , part]) => part === "test")
        .map(([id, , , target]) => [id, Number(target)]),
    );
    const reader = await connection.runAndReadAll(`SELECT coalesce(id, account_id), "row" FROM ${table}`);
    const rowOf = new Map(reader.getRows().map(([id, row]) => [String(id), Number(row)]));
    const rows = Float64Array.from(held.keys(), (id) => rowOf.get(id) as number);
    await viewOf(connection, "held_profiles", table, rows);
    await connection.run(
      `CREATE TEMP VIEW other_profiles AS FROM ${table} WHERE "row" NOT IN (SELECT "row" FROM held_profiles_rows)`,
    );
    const byNormOf = async (relation: string) => {
      const target = await definition.fit(connection, relation);
      const { rows: known, labels } = await labelsOf(connection, target, table);
      const labelOf = new Map(Array.from(known, (row, i) => [row, labels[i]]));
      return [...held.keys()].map((id) => labelOf.get(rowOf.get(id) as number));
    };
    expect([...held.values()]).toEqual(await byNormOf("other_profiles"));
    // Else the test could not tell.
    expect([...held.values()]).not.toEqual(await byNormOf("held_profiles"));
  });
});

describe("the numbers of a training", () => {
  it("are those of the saved probabilities, their intervals too", async () => {
    const found = await trained(await resolveTarget("following > 300"));
    const { out_of_fold: printed, threshold, calibration } = found.results;
    const lines = linesOf(found).filter(([, , , , part]) => part === "train");
    const probabilities = Float64Array.from(lines, ([, probability]) => Number(probability));
    const labels = Uint8Array.from(lines, ([, , , target]) => Number(target));
    expect(found.outOfFold).toMatchObject({ labels, probabilities });
    expect(printed).toMatchObject(rankingMetrics(labels, probabilities));
    expect(printed).toMatchObject(decisionMetrics(labels, probabilities, threshold.value));
    expect(threshold).toEqual(choosePolicy({ kind: "max_f1" }, labels, probabilities));
    expect(found.model.threshold).toBe(threshold.value);
    // One of the probabilities is the threshold itself, and it is picked.
    const at = lines.filter(([, probability]) => Number(probability) === threshold.value);
    expect(at.length).toBeGreaterThan(0);
    expect(at.every(([, , active]) => active === "1")).toBe(true);
    const byRows = measure(labels, probabilities, threshold.value, SEED).intervals;
    for (const name of ["roc_auc", "average_precision", "brier", "f1"] as const) {
      const { low, high } = printed.intervals[name]!;
      // Two folds: the root of 2 at least, around the very number.
      const value = printed[name];
      expect(value - low).toBeGreaterThanOrEqual(Math.SQRT2 * (value - byRows[name]!.low) - 1e-9);
      expect(high - value).toBeGreaterThanOrEqual(
        Math.min(1 - value, Math.SQRT2 * (byRows[name]!.high - value)) - 1e-9,
      );
    }
    expect(calibration.bins.reduce((sum, { rows }) => sum + rows, 0)).toBe(labels.length);
  });
});
