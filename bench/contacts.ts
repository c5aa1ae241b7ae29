/**
 * How well contacts are read from biographies: precision and recall over made-up ones that a person has labelled. Fails where
 * either is below its mark.
 *
 *   npm run bench:contacts
 */

import { contactsOf } from "../src/shortlist/contacts/contacts.ts";
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

/** Beginnings and repetitions that made patterns look at a text over and over: seconds a text, before they were bounded. */
const BEGINNINGS = [
  "whatsapp ",
  "ig&",
  "ig: ",
  "📧 ",
  "ﷺ",
  "x/",
  "a.com ",
  "insta and ",
  "👻",
  "a at ",
  "gmail",
];
const FILLINGS = [" ", "\t", "\n", "-", "👉", "(", "1 ", "a.", "a@", "\u0301"];

let slowest = 0;
let texts = 0;
for (const beginning of BEGINNINGS) {
  for (const filling of [beginning, ...FILLINGS]) {
    const biography = `${beginning}${filling.repeat(2000)}`.slice(0, 2000);
    contactsOf({ biography });
    const before = performance.now();
    contactsOf({ biography });
    slowest = Math.max(slowest, performance.now() - before);
    texts++;
  }
}
console.log(`\n${texts} texts of 2,000 characters made to be slow: ${slowest.toFixed(1)} ms at most`);
