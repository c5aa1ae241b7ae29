import type { DuckDBConnection } from "@duckdb/node-api";
import { Random } from "../../../src/base/random.ts";
import { targetAnswer } from "../../../src/bundle/answers.ts";
import type { Model } from "../../../src/bundle/model.ts";
import type { Calibration } from "../../../src/evaluation/calibration.ts";
import { fitPipeline } from "../../../src/features/pipeline.ts";
import { initialise } from "../../../src/network/network.ts";
import { engagement } from "../../../src/targets/named.ts";

/** One of each method. */
export const CALIBRATIONS: Record<Calibration["method"], Calibration> = {
  platt: { method: "platt", slope: 1.3, intercept: -0.2 },
  beta: { method: "beta", rise: 1.1, fall: 0.7, intercept: 0.1 + 0.2 },
};

/** A model of random weights over a preset that is fitted to a table. */
export async function someModel(
  connection: DuckDBConnection,
  table: string,
  options: {
    readonly preset: string;
    readonly hidden: readonly number[];
    /** An ensemble of so many; without it, one network by itself. */
    readonly networks?: number;
    readonly calibration?: Calibration["method"];
  },
): Promise<Model> {
  const { preset, hidden, networks: count, calibration } = options;
  const pipeline = await fitPipeline(connection, preset, table);
  const networks = Array.from({ length: count ?? 1 }, (_, i) =>
    initialise(pipeline.names.length, hidden, new Random(i + 1)),
  );
  // 1/2, 1/4, ... and the last of them once more.
  const weights = networks.map((_, i) => 0.5 ** Math.min(i + 1, networks.length - 1));
  return {
    created_at: "2024-01-02T03:04:05.000Z",
    versions: { influencer_insights: "0.1.0", node: "20.19.0", duckdb: "v1.5.6" },
    seed: 7,
    data: { file: "profiles.csv", fingerprint: "ab".repeat(32), rows: 5 },
    target: { name: engagement.name, expression: engagement.expression },
    threshold: 0.5,
    pipeline,
    answers: [
      targetAnswer(
        pipeline,
        count === undefined ? networks[0] : { networks, weights },
        calibration && CALIBRATIONS[calibration],
      ),
    ],
  };
}
