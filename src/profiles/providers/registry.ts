import { APIFY_CLOCKWORKS } from "./apifyClockworks.ts";
import { BRIGHT_DATA } from "./brightData.ts";
import type { ColumnFinder } from "./columnFinder.ts";
import { DISPLAY_API } from "./displayApi.ts";
import type { Provider } from "./provider.ts";
import { RESEARCH_API } from "./researchApi.ts";
import { WEB_USER_INFO } from "./webUserInfo.ts";

/** Every layout that is recognised. The order settles ties. */
export const PROVIDERS: readonly Provider[] = [
  BRIGHT_DATA,
  APIFY_CLOCKWORKS,
  WEB_USER_INFO,
  DISPLAY_API,
  RESEARCH_API,
];

/** The layout found in a file. */
export interface Recognition {
  readonly provider: Provider;
  /** Other providers whose layout is there too and that would read columns this one leaves alone. */
  readonly rivals: readonly Provider[];
}

/**
 * Recognises whose file it is: of the providers whose required columns are all there, the one that knows the most columns
 * of the file; among equals the first in {@link PROVIDERS}. Undefined when there is none.
 */
export function recognise(finder: ColumnFinder): Recognition | undefined {
  const found = PROVIDERS.filter((provider) =>
    provider.requires.every((group) => finder.all(group, provider.wrappers).length > 0),
  ).map((provider) => ({ provider, known: knownColumns(provider, finder) }));
  // The sort is stable, so that equals keep the registry's order.
  const [best, ...others] = found.sort((a, b) => b.known.size - a.known.size);
  if (best === undefined) return undefined;
  const rivals = others.filter(({ known }) => [...known].some((column) => !best.known.has(column)));
  return { provider: best.provider, rivals: rivals.map(({ provider }) => provider) };
}

/** The file's columns that a provider knows, used or not. */
export function knownColumns(provider: Provider, finder: ColumnFinder): Set<string> {
  const { columns, avatar, video, unused } = provider;
  const names = [...Object.values(columns).flat(), ...avatar, ...unused];
  if (video !== undefined) names.push(...video.id, ...video.likes, ...video.comments);
  return new Set(finder.all(names, provider.wrappers));
}
