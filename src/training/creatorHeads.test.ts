import { beforeAll, expect, it } from "vitest";
import { connect } from "../../test/support/features/profiles.ts";
import { createPeople } from "../../test/support/training/people.ts";
import { PRESETS } from "../features/presets.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { snapshotOf } from "../targets/snapshot.ts";
import { type AccountFolds, dealAccounts } from "./accountFolds.ts";
import { headLogits, trainHead } from "./creatorHeads.ts";
import { ENSEMBLE } from "./recipe.ts";
import type { TrainedEnsemble } from "./trainEnsemble.ts";

const ROWS = 120;
const connection = await connect();
let accounts: AccountFolds;

/** Trains the networks of one question on the table `people`; who follows an even number of others has no label. */
async function head(): Promise<TrainedEnsemble> {
  return trainHead(connection, await resolveTarget("CASE WHEN following % 2 = 1 THEN following > 500 END"), {
    relation: "people",
    preset: PRESETS.profile,
    recipe: { ...ENSEMBLE, networks: 1, hidden: [4], epochs: 4 },
    snapshot: await snapshotOf(connection, "people"),
    folds: 3,
    repeats: 2,
    seed: 1,
    workers: 1,
    accounts,
  });
}

async function changed(rows: readonly number[]): Promise<TrainedEnsemble> {
  await connection.run("CREATE OR REPLACE TABLE people AS FROM profiles");
  await connection.run(`UPDATE people SET followers = 9 * followers + 1000, likes = 99 * likes + 5, videos_count = 3000,
    bio_link = 'x', is_verified = true WHERE "row" IN (${rows.join(", ")})`);
  return head();
}

let before: TrainedEnsemble;
const labelled = new Set<number>();

beforeAll(async () => {
  await createPeople(connection, ROWS, 3);
  await connection.run("CREATE OR REPLACE TABLE people AS FROM profiles");
  const rows = Float64Array.from({ length: ROWS }, (_, row) => row);
  accounts = dealAccounts(
    rows,
    Uint8Array.from(rows, (row) => row % 2),
    { folds: 3, repeats: 2, seed: 4 },
  );
  before = await head();
  for (const row of before.validation.rows) labelled.add(row);
});

it("answers each account that has a label once a repeat, by networks of the other folds", async () => {
  const logits = headLogits(before, accounts);
  expect(logits).toHaveLength(2);
  for (const one of logits)
    expect(Array.from(one.keys()).filter((row) => !Number.isNaN(one[row]))).toEqual(
      [...labelled].sort((a, b) => a - b),
    );
  const [{ test }] = accounts.folds;
  const after = await changed([...test]);
  expect(after.validation.networks[0]).toEqual(before.validation.networks[0]);
  for (const place of [1, 2])
    expect(after.validation.networks[place]).not.toEqual(before.validation.networks[place]);
  const [own] = headLogits(after, accounts);
  expect([...test].some((row) => labelled.has(row) && own[row] !== logits[0][row])).toBe(true);
});

it("fits features to all accounts of the other folds, labelled or not, and to no account that it leaves out", async () => {
  const [{ train, test }] = accounts.folds;
  const without = (positions: Int32Array) => [...positions].filter((row) => !labelled.has(row)).slice(0, 8);
  expect(without(test).length).toBeGreaterThan(3);
  const held = await changed(without(test));
  expect(held.validation.networks[0]).toEqual(before.validation.networks[0]);
  const learnt = await changed(without(train));
  expect(learnt.validation.networks[0]).not.toEqual(before.validation.networks[0]);
});
