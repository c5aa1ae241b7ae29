import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { anyProfile } from "../../test/support/features/anyProfile.ts";
import { EVIDENCE_CASES } from "../../test/support/features/evidenceCases.ts";
import { onnxFeatures } from "../../test/support/features/onnx.ts";
import { type Case, PROFILE_CASES } from "../../test/support/features/profileCases.ts";
import { connect, createProfiles, NASTY_PROFILES, STRANGERS } from "../../test/support/features/profiles.ts";
import { quoteIdentifier } from "../base/quote.ts";
import { GraphBuilder } from "../onnx/graph.ts";
import { DUCKDB } from "./dialect.ts";
import { type Aggregate, type FeatureKind, type Step, step } from "./feature.ts";
import { FeatureGraph } from "./featureGraph.ts";
import { column } from "./kinds/column.ts";
import { keywords } from "./kinds/keywords.ts";
import { missing } from "./kinds/missing.ts";
import { principalComponents } from "./kinds/principalComponents.ts";
import { ratio } from "./kinds/ratio.ts";
import { KINDS, kindNamed } from "./kinds.ts";
import type { CanonicalProfile } from "./profile.ts";

type Profile = Partial<CanonicalProfile>;

const SIX = ["vlogger", "influencer", "blogger", "creator", "model", "traveller"];
const biographyHas = (...keywords_: string[]) =>
  step(keywords, { column: "biography", keywords: keywords_, imputed: "none", output: "has" });
const three: Profile[] = [{ likes: 10n }, { likes: 30n, videos_count: 3n }, { likes: 8n, videos_count: 2n }];

/** Every kind has at least one case. */
const CASES: readonly Case[] = [
  {
    step: biographyHas(...SIX),
    expected: [
      [{}, [0]],
      [{ biography: "model" }, [1]],
      [{ biography: "a\nCREATOR\tb" }, [1]],
      [{ biography: "✨influencer✨" }, [1]],
      [{ biography: "وصف vlogger وصف" }, [1]],
      [{ biography: "وصفvlogger" }, [0]],
      [{ biography: "models, creators" }, [0]],
      [{ biography: "_model_ model1 модельmodel" }, [0]],
      [{ biography: "x\0model\0y" }, [1]],
      // Marks are no letters, not even the one that folds to a letter (iota subscript).
      [{ biography: "e\u0301model\u0301 \u0345vlogger" }, [1]],
      [{ biography: "\u0345vlogger" }, [1]],
    ],
  },
  {
    step: biographyHas("o'neil'; DROP TABLE profiles; --", "c++", "a.b", "\\d", "[x]", "{1}", "^$", '"'),
    expected: [
      [{ biography: "i am O'Neil'; drop table profiles; -- you know" }, [1]],
      [{ biography: "axb" }, [0]],
      [{ biography: "a.b" }, [1]],
      [{ biography: "C++ and more" }, [1]],
      [{ biography: "c+++" }, [1]],
      [{ biography: "1 digit" }, [0]],
      [{ biography: "" }, [0]],
      [{ biography: 'say "' }, [1]],
    ],
  },
  {
    step: biographyHas("модель", "μοντέλος", "straße", "none"),
    expected: [
      [{ biography: "Я МОДЕЛЬ!" }, [1]],
      [{ biography: "ΜΟΝΤΈΛΟΣ" }, [1]],
      [{ biography: "STRASSE" }, [0]],
      [{ biography: "STRAẞE" }, [1]],
      [{}, [1]],
      [{ biography: "" }, [1]],
      [{ biography: "none of them" }, [1]],
      [{ biography: " " }, [0]],
    ],
  },
  {
    step: step(missing, { column: "bio_link", output: "bio_link_missing" }),
    expected: [
      [{}, [1]],
      [{ bio_link: "" }, [1]],
      [{ bio_link: "https://example.com" }, [0]],
    ],
  },
  {
    step: step(missing, { column: "followers", output: "followers_missing" }),
    expected: [
      [{}, [1]],
      [{ followers: 0n }, [0]],
    ],
  },
  {
    step: step(missing, { column: "like_engagement_rate", output: "rate_missing" }),
    expected: [
      [{}, [1]],
      [{ like_engagement_rate: 0 }, [0]],
      [{ like_engagement_rate: Number.NaN }, [1]],
      [{ like_engagement_rate: 1e300 }, [1]],
    ],
  },
  {
    step: step(missing, { column: "created_at", output: "age_missing" }),
    expected: [
      [{}, [1]],
      [{ created_at: new Date(0) }, [0]],
    ],
  },
  {
    step: step(ratio, {
      numerator: "likes",
      denominator: "videos_count",
      epsilon: 1e-7,
      output: "likes_per_video",
    }),
    fitOn: three,
    expected: [
      [{ likes: 1586n, videos_count: 20n }, [1586 / 20.0000001]],
      [{ likes: 5n, videos_count: 0n }, [5 / 1e-7]],
      [{ likes: 0n, videos_count: 0n }, [0]],
      // Unknown: the median of 30 / 3 and 8 / 2.
      [{ likes: 5n }, [(30 / 3.0000001 + 8 / 2.0000001) / 2]],
      [{ videos_count: 5n }, [(30 / 3.0000001 + 8 / 2.0000001) / 2]],
    ],
  },
  {
    step: step(ratio, {
      numerator: "followers",
      denominator: "like_engagement_rate",
      epsilon: 0.5,
      output: "odd",
    }),
    fitOn: [{}],
    expected: [
      [{ followers: 3n, like_engagement_rate: -0.5 }, [0]],
      [{ followers: 3n, like_engagement_rate: 1 }, [2]],
    ],
  },
  {
    step: step(column, { column: "likes" }),
    fitOn: three,
    expected: [
      [{ likes: 7n }, [7]],
      [{}, [10]],
      [{ likes: 9_007_199_254_740_993n }, [9_007_199_254_740_992]],
    ],
  },
  {
    step: step(column, { column: "is_verified" }),
    fitOn: [{ is_verified: true }, { is_verified: false }, {}],
    expected: [
      [{ is_verified: true }, [1]],
      [{ is_verified: false }, [0]],
      [{}, [0]],
    ],
  },
  {
    step: step(column, { column: "like_engagement_rate" }),
    fitOn: [{ like_engagement_rate: 0.25 }, { like_engagement_rate: Number.NaN }],
    expected: [
      [{ like_engagement_rate: 63 }, [63]],
      [{ like_engagement_rate: Number.NaN }, [0.25]],
      [{ like_engagement_rate: Number.POSITIVE_INFINITY }, [0.25]],
    ],
  },
  {
    step: step(principalComponents, { columns: ["likes", "followers"], outputs: ["pc1", "pc2"] }),
    fitOn: [
      { likes: 1n, followers: 2n },
      { likes: 3n, followers: 6n },
      { likes: 2n, followers: 1n },
    ],
    // Means 2 and 3, deviations sqrt(2/3) and sqrt(14/3), correlation positive.
    expected: [
      [{ likes: 2n, followers: 3n }, [0, 0]],
      [{ likes: 3n, followers: 3n }, [Math.sqrt(1.5) * Math.SQRT1_2, Math.sqrt(1.5) * Math.SQRT1_2]],
      [{ likes: 2n, followers: 4n }, [Math.sqrt(3 / 14) * Math.SQRT1_2, -Math.sqrt(3 / 14) * Math.SQRT1_2]],
    ],
  },
  {
    step: step(principalComponents, {
      columns: ["likes", "followers", "like_engagement_rate"],
      outputs: ["pc1", "pc2", "pc3"],
    }),
    expected: [],
  },
  ...PROFILE_CASES,
  ...EVIDENCE_CASES,
];

