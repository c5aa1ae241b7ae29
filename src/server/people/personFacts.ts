import type { DuckDBConnection } from "@duckdb/node-api";
import type { RankedRow } from "../../shortlist/ranked.ts";
import { type Reasons, whyOf } from "../../shortlist/reasons.ts";
import type { Alike } from "../../workspace/alike.ts";
import type { Person } from "../../workspace/find.ts";
import type { FirstPeople } from "../../workspace/firstPeople.ts";
import { accountFacts } from "../account.ts";
import type { FirstFacts, PersonRow, RankedFacts } from "./schemas.ts";

/** A moment as the API writes it. */
export const isoOf = (moment: Date | null) => moment?.toISOString() ?? null;

/** A person as the ranking of a file knows an account. What no model has said is null there too. */
export const asRanked = (person: Person) => person as unknown as RankedRow;

/** What a list shows of an account. */
function rankedFacts(row: RankedRow, reasons: Reasons): RankedFacts {
  const account = accountFacts(row, reasons);
  const { has_phone, has_link, niches } = row;
  return { ...account, why: whyOf(row, () => account.reasons), has_phone, has_link, niches: [...niches] };
}

/** First people of a file in the API's words. */
export function firstFacts({ among, about, rows }: FirstPeople, reasons: Reasons): FirstFacts {
  return { among, about, people: rows.map((row) => rankedFacts(row, reasons)) };
}

/** People in the API's words. */
export async function personFacts(
  connection: DuckDBConnection,
  people: readonly Person[],
  reasons: Reasons,
): Promise<PersonRow[]> {
  const lists = await listsOf(connection, people);
  return people.map((one) => ({
    person: one.person,
    ...rankedFacts(asRanked(one), reasons),
    read_at: one.observed_known ? isoOf(one.observed_at) : null,
    imports: [...one.imports],
    news: one.news,
    growth: growthOf(one),
    status: one.status,
    note: one.note,
    owner: one.owner,
    tags: [...one.tags],
    lists: lists.get(one.person) ?? [],
    version: one.version,
    changed_at: isoOf(one.changed_at),
  }));
}

/** People like others in the API's words. */
export async function alikeFacts(connection: DuckDBConnection, alike: readonly Alike[], reasons: Reasons) {
  const rows = await personFacts(
    connection,
    alike.map(({ person }) => person),
    reasons,
  );
  return rows.map((row, i) => ({ ...row, because: [...alike[i].because] }));
}

function growthOf(one: Person): PersonRow["growth"] {
  if (one.before === null) return null;
  return {
    since: one.before.toISOString(),
    followers: one.followers_growth,
    followers_rate: one.followers_growth_rate,
    likes: one.likes_growth,
    videos: one.videos_growth,
    rate: one.rate_change,
  };
}

/** Numbers of the lists that people are on, by person; lists that were taken away are left out. */
async function listsOf(
  connection: DuckDBConnection,
  people: readonly Person[],
): Promise<Map<number, number[]>> {
  if (people.length === 0) return new Map();
  const reader = await connection.runAndReadAll(
    `SELECT person::DOUBLE, list(list ORDER BY list) FROM listed JOIN lists USING (list)
     WHERE name IS NOT NULL AND person IN (${people.map(({ person }) => person).join(", ")}) GROUP BY person`,
  );
  return new Map(reader.getRowsJS() as [number, number[]][]);
}
