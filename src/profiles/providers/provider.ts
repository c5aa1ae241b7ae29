import type { CanonicalName } from "../canonical.ts";

/** Source columns of a canonical one, best first: the first of them that has a value in a record gives it. */
export type SourceColumns = readonly string[];

/** Where a file with a record a video keeps what is said about the video. */
export interface VideoColumns {
  /** The video's number, or an address that holds it. */
  readonly id: SourceColumns;
  /** Likes of the video. */
  readonly likes: SourceColumns;
  /** Comments on the video. */
  readonly comments: SourceColumns;
}

/** A seller or service of profiles, and how its files are laid out. */
export interface Provider {
  readonly name: string;
  /** What it is and what to know about its files, in plain words, for the documentation. */
  readonly about: string;
  /** A file has the layout when it has at least one column of each of these groups. */
  readonly requires: readonly SourceColumns[];
  /** What the column names may begin with, when records are wrapped: `userInfo.`. The bare names always count. */
  readonly wrappers: readonly string[];
  /** Where the canonical columns come from. `posted_at` of a record a video is the date of that video. */
  readonly columns: Readonly<Partial<Record<CanonicalName, SourceColumns>>>;
  /** Addresses of the avatar whose `x-expires` is known to be 48 hours after the page was made. */
  readonly avatar: SourceColumns;
  /** Present when a record is a video and the profile is all records of an author. */
  readonly video?: VideoColumns;
  /** Columns known and left alone. */
  readonly unused: readonly string[];
}
