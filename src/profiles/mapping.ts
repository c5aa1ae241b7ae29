import { InsightsError, unknownName } from "../base/error.ts";
import type { Alert } from "./alerts.ts";
import { CANONICAL_COLUMNS, CANONICAL_NAMES, type CanonicalName, isCanonical } from "./canonical.ts";
import {
  alertsOnProposals,
  brief,
  describeColumns,
  likelyOptions,
  mapOption,
  shortened,
} from "./columns/advice.ts";
import { judge, valuesOf } from "./columns/evidence.ts";
import { platformAlerts, refuseOddTable } from "./columns/oddTables.ts";
import { type Proposal, proposeColumns, type Refuted, unrefuted } from "./columns/propose.ts";
import { UnknownColumnsError } from "./columns/unknownColumnsError.ts";
import { ColumnFinder } from "./providers/columnFinder.ts";
import {
  COLUMN_NAMES,
  type Provider,
  type SourceColumns,
  type VideoColumns,
  videoColumns,
} from "./providers/layouts.ts";
import { knownColumns, recognise } from "./providers/recognise.ts";
import { listsComments } from "./providers/videoLists.ts";
import type { ReadingOptions, Samples } from "./readingOptions.ts";
import { areRounded } from "./roundedIds.ts";
import { refuseGarbledNames } from "./source/content.ts";
import { percentAlerts, percentColumns, type Units, unitAlerts, unitsOf } from "./units.ts";
import type { Conventions } from "./writtenNumbers.ts";

/** Which columns of a file give which canonical ones; all names are the file's own. */
export interface Mapping {
  /** Name of the provider; `mapped` when the user named columns and no layout was recognised. */
  readonly provider: string;
  /** Sources of each canonical column, best first. */
  readonly columns: Readonly<Partial<Record<CanonicalName, SourceColumns>>>;
  /** Addresses of the avatar that tell when the profile was read. */
  readonly avatar: SourceColumns;
  /** Present when a record is a video and a profile all records of an author. */
  readonly video: VideoColumns | null;
  /** Whether numbers of accounts were rounded on their way; those that look so are no numbers, and the accounts known by their handles. */
  readonly roundedIds: boolean;
  /** Columns of the file that are kept as they stand. */
  readonly kept: readonly KeptColumn[];
  /** What each column of the file was taken for, and what others may be; empty where there are no samples to tell by. */
  readonly proposals: readonly Proposal[];
  /** Columns of the file that are not read. */
  readonly unmapped: readonly string[];
  readonly alerts: readonly Alert[];
  /** Rates that the file gives in percent. */
  readonly percent: readonly CanonicalName[];
  readonly units: Units;
  /** How counts and rates are written, once all of them were looked over. Without it a query fails at one that is not plainly written. */
  readonly conventions?: Conventions | undefined;
}

/** A column of the file that is kept beside the canonical ones, as text. */
export interface KeptColumn {
  /** What it is called in the table of profiles, see {@link keptName}. */
  readonly name: string;
  /** The file's own name of it. */
  readonly source: string;
}

/** What a kept column is called in the table of profiles: `column:label`, which no canonical name can be. */
export function keptName(column: string): string {
  return `column:${column}`;
}

/** What decides beside the names of the columns. */
export interface MappingOptions extends Pick<ReadingOptions, "map"> {
  /** Columns to keep as they stand; whatever else they may be read for. */
  readonly keep?: readonly string[] | undefined;
  /** The first values of each column; without them, names alone decide. */
  readonly samples?: Samples | undefined;
}

/**
 * Decides what each canonical column is read from: the provider that the columns are recognised as, else columns of known
 * names, and before both what the user says. What is missing then is read from columns that are surely it by their names in many
 * languages and by their first values.
 *
 * @param columns the file's columns
 * @param file name of the file, for messages
 * @throws InsightsError for unknown names in `map` and `keep`
 * @throws UnknownColumnsError for a file without any known column, and for one with neither `id` nor `account_id`
 */
