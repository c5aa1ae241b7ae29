import { contactsOf } from "../../src/shortlist/contacts/contacts.ts";
import type { Label, Labelled } from "./labelled.ts";

/** Least share of what is told that has to be right. */
export const LEAST_PRECISION = 0.98;
/** Least share of what there is that has to be told. */
export const LEAST_RECALL = 0.95;

/** Contacts told rightly, told wrongly and not told. */
export interface Agreement {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
}

/** A contact on which the rules and the label do not agree. */
export interface Disagreement extends Labelled {
  readonly was: "missed" | "wrong";
  readonly contact: Label;
}

/** What the rules tell of labelled biographies. */
export interface Comparison {
  readonly overall: Agreement;
  readonly byLanguage: ReadonlyMap<string, Agreement>;
  readonly byKind: ReadonlyMap<string, Agreement>;
  readonly disagreements: readonly Disagreement[];
}

const NONE: Agreement = { right: 0, wrong: 0, missed: 0 };

/** Share of what is told that is right; 1 where nothing is told. */
export const precisionOf = ({ right, wrong }: Agreement): number =>
  right + wrong === 0 ? 1 : right / (right + wrong);

/** Share of what there is that is told; 1 where there is nothing. */
export const recallOf = ({ right, missed }: Agreement): number =>
  right + missed === 0 ? 1 : right / (right + missed);

/** Kind, platform and value all have to be right; values in any case, for no platform tells `Anna` from `anna`. */
const keyOf = ({ kind, platform, value }: Label) => `${kind} ${platform ?? "-"} ${value.toLowerCase()}`;

const byKey = (contacts: readonly Label[]) =>
  new Map(contacts.map((contact) => [keyOf(contact), contact] as const));

/** Compares what the rules read with the labels, contact by contact. */
export function compareContacts(biographies: readonly Labelled[]): Comparison {
  let overall = NONE;
  const byLanguage = new Map<string, Agreement>();
  const byKind = new Map<string, Agreement>();
  const disagreements: Disagreement[] = [];
  const count = (labelled: Labelled, contact: Label, was: keyof Agreement) => {
    const more = (before: Agreement = NONE) => ({ ...before, [was]: before[was] + 1 });
    overall = more(overall);
    byLanguage.set(labelled.language, more(byLanguage.get(labelled.language)));
    byKind.set(contact.kind, more(byKind.get(contact.kind)));
    if (was !== "right") disagreements.push({ ...labelled, was, contact });
  };
  for (const labelled of biographies) {
    const there = byKey(labelled.contacts);
    const told = byKey(contactsOf({ biography: labelled.biography, bio_link: null }));
    for (const [key, contact] of told) count(labelled, contact, there.has(key) ? "right" : "wrong");
    for (const [key, contact] of there) if (!told.has(key)) count(labelled, contact, "missed");
  }
  return { overall, byLanguage, byKind, disagreements };
}
