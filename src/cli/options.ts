import { type Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { InsightsError, unknownName } from "../base/error.ts";
import { FEWEST_BYTES } from "../base/files.ts";
import { shellWord } from "../base/quote.ts";
import { LONGEST_HORIZON } from "../features/kinds/posting.ts";
import { CANONICAL_NAMES, isCanonical } from "../profiles/canonical.ts";
import { mapOption } from "../profiles/columns/advice.ts";
import type { ReadingOptions } from "../profiles/readingOptions.ts";
import { parseTiers } from "../profiles/tiers.ts";
import type { Effects } from "./terminal.ts";

/** Parses a whole number in a range, for an option's value. */
function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < low || value > high) {
      throw new InvalidArgumentError(`expected a whole number from ${low} to ${high}`);
    }
    return value;
  };
}

/** Parses a share from 0 to 1, for an option's value. */
export function share(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError("expected a number from 0 to 1");
  return value;
}

/** Parses a share above 0 and below 1, for an option's value. */
export function part(text: string): number {
  const value = share(text);
  if (value === 0 || value === 1) throw new InvalidArgumentError("expected a number above 0 and below 1");
  return value;
}

/** Bytes of a unit; without one, bytes. */
const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
};

/** Parses a size like `512MB` or `2GiB`, for an option's value: a whole number of bytes, at least 1 KB. */
export function byteSize(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([KMGT]I?B|)$/i.exec(text.trim()) ?? [];
  const bytes = number === undefined ? Number.NaN : Math.floor(Number(number) * UNITS[unit.toUpperCase()]);
  if (!(bytes >= 1000 && bytes <= Number.MAX_SAFE_INTEGER)) {
    throw new InvalidArgumentError('expected a size of at least 1KB, like "512MB" or "2GiB"');
  }
  return bytes;
}

/** Parses a limit of memory for so many databases, in bytes. */
export const memoryFor = (databases: number) => (text: string) => {
  const bytes = byteSize(text);
  const least = databases * FEWEST_BYTES;
  if (bytes < least) throw new InvalidArgumentError(`expected at least ${least / 1e6}MB, like "1GB"`);
  return bytes;
};

/** Parses a limit of memory for DuckDB, in its words. */
export const memorySize = (text: string) => `${Math.ceil(memoryFor(1)(text) / 1e3)}KB`;

/** Parses `64,64,64` or `none`, for the layers of the network. */
export function layers(text: string): number[] {
  if (text === "none") return [];
  const units = text.split(",").map(Number);
  if (!/^\d+(,\d+)*$/.test(text) || units.some((n) => n < 1 || n > 4096)) {
    throw new InvalidArgumentError('expected units a layer like "64,64,64", each from 1 to 4096, or "none"');
  }
  return units;
}

/** Collects `canonical=source`, given any number of times. A source may hold `=`; an empty one leaves the column missing. */
export function mapping(text: string, earlier: Record<string, string>): Record<string, string> {
  const at = text.indexOf("=");
  if (at < 1)
    throw new InvalidArgumentError(
      'expected canonical=source, like "followers=fans", or "bio_link=" to leave it missing',
    );
  const canonical = text.slice(0, at).trim();
  if (!isCanonical(canonical)) throw unknownName("column", canonical, CANONICAL_NAMES);
  return { ...earlier, [canonical]: text.slice(at + 1).trim() };
}

/** Parses words parted by commas, for an option's value. */
export function words(text: string): string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

/** What a command's options are, from the function that declares them. */
export type OptionsOf<T extends (command: Command) => { opts(): unknown }> = ReturnType<
  ReturnType<T>["opts"]
>;

/** An option that is a whole number from `low` to `high`. */
export const wholeNumberOption = <const Flags extends string>(
  flags: Flags,
  about: string,
  low: number,
  high: number,
) => new Option(flags, about).argParser(wholeNumber(low, high));

const LARGEST_SEED = 2 ** 31 - 1;

/** The options of every command that reads a file of profiles, see {@link withReadingOptions}. */
export interface ReadingFlags {
  readonly sheet?: string | undefined;
  readonly encoding?: string | undefined;
  readonly decimal?: "comma" | "point" | undefined;
  readonly map: Readonly<Record<string, string>>;
}

/** The same of another file that a command reads, by the beginning of their names. */
export type OtherReadingFlags<Prefix extends string> = {
  readonly [Name in keyof ReadingFlags as `${Prefix}${Capitalize<Name>}`]: ReadingFlags[Name];
};

/**
 * Gives a command the options that say how a file is read: `--map canonical=source`, any number of times. They are declared here
 * alone; their values have the type {@link ReadingFlags}, or {@link OtherReadingFlags} of another file.
 *
 * @param other how the options of another file begin, like `train-`, what the file is, and whether its counts are read
 */
export function withReadingOptions<T>(
  command: T,
  other?: { readonly prefix: string; readonly file: string; readonly counts: boolean },
): T {
  const option = (flags: string, about: string) =>
    new Option(
      `--${other?.prefix ?? ""}${flags}`,
      other === undefined ? about : `of ${other.file}: ${about}`,
    );
  const options = [
    option("map <canonical=source>", "take a canonical column from this source column (repeat for more)")
      .argParser(mapping)
      .default({}, "none"),
    option(
      "sheet <name|number>",
      "the sheet of a workbook to read; the first that holds a table if not said",
    ),
    option(
      "encoding <name>",
      "how the characters of a text are written, like gb18030 or windows-1251; told by its bytes if not said",
    ),
    option(
      "decimal <mark>",
      "what stands before decimals in counts like 1.234; told by the file if not said",
    ).choices(["comma", "point"]),
  ];
  for (const one of other?.counts === false ? options.slice(0, -1) : options)
    (command as Command).addOption(one);
  return command;
}