export function mapColumns(
  columns: readonly string[],
  file: string,
  { map = {}, keep = [], samples }: MappingOptions = {},
): Mapping {
  if (listsComments(columns) && map.account_id === undefined) {
    throw new InsightsError(
      "this looks like a list of comments: a record tells of who wrote one, not of an account that was looked at (take a list of accounts or of videos)",
      { place: { file } },
    );
  }
  if (map.account_id === undefined && map.id === undefined) refuseOddTable(columns, samples, file);
  const finder = new ColumnFinder(columns);
  const recognition = recognise(finder, samples);
  const provider = recognition?.provider ?? COLUMN_NAMES;
  const { video } = provider;
  const find = (names: SourceColumns) => finder.all(names, provider.wrappers);
  const mapped: Partial<Record<CanonicalName, SourceColumns>> = {};
  for (const name of CANONICAL_NAMES) {
    // What was added to a provider's file under a canonical name counts too; but `id` may be anything, even a line number,
    // and beside a video other names tell of the video.
    const added = recognition === undefined || video !== undefined || name === "id" ? [] : finder.all([name]);
    const found = [...new Set([...find(provider.columns[name] ?? []), ...added])];
    if (found.length > 0) mapped[name] = found;
  }
  const chosen = Object.entries(map);
  for (const [name, source] of chosen) {
    if (!isCanonical(name)) throw unknownName("column", name, CANONICAL_NAMES);
    delete mapped[name];
    if (source === "") continue;
    const [column] = find([source]);
    if (column === undefined) throw unknownName("column", source, shortened(columns));
    mapped[name] = [column];
  }
  const someNamed = Object.keys(mapped).length > 0;
  const guessed =
    video === undefined && samples !== undefined
      ? guessColumns(mapped, samples, {
          columns,
          said: chosen.map(([name]) => name as CanonicalName),
          recognised: recognition !== undefined,
          known: recognition === undefined ? new Set(find(provider.avatar)) : knownColumns(provider, finder),
        })
      : NO_GUESSES;
  if (video !== undefined) refuseVideos(provider, { columns, find, mapped, samples, file });
  if (mapped.id === undefined && mapped.account_id === undefined) {
    refuseWithoutAccounts(columns, someNamed || guessed.taken.length > 1, guessed.proposals, file);
  }
  const kept = [...new Set(keep)].map((name) => {
    const source = finder.find(name);
    if (source === undefined) throw unknownName("column", name, shortened(columns));
    return { name: keptName(name), source };
  });
  const sampled = (name: CanonicalName) => samples?.get(mapped[name]?.[0] ?? "") ?? [];
  const rounded = areRounded(sampled("id"), sampled("account_id"));
  const avatar = find(provider.avatar);
  const read = new Set([...Object.values(mapped).flat(), ...avatar, ...kept.map(({ source }) => source)]);
  for (const names of video === undefined ? [] : videoColumns(video)) {
    for (const column of find(names)) read.add(column);
  }
  const known = knownColumns(provider, finder);
  const likely = new Set(
    guessed.proposals.flatMap(({ column, canonical }) => (canonical === null ? [] : [column])),
  );
  const refuted = new Set(guessed.refuted.map(({ column }) => column));
  const rates = percentColumns(mapped, samples);
  const units = unitsOf(mapped);
  return {
    provider: recognition === undefined && chosen.length > 0 ? "mapped" : provider.name,
    columns: mapped,
    avatar,
    video:
      video === undefined
        ? null
        : {
            id: find(video.id),
            likes: find(video.likes),
            comments: find(video.comments),
            pinned: find(video.pinned),
          },
    roundedIds: rounded && mapped.account_id !== undefined,
    kept,
    proposals: guessed.proposals,
    percent: rates.flatMap(({ name, percent }) => (percent ? [name] : [])),
    units,
    unmapped: columns.filter((column) => !read.has(column)),
    alerts: [
      ...percentAlerts(rates),
      ...unitAlerts(units),
      ...platformAlerts(columns, samples),
      ...alertsOnProposals(guessed.taken, guessed.proposals, guessed.refuted),
      ...mappingAlerts(
        provider.name,
        (recognition?.rivals ?? []).map((rival) => rival.name),
        columns.filter((column) => ![read, known, likely, refuted].some((others) => others.has(column))),
        rounded && (mapped.account_id === undefined ? "alone" : "beside handles"),
        video !== undefined && mapped.followers === undefined && mapped.like_engagement_rate === undefined,
      ),
    ],
  };
}

/** What was found out about columns beside those of well-known names. */
interface Guesses {
  readonly proposals: readonly Proposal[];
  /** Those that are used. */
  readonly taken: readonly Proposal[];
  readonly refuted: readonly Refuted[];
}

const NO_GUESSES: Guesses = { proposals: [], taken: [], refuted: [] };

