import { type OpenAPIHono, z } from "@hono/zod-openapi";
import { jsonResponses } from "../problem.ts";
import type { Asking } from "./asking.ts";
import { jsonBody } from "./peopleRoutes.ts";
import { settingsSchema } from "./schemas.ts";
import { versionSchema } from "./version.ts";

/** Most columns that a list can have, and what their names are like. */
const MOST_COLUMNS = 100;
const COLUMN = /^[a-z_]{1,40}$/;

const columns = z.union([z.array(z.string().regex(COLUMN)).max(MOST_COLUMNS), z.null()]);
const settingsChange = z.strictObject({ columns, version: versionSchema });

/** Adds the routes about how somebody wants the page. */
export function addSettingsRoutes(app: OpenAPIHono, { ask, bodyOf, now }: Asking): void {
  const path = "/v1/settings";
  const responses = jsonResponses("How the page is wanted", settingsSchema);
  const summary = "How somebody wants the page";
  app.openAPIRegistry.registerPath({ method: "get", path, summary, responses });
  app.get(path, (c) => ask(c, { kind: "settings" }));
  app.openAPIRegistry.registerPath({
    ...{ method: "patch", path, responses, request: { body: jsonBody(settingsChange) } },
    summary: "Choose the columns of the list of people, or those of the page with null",
  });
  app.patch(path, async (c) =>
    ask(c, { kind: "change settings", ...(await bodyOf(c, settingsChange)), now: now() }),
  );
}
