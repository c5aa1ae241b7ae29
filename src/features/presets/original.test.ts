import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { connect } from "../../../test/support/features/profiles.ts";
import { quoteLiteral } from "../../base/quote.ts";
import { principalComponents } from "../kinds/principalComponents.ts";
import { fitPipeline, pipelineSql } from "../pipeline.ts";
import { presetInputs } from "../presets.ts";
import { transform } from "../transform.ts";
import { original } from "./original.ts";

const shared = new URL("../../../../shared/", import.meta.url);
const data = new URL("data/tiktok.csv", shared);
const json = (name: string) => JSON.parse(readFileSync(new URL(`reference/${name}`, shared), "utf8"));

it("reads the columns of the study", () => {
  expect(presetInputs(original)).toEqual([
    "biography",
    "likes",
    "followers",
    "bio_link",
    "videos_count",
    "comment_engagement_rate",
    "like_engagement_rate",
    "is_verified",
    "following",
  ]);
});

describe.skipIf(!existsSync(data))("on the study's own profiles", async () => {
  if (!existsSync(data)) return;
  const connection = await connect();
  const split = json("split.json") as { train: number[] };
  await connection.run(`
    CREATE TABLE profiles AS
    SELECT row_number() OVER () - 1 AS "row", nullif(biography, 'null') AS biography, nullif(bio_link, 'null') AS bio_link,
      CAST(is_verified AS BOOLEAN) AS is_verified, CAST(followers AS BIGINT) AS followers,
      CAST(following AS BIGINT) AS following, CAST(likes AS BIGINT) AS likes, CAST(videos_count AS BIGINT) AS videos_count,
      CAST(comment_engagement_rate AS DOUBLE) AS comment_engagement_rate,
      CAST(like_engagement_rate AS DOUBLE) AS like_engagement_rate
    FROM read_csv(${quoteLiteral(fileURLToPath(data))}, all_varchar = true, parallel = false)`);
  await connection.run(`CREATE TABLE train AS FROM profiles WHERE "row" IN (${split.train.join()})`);
  const pipeline = await fitPipeline(connection, "original", "train");
  const reference = json("original-pipeline.json");

  it("fits what scikit-learn fitted", () => {
    const fitted = principalComponents.fitted.parse(pipeline.steps[1].fitted);
    const near = (values: number[], expected: number[]) => {
      values.forEach((value, i) => {
        expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected[i])));
      });
    };
    near(fitted.mean, reference.standard_scaler.mean);
    near(fitted.scale, reference.standard_scaler.scale);
    near(fitted.explainedVariance, reference.pca.explained_variance);
    near(fitted.components[0], reference.pca.components[0]);
    near(
      fitted.components[1].map((weight) => -weight),
      reference.pca.components[1],
    );
    expect(pipeline.names).toEqual(reference.features);
    pipeline.names.forEach((name, i) => {
      const mirrored = name === "likes_followers_pc2";
      const { min, max } = reference.min_max;
      near([pipeline.scaling.min[i]], [mirrored ? -max[i] : min[i]]);
      near([pipeline.scaling.max[i]], [mirrored ? -min[i] : max[i]]);
    });
  });

  it("gives the reference features to 1e-6, a flipped component mirrored", async () => {
    const [header, ...lines] = readFileSync(new URL("reference/original-features.csv", shared), "utf8")
      .trim()
      .split("\n");
    const { names, rows, values, columns } = await transform(connection, pipeline, "profiles");
    expect(header).toBe(`row,${names.join()},target`);
    expect(lines).toHaveLength(rows.length);
    const list = pipelineSql(pipeline).map(({ expression }) => expression);
    const exact = await connection.runAndReadAll(`SELECT ${list.join(", ")} FROM profiles ORDER BY "row"`);
    const doubles = exact.getRowsJS() as number[][];
    let worst = 0;
    let worstFloat = 0;
    lines.forEach((line, i) => {
      const [row, ...expected] = line.split(",").map(Number);
      expect(rows[i]).toBe(row);
      for (let j = 0; j < columns; j++) {
        const wanted = names[j] === "likes_followers_pc2" ? 1 - expected[j] : expected[j];
        worst = Math.max(worst, Math.abs(doubles[i][j] - wanted));
        worstFloat = Math.max(worstFloat, Math.abs(values[i * columns + j] - wanted));
      }
    });
    // The reference is printed with nine digits; test rows reach beyond 1.
    expect(worst).toBeLessThan(1e-8);
    expect(worstFloat).toBeLessThan(1e-6);
  });

  it("finds the keywords in the rows of the reference", async () => {
    const { rows, values, columns, names } = await transform(connection, pipeline, "profiles");
    expect(names[0]).toBe("biography_keyword");
    expect([...rows].filter((_, i) => values[i * columns] === 1)).toEqual(reference.keyword_rows);
  });
});
