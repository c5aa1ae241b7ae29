import type { z } from "zod";
import type {
  ChangeAnswer,
  ListFacts,
  PeopleAnswer,
  PersonDetail,
  PersonRow,
  searchSchema,
} from "../../../src/server/people/schemas.ts";
import type { Contact } from "../../../src/shortlist/contacts/contact.ts";
import type { Setting, Status } from "../../../src/workspace/marks.ts";

export type { ChangeAnswer as Changed, ListFacts, PeopleAnswer as PeoplePage, PersonRow, Setting, Status };

/** How an account has changed in 30 days, since it was read before. */
export type Growth = NonNullable<PersonRow["growth"]>;

/** All that is known of a person: `GET /v1/people/{person}`. */
export interface PersonFacts extends PersonDetail {
  contacts: Contact[];
}

/** What an account was when it was read. */
export type SeriesPoint = PersonDetail["series"][number];

/** Somebody like somebody else, and why, in words. */
export type AlikeRow = PersonDetail["like_this"][number];

/** How many people each choice would leave, all other filters on. */
export type Facets = NonNullable<PeopleAnswer["facets"]>;

/** What choices are counted by. */
export type FacetName = keyof Facets;

/** Filters that were given a name. */
export type SearchFacts = z.infer<typeof searchSchema>;
