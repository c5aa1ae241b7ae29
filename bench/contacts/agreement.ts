import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Contact } from "../../src/shortlist/contacts/contact.ts";
import { contactsOf } from "../../src/shortlist/contacts/contacts.ts";

/** A contact as a careful person would read it from a biography. */
export type Label = Pick<Contact, "kind" | "platform" | "value">;

/** A made-up biography with the contacts in it. */
export interface Labelled {
  readonly language: string;
  readonly biography: string;
  readonly contacts: readonly Label[];
}

/** Least share of what is found that has to be right, on each set. */
export const LEAST_PRECISION = 0.98;
/** Least share of what is there that has to be found, on each set. */
export const LEAST_RECALL = 0.95;

const CONTACT = /^(email|handle|link|phone)(?::(\w+))? (\S+)$/;
const row = z.object({
  set: z.string().min(1),
  language: z.string().min(1),
  // As in JSON, but for quotes: \n is a line end, \\ a backslash.
  biography: z.string().transform((text) => JSON.parse(`"${text.replaceAll('"', '\\"')}"`) as string),
  contacts: z.string().transform((text) => (text === "" ? [] : text.split(" | ").map(labelOf))),
});

function labelOf(text: string): Label {
  const match = CONTACT.exec(text);
  if (match === null) throw new Error(`not a contact: ${text} (expected handle:instagram name)`);
  return { kind: match[1], platform: match[2] ?? null, value: match[3] } as Label;
}

/** The labelled biographies of `data/contacts.tsv`, by set, in the order in which they were written. */
export function labelledBiographies(): ReadonlyMap<string, readonly Labelled[]> {
  const text = readFileSync(new URL("../../data/contacts.tsv", import.meta.url), "utf8");
  const [header, ...lines] = text.replace(/\n$/, "").split("\n");
  const columns = header.split("\t");
  const rows = lines.map((line) => {
    const cells = line.split("\t");
    // An editor may have cut the last tab of a line without contacts.
    return row.parse(Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ""])));
  });
  return groupBy(rows, ({ set }) => set);
}

/** Items by a name that each has, in the order in which the names come up. */
export function groupBy<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(nameOf(item), [...(groups.get(nameOf(item)) ?? []), item]);
  return groups;
}

/** What rules find rightly, find wrongly, and miss. */
export interface Agreement {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
  /** Share of what is found that is right; 1 where nothing is found. */
  readonly precision: number;
  /** Share of what is there that is found; 1 where nothing is there. */
  readonly recall: number;
}

/** A contact, and whether the rules find it rightly, find it wrongly, or miss it. */
export interface Compared extends Label {
  readonly was: "right" | "wrong" | "missed";
  readonly in: Labelled;
}

/** Kind, platform and value have to be right; values in any case, because no platform tells `Anna` from `anna`. */
const keyOf = ({ kind, platform, value }: Label) => `${kind} ${platform} ${value.toLowerCase()}`;

/** Compares what the rules find in biographies with the labels, contact by contact. */
export function compareContacts(biographies: readonly Labelled[]): Compared[] {
  return biographies.flatMap((labelled) => {
    const found = contactsOf({ biography: labelled.biography, bio_link: null });
    const there = new Set(labelled.contacts.map(keyOf));
    const seen = new Set(found.map(keyOf));
    const missed = labelled.contacts.filter((contact) => !seen.has(keyOf(contact)));
    return [
      ...found.map((contact) => ({ ...contact, was: there.has(keyOf(contact)) ? "right" : "wrong" })),
      ...missed.map((contact) => ({ ...contact, was: "missed" })),
    ].map((contact) => ({ ...contact, in: labelled }) as Compared);
  });
}

/** Counts and shares of what was compared. */
export function agreementOf(compared: readonly Pick<Compared, "was">[]): Agreement {
  const count = (was: Compared["was"]) => compared.filter((one) => one.was === was).length;
  const [right, wrong, missed] = [count("right"), count("wrong"), count("missed")];
  const share = (others: number) => (right + others === 0 ? 1 : right / (right + others));
  return { right, wrong, missed, precision: share(wrong), recall: share(missed) };
}
