import type { Contact } from "../../../src/shortlist/contacts/contact.ts";
import type { Niche } from "../../../src/shortlist/niches.ts";
import type { NEWS } from "../../../src/workspace/find.ts";
import type { Status } from "../../../src/workspace/marks.ts";
import type { Explanation } from "../types.ts";

export type { Status };

/** A person as a line of the list shows them. Moments are ISO 8601, shares 0 to 1, growth is a change in 30 days; null is unknown. */
export interface PersonRow {
  readonly person: number;
  readonly id: string | null;
  readonly account: string | null;
  readonly name: string | null;
  readonly url: string | null;
  readonly probability: number | null;
  readonly active: boolean | null;
  readonly still_posting: number | null;
  readonly well_answered: number | null;
  readonly evidence: string | null;
  /** The weightiest reason for or against, as one sentence. */
  readonly why: string;
  readonly reasons: readonly string[];
  readonly flags: readonly { readonly name: string; readonly words: string }[];
  readonly tier: string | null;
  readonly followers: number | null;
  readonly following: number | null;
  readonly likes: number | null;
  readonly videos: number | null;
  readonly engagement_rate: number | null;
  readonly engagement_percentile: number | null;
  readonly last_post: string | null;
  readonly days_since_last_post: number | null;
  readonly posts_per_week: number | null;
  readonly expected_posts: { readonly mean: number; readonly low: number; readonly high: number } | null;
  readonly account_age_days: number | null;
  readonly language: string | null;
  readonly region: string | null;
  readonly verified: boolean | null;
  readonly has_email: boolean;
  readonly has_phone: boolean;
  readonly has_link: boolean;
  readonly niches: readonly string[];
  readonly read_at: string | null;
  readonly imports: readonly number[];
  readonly news: (typeof NEWS)[number] | null;
  readonly growth: Growth | null;
  readonly status: Status;
  readonly note: string | null;
  readonly owner: string | null;
  readonly tags: readonly string[];
  readonly lists: readonly number[];
  /** Of the last change; 0 for who was never touched. */
  readonly version: number;
}

/** How an account has changed in 30 days, since it was read before. */
export interface Growth {
  readonly since: string;
  readonly followers: number | null;
  readonly followers_rate: number | null;
  readonly likes: number | null;
  readonly videos: number | null;
  readonly rate: number | null;
}

/** What an account was when it was read. */
export interface SeriesPoint {
  readonly read_at: string | null;
  readonly import: number;
  readonly followers: number | null;
  readonly likes: number | null;
  readonly videos: number | null;
  readonly engagement_rate: number | null;
  readonly posts: number | null;
}

/** Somebody like somebody else, and why, in words. */
export interface AlikeRow extends PersonRow {
  readonly because: readonly string[];
}

/** All that is known of a person: `GET /v1/people/{person}`. */
export interface PersonFacts extends PersonRow {
  readonly biography: string | null;
  readonly bio_link: string | null;
  readonly private: boolean | null;
  readonly created_at: string | null;
  readonly posted_at: readonly string[];
  readonly contacts: readonly Contact[];
  readonly niches_words: readonly Niche[];
  readonly explanation: Explanation | null;
  readonly series: readonly SeriesPoint[];
  readonly forecasts: readonly {
    readonly import: number;
    readonly read_at: string | null;
    readonly model: string;
    readonly still_posting: number | null;
    readonly came_true: boolean | null;
  }[];
  readonly history: readonly { readonly change: number; readonly at: string; readonly words: string }[];
  readonly like_this: readonly AlikeRow[];
}

/** What choices are counted by. */
export type FacetName =
  | "status"
  | "tier"
  | "language"
  | "region"
  | "niche"
  | "flag"
  | "tag"
  | "list"
  | "import"
  | "news"
  | "verified"
  | "owner"
  | "contact";

/** How many people each choice would leave, all other filters on. */
export type Facets = Readonly<
  Record<FacetName, readonly { readonly value: string; readonly people: number }[]>
>;

/** A part of the list: `GET /v1/people`. */
export interface PeoplePage {
  /** How many match. */
  readonly total: number;
  /** Everybody in the workspace. */
  readonly of: number;
  /** How many are left out because they were written to or are never to be, where nobody asked for them. */
  readonly hidden: number;
  readonly rows: readonly PersonRow[];
  readonly facets?: Facets;
  /** Filters that no file can answer, and why. */
  readonly unknown?: Readonly<Record<string, string>>;
}

/** What to note about people. */
export interface Setting {
  readonly status?: Status;
  readonly note?: string | null;
  readonly owner?: string | null;
  readonly add_tags?: readonly string[];
  readonly remove_tags?: readonly string[];
  readonly add_to?: readonly number[];
  readonly remove_from?: readonly number[];
}

/** What a change did. `rows` are the people as they are now, where they are few. */
export interface Changed {
  /** Null where everything was so already. */
  readonly change: number | null;
  readonly people: number;
  readonly words: string;
  readonly rows?: readonly PersonRow[];
}

/** A list of people. */
export interface ListFacts {
  readonly list: number;
  readonly name: string;
  readonly people: number;
  readonly version: number;
}

/** Filters that were given a name. */
export interface SearchFacts {
  readonly search: number;
  readonly name: string;
  readonly query: string;
  readonly version: number;
}
