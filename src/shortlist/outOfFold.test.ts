import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { someCreatorModel } from "../../test/support/bundle/creatorModel.ts";
import { someModel } from "../../test/support/bundle/models.ts";
import { connect, createProfiles } from "../../test/support/features/profiles.ts";
import { scratchFolder } from "../../test/support/harness.ts";
import { saveModel } from "../bundle/save.ts";
import { readPupils } from "./outOfFold.ts";

const folder = await scratchFolder();
const connection = await connect();
const posted_at = [new Date("2023-07-30"), new Date("2023-07-20"), new Date("2023-07-01")];
const observed_at = new Date("2023-08-01");
await createProfiles(
  connection,
  "profiles",
  [10n, 200n, 3000n].map((followers) => ({
    followers,
    likes: 7n,
    awg_engagement_rate: 0.1,
    posted_at,
    observed_at,
  })),
);
const other = await someModel(connection, "profiles", { preset: "profile", hidden: [4] });
const creator = await someCreatorModel(connection, "profiles");
const { fingerprint } = other.data;
for (const [name, model] of [
  ["other", other],
  ["creator", creator],
] as const) {
  await mkdir(join(folder, name));
  await saveModel(join(folder, name, "model"), model);
}
const leave = (name: string, text: string) => writeFile(join(folder, name), text);

it("are the answers beside the model, of a file that it was trained on", async () => {
  await leave(
    "creator/answers.csv",
    "id,probability,still_posting,well_answered,evidence\n5,0.5,0.9,0.25,posts+rate\nsome.one,1,0,1e-3,none+profile\n",
  );
  for (const path of ["creator", "creator/model"]) {
    const { own, outOfFold } = await readPupils(connection, creator, join(folder, path), fingerprint);
    expect(own).toBe(true);
    expect([...(outOfFold ?? [])]).toEqual([
      ["5", { probability: 0.5, still_posting: 0.9, well_answered: 0.25, evidence: "posts+rate" }],
      ["some.one", { probability: 1, still_posting: 0, well_answered: 0.001, evidence: "none+profile" }],
    ]);
  }
});

it("are the predictions beside a model of another question", async () => {
  await leave(
    "other/predictions.csv",
    "id,probability,active,target,part\n6812345678901234567,0.25,0,1,train\n",
  );
  const { outOfFold } = await readPupils(connection, other, join(folder, "other"), fingerprint);
  expect([...(outOfFold ?? [])]).toEqual([
    ["6812345678901234567", { probability: 0.25, still_posting: null, well_answered: null, evidence: null }],
  ]);
});

it("are none of another file, of the model that ships, and where nothing stands beside the model", async () => {
  const there = join(folder, "creator");
  expect(await readPupils(connection, creator, there, "cd".repeat(32))).toEqual({ own: false });
  expect(await readPupils(connection, creator, null, fingerprint)).toEqual({ own: true });
  await saveModel(join(folder, "alone/model"), creator);
  expect(await readPupils(connection, creator, join(folder, "alone/model"), fingerprint)).toEqual({
    own: true,
  });
});

it.each([
  "id,probability\n5,0.5\n",
  "id,probability,still_posting,well_answered,evidence\n5,much,0.5,0.5,posts+rate\n",
  "id,probability,still_posting,well_answered,evidence\n5,0.5,2,0.5,posts+rate\n",
  "id,probability,still_posting,well_answered,evidence\n5,0.5,,0.5,posts+rate\n",
])("are refused where they are no answers: %j", async (text) => {
  await leave("creator/answers.csv", text);
  await expect(readPupils(connection, creator, join(folder, "creator"), fingerprint)).rejects.toThrow(
    /^invalid .*answers\.csv: expected the columns id, probability, still_posting, well_answered, evidence \(train the model anew\)$/,
  );
});
