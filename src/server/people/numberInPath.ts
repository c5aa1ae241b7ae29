import { z } from "@hono/zod-openapi";
import { faultsOf, Problem } from "../problem.ts";

/** A number in a path. */
export const numberInPath = z.string().regex(/^[1-9]\d{0,14}$/);

/** A number in the path of a route: other routes stand beside it, and no number is one of their words. */
export const ONLY_NUMBER = "{[0-9]+}";

/** Reads a number of a path. @throws Problem `invalid-request` */
export function numberOf(text: string): number {
  const { data, error } = numberInPath.safeParse(text);
  if (error !== undefined) throw new Problem("invalid-request", "The request is not valid.", faultsOf(error));
  return Number(data);
}