const connection = await connect();
const aggregate: Aggregate = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS();

async function fit({ kind, params }: Step, profiles: readonly Profile[]): Promise<unknown> {
  await createProfiles(connection, "fitted_on", profiles);
  return kindNamed(kind).fit(aggregate, quoteIdentifier("fitted_on"), params);
}

async function bySql(
  { kind, params }: Step,
  fitted: unknown,
  profiles: readonly Profile[],
): Promise<unknown[][]> {
  await createProfiles(connection, "profiles", profiles);
  const list = kindNamed(kind).sql(params, fitted, DUCKDB).join(", ");
  return (await connection.runAndReadAll(`SELECT ${list} FROM profiles ORDER BY "row"`)).getRowsJS();
}

function byTwin({ kind, params }: Step, fitted: unknown, profiles: readonly Profile[]): number[][] {
  const known = kindNamed(kind);
  const write = known.twin(params, fitted);
  const columns = known.outputs(params).length;
  // Beside other features: a twin writes its own outputs and nothing else.
  return profiles.map((profile) => {
    const row = new Float64Array(columns + 2).fill(-7);
    write(profile, row, 1);
    expect([row[0], row[columns + 1]]).toEqual([-7, -7]);
    return [...row.subarray(1, columns + 1)];
  });
}

async function byOnnx(
  { kind, params }: Step,
  fitted: unknown,
  profiles: readonly Profile[],
): Promise<number[][]> {
  const known = kindNamed(kind);
  const features = await onnxFeatures(known.outputs(params).length, (graph) =>
    known.onnx(params, fitted, new FeatureGraph(graph)),
  );
  return features(profiles);
}

/** The same to nine places: engines differ in the last digits of a logarithm. Where none is taken, the same. */
function expectSame(numbers: unknown[][], twin: number[][]): void {
  expect(numbers.map((row) => row.length)).toEqual(twin.map((row) => row.length));
  twin.forEach((row, i) => {
    row.forEach((value, j) => {
      // 0 and -0 are one.
      if (numbers[i][j] === value) return;
      const logarithmic = Math.abs(value) <= 3;
      if (!logarithmic || Math.abs((numbers[i][j] as number) - value) > 1e-9)
        expect(numbers[i][j]).toBe(value);
    });
  });
}

