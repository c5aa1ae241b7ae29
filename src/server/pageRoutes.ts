import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { Problem } from "./problem.ts";

/** The built page: beside the built program, or in `dist/` when it runs from source. */
const FOLDERS = ["../web", "../../dist/web"].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** Paths at which no reader looks for the page. */
const OF_PROGRAMS = /^\/(?:v1|assets)(?:\/|$)/;

/**
 * Adds the page: its files, and the page itself for every address that it tells states by.
 *
 * @param folders where the built page may be; the first that has it counts
 */
export function addPageRoutes(app: OpenAPIHono, folders: readonly string[] = FOLDERS): void {
  const folder = folders.find((path) => existsSync(`${path}/index.html`));
  if (folder === undefined) {
    app.get("/", () => {
      throw new Problem("not-found", "The page has not been built (npm run build).");
    });
    return;
  }
  app.use("/assets/*", async (c, next) => {
    await next();
    // Their names change with their contents.
    if (c.res.ok) c.header("cache-control", "public, max-age=31536000, immutable");
  });
  app.use("/assets/*", serveStatic({ root: folder }));
  const page = async () => readFile(`${folder}/index.html`, "utf8");
  for (const path of ["/", "/d/*"]) app.get(path, async (c) => c.html(await page()));
  // Whoever follows an old link in a browser is told by the page, which leads on; programs get a problem document.
  app.use(async (c, next) => {
    const reader = c.req.method === "GET" && (c.req.header("accept") ?? "").includes("text/html");
    if (!reader || OF_PROGRAMS.test(c.req.path)) return next();
    return c.html(await page(), 404);
  });
}