/** How a file is read, of the options of a command. */
export function readingOf({ map, sheet, encoding, decimal }: ReadingFlags): ReadingOptions {
  return { map, sheet, encoding, decimal };
}

/**
 * Works with another file of a command, see {@link withReadingOptions}: what is said of it and thrown names the options that are for it,
 * `--train-map likes=Hearts` instead of `--map likes=Hearts`.
 *
 * @param prefix how its options begin, like `train-`
 */
export async function withOtherFile<T>(
  prefix: string,
  effects: Effects,
  work: (effects: Effects) => Promise<T>,
): Promise<T> {
  const told = (text: string) => text.replace(/--(?=(?:map|sheet|encoding|decimal)\b)/g, `--${prefix}`);
  try {
    return await work({ ...effects, stderr: (text, style) => effects.stderr(told(text), style) });
  } catch (error) {
    if (error instanceof InsightsError) error.message = told(error.message);
    throw error;
  }
}

/** The options of a command that say how a file is read, as words of a command line to copy. */
export function readingWords({ map, ...said }: ReadingFlags): string[] {
  const pairs = Object.entries(map).map(([canonical, source]) => mapOption(canonical, source));
  const others = (["sheet", "encoding", "decimal"] as const).flatMap((name) =>
    said[name] === undefined ? [] : [`--${name} ${shellWord(said[name])}`],
  );
  return [...others, ...pairs];
}

/**
 * An option that names a file or folder that a command writes. It carries a mark by which `test/cli/outputs.test.ts` finds all of them and sends
 * each to files that must stay.
 */
export const outputOption = <const Flags extends string>(
  writes: "file" | "folder",
  flags: Flags,
  about: string,
) => Object.assign(new Option(flags, about), { writes });

/** `--json`, and what it prints. */
export const jsonOption = (what: string) =>
  new Option("--json", `print ${what} as JSON to standard output, and nothing else`);

/** `--debug`. */
export const debugOption = () => new Option("--debug", "show stack traces");

/** `--allow-rejected`, of what learns from profiles. */
export const allowRejectedOption = () =>
  new Option(
    "--allow-rejected",
    "learn from the others where many records cannot be read and differ from them",
  );

/** `--seed`. */
export const seedOption = () =>
  wholeNumberOption("--seed <number>", "seed of every random choice", 0, LARGEST_SEED).default(1);

/** `--tiers`, for what measures by followers. */
export const tiersOption = () =>
  new Option(
    "--tiers <tiers>",
    "follower tiers, like nano=1K,micro=10K,mid=50K,macro=500K,mega=1M (these)",
  ).argParser(parseTiers);

/** `--workers`, for what trains on all cores. */
export const workersOption = () =>
  wholeNumberOption(
    "--workers <count>",
    "threads; all cores if not said, the result is the same",
    1,
    MOST_THREADS,
  );

/** File, folder and options of what trains: the preset, the target and its days, whether the audit may be overruled, seed and threads. */
export function trainingOptions(command: Command, about: { readonly out: string; readonly force: string }) {
  return withReadingOptions(command)
    .argument("<file>", "the file to learn from")
    .addOption(outputOption("folder", "--out <folder>", about.out).makeOptionMandatory())
    .option("--force", about.force)
    .addOption(new Option("--preset <name>", "which features").default("profile"))
    .addOption(
      new Option(
        "--target <target>",
        "creator, activity, engagement, column:NAME or an SQL condition",
      ).default("creator"),
    )
    .addOption(
      wholeNumberOption(
        "--horizon <days>",
        "creator: days ahead within which the next post counts (30)",
        1,
        LONGEST_HORIZON,
      ),
    )
    .addOption(
      wholeNumberOption(
        "--active-days <count>",
        "activity: days within which the last post must be (30)",
        1,
        MOST_DAYS,
      ),
    )
    .option("--allow-leakage", "keep features that give the target away")
    .addOption(allowRejectedOption())
    .addOption(seedOption())
    .addOption(workersOption());
}

/**
 * The days that a target counts by: `--horizon` of creator, `--active-days` of activity; undefined where nothing is said.
 *
 * @throws InsightsError with exit code 2 where the option is another target's
 */
export function targetDays({
  target,
  horizon,
  activeDays,
}: {
  readonly target: string;
  readonly horizon?: number | undefined;
  readonly activeDays?: number | undefined;
}): number | undefined {
  const name = target.trim();
  const [option, days, owner] =
    horizon === undefined ? ["--active-days", activeDays, "activity"] : ["--horizon", horizon, "creator"];
  if (days === undefined) return undefined;
  const two = horizon !== undefined && activeDays !== undefined;
  if (name === owner && !two) return days;
  const instead = name === "creator" ? " (creator takes --horizon)" : "";
  throw new InsightsError(`${two ? "--active-days" : option} is not for the target ${name}${instead}`, {
    exitCode: 2,
  });
}

/** The most threads that an option takes. */
export const MOST_THREADS = 256;

/** A hundred years: the most that an option about days takes. */
export const MOST_DAYS = 36_500;
