import { countOfThings } from "../base/words.ts";
import { dataSection, targetSection } from "./card/data.ts";
import { insideSection } from "./card/inside.ts";
import { leakageSection } from "./card/leakage.ts";
import { limitsSection } from "./card/limits.ts";
import { code } from "./card/markdown.ts";
import { numbersSection, protocolSection, useSection } from "./card/numbers.ts";
import { sliceSection } from "./card/slices.ts";
import type { TrainingResults } from "./results.ts";

/** What the model is made of, in words. */
function makingOf({ options: { folds, repeats, networks }, distilled }: TrainingResults): string {
  const all = countOfThings(folds * repeats * networks, "small neural network");
  return distilled === null ? `the average of ${all}` : `a small neural network that stands for ${all},`;
}

/**
 * The model card in Markdown: what the model is, for whom and for whom not, on what data, how it was judged, what it does on
 * groups of accounts, and where it ends.
 */
export function modelCard(results: TrainingResults): string {
  const { created_at, versions, options, target, features, out_of_fold: measured } = results;
  const { low, high } = measured.intervals.roc_auc;
  return `# Model card

## What it is

A model that gives a TikTok account a probability of being active, as the target ${code(target.name)} has it, from what its profile
tells. It is ${makingOf(results)} over ${countOfThings(features.length, "feature")} of the preset ${code(options.preset)}. In short: of an active account and
another one, it puts the active one first in ${(100 * measured.roc_auc).toFixed(0)} of 100 pairs (95 % interval ${(100 * low).toFixed(0)} to ${(100 * high).toFixed(0)}), measured on accounts that it had not seen.

Made on ${created_at.slice(0, 10)} by influencer-insights ${versions.influencer_insights} (Node ${versions.node}, DuckDB ${versions.duckdb}).

## For whom

For people who look for creators to contact and want the more promising ones first, out of files like the one it was trained on.
Scores put accounts in an order and say how sure to be; a person decides.

## Not for whom

Not for decisions about people without a person looking: payments, bans, credit, employment, surveillance. Not for accounts of
other networks. Not for telling whether somebody is honest, real, or good at anything.

## How to use

${useSection(results)}

## Data

${dataSection(results)}

## Target

${targetSection(results)}

## Protocol

${protocolSection(results)}

## Numbers

${numbersSection(results)}

## Slices

${sliceSection(results)}

## What it relies on

${insideSection(results)}

## Leakage audit

${leakageSection(results)}

## Limits

${limitsSection(results)}
`;
}
