/**
 * How well contacts are read from biographies: precision and recall over made-up ones that a person has labelled. Fails where
 * either is below its mark.
 *
 *   npm run bench:contacts
 */

import {
  type Agreement,
  compareContacts,
  LEAST_PRECISION,
  LEAST_RECALL,
  precisionOf,
  recallOf,
} from "./contacts/agreement.ts";
import { FIFTH } from "./contacts/fifth/fifth.ts";
import { FIRST } from "./contacts/first/first.ts";
import { FOURTH } from "./contacts/fourth/fourth.ts";
import { SECOND } from "./contacts/second/second.ts";
import { THIRD } from "./contacts/third/third.ts";

function row(name: string, agreement: Agreement): string {
  const { right, wrong, missed } = agreement;
  const shares = `precision ${precisionOf(agreement).toFixed(3)}  recall ${recallOf(agreement).toFixed(3)}`;
  return `${name.padEnd(12)} ${shares}  right ${right}, wrong ${wrong}, missed ${missed}`;
}

for (const [name, biographies] of [
  ["first", FIRST],
  ["second", SECOND],
  ["third", THIRD],
  ["fourth", FOURTH],
  ["fifth", FIFTH],
] as const) {
  const { overall, byLanguage, byKind, disagreements } = compareContacts(biographies);
  const without = biographies.filter(({ contacts }) => contacts.length === 0).length;
  console.log(`\n${name} set: ${biographies.length} biographies, ${without} of them without contacts`);
  console.log(row("all", overall));
  for (const [kind, agreement] of byKind) console.log(row(kind, agreement));
  for (const [language, agreement] of byLanguage) console.log(row(language, agreement));
  for (const { was, language, contact, biography } of disagreements) {
    const { kind, platform, value } = contact;
    console.log(
      `${was}: ${[kind, platform, value].filter(Boolean).join(" ")} (${language}) ${JSON.stringify(biography)}`,
    );
  }
  if (precisionOf(overall) < LEAST_PRECISION || recallOf(overall) < LEAST_RECALL) process.exitCode = 1;
}
