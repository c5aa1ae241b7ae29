import type { Samples } from "../readingOptions.ts";
import { writtenName } from "../source/oddities.ts";
import { APIFY_UNWOUND } from "./apifyLayouts.ts";
import {
  BRIGHT_DATA,
  DISPLAY_API,
  type Provider,
  RESEARCH_API,
  type SourceColumns,
  videoColumns,
  WEB_USER_INFO,
} from "./layouts.ts";
import { VIDEO_PROVIDERS } from "./videoLayouts.ts";
import { recogniseVideoList, unwoundLayout } from "./videoLists.ts";

/**
 * Finds a file's columns by name. An exact name wins; else case, and what stands between words (blanks, hyphens, underscores; slashes
 * and dots, as in exports of nested records) do not matter.
 */
export class ColumnFinder {
  readonly columns: readonly string[];
  private readonly exact: ReadonlyMap<string, string>;
  private readonly loose = new Map<string, string>();

  constructor(columns: readonly string[]) {
    this.columns = columns;
    // What a column had to be called still is its exact name.
    const written = columns.map((column) => [writtenName(column) ?? column, column] as const);
    this.exact = new Map([...written, ...columns.map((column) => [column, column] as const)]);
    for (const column of columns) {
      const key = looseName(column);
      if (!this.loose.has(key)) this.loose.set(key, column);
    }
  }

  /** The column of that name, if there is one. */
  find(name: string): string | undefined {
    return this.exact.get(name) ?? this.loose.get(looseName(name));
  }

  /**
   * The columns that bear any of the names, in the names' order, each once.
   *
   * @param wrappers what a name may begin with beside nothing: `userInfo.`
   */
  all(names: SourceColumns, wrappers: readonly string[] = []): string[] {
    const found = names.flatMap((name) => ["", ...wrappers].map((wrapper) => this.find(`${wrapper}${name}`)));
    return [...new Set(found.filter((column) => column !== undefined))];
  }
}

function looseName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s_./-]+/g, "_");
}

/** Every layout that is recognised. The order settles ties. */
export const PROVIDERS: readonly Provider[] = [
  BRIGHT_DATA,
  WEB_USER_INFO,
  DISPLAY_API,
  RESEARCH_API,
  ...VIDEO_PROVIDERS,
];

/** Whether a column may hold an object that a provider is read from: the names of some columns begin with it and a dot. */
export function nestedNames(column: string): boolean {
  return NESTS.has(looseName(column));
}

const NESTS: ReadonlySet<string> = new Set(
  PROVIDERS.flatMap((provider) => {
    const { columns, avatar, video, wrappers } = provider;
    const sources = [
      ...Object.values(columns),
      avatar,
      ...(video === undefined ? [] : videoColumns(video)),
    ].flat();
    const names = ["", ...wrappers].flatMap((wrapper) => sources.map((source) => `${wrapper}${source}`));
    return names.flatMap((name) =>
      [...name.matchAll(/[.]/g)].map(({ index }) => looseName(name.slice(0, index))),
    );
  }),
);

/** The layout found in a file. */
export interface Recognition {
  readonly provider: Provider;
  /** Other providers whose layout is there too and that would read columns this one leaves alone. */
  readonly rivals: readonly Provider[];
}

/**
 * Recognises whose file it is: of the providers whose required columns are all there, the one that knows the most columns
 * of the file; among equals the first in {@link PROVIDERS}. Before those with a record an account goes any list of videos: some of them
 * know the followers of their authors under the same names. Undefined when there is none.
 *
 * @param samples the first values of each column
 */
export function recognise(finder: ColumnFinder, samples?: Samples): Recognition | undefined {
  const found = PROVIDERS.filter((provider) =>
    provider.requires.every((group) => finder.all(group, provider.wrappers).length > 0),
  ).map((provider) => ({ provider, known: knownColumns(provider, finder) }));
  // The sort is stable, so that equals keep the registry's order.
  const [best, ...others] = found.sort((a, b) => b.known.size - a.known.size);
  if (best?.provider === APIFY_UNWOUND) return { provider: unwoundLayout(samples), rivals: [] };
  if (best?.provider.video === undefined) {
    const videos = recogniseVideoList(finder.columns, samples);
    if (videos !== undefined) return { provider: videos, rivals: [] };
  }
  if (best === undefined) return undefined;
  const rivals = others.filter(({ known }) => [...known].some((column) => !best.known.has(column)));
  return { provider: best.provider, rivals: rivals.map(({ provider }) => provider) };
}

/** The file's columns that a provider knows, used or not. */
export function knownColumns(provider: Provider, finder: ColumnFinder): Set<string> {
  const { columns, avatar, video, platform = [], unused } = provider;
  const names = [...Object.values(columns).flat(), ...avatar, ...platform, ...unused];
  if (video !== undefined) names.push(...videoColumns(video).flat());
  return new Set(finder.all(names, provider.wrappers));
}
