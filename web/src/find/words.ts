import { countOf } from "../../../src/base/words.ts";
import { FOLLOWER_TIERS } from "../../../src/profiles/tiers.ts";
import type { FlagName } from "../../../src/shortlist/flags.ts";
import { PEOPLE_WORDS } from "../people/filter.ts";
import { STATUS_WORDS } from "../people/Status.tsx";
import type { FacetName, Status } from "../people/types.ts";
import { type Limits, type Range, rangeInWords, type Unit } from "./ranges.ts";

/** A word of an address that says who is wanted. */
export type PeopleWord = (typeof PEOPLE_WORDS)[number];

/** Changes to the words of an address; undefined takes a word away. */
export type Changes = Readonly<Record<string, string | undefined>>;

/** A filter with two ends, or with the lower one only. */
export interface RangeFilter {
  readonly label: string;
  readonly unit: Unit;
  readonly limits: Limits;
  readonly min: PeopleWord;
  readonly max?: PeopleWord;
  /** What it asks, in plain words. */
  readonly tip: string;
}

const SHARE: Limits = { least: 0, most: 1 };

const range = (
  ...[label, unit, limits, tip, min, max]: [string, Unit, Limits, string, PeopleWord, PeopleWord?]
): RangeFilter => ({ ...{ label, unit, limits, tip, min }, ...(max === undefined ? {} : { max }) });

/** All filters that are typed as ranges. */
export const RANGES = {
  followers: range(
    "Followers",
    "count",
    { least: 0 },
    "Or 1.2M for at least so many, up to 5K for at most",
    "min_followers",
    "max_followers",
  ),
  posting: range("Goes on posting", "share", SHARE, "How likely, at least", "min_still_posting"),
  answered: range("Answered well", "share", SHARE, "How likely, at least", "min_well_answered"),
  overall: range("Both together", "share", SHARE, "How likely both come true, at least", "min_probability"),
  engagement: range(
    "Engagement",
    "share",
    { least: 0 },
    "Likes and comments of a post, as a share of the followers",
    "min_engagement",
    "max_engagement",
  ),
  percentile: range(
    "Answered better than",
    "share",
    SHARE,
    "This share of accounts of the same size",
    "min_percentile",
  ),
  pace: range("Posts a week", "number", { least: 0 }, "How often the person posts", "min_pace", "max_pace"),
  growth: range(
    "Growth in 30 days",
    "share",
    { least: -1 },
    "Change of the followers, as a share of them",
    "min_growth",
    "max_growth",
  ),
} as const satisfies Record<string, RangeFilter>;

/** Values of lists and imports are numbers; this is what they are called. */
export interface Names {
  readonly list: ReadonlyMap<string, string>;
  readonly import: ReadonlyMap<string, string>;
}

/** A filter of which one value or several are chosen. */
export interface ChoiceFilter {
  readonly name: PeopleWord;
  readonly label: string;
  /** What the API counts for it; undefined where it counts nothing. */
  readonly facet?: FacetName;
  /** Values that are always on offer, in this order. */
  readonly values?: readonly string[];
  /** Whether only one can be chosen. */
  readonly one?: true;
  readonly words: (value: string, names: Names) => string;
}

/** A word or a sentence as it begins. */
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const own = (value: string) => value;

function called(type: "language" | "region"): (value: string) => string {
  const names = new Intl.DisplayNames("en", { type });
  return (value) => {
    try {
      return names.of(value) ?? value;
    } catch {
      // No code: the provider wrote a name.
      return value;
    }
  };
}

const FLAG_WORDS: Readonly<Record<FlagName, string>> = {
  giveaway: "Giveaways",
  reselling: "Sells accounts or followers",
  "follow-for-follow": "Follow for follow",
  "young-burst": "Young with many followers",
  likes: "Likes do not fit",
  following: "Follows very many",
  "zero-likes": "No likes",
  organisation: "Company or medium",
  private: "Private",
  "no-posts": "No posts",
};

const NEWS_WORDS: Readonly<Record<string, string>> = {
  new: "New since the last file",
  silent: "Went silent",
  woke: "Posts again",
};

const CONTACT_WORDS: Readonly<Record<string, string>> = { email: "E-mail", phone: "Phone", link: "Link" };

/** The range of followers of a size, as it stands beside its name: `10K to 50K`; undefined for a size of one's own. */
export function tierRange(name: string): string | undefined {
  const i = FOLLOWER_TIERS.findIndex((tier) => tier.name === name);
  if (i < 0) return undefined;
  const below = FOLLOWER_TIERS[i + 1]?.from;
  if (i === 0) return `under ${rangeInWords({ from: below }, "count").replace(" or more", "")}`;
  return below === undefined
    ? rangeInWords({ from: FOLLOWER_TIERS[i].from }, "count")
    : rangeInWords({ from: FOLLOWER_TIERS[i].from, to: below }, "count").replace(" to ", "–");
}

