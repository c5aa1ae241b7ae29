import { writeFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { type Command, Option } from "@commander-js/extra-typings";
import { InsightsError, unknownName } from "../base/error.ts";
import { claimFile, type OutputFile } from "../base/output/write.ts";
import { countInWords } from "../base/words.ts";
import type { Model } from "../bundle/model.ts";
import { requireAnswerable } from "../bundle/requireAnswerable.ts";
import type { Profiles } from "../profiles/read.ts";
import { FOLLOWER_TIERS, type FollowerTier } from "../profiles/tiers.ts";
import { type ColumnName, FILE_COLUMNS, parseColumns } from "../shortlist/columns.ts";
import { DEFAULT_LIST, filterSchema, partsWithoutMatch } from "../shortlist/filter.ts";
import { FLAG_NAMES } from "../shortlist/flags.ts";
import { FORMAT_FILES, formatEntries, type ShortlistFormat } from "../shortlist/format.ts";
import { type People, readPeople } from "../shortlist/people.ts";
import { rankProfiles } from "../shortlist/ranked.ts";
import { createReasons } from "../shortlist/reasons.ts";
import { makeShortlist, type ShortlistOptions } from "../shortlist/shortlist.ts";
import { parseCondition } from "../targets/condition.ts";
import { chooseModel, modelAndFiles, outOfFoldOf, readChosen } from "./chooseModel.ts";
import {
  debugOption,
  MOST_DAYS,
  type OptionsOf,
  type OtherReadingFlags,
  outputOption,
  type ReadingFlags,
  readingOf,
  share,
  tiersOption,
  wholeNumberOption,
  withOtherFile,
  withReadingOptions,
  words,
} from "./options.ts";
import { tellAge, withProfiles } from "./profiles.ts";
import { listText, noMatchInWords } from "./shortlistText.ts";
import type { Effects } from "./terminal.ts";

/** More followers than anybody has. */
const MOST_FOLLOWERS = 1_000_000_000_000;

/** Formats by the ending of a file's name. */
const ENDING_FORMATS: Readonly<Record<string, ShortlistFormat>> = {
  ...{ ".csv": "csv", ".xlsx": "xlsx", ".ndjson": "ndjson", ".jsonl": "ndjson", ".md": "markdown" },
};

/** Endings that a list may have, in words. */
export const ENDINGS = ".csv, .xlsx, .ndjson or .md";

/** Formats as they are asked for. */
const NAMED_FORMATS: Readonly<Record<string, ShortlistFormat>> = {
  ...{ xlsx: "xlsx", csv: "csv", semicolon: "csv-semicolon", markdown: "markdown", ndjson: "ndjson" },
};

/** The arguments and options of `insights shortlist`. */
export const declared = (command: Command) =>
  modelAndFiles(
    withReadingOptions(withReadingOptions(command), {
      prefix: "people-",
      file: "--exclude and --only",
      counts: false,
    }),
    "FILE",
    "the profiles to choose from",
  )
    .addOption(outputOption("file", "--out <file>", `file to write: ${ENDINGS}`).makeOptionMandatory())
    .addOption(
      wholeNumberOption(
        "--top <count>",
        `exactly so many accounts; without it at most ${DEFAULT_LIST.top}, of at least ${countInWords(DEFAULT_LIST.min_followers)} followers and likely still posting`,
        1,
        1_000_000,
      ),
    )
    .option("--all", "everybody, the small and the silent too")
    .option("--force", "replace the file if it exists")
    .addOption(
      new Option("--format <name>", "instead of what the file's name says").choices(
        Object.keys(NAMED_FORMATS),
      ),
    )
    .addOption(new Option("--excel", "CSV that a spreadsheet opens as it should").conflicts("format"))
    .addOption(
      new Option(
        "--columns <names>",
        "only these columns, in this order, like first_name,handle,why,link",
      ).argParser(words),
    )
    .addOption(wholeNumberOption("--min-followers <count>", "at least so many", 0, MOST_FOLLOWERS))
    .addOption(wholeNumberOption("--max-followers <count>", "at most so many", 0, MOST_FOLLOWERS))
    .addOption(new Option("--tier <names>", "only these follower tiers, like micro,mid").argParser(words))
    .addOption(tiersOption())
    .addOption(new Option("--language <codes>", "only these languages, like en,es").argParser(words))
    .addOption(new Option("--region <codes>", "only these regions, like US,MX").argParser(words))
    .option("--verified", "only accounts with the tick")
    .option("--has-email", "only accounts whose biography tells an e-mail address")
    .addOption(
      wholeNumberOption(
        "--active-days <count>",
        "only accounts that posted within so many days",
        1,
        MOST_DAYS,
      ),
    )
    .addOption(new Option("--min-probability <share>", "only accounts at least this likely").argParser(share))
    .addOption(
      new Option(
        "--flag <names>",
        "only accounts to look at twice for these, like giveaway,private",
      ).argParser(words),
    )
    .option("--no-flags", "only accounts with nothing to look at twice")
    .option("--where <condition>", 'any SQL condition, like "followers > 2 * following"')
    .option("--exclude <file>", "leave out the accounts of this file: people already contacted")
    .option("--only <file>", "list the accounts of this file alone, all of them")
    .option("--no-contacts", "leave personal data out")
    .addOption(debugOption());

type Options = OptionsOf<typeof declared> & ReadingFlags & Omit<OtherReadingFlags<"people">, "peopleDecimal">;

/**
 * `insights shortlist`: the accounts to write to first, with reasons and contacts.
 *
 * @throws InsightsError for whatever the user can mend
 */
export async function run(paths: readonly string[], options: Options, effects: Effects): Promise<void> {
  const { out, top, all, force = false, contacts, tiers } = options;
  const format = formatOf(out, options);
  const columns = options.columns && parseColumns(options.columns, FILE_COLUMNS);
  const condition = options.where === undefined ? undefined : await parseCondition(options.where);
  refuseUnknownTiers(options.tier, tiers);
  refuseUnknownFlags(options.flag);
  const filter = filterOf(options);
  const choice = await chooseModel(paths, options, "FILE");
  const [file] = choice.files;
  const reads = [file, options.exclude, options.only, choice.folder];
  await using output = await claimFile(out, { force, reads });
  const excluded = await peopleIn(options.exclude, options, effects);
  const only = await peopleIn(options.only, options, effects);
  const model = await readChosen(choice, effects);
  const order = {
    ...{ folder: choice.folder, out, output, format, columns, top, filter, contacts, tiers, excluded, only },
    // Whoever names people wants to see them, the small and the silent too.
    all: all === true || only !== undefined,
    condition: condition?.expression,
  };
  await withProfiles(file, { reading: readingOf(options) }, effects, (profiles) =>
    writeList(profiles, model, order, effects),
  );
}

/** Whom a file names; says how many of its records name nobody, and what was decided about it. */
async function peopleIn(
  path: string | undefined,
  options: Options,
  effects: Effects,
): Promise<People | undefined> {
  if (path === undefined) return undefined;
  const { peopleMap: map, peopleSheet: sheet, peopleEncoding: encoding } = options;
  return withOtherFile("people-", effects, async ({ signal, stderr }) => {
    const found = await readPeople(path, { reading: readingOf({ map, sheet, encoding }), signal });
    const { people, nameless, decided } = found;
    const file = basename(path);
    const reasons = Object.entries(nameless).map(([reason, n]) => `${countInWords(n)} ${reason}`);
    if (reasons.length > 0)
      stderr(`warning: of ${file} some records name nobody and count for nothing: ${reasons.join(", ")}\n`);
    for (const sentence of decided) stderr(`${file}: ${sentence}\n`);
    return people;
  });
}

/** What goes into a list, and where it goes. */
export interface ListOrder
  extends Pick<ShortlistOptions, "top" | "all" | "filter" | "condition" | "excluded" | "only" | "contacts"> {
  /** Folder of the model; null for the one that ships. */
  readonly folder: string | null;
  /** Name of the file, and the file. */
  readonly out: string;
  readonly output: OutputFile;
  readonly format: ShortlistFormat;
  readonly columns?: readonly ColumnName[] | undefined;
  readonly tiers?: readonly FollowerTier[] | undefined;
}

/**
 * Ranks profiles, writes the list as a file and prints its first accounts and what came of it.
 *
 * @throws InsightsError where the file cannot be written, or the profiles hold nothing to answer from
 */
export async function writeList(
  profiles: Profiles,
  model: Model,
  { folder, out, output, format, columns, tiers, ...wanted }: ListOrder,
  effects: Effects,
): Promise<void> {
  const { connection, table, source } = profiles;
  const { signal, stdout, stderr } = effects;
  requireAnswerable(model, profiles, "any list");
  const outOfFold = await outOfFoldOf(profiles, model, folder, effects);
  await rankProfiles(connection, model, table, { ...(tiers && { tiers }), outOfFold, signal });
  const list = await makeShortlist(connection, {
    ...wanted,
    reasons: createReasons(model),
    signal,
  });
  if (list.matching === 0) {
    for (const one of await partsWithoutMatch(connection, wanted.filter ?? {}))
      stderr(noMatchInWords(one, source.file));
  }
  signal.throwIfAborted();
  const contents = formatEntries(list.entries, format, { contacts: wanted.contacts, columns });
  await output.fill((path) => writeFile(path, contents, { flag: "wx" }));
  const age = await tellAge(profiles, effects, model.horizon);
  stdout(listText(list, wanted, age, out));
}

/**
 * How a list is written: as `--format` or `--excel` say, else by the ending of its file's name.
 *
 * @throws InsightsError with exit code 2 for another ending, and for one that contradicts the option
 */
export function formatOf(
  out: string,
  {
    excel,
    format: name,
  }: { readonly excel?: boolean | undefined; readonly format?: string | undefined } = {},
): ShortlistFormat {
  const told = ENDING_FORMATS[extname(out).toLowerCase()];
  const format = excel ? "excel" : name === undefined ? told : NAMED_FORMATS[name];
  if (format === undefined)
    throw new InsightsError(`unknown format: ${basename(out)} (expected ${ENDINGS})`, { exitCode: 2 });
  const { ending } = FORMAT_FILES[format];
  if (told !== undefined && FORMAT_FILES[told].ending !== ending) {
    const option = excel ? "--excel" : `--format ${name}`;
    throw new InsightsError(`${option} is for ${ending}, not for ${basename(out)}`, { exitCode: 2 });
  }
  return format;
}

function filterOf(options: Options) {
  const {
    minFollowers,
    maxFollowers,
    tier,
    language,
    region,
    verified,
    hasEmail,
    activeDays,
    minProbability,
    flag,
    flags,
  } = options;
  if (minFollowers !== undefined && maxFollowers !== undefined && minFollowers > maxFollowers) {
    throw new InsightsError(`invalid followers: at least ${minFollowers} and at most ${maxFollowers}`, {
      exitCode: 2,
    });
  }
  return filterSchema.parse({
    min_followers: minFollowers,
    max_followers: maxFollowers,
    tiers: tier,
    languages: language,
    regions: region,
    verified,
    has_email: hasEmail,
    active_days: activeDays,
    min_probability: minProbability,
    flags: flag,
    no_flags: flags ? undefined : true,
  });
}

/** A tier that there is none of would match nobody, without a word. */
function refuseUnknownTiers(
  asked: readonly string[] = [],
  tiers: readonly FollowerTier[] = FOLLOWER_TIERS,
): void {
  const names = tiers.map(({ name }) => name);
  const known = new Set(names.map((name) => name.toLowerCase()));
  const unknown = asked.find((name) => !known.has(name.toLowerCase()));
  if (unknown !== undefined) throw unknownName("tier", unknown, names);
}

function refuseUnknownFlags(asked: readonly string[] = []): void {
  const unknown = asked.find((name) => !(FLAG_NAMES as readonly string[]).includes(name));
  if (unknown !== undefined) throw unknownName("flag", unknown, FLAG_NAMES);
}