/** Takes columns out of a mapping that cannot be what their names say, and others in that surely are what is missing in it. */
function guessColumns(
  mapped: Partial<Record<CanonicalName, SourceColumns>>,
  samples: Samples,
  settled: {
    readonly columns: readonly string[];
    /** Canonical columns of which the user has spoken. */
    readonly said: readonly CanonicalName[];
    readonly recognised: boolean;
    readonly known: ReadonlySet<string>;
  },
): Guesses {
  const { columns, said, recognised, known } = settled;
  const named = Object.entries(mapped).filter(
    ([name]) => !recognised && !said.includes(name as CanonicalName),
  );
  const { columns: left, refuted } = unrefuted(Object.fromEntries(named), columns, samples);
  for (const [name] of named) delete mapped[name as CanonicalName];
  Object.assign(mapped, left);
  const proposals = proposeColumns(columns, samples, { columns: mapped, said, known });
  const taken = proposals.filter(
    ({ canonical, sureness }) => sureness === "sure" && canonical !== null && mapped[canonical] === undefined,
  );
  for (const { canonical, column } of taken) mapped[canonical as CanonicalName] = [column];
  // The address of a profile names its account.
  const addresses = mapped.url ?? [];
  if (mapped.account_id === undefined && !said.includes("account_id") && addresses.length > 0) {
    const values = valuesOf(samples.get(addresses[0]) ?? []);
    if (["strong", "fits"].includes(judge("url", values))) mapped.account_id = [addresses[0]];
  }
  return { proposals, taken, refuted };
}

/** @throws InsightsError that says what there is, and how to say what is what */
function refuseWithoutAccounts(
  columns: readonly string[],
  someKnown: boolean,
  proposals: readonly Proposal[],
  file: string,
): never {
  const unknown = (message: string) => new UnknownColumnsError(message, columns, proposals, { file });
  if (!someKnown) refuseGarbledNames(columns, { name: file });
  const likely = likelyOptions(proposals);
  const guess = likely.length === 0 ? "" : `; the best guess: ${likely.join(" ")}`;
  const found =
    proposals.length > 0
      ? describeColumns(proposals)
      : `found ${columns.length > 0 ? shortened(columns).join(", ") : "no columns at all"}`;
  if (!someKnown) {
    const example = `for example ${mapOption("id", columns.length > 0 ? brief(columns[0]) : "COLUMN")}`;
    throw unknown(
      `no known column: ${found} (say which is which with --map canonical=column${guess === "" ? `, ${example}` : guess})`,
    );
  }
  const { id, account_id } = CANONICAL_COLUMNS;
  throw unknown(
    `missing column: id or account_id (from ${id.from}, ${account_id.from}; or --map account_id=COLUMN)${proposals.length > 0 ? `: ${found}${guess}` : ""}`,
  );
}

/** Refuses videos of which nothing tells whose they are, and those of other platforms. */
function refuseVideos(
  { platform = [] }: Provider,
  {
    columns,
    find,
    mapped,
    samples,
    file,
  }: {
    readonly columns: readonly string[];
    readonly find: (names: SourceColumns) => string[];
    readonly mapped: Mapping["columns"];
    readonly samples: Samples | undefined;
    readonly file: string;
  },
): void {
  const place = { file };
  if (mapped.id === undefined && mapped.account_id === undefined) {
    const settled = { columns: mapped, said: [], known: new Set<string>() };
    throw new UnknownColumnsError(
      "this looks like a list of videos: no column tells whose they are (name the one with their authors with --map account_id=COLUMN, or take a list of accounts)",
      columns,
      samples === undefined ? [] : proposeColumns(columns, samples, settled),
      place,
    );
  }
  const named = find(platform).flatMap((column) => samples?.get(column) ?? []);
  if (named.length > 0 && !named.some((text) => /tiktok/i.test(text))) {
    throw new InsightsError(
      `this looks like a list of videos of ${brief(named[0])}, and accounts of TikTok are expected`,
      {
        place,
      },
    );
  }
}

function mappingAlerts(
  provider: string,
  rivals: readonly string[],
  strangers: readonly string[],
  roundedIds: false | "alone" | "beside handles",
  withoutFollowers: boolean,
): Alert[] {
  const alerts: Alert[] = [];
  if (rivals.length > 0) {
    alerts.push({
      level: "warning",
      code: "ambiguous_provider",
      column: null,
      message: `The columns fit ${provider} best, but ${rivals.join(" and ")} too. Correct single columns with --map.`,
    });
  }
  if (roundedIds !== false) {
    const which =
      roundedIds === "alone"
        ? "different accounts may pass for one, and there are no handles to tell them apart by"
        : "those that look rounded are left out, and the accounts known by their handles";
    alerts.push({
      level: "warning",
      code: "rounded_ids",
      column: "id",
      message: `The ids have lost their last digits, as spreadsheets and floating point numbers round them: ${which}. Get the file with ids as text.`,
    });
  }
  if (withoutFollowers) {
    alerts.push({
      level: "warning",
      code: "no_followers",
      column: "followers",
      message:
        "No column tells how many follow the authors of the videos, so that how well they are answered cannot be told.",
    });
  }
  if (strangers.length > 0) {
    const one = strangers.length === 1;
    alerts.push({
      level: "info",
      code: "unmapped_columns",
      column: null,
      message: `${strangers.length} ${one ? "column is" : "columns are"} not known and not read: ${shortened(strangers).join(", ")}.`,
    });
  }
  return alerts;
}
