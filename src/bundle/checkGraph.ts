import type { DuckDBConnection } from "@duckdb/node-api";
import { DuckDBInstance, LIST, listValue, VARCHAR } from "../base/duckdb.ts";
import { InsightsError } from "../base/error.ts";
import { evaluatePipeline } from "../features/pipeline.ts";
import { type CanonicalProfile, momentsRow } from "../features/profile.ts";
import { evaluateGraph } from "../onnx/evaluate.ts";
import type { GraphBuilder, Port } from "../onnx/graph.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { SAMPLE_COLUMNS, sampleRecords } from "../sample/sample.ts";
import type { Model } from "./model.ts";
import { probabilitiesOf } from "./score.ts";

/**
 * How far a graph's probability may be from the kernel's, where no feature is beyond 1: both calculate in 32 bits, in another
 * order, so that larger features are less exact, and so are the large weights of a network that was trained for long.
 */
const LARGEST_DIFFERENCE = 1e-5;

/**
 * Runs a model's graph over some profiles and holds it against the features' plain twins and the kernel.
 *
 * @param profiles at least one
 * @throws InsightsError where a probability differs by more than 1e-5
 */
export async function checkGraph(
  graph: GraphBuilder,
  model: Model,
  profiles: readonly Partial<CanonicalProfile>[],
): Promise<void> {
  const features = profiles.map((profile) => evaluatePipeline(model.pipeline, profile));
  const x = Float32Array.from(features.flatMap((row) => [...row]));
  const expected = probabilitiesOf(model, x, profiles.length);
  const instance = await DuckDBInstance.create(":memory:");
  try {
    const connection = await instance.connect();
    const inputs = graphInputs(graph.inputs, profiles);
    const { probability } = await evaluateGraph(graph, inputs, (texts, pattern) =>
      fullMatch(connection, texts, pattern),
    );
    expected.forEach((wanted, i) => {
      const found = Number(probability.values[i]);
      const most = LARGEST_DIFFERENCE * Math.max(1, ...features[i].map(Math.abs));
      if (!(Math.abs(found - wanted) <= most)) {
        throw new InsightsError(`invalid graph: it gives ${found} where the model gives ${wanted}`);
      }
    });
  } finally {
    instance.closeSync();
  }
}

/**
 * Profiles as the inputs of a graph: numbers, flags and moments (Unix seconds) as doubles, NaN where unknown; texts, empty there;
 * of lists of moments the newest 35.
 */
export function graphInputs(
  inputs: readonly Port[],
  profiles: readonly Partial<CanonicalProfile>[],
): Record<string, Tensor> {
  return Object.fromEntries(
    inputs.map(({ name, type, shape }) => {
      const columns = Number(shape[1]);
      const column = profiles.map((profile) => profile[name as keyof CanonicalProfile] ?? null);
      const values =
        type === "string"
          ? column.map((value) => value ?? "")
          : column.flatMap((value) => numbersOf(value, columns));
      return [name, { type, shape: [profiles.length, columns], values: values as string[] | number[] }];
    }),
  );
}

function numbersOf(value: CanonicalProfile[keyof CanonicalProfile], columns: number): number[] {
  if (columns > 1) return momentsRow(value as Date[] | null);
  if (value === null) return [Number.NaN];
  return [value instanceof Date ? value.getTime() / 1000 : Number(value)];
}

/** RE2, as the graph's operator has it, by DuckDB. */
async function fullMatch(
  connection: DuckDBConnection,
  texts: readonly string[],
  pattern: string,
): Promise<boolean[]> {
  const reader = await connection.runAndReadAll(
    "SELECT regexp_full_match(unnest($1), $2)",
    [listValue(texts), pattern],
    [LIST(VARCHAR), VARCHAR],
  );
  return reader.getColumnsJS()[0] as boolean[];
}

/** The moment inside a number of TikTok's: its upper half. */
function momentOf(id: string): Date {
  return new Date(Number(BigInt(id) >> 32n) * 1000);
}

const OBSERVED = new Date("2023-08-01T00:00:00Z");

function daysBefore(...days: readonly number[]): Date[] {
  return days.map((day) => new Date(OBSERVED.getTime() - day * 86_400_000));
}

/** How many people are made up. */
const ROWS = 24;
const SEED = 1;

/** Profiles that show a model what it will meet: a made-up population, and what is rare or missing in it. */
export function madeUpProfiles(): Partial<CanonicalProfile>[] {
  const places = new Map<string, number>(SAMPLE_COLUMNS.map(([name], i) => [name, i]));
  const people = [...sampleRecords({ rows: ROWS, seed: SEED })].map((record, row) => {
    const text = (name: string) => record[places.get(name)!];
    const number = (name: string) => (text(name) === null ? null : Number(text(name)));
    const id = text("id");
    const posts = [...(text("top_videos") ?? "").matchAll(/\/video\/(\d+)/g)].map(([, video]) =>
      momentOf(video),
    );
    return {
      nickname: text("nickname"),
      biography: text("biography"),
      bio_link: text("bio_link"),
      is_verified: text("is_verified") === "true",
      is_private: null,
      followers: number("followers"),
      following: number("following"),
      likes: number("likes"),
      videos_count: number("videos_count"),
      like_engagement_rate: number("like_engagement_rate"),
      comment_engagement_rate: number("comment_engagement_rate"),
      // With and without what tells most, by turns.
      awg_engagement_rate: row % 3 === 0 ? null : number("awg_engagement_rate"),
      posted_at: row % 4 === 0 ? null : posts,
      created_at: id === null ? null : momentOf(id),
      observed_at: OBSERVED,
    };
  });
  return [
    ...people,
    {},
    { biography: "", bio_link: "", nickname: "", followers: 0, following: 0, likes: 0, videos_count: 0 },
    { followers: 2 ** 53, following: 10_000, likes: 2 ** 62, videos_count: 1, like_engagement_rate: 63 },
    {
      biography: "Vlogger 🥂\n📧 Some.One@mail.example.org | IG: @some.one #fyp 10k 👇 İı",
      bio_link: "https://linktr.ee/someone",
      is_verified: true,
    },
    { biography: "حسابي الرسمي ❤️ الرياض 📍", comment_engagement_rate: Number.POSITIVE_INFINITY },
    { posted_at: [], observed_at: OBSERVED },
    { posted_at: daysBefore(3, 3, 40), observed_at: OBSERVED },
    { posted_at: daysBefore(-400, 9000), observed_at: OBSERVED, followers: 12 },
    {
      posted_at: daysBefore(...Array.from({ length: 60 }, (_, i) => i / 3)),
      followers: 900,
      awg_engagement_rate: 0.1,
    },
  ];
}
