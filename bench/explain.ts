/**
 * What an explanation costs and how right it is: `npx tsx bench/explain.ts MODEL FILE [PROFILES]`.
 *
 * Times the first PROFILES profiles of a file (200), checks that every explanation adds up, and holds some against the same
 * with 25 times the work.
 */
import { loadModel } from "../src/bundle/model.ts";
import { createExplainer } from "../src/explain/explainer.ts";
import type { CanonicalProfile } from "../src/features/profile.ts";
import { readProfiles } from "../src/profiles/read.ts";

const [folder, file, count = "200"] = process.argv.slice(2);
if (file === undefined) throw new Error("expected a model's folder and a file");
/** Profiles that are held against much more work, and how much more. */
const HELD = 5;
const MORE = 25;
const BUDGET = 5_000;

const model = await loadModel(folder);
const { connection, table, close } = await readProfiles(file, { now: new Date() });
const rows = await connection.runAndReadAll(`SELECT * FROM ${table} ORDER BY "row" LIMIT ${Number(count)}`);
const profiles = rows.getRowObjectsJS() as unknown as CanonicalProfile[];

let started = performance.now();
const explainer = createExplainer(model);
const made = performance.now() - started;
const times: number[] = [];
let gap = 0;
let exact = 0;
const explanations = profiles.map((profile) => {
  started = performance.now();
  const found = explainer.explain(profile);
  times.push(performance.now() - started);
  const total = found.contributions.reduce((sum, { value }) => sum + value, found.base);
  gap = Math.max(gap, Math.abs(total - found.logit));
  if (found.method === "exact") exact++;
  return found;
});
times.sort((a, b) => a - b);

const long = createExplainer(model, { sampleBudget: MORE * BUDGET });
let squares = 0;
let worst = 0;
let told = 0;
let terms = 0;
profiles.slice(0, HELD).forEach((profile, i) => {
  const right = long.explain(profile);
  for (const { group, value, error } of explanations[i].contributions) {
    const other = right.contributions.find((one) => one.group === group);
    const off = Math.abs(value - (other?.value ?? Number.NaN));
    squares += off * off;
    worst = Math.max(worst, off);
    told += error;
    terms++;
  }
});
const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))].toFixed(1);
console.log(`${profiles.length} profiles, ${explanations[0].contributions.length} groups, ${exact} exact
explainer made in ${made.toFixed(0)} ms
per profile: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms
adds up to ${gap.toExponential(1)}
off from ${MORE} times the work (${HELD} profiles): root mean square ${Math.sqrt(squares / terms).toFixed(4)}, largest ${worst.toFixed(4)}; mean standard error told ${(told / terms).toFixed(4)}`);
await close();
