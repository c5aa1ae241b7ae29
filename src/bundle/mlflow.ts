import { createHash } from "node:crypto";
import { pipelineInputs } from "../features/pipeline.ts";
import { OPSET } from "../onnx/bytes.ts";
import { CANONICAL_COLUMNS, type CanonicalName, type CanonicalType } from "../profiles/canonical.ts";
import { asksQuestions } from "./answers.ts";
import type { Model } from "./model.ts";
import { LOADER_MODULE, pythonLoader } from "./pythonLoader.ts";

/** File of the graph from profile columns to the probability. */
export const ONNX_FILE = "model.onnx";

/** What the graph and the loader need, no newer than they need it. */
const REQUIREMENTS = ["mlflow>=2.20,<4", "onnx>=1.15", "onnxruntime>=1.17", "numpy", "pandas"];

const PYTHON = "3.11";

/** What a graph gives, with MLflow's names of their types, the probability first: tools that want one number take that. */
const GRAPH_OUTPUTS = { probability: "double", active: "long", logit: "double" } as const;

/** What the graph of a model of two questions gives beside. */
const QUESTION_OUTPUTS = { still_posting: "double", well_answered: "double", evidence: "string" } as const;

/**
 * The files that make a folder an MLflow model, by their names: `MLmodel` (flavours `onnx` and `python_function`, signature),
 * the loader, what has to be installed, and an example. YAML is written as JSON, which it contains.
 *
 * Columns of numbers, flags, dates and lists of dates have the type `any` in the signature: pandas makes floats of whole numbers as
 * soon as one is unknown, and MLflow takes one kind or the other, not both. The loader takes all of them.
 */
export function mlflowFiles(model: Model): Map<string, Uint8Array> {
  const columns = pipelineInputs(model.pipeline);
  const example = { columns, data: [columns.map(exampleOf), columns.map(() => null)] };
  const json = {
    MLmodel: mlmodel(model, columns),
    "conda.yaml": {
      name: "influencer-insights",
      channels: ["conda-forge"],
      dependencies: [`python=${PYTHON}`, "pip", { pip: REQUIREMENTS }],
    },
    "python_env.yaml": {
      python: PYTHON,
      build_dependencies: ["pip"],
      dependencies: ["-r requirements.txt"],
    },
    "input_example.json": example,
    "serving_input_example.json": { dataframe_split: example },
  };
  const text = {
    "requirements.txt": `${REQUIREMENTS.join("\n")}\n`,
    [`code/${LOADER_MODULE}.py`]: pythonLoader(),
    ...Object.fromEntries(
      Object.entries(json).map(([name, value]) => [name, `${JSON.stringify(value, undefined, 2)}\n`]),
    ),
  };
  return new Map(Object.entries(text).map(([name, contents]) => [name, new TextEncoder().encode(contents)]));
}

function mlmodel(model: Model, columns: readonly CanonicalName[]): object {
  const inputs = columns.map((name) => {
    const type = CANONICAL_COLUMNS[name].type === "VARCHAR" ? "string" : "any";
    return { name, type, required: false };
  });
  const given = { ...GRAPH_OUTPUTS, ...(asksQuestions(model) ? QUESTION_OUTPUTS : {}) };
  const outputs = Object.entries(given).map(([name, type]) => ({ name, type, required: true }));
  return {
    flavors: {
      onnx: {
        data: ONNX_FILE,
        onnx_version: "1.15.0",
        providers: ["CPUExecutionProvider"],
        code: null,
      },
      python_function: {
        loader_module: LOADER_MODULE,
        code: "code",
        data: ONNX_FILE,
        python_version: `${PYTHON}.0`,
        env: { conda: "conda.yaml", virtualenv: "python_env.yaml" },
      },
    },
    // Where signatures with the type `any` came in.
    mlflow_version: "2.20.0",
    model_uuid: uuidOf(model),
    utc_time_created: model.created_at.replace("T", " ").replace("Z", ""),
    saved_input_example_info: {
      artifact_path: "input_example.json",
      pandas_orient: "split",
      serving_input_path: "serving_input_example.json",
      type: "dataframe",
    },
    signature: { inputs: JSON.stringify(inputs), outputs: JSON.stringify(outputs), params: null },
    metadata: {
      preset: model.pipeline.preset,
      target: model.target.name,
      threshold: model.threshold,
      opset: OPSET,
    },
  };
}

/** The same model gives the same bytes, so its number is made of what it is made of. */
function uuidOf({ created_at, seed, data }: Model): string {
  return createHash("sha256").update(`${created_at} ${seed} ${data.fingerprint}`).digest("hex").slice(0, 32);
}

const EXAMPLES: Record<CanonicalType, unknown> = {
  VARCHAR: "Creator of short films. Business: mail@example.com",
  BOOLEAN: false,
  BIGINT: 12_345,
  DOUBLE: 0.05,
  TIMESTAMP: "2024-01-02T03:04:05",
  "TIMESTAMP[]": ["2024-01-01T18:00:00", "2023-12-24T12:30:00"],
};

function exampleOf(name: CanonicalName): unknown {
  return EXAMPLES[CANONICAL_COLUMNS[name].type];
}
