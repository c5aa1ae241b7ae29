import { z } from "zod";
import { quoteLiteral, WITHOUT_NUL } from "../base/quote.ts";
import { countOfThings } from "../base/words.ts";

/** How far somebody has come with a person; `new` is who was never touched. */
export const STATUSES = [
  "new",
  "to_contact",
  "contacted",
  "answered",
  "agreed",
  "declined",
  "never",
] as const;

/** See {@link STATUSES}. */
export type Status = (typeof STATUSES)[number];

/** Who has been written to or is never to be: lists leave them out unless they are asked for. */
export const SETTLED: readonly Status[] = ["contacted", "answered", "agreed", "declined", "never"];

/** Statuses as people read them. */
export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  new: "new",
  to_contact: "to contact",
  contacted: "contacted",
  answered: "answered",
  agreed: "agreed",
  declined: "declined",
  never: "never",
};

const LINE = /^[^\x00-\x1f\x7f-\x9f]*$/;
// Addresses part tags by commas.
const TAG = /^[^,\x00-\x1f\x7f-\x9f]*[^,\x00-\x1f\x7f-\x9f\s\ufeff][^,\x00-\x1f\x7f-\x9f]*$/;

const line = (most: number, like: RegExp, fault: string) => z.string().max(most).regex(like, fault).trim();
const owner = line(200, LINE, "holds a line break or another control character");
const tags = z
  .array(line(100, TAG, "is blank, or holds a comma, a line break or another control character"))
  .min(1)
  .max(100);
const lists = z.array(z.int().min(1).max(2_147_483_647)).min(1).max(100);

/** What to note about people. A note or an owner that is empty or null goes. */
export const settingSchema = z
  .strictObject({
    status: z.enum(STATUSES).optional(),
    note: z.string().max(10_000).regex(WITHOUT_NUL, "holds a NUL").nullable().optional(),
    owner: owner.nullable().optional(),
    add_tags: tags.optional(),
    remove_tags: tags.optional(),
    /** Numbers of lists. */
    add_to: lists.optional(),
    remove_from: lists.optional(),
  })
  .refine((setting) => Object.values(setting).some((part) => part !== undefined), "says nothing to change");

/** See {@link settingSchema}. */
export type Setting = z.infer<typeof settingSchema>;

/** A field of a person that can be changed. For tags `key` is the tag, for lists the list's number; both are there (`yes`) or not (NULL). */
export interface FieldChange {
  readonly field: "status" | "note" | "owner" | "tag" | "list";
  readonly key: string | null;
  readonly after: string | null;
}

/** What a setting asks for, field by field; of a tag that is added and removed the removal counts. */
export function fieldChanges(setting: Setting): FieldChange[] {
  const { status, note, owner, add_tags, remove_tags, add_to, remove_from } = setting;
  const kept = (text: string | null) => (text === null || text.trim() === "" ? null : text);
  const listed = (
    field: "tag" | "list",
    added: readonly unknown[] = [],
    removed: readonly unknown[] = [],
  ) => {
    const gone = new Set(removed.map(String));
    return [
      ...[...new Set(added.map(String))]
        .filter((key) => !gone.has(key))
        .map((key) => ({ field, key, after: "yes" })),
      ...[...gone].map((key) => ({ field, key, after: null })),
    ];
  };
  return [
    ...(status === undefined
      ? []
      : [{ field: "status" as const, key: null, after: status === "new" ? null : status }]),
    ...(note === undefined ? [] : [{ field: "note" as const, key: null, after: kept(note) }]),
    ...(owner === undefined ? [] : [{ field: "owner" as const, key: null, after: kept(owner) }]),
    ...listed("tag", add_tags, remove_tags),
    ...listed("list", add_to, remove_from),
  ];
}

/**
 * What stands in a field now, as SQL of VARCHAR.
 *
 * @param marks alias of the person's row of `marks`, which may be missing
 * @param person SQL of the person's number
 */
export function presentSql(
  { field, key }: Pick<FieldChange, "field" | "key">,
  marks: string,
  person: string,
): string {
  if (field === "tag")
    return `CASE WHEN list_contains(${marks}.tags, ${quoteLiteral(key ?? "")}) THEN 'yes' END`;
  if (field === "list")
    return `CASE WHEN EXISTS (FROM listed WHERE listed.list = ${Number(key)} AND listed.person = ${person}) THEN 'yes' END`;
  return `${marks}.${field}`;
}

/**
 * What was done, in a sentence's words: `status contacted, tag "spring" for 12 people`.
 *
 * @param names of lists, by number
 */
export function settingInWords(setting: Setting, people: number, names: ReadonlyMap<number, string>): string {
  const { status, note, owner, add_tags = [], remove_tags = [], add_to = [], remove_from = [] } = setting;
  const quoted = (texts: readonly string[]) => texts.map((text) => `"${text}"`).join(", ");
  const named = (numbers: readonly number[]) =>
    quoted(numbers.map((list) => names.get(list) ?? String(list)));
  const parts = [
    ...(status === undefined ? [] : [`status ${STATUS_WORDS[status]}`]),
    ...(note === undefined ? [] : [note === null || note.trim() === "" ? "note taken away" : "note"]),
    ...(owner === undefined ? [] : [owner === null || owner === "" ? "owner taken away" : `owner ${owner}`]),
    ...(add_tags.length === 0 ? [] : [`tag ${quoted(add_tags)}`]),
    ...(remove_tags.length === 0 ? [] : [`without tag ${quoted(remove_tags)}`]),
    ...(add_to.length === 0 ? [] : [`into list ${named(add_to)}`]),
    ...(remove_from.length === 0 ? [] : [`out of list ${named(remove_from)}`]),
  ];
  return `${parts.join(", ")} for ${countOfThings(people, "person", "people")}`;
}
