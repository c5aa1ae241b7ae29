import { once } from "../../base/data.ts";
import type { CanonicalName } from "../canonical.ts";
import { judge, valuesOf } from "../columns/evidence.ts";
import { readColumnName, wordsOf } from "../columns/names.ts";
import { type VideoFact, videoFactOf } from "../columns/videoNames.ts";
import type { Samples } from "../readingOptions.ts";
import { totalWords } from "../words.ts";
import { APIFY_UNWOUND } from "./apifyLayouts.ts";
import { ColumnFinder } from "./columnFinder.ts";
import { type Provider, type SourceColumns, videoColumns } from "./layouts.ts";
import { VIDEO_LISTS } from "./videoListLayout.ts";

/** What only a video has, and how much it says that a table lists videos. */
const POINTS: Readonly<Partial<Record<VideoFact, number>>> = {
  number: 3,
  address: 2,
  length: 2,
  sound: 2,
  caption: 2,
  plays: 1,
  shares: 1,
  saves: 1,
  hashtags: 1,
  day: 1,
};
/** Points from which a table lists videos. */
const ENOUGH = 4;
const OF_AUTHORS_AGAIN = 2;
const OF_AUTHORS_WITH_NUMBERS = 4;

/** Columns of tables of accounts that no table of videos has. */
const OF_ACCOUNTS: SourceColumns = [
  "top_videos",
  "like_engagement_rate",
  "comment_engagement_rate",
  "awg_engagement_rate",
];

/** Values from which on shares among them are believed. */
const FEWEST = 4;

const ADDRESS =
  /^\s*(?:https?:)?\/\/(?:www\.|m\.)?tiktok\.com\/@([^/\s]*)\/(?:video|photo)\/(\d+)[^,\s]*\s*$/;

/**
 * Recognises a table of videos that is nobody's layout, by the names of its columns and their first values.
 *
 * @returns the layout in the file's own names; undefined where the records are not surely videos
 */
export function recogniseVideoList(columns: readonly string[], samples?: Samples): Provider | undefined {
  const finder = new ColumnFinder(columns, squeezed);
  const find = (names: SourceColumns) => finder.all(names);
  if (find(OF_ACCOUNTS).length > 0) return undefined;
  const { columns: known, video } = VIDEO_LISTS;
  const valuesIn = (column: string | undefined) => samples?.get(column ?? "") ?? [];
  const addresses = columns.filter((column) => isAddresses(valuesIn(column)));
  const facts = factsOf(columns);
  let points = 0;
  for (const fact of facts.keys()) points += POINTS[fact] ?? 0;
  if (addresses.length > 0 && !facts.has("address")) points += POINTS.address ?? 0;
  const named = find([...Object.values(known).flat(), ...videoColumns(video).flat()]);
  const told = new Set([...named, ...addresses, ...[...facts.values()].flat()]);
  const guessed = guessAuthors(
    columns.filter((column) => !told.has(column)),
    samples,
  );
  const byName = find(known.account_id ?? []).filter((column) => !addresses.includes(column));
  const accounts = byName.length > 0 ? byName : (guessed.account_id ?? []);
  if (repeats(valuesIn(accounts[0]))) {
    // An account has one number.
    const numbered = areNumbers(valuesIn(find(["id"])[0]));
    points += numbered ? OF_AUTHORS_WITH_NUMBERS : OF_AUTHORS_AGAIN;
  } else if (repeats(addresses.slice(0, 1).flatMap((column) => authorsOf(valuesIn(column))))) {
    // Columns in a language of which these names know nothing.
    points += OF_AUTHORS_AGAIN;
  }
  if (points < ENOUGH) return undefined;
  const numbers = find(video.id).filter((column) => squeezed(column) !== "id");
  const [id] = find(["id"]);
  const ids = id === undefined ? [] : [id];
  // An `id` that stands several times is the author's.
  const ofAuthor = repeats(valuesIn(id));
  const all = (...lists: readonly (SourceColumns | undefined)[]) => [
    ...new Set(lists.flatMap((list) => list ?? [])),
  ];
  // No guess takes part where a well-known name has spoken.
  const either = (names: SourceColumns, guess: SourceColumns | undefined) => {
    const named = find(names);
    return named.length > 0 ? named : (guess ?? []);
  };
  const found = Object.entries(known).map(([name, names]) => [
    name,
    either(names, guessed[name as CanonicalName]),
  ]);
  return {
    ...VIDEO_LISTS,
    columns: {
      ...Object.fromEntries(found),
      id: all(either(known.id ?? [], guessed.id), ofAuthor ? ids : []),
      // The address of a video names its author.
      account_id: all(accounts, addresses),
      posted_at: all(find(known.posted_at ?? []), facts.get("day"), facts.get("perhaps day")),
    },
    video: {
      id: all(numbers, facts.get("number"), facts.get("address"), addresses, ofAuthor ? [] : ids),
      likes: all(either(video.likes, guessed.ofVideo), facts.get("likes")),
      comments: all(find(video.comments), facts.get("comments")),
      pinned: find(video.pinned),
    },
    unused: [...facts.values()].flat(),
  };
}

