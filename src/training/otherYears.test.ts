import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { FILES, type FileName, otherYears } from "../../test/support/training/otherYears.ts";
import { readProfiles } from "../profiles/read.ts";
import { writeSample } from "../sample/sample.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { ENSEMBLE } from "./recipe.ts";

it("ranks people as well by a file of another year, or without dates, as without ever asking for their age", async () => {
  const folder = await mkdtemp(join(tmpdir(), "other-years-"));
  const path = join(folder, "sample.csv");
  await writeSample(path, { rows: 600, seed: 5 });
  const profiles = await readProfiles(path);
  const { whole, withoutAge } = await otherYears(profiles.connection, {
    relation: profiles.table,
    preset: "profile",
    definition: await resolveTarget("creator"),
    recipe: { ...ENSEMBLE, networks: 2, epochs: 15 },
    folds: 2,
    repeats: 1,
    seed: 3,
    workers: 1,
  });
  await profiles.close();
  await rm(folder, { recursive: true });
  for (const file of Object.keys(FILES) as FileName[])
    expect(whole[file], file).toBeGreaterThan(withoutAge - 0.03);
}, 30_000);
