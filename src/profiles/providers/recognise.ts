import type { Samples } from "../readingOptions.ts";
import { APIFY_UNWOUND } from "./apifyLayouts.ts";
import { type ColumnFinder, looseName } from "./columnFinder.ts";
import {
  BRIGHT_DATA,
  DISPLAY_API,
  type Provider,
  RESEARCH_API,
  videoColumns,
  WEB_USER_INFO,
} from "./layouts.ts";
import { VIDEO_PROVIDERS } from "./videoLayouts.ts";
import { recogniseVideoList, unwoundLayout } from "./videoLists.ts";

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
