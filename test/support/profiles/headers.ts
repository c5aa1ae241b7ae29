import { readFileSync } from "node:fs";
import { Random } from "../../../src/base/random.ts";
import type { CanonicalName } from "../../../src/profiles/canonical.ts";
import type { Samples } from "../../../src/profiles/readingOptions.ts";

/** A column of a table that somebody has, and what it is. */
export interface LabelledColumn {
  readonly header: string;
  /** Null for what is no canonical column, or what nobody could be sure of. */
  readonly canonical: CanonicalName | null;
  /** Kind of its values, see {@link samplesFor}. */
  readonly values: string;
}

/** The tables of `test/columns/headers.tsv`, by name. */
export function labelledTables(): Map<string, LabelledColumn[]> {
  const text = readFileSync(new URL("../../columns/headers.tsv", import.meta.url), "utf8");
  const tables = new Map<string, LabelledColumn[]>();
  for (const line of text.trimEnd().split("\n").slice(1)) {
    const [table, header, canonical, values] = line.split("\t");
    const columns = tables.get(table) ?? [];
    columns.push({ header, canonical: canonical === "" ? null : (canonical as CanonicalName), values });
    tables.set(table, columns);
  }
  return tables;
}

const FIRST = ["Ana", "Bob", "Chloe", "Dmitri", "Emeka", "Fatima", "Goran", "Hana", "Ines", "Jun"];
const LAST = ["Lima", "Okafor", "Petrov", "Sato", "Weiss", "Novak", "Ruiz", "Haddad", "Kim", "Moreau"];
const TEXTS = [
  "dance and daily vlogs\nLisbon",
  "Recetas faciles para todos 🍳",
  "mum of three, honest reviews",
  "gaming every night at 8 pm",
  "why are you here",
];

/** Made-up values of a kind, a record each: `handle`, `at` (with @), `count`, `short` (1.2M), `percent`, `unix` and so on. */
function madeUp(kind: string, random: Random, row: number): string {
  const pick = (list: readonly string[]) => list[random.integer(list.length)];
  const number = (low: number, high: number) => Math.round(low * (high / low) ** random.uniform());
  // No two alike, and not all with a mark or a digit.
  const [first, last] = [FIRST[row % 10], LAST[Math.floor(row / 10) % 10]];
  const handle = `${first}${pick([".", "_", "", ""])}${last}${pick(["", "", String(row)])}`.toLowerCase();
  const decimal = (high: number) => (random.uniform() * high + 0.01).toFixed(2);
  const seconds = number(1.5e9, 1.7e9);
  const makers: Record<string, () => string> = {
    handle: () => handle,
    at: () => `@${handle}`,
    name: () => `${pick(FIRST)} ${pick(LAST)}${pick(["", " 💔", " | art"])}`,
    first: () => pick(FIRST),
    word: () => pick(["beauty", "tech", "food"]),
    text: () => pick(TEXTS),
    count: () => String(number(2000, 2e6)),
    total: () => String(number(50_000, 5e7)),
    small: () => String(number(20, 900)),
    short: () => `${decimal(90)}${pick(["K", "M"])}`,
    decimal: () => decimal(90),
    percent: () => `${decimal(12)}%`,
    rate: () => (random.uniform() / 9).toFixed(4),
    score: () => String(number(10, 99)),
    price: () => `$${number(50, 5000)}`,
    row: () => String(row + 1),
    grade: () => pick(["A+", "B-", "C"]),
    range: () => pick(["18-24", "25-34"]),
    gender: () => pick(["FEMALE", "MALE"]),
    flag: () => pick(["true", "false"]),
    language: () => pick(["en", "es", "pt"]),
    country: () => pick(["US", "BR", "DE"]),
    place: () => pick(["Berlin, Germany", "Lima, Peru", "Austin, Texas, USA"]),
    id: () => String((BigInt(seconds) << 32n) + BigInt(number(1, 4e9))),
    token: () => `MS4wLjABAAAA${pick(LAST)}${row}_x-${number(1, 1e6)}`,
    address: () => `https://www.tiktok.com/@${handle}`,
    link: () => `https://linktr.ee/${handle}`,
    image: () => `https://p16.tiktokcdn.com/${number(1, 1e9)}.jpeg`,
    email: () => `${handle}@example.com`,
    phone: () => `+49 151 ${number(1e6, 9e6)}`,
    day: () => new Date(seconds * 1000).toISOString().slice(0, 10),
    time: () => new Date(seconds * 1000).toISOString(),
    unix: () => String(seconds),
  };
  return makers[kind]();
}

/** Made-up samples of a labelled table. */
export function samplesFor(columns: readonly LabelledColumn[], records: number, seed: number): Samples {
  const random = new Random(seed);
  return new Map(
    columns.map(({ header, values }) => [
      header,
      Array.from({ length: records }, (_, row) => madeUp(values, random, row)),
    ]),
  );
}
