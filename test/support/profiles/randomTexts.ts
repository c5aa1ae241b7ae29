import type { Random } from "../../../src/base/random.ts";

const between = (random: Random, least: number, most: number) =>
  least + Math.floor(random.uniform() * (most - least + 1));
const oneOf = <T>(random: Random, values: readonly T[]): T => values[between(random, 0, values.length - 1)];
const chance = (random: Random, share: number) => random.uniform() < share;

/** Pieces of values: all that means something to a reader of delimited text, and some that only look so. */
const PIECES = [
  ...["a", "b", "1", "null", " ", "  ", ",", ";", "\t", "|", '"', '""', "\n", "\r\n", "\r", "é", "🙊", "x,y"],
  ...[
    "line\nline",
    "a,b,c\n1,2,3",
    'say "hi"',
    "\\",
    "#",
    "'",
    "two words",
    ', ""z',
    ' "',
    '" ',
    "\n ",
    "\ufeff",
  ],
];

/** A value of a field: mostly short, now and then a long one. */
export function randomValue(random: Random): string {
  if (chance(random, 0.3)) return oneOf(random, ["", "1", "12", "abc", "null", "-"]);
  const pieces = between(random, 1, chance(random, 0.1) ? 40 : 5);
  return Array.from({ length: pieces }, () => oneOf(random, PIECES)).join("");
}

/** What a mutation puts into a text, in Latin-1. */
const INSERTED = [
  '"',
  ",",
  ";",
  "\n",
  "\r",
  " ",
  "\0",
  '""',
  "\r\n",
  ",,",
  ' "',
  '" ',
  "\xe9",
  " ,",
  "\xef\xbb\xbf",
];

/** A text with a byte or some inserted, removed, replaced or with its end cut off. */
function mutated(random: Random, text: Buffer): Buffer {
  const at = between(random, 0, text.length);
  const piece = Buffer.from(oneOf(random, INSERTED), "latin1");
  const [before, after] = [text.subarray(0, at), text.subarray(at)];
  switch (between(random, 0, 4)) {
    case 0:
      return Buffer.concat([before, after.subarray(1)]);
    case 1:
      return Buffer.concat([before, piece, after.subarray(1)]);
    case 2:
      return Buffer.concat([before, after.subarray(between(random, 0, 20))]);
    default:
      return Buffer.concat([before, piece, after]);
  }
}

/** A delimited text in any style, of which about half are damaged in one to three places. */
export function randomCsv(random: Random): Buffer {
  const delimiter = oneOf(random, [",", ",", ",", ";", "\t", "|"]);
  const lineEnd = oneOf(random, ["\n", "\n", "\n", "\r\n", "\r"]);
  const width = between(random, 2, 6);
  const quoting = oneOf(random, [0, 0.5, 1]);
  const careless = chance(random, 0.2);
  // Most tables begin with a number; one that begins with any text is read in another way where that begins with a line end.
  const numbered = chance(random, 0.7);
  const written = (value: string) => {
    const needed = /["\r\n]/.test(value) || value.includes(delimiter);
    const quoted = chance(random, quoting) || (needed && !(careless && chance(random, 0.1)));
    return quoted ? `"${value.replaceAll('"', '""')}"` : value;
  };
  const line = (value: (column: number) => string) =>
    Array.from({ length: width }, (_, column) => written(value(column))).join(delimiter);
  const rows = Array.from({ length: between(random, 0, 40) }, () =>
    line((column) => (numbered && column === 0 ? `${between(random, 0, 1e6)}` : randomValue(random))),
  );
  const lines = [line((column) => `name${column}`), ...rows];
  const mark = chance(random, 0.1) ? "\ufeff" : "";
  let text: Buffer = Buffer.from(mark + lines.join(lineEnd) + (chance(random, 0.7) ? lineEnd : ""));
  for (let n = chance(random, 0.5) ? between(random, 1, 3) : 0; n > 0; n--) text = mutated(random, text);
  return text;
}

/** Values of a flat record of a few columns, some of them missing. */
export function randomRecord(random: Random): Record<string, unknown> {
  const value = () =>
    oneOf<() => unknown>(random, [
      () => randomValue(random),
      () => between(random, -1000, 1_000_000),
      () => random.uniform(),
      () => chance(random, 0.5),
      () => null,
      () => [randomValue(random), 1],
    ])();
  const columns = between(random, 1, 5);
  const names = Array.from({ length: columns }, (_, column) => `name${column}`);
  return Object.fromEntries(names.filter(() => chance(random, 0.9)).map((name) => [name, value()]));
}

/** Records as lines of JSON, of which some are damaged, with the records that are left as a right reader finds them. */
export function randomNdjson(random: Random): {
  readonly text: Buffer;
  /** By line; undefined where a line is no record. */
  readonly records: readonly (Record<string, unknown> | undefined)[];
} {
  const lines = Array.from({ length: between(random, 2, 30) }, (): Buffer => {
    const line = Buffer.from(JSON.stringify(randomRecord(random)));
    return chance(random, 0.2) ? mutated(random, line) : line;
  });
  const text = Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")]));
  const left = text
    .toString("latin1")
    .split("\n")
    .filter((line) => line.trim() !== "");
  return { text, records: left.map((line) => recordOf(Buffer.from(line, "latin1"))) };
}

/** What stands where a record should, and is none. */
const NO_RECORDS = ['{"name0": 1,}', "null", "7", '{"name0" 1}', '{"name0": x}', "[2]"];

/** Records in an array, or in pages of them, of which now and then one is none. */
export function randomJson(random: Random): {
  readonly text: string;
  /** As in {@link randomNdjson}. */
  readonly records: readonly (Record<string, unknown> | undefined)[];
} {
  const records = Array.from({ length: between(random, 1, 20) }, () => randomRecord(random));
  const indent = chance(random, 0.5) ? 2 : 0;
  if (chance(random, 0.4)) return { text: JSON.stringify(records, undefined, indent), records };
  const bad = records.length > 1 && chance(random, 0.7) ? between(random, 0, records.length - 1) : -1;
  const written = records.map((record, i) =>
    i === bad ? oneOf(random, NO_RECORDS) : JSON.stringify(record, undefined, indent),
  );
  // The first page shows what it is.
  const cut = between(random, Math.min(2, records.length), records.length);
  const lists = [written.slice(0, cut), written.slice(cut)].map((items) => `[${items.join(", ")}]`);
  const pages = lists.map((list) => `{"data": ${list}, "cursor": 1}`);
  const text = oneOf(random, [
    `[${lists.join(", ")}]`,
    `[\n${pages.join(",\n")}\n]`,
    indent === 0 ? `${pages.join("\n")}\n` : pages.join("\n"),
  ]);
  return { text, records: records.map((record, i) => (i === bad ? undefined : record)) };
}

function recordOf(line: Buffer): Record<string, unknown> | undefined {
  if (line.includes(0)) return undefined;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(line);
    // One comma at the end of a line belongs to no record, as in an array that lost its brackets.
    const value: unknown = JSON.parse(text.replace(/,\s*$/, ""));
    return value !== null && typeof value === "object" && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
