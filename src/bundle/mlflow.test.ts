import { expect, it } from "vitest";
import { someCreatorModel } from "../../test/support/bundle/creatorModel.ts";
import { someModel } from "../../test/support/bundle/models.ts";
import { connect, createProfiles, NASTY_PROFILES } from "../../test/support/features/profiles.ts";
import { mlflowFiles } from "./mlflow.ts";
import { modelGraph } from "./onnxModel.ts";

const connection = await connect();
await createProfiles(connection, "profiles", NASTY_PROFILES);
const model = await someModel(connection, "profiles", { preset: "profile", hidden: [4], networks: 2 });
const files = new Map(
  [...mlflowFiles(model)].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]),
);
const json = (name: string) => JSON.parse(files.get(name)!);

const creator = await someCreatorModel(connection, "profiles");

it.each([
  ["one question", model],
  ["two questions", creator],
])("signs for what the graph of a model of %s takes and gives, all of it optional", (_what, signed) => {
  const { signature } = JSON.parse(new TextDecoder().decode(mlflowFiles(signed).get("MLmodel")));
  const graph = modelGraph(signed);
  const inputs: { name: string; type: string; required: boolean }[] = JSON.parse(signature.inputs);
  expect(inputs.map(({ name }) => name).sort()).toEqual(graph.inputs.map(({ name }) => name).sort());
  for (const { name, type, required } of inputs) {
    const port = graph.inputs.find((input) => input.name === name);
    expect([type, required]).toEqual([port?.type === "string" ? "string" : "any", false]);
  }
  const outputs: { name: string; type: string }[] = JSON.parse(signature.outputs);
  expect(outputs.map(({ name, type }) => [name, type === "long" ? "int64" : type])).toEqual(
    graph.outputs.map(({ name, type }) => [name, type]),
  );
});

it("names files that are there, and gives an example of every column and of none", () => {
  const { flavors, saved_input_example_info: example } = json("MLmodel");
  const { loader_module: module, code, env } = flavors.python_function;
  for (const name of [`${code}/${module}.py`, env.conda, env.virtualenv, example.artifact_path]) {
    expect(files.has(name), name).toBe(true);
  }
  expect(files.get("requirements.txt")!.split("\n")).toContain("onnxruntime>=1.17");
  const { columns, data } = json("input_example.json");
  expect(data[0]).toHaveLength(columns.length);
  expect(data[1].every((value: unknown) => value === null)).toBe(true);
  expect(json("serving_input_example.json").dataframe_split).toEqual({ columns, data });
});

it("gives an example of a list of posts", () => {
  const { columns, data } = JSON.parse(
    new TextDecoder().decode(mlflowFiles(creator).get("input_example.json")),
  );
  expect(data[0][columns.indexOf("posted_at")]).toEqual(["2024-01-01T18:00:00", "2023-12-24T12:30:00"]);
});