it("every kind is in the contract", () => {
  expect(new Set(CASES.map((one) => one.step.kind))).toEqual(new Set(KINDS.map(({ kind }) => kind)));
});

describe.each(CASES.map((one) => [`${one.step.kind} ${JSON.stringify(one.step.params)}`, one] as const))(
  "%s",
  (_name, { step: chosen, fitOn = NASTY_PROFILES, expected }) => {
    const kind: FeatureKind<unknown, unknown> = kindNamed(chosen.kind);
    let fitted: unknown;

    beforeAll(async () => {
      fitted = await fit(chosen, fitOn);
    });

    it("gives the expected numbers", async () => {
      const profiles = expected.map(([profile]) => profile);
      const numbers = await bySql(chosen, fitted, profiles);
      expectSame(numbers, byTwin(chosen, fitted, profiles));
      expected.forEach(([, wanted], i) => {
        wanted.forEach((value, j) => {
          expect(numbers[i][j], JSON.stringify(numbers[i])).toBeCloseTo(value, 12);
        });
        expect(numbers[i]).toHaveLength(wanted.length);
      });
    });

    it.skipIf(expected.length === 0)("gives the expected numbers by ONNX", async () => {
      // The binding for Node ends texts at the character NUL.
      const some = expected.filter(([{ biography }]) => !biography?.includes("\0"));
      const numbers = await byOnnx(
        chosen,
        fitted,
        some.map(([profile]) => profile),
      );
      some.forEach(([, wanted], i) => {
        wanted.forEach((value, j) => {
          expect(numbers[i][j], JSON.stringify(numbers[i])).toBeCloseTo(value, 12);
        });
      });
    });

    it("gives the same numbers by SQL, by ONNX and by its twin, never NULL, always finite", async () => {
      const numbers = await bySql(chosen, fitted, NASTY_PROFILES);
      expectSame(numbers, byTwin(chosen, fitted, NASTY_PROFILES));
      expectSame(numbers as number[][], await byOnnx(chosen, fitted, NASTY_PROFILES));
      expect(numbers.flat().every(Number.isFinite)).toBe(true);
    });

    it("does so for any profiles, fitted to any profiles", async () => {
      const tables = fc.array(anyProfile, { minLength: 1, maxLength: 20 });
      await fc.assert(
        fc.asyncProperty(tables, tables, async (training, others) => {
          const learnt = await fit(chosen, training);
          const numbers = await bySql(chosen, learnt, others);
          expectSame(numbers, byTwin(chosen, learnt, others));
          expectSame(numbers, await byOnnx(chosen, learnt, others));
          expect(numbers.flat().every(Number.isFinite)).toBe(true);
        }),
        { numRuns: 25 },
      );
    });

    it("has one output a name, all over its inputs", () => {
      const builder = new GraphBuilder();
      kind.onnx(chosen.params, fitted, new FeatureGraph(builder));
      expect(builder.inputs.map(({ name }) => name).sort()).toEqual([...kind.inputs(chosen.params)].sort());
      const outputs = kind.outputs(chosen.params);
      const expressions = kind.sql(chosen.params, fitted, DUCKDB);
      expect(expressions).toHaveLength(outputs.length);
      for (const input of kind.inputs(chosen.params)) expect(expressions.join()).toContain(input);
      expect(kind.inputs(chosen.params).length).toBeGreaterThan(0);
    });

    it("keeps parameters and what it learnt through JSON", () => {
      const params = kind.params.parse(JSON.parse(JSON.stringify(chosen.params)));
      const learnt = kind.fitted.parse(JSON.parse(JSON.stringify(fitted)));
      expect(kind.sql(params, learnt, DUCKDB)).toEqual(kind.sql(chosen.params, fitted, DUCKDB));
      expect(() => kind.fitted.parse({ odd: 1 })).toThrow();
      expect(() => kind.params.parse({ ...(chosen.params as object), odd: 1 })).toThrow();
    });

    it("learns from the training rows only, whatever their order and whoever else is in the table", async () => {
      expect(await fit(chosen, [...fitOn].reverse())).toEqual(fitted);
      await createProfiles(connection, "everybody", [...fitOn, ...STRANGERS]);
      await connection.run(
        `CREATE OR REPLACE VIEW training AS SELECT * FROM everybody WHERE "row" < ${fitOn.length}`,
      );
      expect(await kind.fit(aggregate, "training", chosen.params)).toEqual(fitted);
      // Rows that the view leaves out would have changed it, so that it was the view that was learnt from.
      const learns = Object.keys(fitted as object).length > 0;
      const others = await kind.fit(aggregate, "everybody", chosen.params);
      if (learns) expect(others).not.toEqual(fitted);
      else expect(others).toEqual(fitted);
    });
  },
);
