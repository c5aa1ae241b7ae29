import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { type OpenAPIHono, z } from "@hono/zod-openapi";
import { PEOPLE_COLUMNS } from "../../shortlist/columns.ts";
import { FORMAT_FILES, SHORTLIST_FORMATS } from "../../shortlist/format.ts";
import { MOST_EXPORTED } from "../../workspace/peopleExport.ts";
import { faultsOf, Problem, problemResponse } from "../problem.ts";
import { flagInQuery, listDescription, listInQuery, numberInQuery } from "../query.ts";
import type { Asking } from "./asking.ts";
import { filterOf, filterQuery, sortQuery } from "./filterQuery.ts";

const exportQuery = z.object({
  format: z.enum(SHORTLIST_FORMATS).default("csv"),
  columns: listInQuery(z.array(z.enum(PEOPLE_COLUMNS)).min(1).max(PEOPLE_COLUMNS.length))
    .optional()
    .openapi(listDescription({ type: "string", enum: [...PEOPLE_COLUMNS] })),
  /** `contacts` is a part of the filter. */
  with_contacts: flagInQuery.default(true),
  limit: numberInQuery(z.int().min(1).max(MOST_EXPORTED)).optional(),
  sort: sortQuery,
  ...filterQuery,
});

/**
 * Adds the route that gives people as a file. The file is written in the desk's thread, and then sent: whoever reads slowly keeps nothing of the
 * workspace.
 *
 * @param folder of the server
 */
export function addExportRoute(app: OpenAPIHono, { tell }: Asking, folder: string): void {
  const types = new Set(Object.values(FORMAT_FILES).map(({ type }) => type.split(";")[0]));
  const content = Object.fromEntries(
    Array.from(types, (type) => [type, { schema: type.endsWith("json") ? z.unknown() : z.string() }]),
  );
  app.openAPIRegistry.registerPath({
    method: "get",
    path: "/v1/people/export",
    summary: "People as a file: the same filters, order and columns as on screen",
    description:
      "Without `columns` the file has the usual ones. `with_contacts=false` leaves all contacts out, and the texts that they are read from.",
    request: { query: exportQuery },
    responses: { 200: { description: "A file", content }, default: problemResponse },
  });
  app.get("/v1/people/export", async (c) => {
    const { data, error } = exportQuery.safeParse(c.req.query());
    if (error !== undefined)
      throw new Problem("invalid-request", "The request is not valid.", faultsOf(error));
    const { format, columns, with_contacts: contacts, limit, sort, ...asked } = data;
    const path = join(folder, `export-${randomUUID()}`);
    const most = limit as number | undefined;
    await tell(c, {
      kind: "export",
      path,
      format,
      columns,
      contacts,
      limit: most,
      sort,
      filter: filterOf(asked),
    });
    const { size } = await stat(path);
    const file = createReadStream(path);
    file.once("close", () => void rm(path, { force: true }));
    const { type, ending } = FORMAT_FILES[format];
    return c.body(Readable.toWeb(file) as ReadableStream<Uint8Array>, 200, {
      "content-type": type,
      "content-length": String(size),
      "content-disposition": `attachment; filename="people${ending}"`,
    });
  });
}
