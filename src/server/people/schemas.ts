import { z } from "@hono/zod-openapi";
import { FACET_NAMES } from "../../workspace/facets.ts";
import { NEWS } from "../../workspace/find.ts";
import { STATUSES } from "../../workspace/marks.ts";
import { reportCardSchema } from "../../workspace/reportCard.ts";
import { accountSchema } from "../account.ts";
import { explanationSchema } from "../explanation.ts";

const count = z.number().int();
/** A moment as an ISO text. */
const moment = z.string();

/** What a list shows of an account that was ranked. */
const rankedSchema = accountSchema.extend({
  /** The weightiest reason, for or against. */
  why: z.string(),
  has_phone: z.boolean(),
  has_link: z.boolean(),
  niches: z.array(z.string()),
});

/** See {@link rankedSchema}. */
export type RankedFacts = z.infer<typeof rankedSchema>;

/** The best of the first records of a large file, ranked among themselves. */
export const firstSchema = z
  .object({
    /** Profiles among which they are the best. */
    among: count,
    /** Records of the whole file, to two digits; null where it is packed. */
    about: count.nullable(),
    /** The best first. */
    people: z.array(rankedSchema),
  })
  .openapi("FirstPeople");

/** See {@link firstSchema}. */
export type FirstFacts = z.infer<typeof firstSchema>;

/** A person in an answer. */
export const personSchema = rankedSchema
  .extend({
    /** A number that never changes and is never another's. */
    person: count,
    /** When the profile was read; null where the file does not say. */
    read_at: moment.nullable(),
    /** Imports that show the person. */
    imports: z.array(count),
    news: z.enum(NEWS).nullable(),
    /** Against an earlier reading: changes in 30 days; `rate` is the change of the engagement rate. Null without an earlier one. */
    growth: z
      .object({
        since: moment,
        followers: z.number().nullable(),
        /** As a share of what was there. */
        followers_rate: z.number().nullable(),
        likes: z.number().nullable(),
        videos: z.number().nullable(),
        rate: z.number().nullable(),
      })
      .nullable(),
    status: z.enum(STATUSES),
    note: z.string().nullable(),
    owner: z.string().nullable(),
    tags: z.array(z.string()),
    /** Numbers of lists. */
    lists: z.array(count),
    /** The last change; 0 where the person was never touched. */
    version: count,
    changed_at: moment.nullable(),
  })
  .openapi("Person");

/** See {@link personSchema}. */
export type PersonRow = z.infer<typeof personSchema>;

const likeSchema = personSchema.extend({
  /** In what they are alike, in words. */
  because: z.array(z.string()),
});

/** All about a person. */
export const personDetailSchema = personSchema
  .extend({
    biography: z.string().nullable(),
    bio_link: z.string().nullable(),
    private: z.boolean().nullable(),
    created_at: moment.nullable(),
    posted_at: z.array(moment),
    contacts: z.array(z.any()),
    niches_words: z.array(z.any()),
    /** Null where the server has no model. */
    explanation: z.union([explanationSchema, z.null()]),
    /** Each time the profile was read, the first first. */
    series: z.array(
      z.object({
        import: count,
        /** Where the file does not say, its newest date; null where it has none. */
        read_at: moment.nullable(),
        /** Whether the file says when it was read. */
        known: z.boolean(),
        followers: z.number().nullable(),
        likes: z.number().nullable(),
        videos: z.number().nullable(),
        engagement_rate: z.number().nullable(),
        /** Posts since the time before; null for the first and where posts have no dates. */
        posts: count.nullable(),
        posts_or_more: z.boolean(),
      }),
    ),
    /** What was forecast each time, and whether it came true; null where that cannot be told. */
    forecasts: z.array(
      z.object({
        import: count,
        read_at: moment.nullable(),
        model: z.string(),
        still_posting: z.number().nullable(),
        came_true: z.boolean().nullable(),
      }),
    ),
    history: z.array(z.object({ change: count, at: moment, words: z.string() })),
    like_this: z.array(likeSchema),
  })
  .openapi("PersonDetail");

/** See {@link personDetailSchema}. */
export type PersonDetail = z.infer<typeof personDetailSchema>;

const facetSchema = z.array(z.object({ value: z.string(), people: count }));

/** A page of people. */
export const peopleSchema = z
  .object({
    /** People whom the filter lets through, and everybody in the workspace. */
    total: count,
    of: count,
    /** People left out only because they were written to or are never to be. */
    hidden: count,
    rows: z.array(personSchema),
    /** How many people each choice would show, all other filters being as they are. */
    facets: z
      .object(
        Object.fromEntries(FACET_NAMES.map((name) => [name, facetSchema])) as Record<FacetKey, FacetSchema>,
      )
      .optional(),
    /** Of how many people each fact is known that filters ask for. */
    known: z.record(z.string(), count).optional(),
    /** Filters that nobody can answer, and why, in words. */
    unknown: z.record(z.string(), z.string()).optional(),
  })
  .openapi("People");

