import { z } from "@hono/zod-openapi";

/** A number in an address. @param schema of the number */
export const numberInQuery = (schema: z.ZodType) =>
  z.preprocess((text) => (text === "" ? undefined : Number(text)), schema);

/** The words of a list in an address, where commas part them. */
export const partsOf = (text: unknown): unknown =>
  typeof text === "string"
    ? text
        .split(",")
        .map((word) => word.trim())
        .filter((word) => word !== "")
    : text;

/** A list in an address. @param schema of the list of words */
export const listInQuery = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(partsOf, schema);

/** Yes or no in an address. */
export const flagInQuery = z
  .enum(["true", "false"])
  .transform((text) => text === "true")
  .openapi({ type: "boolean", enum: [true, false] });

/** How a list is described that an address writes with commas. */
export const listDescription = (items: {
  type: "string" | "integer";
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  enum?: string[];
}) => ({ type: "array", items, minItems: 1, param: { style: "form", explode: false } }) as const;

/** A word of a list in an address: not blank, and without a comma or a NUL. */
export const LISTED_WORD = "^[^,\\x00]*[^,\\x00\\s\\ufeff][^,\\x00]*$";

/**
 * Numbers in an address, parted by commas.
 *
 * @param what they are of, for the description
 * @param most how many at the most
 */
export const numbersInQuery = (what: string, most?: number) =>
  z
    .string()
    .regex(new RegExp(`^\\d{1,15}(?:,\\d{1,15}){0,${most === undefined ? "" : most - 1}}$`))
    // With the rest of an address it must fit into the head of a request.
    .max(12_000)
    .openapi({ description: `Only these ${what}, parted by commas` });
