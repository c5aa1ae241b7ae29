/**
 * How well accounts to look at twice are found: precision and recall over `data/flags.ndjson`, made-up accounts and accounts of
 * the synthetic sample that a person has labelled. Fails where either is below its mark on a set.
 *
 *   npm run bench:flags
 */
import { agreementOf, groupBy } from "./contacts/agreement.ts";
import {
  type ComparedFlag,
  compareFlags,
  LEAST_PRECISION,
  LEAST_RECALL,
  labelledAccounts,
} from "./flags/agreement.ts";

function print(name: string, compared: readonly ComparedFlag[]) {
  const { right, wrong, missed, precision, recall } = agreementOf(compared);
  const shares = `precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}`;
  console.log(`${name.padEnd(18)} ${shares}  right ${right}, wrong ${wrong}, missed ${missed}`);
  return { precision, recall };
}

for (const [set, accounts] of await labelledAccounts()) {
  const compared = compareFlags(accounts);
  const without = accounts.filter(({ flags }) => flags.length === 0).length;
  console.log(`\n${set} set: ${accounts.length} accounts, ${without} of them without a flag`);
  const { precision, recall } = print("all", compared);
  if (precision < LEAST_PRECISION || recall < LEAST_RECALL) process.exitCode = 1;
  for (const [flag, some] of groupBy(compared, ({ flag }) => flag)) print(flag, some);
  for (const { was, flag, words, in: labelled } of compared) {
    if (was === "right") continue;
    const { nickname, biography } = labelled.facts;
    console.log(
      `${was}: ${flag} ${words} (${labelled.language ?? "sample"}) ${JSON.stringify({ nickname, biography })}`,
    );
  }
}