/** All filters that are chosen. */
export const CHOICES = {
  tiers: {
    name: "tiers",
    label: "Size",
    facet: "tier",
    values: FOLLOWER_TIERS.map(({ name }) => name),
    words: capital,
  },
  posted: {
    name: "active_days",
    label: "Posted within",
    values: ["7", "30", "90", "180", "365"],
    one: true,
    words: (days) => (days === "365" ? "A year" : `${days} days`),
  },
  news: {
    name: "news",
    label: "Since the file before",
    facet: "news",
    values: Object.keys(NEWS_WORDS),
    words: (value) => NEWS_WORDS[value] ?? value,
  },
  niches: { name: "niches", label: "About", facet: "niche", words: capital },
  languages: { name: "languages", label: "Language", facet: "language", words: called("language") },
  regions: { name: "regions", label: "Country", facet: "region", words: called("region") },
  contacts: {
    name: "contacts",
    label: "Can be reached by",
    facet: "contact",
    values: Object.keys(CONTACT_WORDS),
    words: (value) => CONTACT_WORDS[value] ?? value,
  },
  verified: {
    name: "verified",
    label: "Verified",
    facet: "verified",
    values: ["true", "false"],
    one: true,
    words: (value) => (value === "true" ? "Yes" : "No"),
  },
  noFlags: { name: "no_flags", label: "Flags", values: ["true"], one: true, words: () => "None" },
  flags: {
    name: "flags",
    label: "Only with a flag",
    facet: "flag",
    words: (value) => FLAG_WORDS[value as FlagName] ?? value,
  },
  statuses: {
    name: "statuses",
    label: "Status",
    facet: "status",
    values: ["all", ...Object.keys(STATUS_WORDS)],
    words: (value) => (value === "all" ? "Everybody" : (STATUS_WORDS[value as Status] ?? value)),
  },
  tags: { name: "tags", label: "With a tag", facet: "tag", words: own },
  noTags: { name: "no_tags", label: "Without a tag", facet: "tag", words: own },
  owner: { name: "owner", label: "Owner", facet: "owner", one: true, words: own },
  lists: {
    name: "lists",
    label: "On a list",
    facet: "list",
    words: (value, names) => names.list.get(value) ?? `list ${value}`,
  },
  imports: {
    name: "imports",
    label: "In a file",
    facet: "import",
    words: (value, names) => names.import.get(value) ?? `file ${value}`,
  },
} as const satisfies Record<string, ChoiceFilter>;

/** The values that are chosen of a filter. */
export function chosenOf(query: URLSearchParams, { name, one }: ChoiceFilter): readonly string[] {
  const text = query.get(name) ?? "";
  return text === "" ? [] : one ? [text] : text.split(",").filter((value) => value !== "");
}

/** What choosing a value, or letting go of it, changes. Everybody and single statuses take each other's place. */
export function choose(
  query: URLSearchParams,
  filter: ChoiceFilter,
  value: string,
  wanted: boolean,
): Changes {
  const others = chosenOf(query, filter).filter((other) => other !== value);
  const alone = filter.one || (filter.name === "statuses" && value === "all");
  const kept =
    alone && wanted ? [] : filter.name === "statuses" ? others.filter((other) => other !== "all") : others;
  const next = (wanted ? [...kept, value] : kept).join(",");
  return { [filter.name]: next === "" ? undefined : next };
}

/** The ends of a range that an address asks for. */
export function rangeOf(query: URLSearchParams, { min, max }: RangeFilter): Range {
  const end = (name: PeopleWord | undefined) => {
    const text = name === undefined ? null : query.get(name);
    return text === null || text === "" || !Number.isFinite(Number(text)) ? undefined : Number(text);
  };
  return { from: end(min), to: end(max) };
}

/** A filter that is on, in words, and what takes it away. */
export interface Chip {
  readonly name: string;
  readonly label: string;
  readonly words: string;
  readonly clear: Changes;
}

/** Values of a chip that are told by name; of more it says how many. */
const MOST_TOLD = 3;

/** Words of an address that name people. */
const NAMED = [
  ["people", "Only"],
  ["no_people", "Without"],
] as const;

/** The filters that are on. What is searched for stands in its own field. */
export function chipsOf(query: URLSearchParams, names: Names): Chip[] {
  const ranges = Object.values<RangeFilter>(RANGES).flatMap((filter) => {
    const words = rangeInWords(rangeOf(query, filter), filter.unit);
    const clear = {
      [filter.min]: undefined,
      ...(filter.max === undefined ? {} : { [filter.max]: undefined }),
    };
    return words === "" ? [] : [{ name: filter.min, label: filter.label, words, clear }];
  });
  const choices = Object.values<ChoiceFilter>(CHOICES).flatMap((filter) => {
    const chosen = chosenOf(query, filter);
    if (chosen.length === 0) return [];
    const told = chosen.map((value) => filter.words(value, names));
    const words =
      told.length > MOST_TOLD
        ? `${told.slice(0, MOST_TOLD - 1).join(", ")} and ${told.length - MOST_TOLD + 1} more`
        : told.join(", ");
    return [{ name: filter.name, label: filter.label, words, clear: { [filter.name]: undefined } }];
  });
  const some = NAMED.flatMap(([name, label]) => {
    const people = (query.get(name) ?? "").split(",").filter((text) => text !== "").length;
    if (people === 0) return [];
    return [{ name, label, words: countOf(people, "person", "people"), clear: { [name]: undefined } }];
  });
  return [...some, ...ranges, ...choices];
}

/** Changes that take all filters away. */
export const NO_FILTERS: Changes = Object.fromEntries(PEOPLE_WORDS.map((name) => [name, undefined]));