type FacetKey = (typeof FACET_NAMES)[number];
type FacetSchema = typeof facetSchema;

/** See {@link peopleSchema}. */
export type PeopleAnswer = z.infer<typeof peopleSchema>;

/** People like some. */
export const alikeSchema = z.object({ rows: z.array(likeSchema) });

/** What a change did. */
export const changeSchema = z
  .object({
    /** Its number; null where nothing was to be changed. */
    change: count.nullable(),
    /** People for whom something became different. */
    people: count,
    words: z.string(),
    /** Those who were named, as they are now, where there are not more than a hundred. */
    rows: z.array(personSchema).optional(),
  })
  .openapi("Change");

/** See {@link changeSchema}. */
export type ChangeAnswer = z.infer<typeof changeSchema>;

/** People who were looked for by their names. */
export const foundSchema = z
  .object({
    people: z.array(count),
    /** Names that nobody has, as they were sent. */
    unknown: z.array(z.string()),
  })
  .openapi("Found");

/** See {@link foundSchema}. */
export type FoundAnswer = z.infer<typeof foundSchema>;

/** What a change of the people in a file did. */
export const markedSchema = changeSchema
  .omit({ rows: true })
  .extend({
    /** People of the workspace who are in the file. */
    found: count,
    /** Names in the file that nobody has. */
    unknown: z.array(z.string()),
    /** Records that name nobody or could not be read, by reason: `group_title`, `no_account`, `short_link`, `other_site`, … */
    nameless: z.record(z.string(), count),
    /** Column that was taken for the account where none surely is; else null. */
    taken_from: z.string().nullable(),
  })
  .openapi("Marked");

/** See {@link markedSchema}. */
export type MarkedAnswer = z.infer<typeof markedSchema>;

/** The history. */
export const changesSchema = z.object({
  rows: z.array(
    z.object({
      change: count,
      at: moment,
      words: z.string(),
      people: count,
      undoes: count.nullable(),
      undone: z.boolean(),
    }),
  ),
});

/** A list of people. */
export const listSchema = z
  .object({ list: count, name: z.string(), people: count, made_at: moment, version: count })
  .openapi("List");

/** See {@link listSchema}. */
export type ListFacts = z.infer<typeof listSchema>;

/** A saved search: the words of the page's address. */
export const searchSchema = z
  .object({ search: count, name: z.string(), query: z.string(), version: count })
  .openapi("Search");

/** How somebody wants the page. */
export const settingsSchema = z
  .object({
    /** Columns of the list of people, in their order; null until somebody has chosen them. */
    columns: z.array(z.string()).nullable(),
    version: count,
  })
  .openapi("Settings");

/** See {@link settingsSchema}. */
export type SettingsFacts = z.infer<typeof settingsSchema>;

/** An import. */
export const importSchema = z
  .object({
    import: count,
    /** As its sender calls the file. */
    name: z.string(),
    format: z.string(),
    provider: z.string(),
    added_at: moment,
    /** When its profiles were read; where none says, the newest date of the file. */
    read_first: moment.nullable(),
    read_last: moment.nullable(),
    /** Profiles whose own moment is known. */
    read_known: count,
    records: count,
    /** People whom it shows, and those of them who were not known before. */
    rows: count,
    new_people: count,
    rejected: count,
    duplicates: count,
    /** Whether the people are made up. */
    synthetic: z.boolean(),
    /** Whether it is studied. */
    studied: z.boolean(),
  })
  .openapi("Import");

/** See {@link importSchema}. */
export type ImportFacts = z.infer<typeof importSchema>;

/** An import with what was found in its file: mapped, unmapped, missing, alerts, decided, losses, blanks, rejects. */
export const importDetailSchema = importSchema.extend({ facts: z.any() }).openapi("ImportDetail");

/** What a workspace holds. */
export const workspaceSchema = z
  .object({
    /** Null where it is kept in memory. */
    path: z.string().nullable(),
    bytes: z.number().nullable(),
    version: count,
    made_at: moment,
    people: count,
    imports: count,
    snapshots: count,
    /** People with a status, a note, an owner or a tag. */
    marked: count,
    lists: count,
    /** Whether the made-up people may be added: not to a workspace that is kept for real ones. */
    takes_sample: z.boolean(),
  })
  .openapi("Workspace");

/** See {@link workspaceSchema}. */
export type WorkspaceFacts = z.infer<typeof workspaceSchema>;

/** How the forecasts of each model did. */
export const forecastsSchema = z.array(reportCardSchema);
