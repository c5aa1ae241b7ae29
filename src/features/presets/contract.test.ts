import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyProfile } from "../../../test/support/features/anyProfile.ts";
import { onnxFeatures } from "../../../test/support/features/onnx.ts";
import { connect, createProfiles, NASTY_PROFILES } from "../../../test/support/features/profiles.ts";
import { minMax } from "../minMax.ts";
import { carriedFeatures, evaluatePipeline, fitPipeline } from "../pipeline.ts";
import { pipelineOnnx } from "../pipelineOnnx.ts";
import { PRESETS } from "../presets.ts";
import { transform } from "../transform.ts";

const connection = await connect();
await createProfiles(connection, "nasty", NASTY_PROFILES);

/** The largest difference, in units of the number or of 1, whichever is more. */
function farthest(numbers: readonly number[][], others: readonly ArrayLike<number>[]): number {
  return Math.max(
    ...numbers.flatMap((row, i) => {
      expect(others[i]).toHaveLength(row.length);
      return row.map((value, j) => Math.abs(value - others[i][j]) / Math.max(1, Math.abs(value)));
    }),
  );
}

describe.each(Object.keys(PRESETS))("preset %s", async (name) => {
  const pipeline = await fitPipeline(connection, name, "nasty");
  const features = await onnxFeatures(pipeline.names.length, (graph) => pipelineOnnx(pipeline, graph));

  it("gives the same numbers by ONNX and by its twin, for any profiles", async () => {
    const same = async (profiles: Parameters<typeof features>[0]) => {
      const twin = profiles.map((profile) => evaluatePipeline(pipeline, profile));
      expect(farthest(await features(profiles), twin)).toBeLessThanOrEqual(1e-9);
    };
    await same(NASTY_PROFILES);
    await fc.assert(fc.asyncProperty(fc.array(anyProfile, { minLength: 1, maxLength: 40 }), same), {
      numRuns: 25,
    });
  });

  it("gives the same numbers by ONNX and by SQL, to the 32 bits that a network takes", async () => {
    const profiles = [...NASTY_PROFILES, ...fc.sample(anyProfile, { numRuns: 300, seed: 7 })];
    await createProfiles(connection, "some", profiles);
    const { values } = await transform(connection, pipeline, "some");
    const columns = pipeline.names.length;
    const sql = profiles.map((_, row) => values.subarray(row * columns, (row + 1) * columns));
    expect(farthest(await features(profiles), sql)).toBeLessThanOrEqual(2 ** -23);
  });

  it("gives the same numbers by way of columns that features share", async () => {
    const biographies = ["DM me 🎬 model", "رابطہ @a 10k", "блогер 👇", "follow ❤", "x"].map((biography) => ({
      biography,
    }));
    const profiles = [...NASTY_PROFILES, ...biographies, ...fc.sample(anyProfile, { numRuns: 300, seed: 8 })];
    await createProfiles(connection, "shared", profiles);
    const { shared, steps } = carriedFeatures(pipeline);
    const columns = ["*", ...shared.map(({ name, expression }) => `${expression} AS ${name}`)];
    const expressions = steps.flatMap((step) => step.expressions);
    const reader = await connection.runAndReadAll(
      `SELECT ${expressions.join(", ")} FROM (SELECT ${columns.join(", ")} FROM shared) ORDER BY "row"`,
    );
    const { min, max } = pipeline.scaling;
    const carried = reader.getRows().map((row) => {
      let next = 0;
      const values = steps.flatMap(({ expressions, outputs, spread }) => {
        const numbers = row.slice(next, next + expressions.length).map(Number);
        next += expressions.length;
        if (spread === undefined) return numbers;
        const into = new Float64Array(outputs);
        spread.write(numbers[0], into);
        return [...into];
      });
      return values.map((value, i) => minMax(value, min[i], max[i]));
    });
    const twin = profiles.map((profile) => evaluatePipeline(pipeline, profile));
    expect(farthest(carried, twin)).toBeLessThanOrEqual(1e-9);
  });
});
