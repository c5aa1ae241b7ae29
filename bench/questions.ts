import { rankingMetrics } from "../src/evaluation/metrics.ts";
import { presetNamed } from "../src/features/presets.ts";
import type { Profiles } from "../src/profiles/read.ts";
import { resolveTarget } from "../src/targets/resolve.ts";
import { dealAccounts } from "../src/training/accountFolds.ts";
import { calibrateOutOfFold, crossValidate } from "../src/training/crossValidate.ts";
import { judgedRows, precisionOfFirst } from "../src/training/questionResults.ts";
import { ENSEMBLE } from "../src/training/recipe.ts";
import { trainProfiles } from "../src/training/trainProfiles.ts";
import { forecastsOutOfFold } from "./forecasts.ts";

/** What the forecast is to reach, by its horizon in days. */
const MARKS: Readonly<Record<number, { roc_auc: number; log_loss: number; brier?: number }>> = {
  30: { roc_auc: 0.945, log_loss: 0.28, brier: 0.088 },
  90: { roc_auc: 0.945, log_loss: 0.295 },
};

const f3 = (value: number) => value.toFixed(3);

/**
 * Prints how a model of creators does: each kind of evidence, the forecast beside others and its marks, and how many of the first 100 and
 * 200 are right, beside a network on the profile page that is trained to tell last post within 90 days and answered above the norm.
 *
 * @param mark says whether a mark is reached
 */
export async function benchQuestions(
  profiles: Profiles,
  { seed, workers, mark }: { seed: number; workers: number; mark: (good: boolean) => string },
): Promise<void> {
  const { connection, table } = profiles;
  for (const [days, marks] of Object.entries(MARKS)) {
    const horizon = Number(days);
    const { results, predictions } = await trainProfiles(profiles, {
      definition: await resolveTarget("creator", { activeDays: horizon }),
      wording: "creator",
      activeDays: horizon,
      preset: presetNamed("profile"),
      recipe: ENSEMBLE,
      folds: 5,
      repeats: 3,
      seed,
      workers,
      quickAudit: true,
      policy: { kind: "max_f1" },
      allowLeakage: false,
      versions: { influencer_insights: "", node: "", duckdb: "" },
      createdAt: new Date(0),
      elapsed: () => 0,
    });
    const { answers, kinds } = results.questions as NonNullable<typeof results.questions>;
    console.log(
      `\ncreators, horizon ${horizon} days: 5 folds of accounts x 3 repeats, as of ${horizon} days before the snapshot`,
    );
    console.log(
      "  ROC AUC, log loss, Brier, slope and intercept of the calibration; right of the first 100 and 200",
    );
    const numbers = ({ roc_auc, log_loss, brier, slope, intercept }: (typeof kinds)[number]["judged"]) =>
      [roc_auc, log_loss, brier, slope, intercept].map(f3).join("  ");
    for (const { question, evidence, judged } of answers)
      console.log(`  ${`${question} from ${evidence}`.padEnd(28)} ${numbers(judged)}`);
    for (const { still_posting, well_answered, judged, precision_of_first: first } of kinds) {
      const right = first.map(({ first: n, precision }) => Math.round(n * precision)).join(" ");
      const good = judged.slope >= 0.9 && judged.slope <= 1.1 && Math.abs(judged.intercept) <= 0.1;
      console.log(
        `  ${`${still_posting}+${well_answered}`.padEnd(28)} ${numbers(judged)}  ${right}  calibration ${mark(good)}`,
      );
    }
    const [forecast] = answers;
    const { roc_auc, log_loss, brier } = forecast.judged;
    console.log(
      `  marks of the forecast: ROC AUC ${marks.roc_auc} ${mark(roc_auc >= marks.roc_auc)}, log loss ${marks.log_loss} ${mark(log_loss <= marks.log_loss)}${marks.brier === undefined ? "" : `, Brier ${marks.brier} ${mark(brier <= marks.brier)}`}`,
    );

    // The same accounts; folds dealt anew, once.
    const reader = await connection.runAndReadAll(
      `SELECT "row", coalesce(id, account_id) FROM ${table} ORDER BY "row"`,
    );
    const rowOf = new Map(reader.getRowsJS().map(([row, id]) => [String(id), Number(row)]));
    const rows = Float64Array.from(rowOf.values());
    const label = new Map(
      predictions
        .trim()
        .split("\n")
        .slice(1)
        .map((line) => line.split(","))
        .map(([id, , , target]) => [rowOf.get(id), Number(target)]),
    );
    const outcomes = Int8Array.from(rows, (row) => label.get(row) ?? -1);
    const accounts = dealAccounts(
      rows,
      Uint8Array.from(outcomes, (one) => Math.max(one, 0)),
      { folds: 5, repeats: 1, seed },
    );
    const { came, forecasts } = await forecastsOutOfFold(connection, "creator_examples", horizon, accounts);
    console.log("  forecasts on one deal, as they are, without calibration: ROC AUC, log loss, Brier");
    for (const [name, p] of Object.entries(forecasts)) {
      const { labels, known } = judgedRows(came, p);
      const one = rankingMetrics(
        labels,
        known.map((value) => Math.min(Math.max(value, 1e-6), 1 - 1e-6)),
      );
      console.log(`    ${name.padEnd(26)} ${[one.roc_auc, one.log_loss, one.brier].map(f3).join("  ")}`);
    }
    const found = await crossValidate(connection, {
      relation: table,
      preset: "profile",
      definition: await resolveTarget("creator", { activeDays: 90 }),
      recipe: ENSEMBLE,
      seed,
      workers,
    });
    const { mean } = calibrateOutOfFold(found, seed);
    const before = new Float64Array(rows.length).fill(Number.NaN);
    found.rows.forEach((row, i) => {
      before[accounts.at(row)] = mean[i];
    });
    const right = precisionOfFirst(outcomes, before).map(
      ({ first, precision }) => `${Math.round(first * precision)} of ${first}`,
    );
    console.log(
      `  one network on the profile page, trained to tell creators of 90 days: ${right.join(", ")} right`,
    );
  }
}
