import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { faultsOf, Problem } from "../problem.ts";
import { numberInQuery } from "../query.ts";

/** The version of what is to be changed, as it was looked at: where it was changed meanwhile, the change is refused. */
export const versionSchema = z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional();

/** The version in an address. */
export const versionQuery = z.object({ version: numberInQuery(versionSchema).optional() });

/** Reads the version in an address. @throws Problem `invalid-request` */
export function versionIn(c: Context): number | undefined {
  const { data, error } = versionQuery.safeParse(c.req.query());
  if (error !== undefined) throw new Problem("invalid-request", "The request is not valid.", faultsOf(error));
  return data.version as number | undefined;
}
