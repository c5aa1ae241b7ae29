import { basename, extname } from "node:path";
import { type Command, Option } from "@commander-js/extra-typings";
import { InsightsError, unknownName } from "../base/error.ts";
import { refuseTaken, writeWhole } from "../base/files.ts";
import { countInWords, countOfThings } from "../base/words.ts";
import { requireAnswerable } from "../bundle/requireAnswerable.ts";
import { createExplainer } from "../explain/explainer.ts";
import { FOLLOWER_TIERS, type FollowerTier } from "../profiles/tiers.ts";
import { readExcluded } from "../shortlist/exclude.ts";
import { type Filter, filterSchema, type NoMatch, partsWithoutMatch } from "../shortlist/filter.ts";
import { formatShortlist, type ShortlistFormat } from "../shortlist/format.ts";
import { rankProfiles } from "../shortlist/ranked.ts";
import { makeShortlist, reasonsOf, type Shortlist } from "../shortlist/shortlist.ts";
import { parseCondition } from "../targets/condition.ts";
import { chooseModel, modelAndFiles, readChosen } from "./chooseModel.ts";
import {
  debugOption,
  MOST_DAYS,
  mapOption,
  type OptionsOf,
  share,
  tiersOption,
  wholeNumberOption,
  words,
} from "./options.ts";
import { tellAge, withProfiles } from "./profiles.ts";
import type { Effects } from "./terminal.ts";

/** More followers than anybody has. */
const MOST_FOLLOWERS = 1_000_000_000_000;

/** The arguments and options of `insights shortlist`. */
export const declared = (command: Command) =>
  modelAndFiles(command, "FILE", "the profiles to choose from")
    .requiredOption("--out <file>", "file to write: .csv, .ndjson or .md")
    .addOption(wholeNumberOption("--top <count>", "how many accounts", 1, 1_000_000).default(200))
    .option("--force", "replace the file if it exists")
    .option("--excel", "CSV that a spreadsheet opens as it should")
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
    .option("--where <condition>", 'any SQL condition, like "followers > 2 * following"')
    .option("--exclude <file>", "leave out the accounts of this list: people already contacted")
    .option("--no-contacts", "leave personal data out")
    .addOption(mapOption())
    .addOption(debugOption());

type Options = OptionsOf<typeof declared>;

/** Reasons an account. */
const REASONS = 3;

/**
 * `insights shortlist`: the accounts to write to first, with reasons and contacts.
 *
 * @throws InsightsError for whatever the user can mend
 */
export async function run(paths: readonly string[], options: Options, effects: Effects): Promise<void> {
  const { out, top, force = false, contacts, tiers } = options;
  const format = formatOf(out, options.excel === true);
  const condition = options.where === undefined ? undefined : await parseCondition(options.where);
  refuseUnknownTiers(options.tier, tiers);
  const filter = filterOf(options);
  const choice = await chooseModel(paths, options, "FILE");
  const [file] = choice.files;
  await refuseTaken(out, force);
  const excluded =
    options.exclude === undefined ? new Set<string>() : await readExcluded(options.exclude, effects.signal);
  const model = await readChosen(choice, effects);
  const explainer = createExplainer(model);
  await withProfiles(file, options, effects, async (profiles) => {
    const { connection, table } = profiles;
    requireAnswerable(model, profiles, "any list");
    await rankProfiles(connection, model, table, { ...(tiers && { tiers }), signal: effects.signal });
    const list = await makeShortlist(connection, {
      top,
      filter,
      condition: condition?.expression,
      excluded,
      reasons: (profile) => reasonsOf(explainer.explain(profile), REASONS),
      contacts,
      signal: effects.signal,
    });
    if (list.matching === 0) {
      for (const one of await partsWithoutMatch(connection, filter))
        effects.stderr(noMatchInWords(one, basename(file)));
    }
    effects.signal.throwIfAborted();
    await writeWhole(out, formatShortlist(list.entries, format, { contacts }), force);
    const age = await tellAge(profiles, effects, model.horizon);
    effects.stdout(closing(list, age, options));
  });
}

const FORMATS: Readonly<Record<string, ShortlistFormat>> = {
  ".csv": "csv",
  ".ndjson": "ndjson",
  ".jsonl": "ndjson",
  ".md": "markdown",
};

function formatOf(out: string, excel: boolean): ShortlistFormat {
  const format = FORMATS[extname(out).toLowerCase()];
  if (format === undefined)
    throw new InsightsError(`unknown format: ${basename(out)} (expected .csv, .ndjson or .md)`, {
      exitCode: 2,
    });
  if (!excel) return format;
  if (format !== "csv")
    throw new InsightsError(`--excel is for CSV, not for ${basename(out)}`, { exitCode: 2 });
  return "excel";
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
  } = options;
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

/** Parts of a filter as the options that ask for them. */
const OPTIONS: Readonly<Partial<Record<keyof Filter, string>>> = {
  min_followers: "--min-followers",
  max_followers: "--max-followers",
  tiers: "--tier",
  languages: "--language",
  regions: "--region",
  verified: "--verified",
  has_email: "--has-email",
  active_days: "--active-days",
  min_probability: "--min-probability",
};

function noMatchInWords({ name, missing }: NoMatch, file: string): string {
  const why = missing === null ? "no account is like that" : `the file has no ${missing}`;
  return `warning: ${OPTIONS[name] ?? name} leaves everybody out: ${why} (${file})\n`;
}

/** An account that posted nothing for so many days is worth a word: a model that reads profiles only does not see posts. */
const LONG_AGO = 90;

function closing(
  { entries, considered, matching, excluded }: Shortlist,
  age: string,
  { out, contacts, exclude, activeDays }: Options,
): string {
  const active = entries.filter((entry) => entry.active).length;
  const reachable = entries.filter((entry) => entry.contacts.some(({ kind }) => kind === "email")).length;
  const left = exclude === undefined ? "" : `, ${countInWords(excluded)} left out as not wanted again`;
  const mail = contacts ? `, ${countInWords(reachable)} with an e-mail address` : "";
  const silent = entries.filter(({ days_since_last_post: days }) => days !== null && days > LONG_AGO).length;
  const stale =
    silent === 0 || activeDays !== undefined
      ? ""
      : `${countInWords(silent)} of them posted nothing for ${LONG_AGO} days; --active-days ${LONG_AGO} leaves such out\n`;
  return `${countOfThings(considered, "profile")}, ${countInWords(matching)} match${left}
${countOfThings(entries.length, "account")} listed: ${countInWords(active)} called active${mail}
${stale}${age}
${out}
`;
}