/** What of a video columns tell by their names, in many languages. */
function factsOf(columns: readonly string[]): Map<VideoFact, string[]> {
  const facts = new Map<VideoFact, string[]>();
  for (const column of columns) {
    const fact = videoFactOf(column);
    if (fact !== undefined) facts.set(fact, [...(facts.get(fact) ?? []), column]);
  }
  return facts;
}

/** What columns tell of authors, by their names in many languages and by their values; `ofVideo` are likes of the videos. */
function guessAuthors(
  columns: readonly string[],
  samples: Samples | undefined,
): Readonly<Partial<Record<CanonicalName | "ofVideo", string[]>>> {
  const found: Partial<Record<CanonicalName | "ofVideo", string[]>> = {};
  for (const column of columns) {
    const { candidates, unit } = readColumnName(column);
    const values = samples?.get(column) ?? [];
    const looked = valuesOf(values);
    const fitting = candidates
      .map(({ canonical, rank }) => ({ canonical, rank, verdict: judge(canonical, looked, unit) }))
      .filter(
        ({ canonical, rank, verdict }) => rank > 1 && verdict !== "against" && OF_AUTHORS.has(canonical),
      );
    const best = fitting.find(({ verdict }) => verdict === "strong" || verdict === "fits") ?? fitting[0];
    if (best === undefined) continue;
    const { canonical } = best;
    // A number of each video counts on; an author's stands at all of the videos.
    if (canonical === "videos_count" && values.length > 0 && !repeats(values)) continue;
    const isTotal = wordsOf(column).some((word) => totals().has(word));
    if (canonical === "likes" && !isTotal && unit !== null) continue;
    const name =
      canonical === "likes" && !isTotal ? "ofVideo" : canonical === "url" ? "account_id" : canonical;
    found[name] = [...(found[name] ?? []), column];
  }
  return found;
}

/** What a table of videos may tell of their authors. */
const OF_AUTHORS: ReadonlySet<CanonicalName> = new Set<CanonicalName>([
  ...(Object.keys(VIDEO_LISTS.columns) as CanonicalName[]).filter((name) => name !== "posted_at"),
  "url",
]);

/** Words by which likes are all that an author ever got. */
const totals = once(() => new Set(totalWords().words.flatMap(wordsOf)));

/** Whether a table lists comments on videos, whose writers are not accounts that somebody chose. */
export function listsComments(columns: readonly string[]): boolean {
  const finder = new ColumnFinder(columns, squeezed);
  const has = (wanted: SourceColumns) => finder.all(wanted).length > 0;
  return (
    has(["comment_id", "cid", "comment_text"]) &&
    columns.some((column) => ["number", "address"].includes(videoFactOf(column) ?? ""))
  );
}

/**
 * The layout of an export with its authors unwound, as this file has it: where its `id` is the video's after all, it is no account's.
 */
export function unwoundLayout(samples: Samples | undefined): Provider {
  const numbers = (samples?.get("webVideoUrl") ?? []).map((address) => ADDRESS.exec(address)?.[2]);
  const isVideos = samples?.get("id")?.some((id) => numbers.includes(id)) ?? false;
  if (!isVideos || APIFY_UNWOUND.video === undefined) return APIFY_UNWOUND;
  const { id, ...columns } = APIFY_UNWOUND.columns;
  return { ...APIFY_UNWOUND, columns, video: { ...APIFY_UNWOUND.video, id: ["id", "webVideoUrl"] } };
}

/** Whether values are addresses of one video each. */
function isAddresses(values: readonly string[]): boolean {
  const present = values.filter((value) => value.trim() !== "");
  return (
    present.length > 0 && present.filter((value) => ADDRESS.test(value)).length * 10 >= present.length * 8
  );
}

/** Whose the videos are that addresses lead to. */
function authorsOf(addresses: readonly string[]): string[] {
  return addresses.flatMap((address) => ADDRESS.exec(address)?.[1] ?? []);
}

/** Whether values are long numbers, hardly any of which stands twice. */
function areNumbers(values: readonly string[]): boolean {
  const numbers = values.filter((value) => /^\s*\d{17,20}\s*$/.test(value));
  return (
    numbers.length > 0 &&
    numbers.length * 10 >= values.length * 9 &&
    new Set(numbers).size * 10 >= numbers.length * 9
  );
}

/** Whether many values stand several times. */
function repeats(values: readonly string[]): boolean {
  const present = values.filter((value) => value.trim() !== "");
  return present.length >= FEWEST && new Set(present).size * 10 <= present.length * 7;
}

/** A name without capitals and what stands between its words. */
function squeezed(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
