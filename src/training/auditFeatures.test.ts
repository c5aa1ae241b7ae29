import { beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../test/support/features/profiles.ts";
import { createPeople } from "../../test/support/training/people.ts";
import { shuffledLabels, shuffledLabelsFindings } from "../leakage/shuffledLabels.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { snapshotOf } from "../targets/snapshot.ts";
import { labelsOf } from "../targets/target.ts";
import { trainingProcedure } from "./auditFeatures.ts";
import { type FoldSource, prepareFold } from "./foldData.ts";
import { ENSEMBLE } from "./recipe.ts";

const connection = await connect();
const recipe = { ...ENSEMBLE, hidden: [16], dropout: 0 };
const options = { folds: 3, seed: 1 };
let source: FoldSource;
let labels: Uint8Array;

beforeAll(async () => {
  await createPeople(connection, 240, 1);
  const definition = await resolveTarget("following % 2 = 0");
  const target = await definition.fit(connection, "profiles");
  const found = await labelsOf(connection, target, "profiles");
  const snapshot = await snapshotOf(connection, "profiles");
  labels = Uint8Array.from(found.labels);
  source = { connection, relation: "profiles", preset: "profile", definition, snapshot, rows: found.rows };
});

describe("the training, small", () => {
  it("gets chance on shuffled labels where it keeps its test rows apart", async () => {
    const procedure = await trainingProcedure(source, labels, recipe, options);
    if (procedure === null) throw new Error("none");
    const scores = await procedure(labels, 1);
    expect(scores).toHaveLength(240);
    expect(scores.every((p) => p > 0 && p < 1)).toBe(true);
    expect(await procedure(labels, 1)).toEqual(scores);
    const found = await shuffledLabels(labels, procedure, { shuffles: 6, seed: 1 });
    expect(found.mean).toBeLessThan(found.limit);
    expect(shuffledLabelsFindings(found)).toEqual([]);
  });

  it("is caught where it trains on the rows it tests on", async () => {
    const procedure = await trainingProcedure(source, labels, recipe, {
      ...options,
      prepare: async (from, fold) => {
        const all = { ...fold, train: Int32Array.from(labels.keys()) };
        return { ...(await prepareFold(from, all)), fold: all };
      },
    });
    if (procedure === null) throw new Error("none");
    const [finding] = shuffledLabelsFindings(
      await shuffledLabels(labels, procedure, { shuffles: 6, seed: 1 }),
    );
    expect(finding).toMatchObject({ severity: "severe", code: "shuffled_labels" });
  });

  it("is not tried on fewer rows of a class than folds", async () => {
    const few = labels.map((_, row) => (row < 2 ? 1 : 0));
    expect(await trainingProcedure(source, few, recipe, options)).toBeNull();
  });
});
