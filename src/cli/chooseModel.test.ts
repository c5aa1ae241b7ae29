import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { scratchFolder } from "../../test/support/harness.ts";
import { chooseModel } from "./chooseModel.ts";

const folder = await scratchFolder();
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  for (const path of [
    "model",
    "training/model",
    "study/model",
    "study/recommended/model",
    "half/recommended/model",
  ]) {
    await mkdir(at(path), { recursive: true });
    await writeFile(at(`${path}/model.json`), "{}");
  }
  await mkdir(at("dumps"));
  // A folder that is called like a file, a file that is called like a folder, and a folder that is called like a model's file.
  await mkdir(at("people.csv"));
  await writeFile(at("creators"), "id\n5\n");
  await mkdir(at("odd/model.json"), { recursive: true });
});

const choose = (files: Parameters<typeof chooseModel>[2], words: string[], model?: string) =>
  chooseModel(words.map(at), { model: model === undefined ? undefined : at(model) }, files);

describe("the model among the words of a command line", () => {
  it.each(["model", "training", "study", "half"])(
    "is the first, where it is a folder that holds one: %s",
    async (name) => {
      expect(await choose("FILE", [name, "a.csv"])).toEqual({ folder: at(name), files: [at("a.csv")] });
      expect(await choose("FILES...", [name, "a.csv", "model"])).toEqual({
        folder: at(name),
        files: [at("a.csv"), at("model")],
      });
      expect(await choose("[FILE]", [name])).toEqual({ folder: at(name), files: [] });
      expect(await choose("", [name])).toEqual({ folder: at(name), files: [] });
    },
  );

  it.each(["creators", "people.csv", "dumps", "odd", "nowhere"])(
    "is the one that ships, where the word holds none: %s",
    async (name) => {
      expect(await choose("FILE", [name])).toEqual({ folder: null, files: [at(name)] });
      expect(await choose("FILES...", [name, "model"])).toEqual({
        folder: null,
        files: [at(name), at("model")],
      });
      expect(await choose("[FILE]", [name])).toEqual({ folder: null, files: [at(name)] });
    },
  );

  it("is the one that ships without any word", async () => {
    expect(await choose("[FILE]", [])).toEqual({ folder: null, files: [] });
    expect(await choose("", [])).toEqual({ folder: null, files: [] });
  });

  it("is the first of two words where one file is taken, so that what is wrong with it can be told", async () => {
    expect(await choose("FILE", ["nowhere", "a.csv"])).toEqual({
      folder: at("nowhere"),
      files: [at("a.csv")],
    });
    expect(await choose("", ["creators"])).toEqual({ folder: at("creators"), files: [] });
  });

  it("is what --model says, outright", async () => {
    expect(await choose("FILE", ["a.csv"], "model")).toEqual({ folder: at("model"), files: [at("a.csv")] });
    expect(await choose("FILES...", ["dumps", "b"], "x")).toEqual({
      folder: at("x"),
      files: [at("dumps"), at("b")],
    });
    expect(await choose("", [], "model")).toEqual({ folder: at("model"), files: [] });
  });

  it.each([
    ["FILE", [], undefined, "missing file (expected [MODEL] FILE)"],
    ["FILE", ["model"], undefined, "missing file (expected [MODEL] FILE)"],
    ["FILES...", ["model"], undefined, "missing files (expected [MODEL] FILES...)"],
    ["FILE", ["model", "a", "b"], undefined, "too many words (expected [MODEL] FILE)"],
    ["FILE", ["a", "b"], "model", "too many words (expected [MODEL] FILE)"],
    ["", ["a", "b"], undefined, "too many words (expected [MODEL])"],
    ["FILE", ["model", "a"], "training", `two models: ${at("model")} and ${at("training")} (expected one)`],
    ["FILES...", ["model"], "training", `two models: ${at("model")} and ${at("training")} (expected one)`],
  ] as const)("is refused: %s %j --model %s", async (files, words, model, message) => {
    await expect(choose(files, [...words], model)).rejects.toMatchObject({ message, exitCode: 2 });
  });
});
