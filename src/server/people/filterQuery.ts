import { z } from "@hono/zod-openapi";
import { PEOPLE_ORDERS, type PeopleFilter, peopleFilterSchema } from "../../workspace/find.ts";
import { faultsOf, Problem } from "../problem.ts";
import { flagInQuery, LISTED_WORD, listDescription, listInQuery, numberInQuery, partsOf } from "../query.ts";

/** The schemas of the parts, of which each may be missing. */
const PARTS = peopleFilterSchema.shape;

/** A part of the filter as an address writes it: lists are parted by commas. */
function inQuery(part: z.ZodType): z.ZodType {
  const own = part instanceof z.ZodOptional ? (part.unwrap() as z.ZodType) : part;
  if (own instanceof z.ZodArray) {
    const element = own.element as z.ZodType;
    if (element instanceof z.ZodNumber) {
      const numbers = (text: unknown) => (partsOf(text) as string[]).map(Number);
      return z
        .preprocess(numbers, own)
        .optional()
        .openapi(listDescription({ type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER }));
    }
    const words =
      element instanceof z.ZodEnum
        ? { enum: element.options.map(String) }
        : { pattern: LISTED_WORD, maxLength: (element as z.ZodString).maxLength as number };
    return listInQuery(own)
      .optional()
      .openapi(listDescription({ type: "string", ...words }));
  }
  if (own instanceof z.ZodNumber) return numberInQuery(own).optional();
  if (own instanceof z.ZodBoolean) return flagInQuery.optional();
  if (own instanceof z.ZodLiteral)
    return z
      .literal("true")
      .transform(() => true)
      .optional();
  return part;
}

/** The filter's parts in an address. */
export const filterQuery = Object.fromEntries(
  Object.entries(PARTS).map(([name, part]) => [name, inQuery(part)]),
) as Record<keyof PeopleFilter, z.ZodType>;

/** How a list is sorted, in an address: `best`, or a column and a direction. */
export const sortQuery = z
  .string()
  .regex(
    new RegExp(`^(?:best|(?:${PEOPLE_ORDERS.filter((order) => order !== "best").join("|")}):(?:asc|desc))$`),
  )
  .default("best");

/** The filter of an address whose parts have been read. @throws Problem `invalid-request` */
export function filterOf(asked: Readonly<Record<string, unknown>>): PeopleFilter {
  const parts = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const { data, error } = peopleFilterSchema.safeParse(parts);
  if (error !== undefined) throw new Problem("invalid-request", "The request is not valid.", faultsOf(error));
  return data;
}
