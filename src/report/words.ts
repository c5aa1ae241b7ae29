import { createElement, Fragment, type ReactNode } from "react";
import { spaced } from "../base/words.ts";
import { CANONICAL_COLUMNS, isCanonical } from "../profiles/canonical.ts";

/** Singular or plural of a verb or noun. */
export function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}

const FORMATS: Readonly<Record<string, string>> = {
  csv: "CSV",
  tsv: "TSV",
  json: "JSON",
  ndjson: "NDJSON",
  parquet: "Parquet",
};

/** A file format as people write it, with its article: `a CSV file`, `an NDJSON file, packed with gzip`. */
export function fileWords(format: string): string {
  const [kind, packed] = format.split(", ");
  const name = FORMATS[kind] ?? kind;
  return `${/^[aeio]|^N/i.test(name) ? "an" : "a"} ${name} file${packed === undefined ? "" : `, packed with ${packed}`}`;
}

/** Things in a row: `a`, `a and b`, `a, b and c`. */
export function listed(things: readonly ReactNode[]): ReactNode {
  return things.map((thing, i) => {
    const before = i === 0 ? "" : i === things.length - 1 ? " and " : ", ";
    return createElement(Fragment, { key: i }, before, thing);
  });
}

const MEANINGS: Readonly<Record<string, string>> = {
  biography_keyword: "whether the biography has one of a few English words, like “creator” or “model”",
  likes_followers_pc1: "likes and followers together: how large the account is",
  likes_followers_pc2: "likes against followers: what size alone does not tell",
  bio_link_missing: "whether there is no link under the biography",
  likes_per_video: "likes of all videos by their number",
};

/** What a feature of the network is, in plain words. */
export function featureMeaning(feature: string): string {
  const known = MEANINGS[feature];
  if (known !== undefined) return known;
  return isCanonical(feature) ? CANONICAL_COLUMNS[feature].about : spaced(feature);
}
