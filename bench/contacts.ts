/**
 * How well contacts are read from biographies: precision and recall over `data/contacts.tsv`, made-up ones that a person has
 * labelled. Fails where either is below its mark on a set.
 *
 *   npm run bench:contacts
 */
import { contactsOf } from "../src/shortlist/contacts/contacts.ts";
import {
  agreementOf,
  type Compared,
  compareContacts,
  groupBy,
  LEAST_PRECISION,
  LEAST_RECALL,
  labelledBiographies,
} from "./contacts/agreement.ts";

function print(name: string, contacts: readonly Compared[]) {
  const agreement = agreementOf(contacts);
  const { right, wrong, missed, precision, recall } = agreement;
  const shares = `precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}`;
  console.log(`${name.padEnd(12)} ${shares}  right ${right}, wrong ${wrong}, missed ${missed}`);
  return agreement;
}

for (const [set, biographies] of labelledBiographies()) {
  const compared = compareContacts(biographies);
  const without = biographies.filter(({ contacts }) => contacts.length === 0).length;
  console.log(`\n${set} set: ${biographies.length} biographies, ${without} of them without contacts`);
  const { precision, recall } = print("all", compared);
  if (precision < LEAST_PRECISION || recall < LEAST_RECALL) process.exitCode = 1;
  for (const [kind, contacts] of groupBy(compared, ({ kind }) => kind)) print(kind, contacts);
  for (const [language, contacts] of groupBy(compared, (contact) => contact.in.language))
    print(language, contacts);
  for (const { was, kind, platform, value, in: labelled } of compared) {
    if (was === "right") continue;
    const contact = [kind, platform, value].filter(Boolean).join(" ");
    console.log(`${was}: ${contact} (${labelled.language}) ${JSON.stringify(labelled.biography)}`);
  }
}

/** Beginnings and repetitions that made patterns look at a text over and over: seconds a text, before they were bounded. */
const BEGINNINGS = "whatsapp |ig&|ig: |📧 |ﷺ|x/|a.com |insta and |👻|a at |gmail".split("|");
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
