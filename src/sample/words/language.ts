/**
 * What people who write one language put into a profile. All names, handles and sentences are made up here; none is
 * taken from a real profile.
 *
 * Sentences may hold slots: `{me}` the account's handle, `{mail}` an address at a domain reserved for examples,
 * `{name}`, `{city}`, `{flag}`, `{e}` an emoji, `{age}`, `{goal}` a number of followers ("10k"), `{date}`, `{year}`,
 * `{n}` and `{n2}` small and larger numbers, `{day}`, `{code}`, `{pronouns}`, `{sign}` of the zodiac, `{status}`.
 */
export interface Language {
  /** BCP 47 tag. */
  readonly tag: string;
  /** Share of accounts with at most 300, about 4,000 and at least 30,000 followers; relative to the other languages. */
  readonly share: readonly [number, number, number];
  /** Hours east of Greenwich where its writers live, each as likely; people post in the evening. */
  readonly offsets: readonly number[];
  /** Given names as they are shown. */
  readonly given: readonly string[];
  /** Family names as they are shown; may be empty. */
  readonly family: readonly string[];
  /** Names and words in a-z, of which handles are made. */
  readonly stems: readonly string[];
  /** Names of shops, fan pages and jokes, shown instead of a person's name. */
  readonly titles: readonly string[];
  readonly cities: readonly string[];
  /** Flags as emoji, the likeliest first. */
  readonly flags: readonly string[];
  /** Short pieces that say what one is or does, joined by bars and dots. */
  readonly roles: readonly string[];
  /** Whole lines: sayings, jokes, wishes. */
  readonly sayings: readonly string[];
  /** Lines that ask for something or point elsewhere. */
  readonly calls: readonly string[];
}

/** The words of a text, which blanks and line ends part. */
export function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** The lines of a text, without the blanks at their ends. */
export function lines(text: string): string[] {
  return text.trim().split(/[ ]*\n[ ]*/);
}
