import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { CANONICAL_NAMES } from "../profiles/canonical.ts";
import type { ReadingOptions } from "../profiles/readingOptions.ts";
import { faultsOf, Problem } from "./problem.ts";
import { safeName } from "./uploads.ts";

const MAPPED = new RegExp(`^(?:${CANONICAL_NAMES.join("|")})=`);

/** What an upload's address says of the file, and of how it is read. */
export const uploadQuery = z.object({
  name: z.string().max(300).default(""),
  sample: z.enum(["1", "true"]).optional(),
  encoding: z.string().max(100).optional(),
  sheet: z.string().max(300).optional(),
  decimal: z.enum(["comma", "point"]).optional().openapi({
    description: "the decimal mark of counts like 1.234, where nothing in the file tells",
  }),
  map: z.array(z.string().regex(MAPPED).max(1000)).max(CANONICAL_NAMES.length).optional().openapi({
    description: "canonical=source, any number of times; without a source the column is left out",
  }),
});

/** The columns of `canonical=source`. */
function mapOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
}

/** A file that is to come, as its address tells of it. */
export interface Upload {
  /** Whether the made-up profiles are meant, and no file comes. */
  readonly sample: boolean;
  /** As its sender calls it. */
  readonly name: string;
  readonly reading: ReadingOptions;
}

/** Reads what an upload's address says. @throws Problem `invalid-request` */
export function uploadIn(c: Context): Upload {
  const asked = uploadQuery.safeParse({ ...c.req.query(), map: c.req.queries("map") });
  if (!asked.success)
    throw new Problem("invalid-request", "The request is not valid.", faultsOf(asked.error));
  const { sample: isSample, encoding, sheet, decimal, map } = asked.data;
  const sample = isSample !== undefined;
  return {
    sample,
    name: sample ? "sample.csv" : safeName(asked.data.name),
    reading: {
      ...(encoding && { encoding }),
      ...(sheet && { sheet }),
      ...(decimal && { decimal }),
      ...(map && { map: mapOf(map) }),
    },
  };
}
