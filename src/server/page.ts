import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { compress } from "hono/compress";
import { etag } from "hono/etag";
import { Problem } from "./problem.ts";

/** The built page: beside the built program, or in `dist/` when the program runs from source. */
const FOLDERS = ["../web", "../../dist/web"].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** Paths that only programs ask for. */
const OF_PROGRAMS = /^\/(?:v1|assets)(?:\/|$)/;

/** The name of an asset changes with its contents. The page names its assets, so browsers ask for it anew each time. */
const FOR_EVER = "public, max-age=31536000, immutable";
const ASK_AGAIN = "no-cache";

/**
 * Adds the page: its files, and the page itself for every address that holds a state of it.
 *
 * @param folders where the built page may be; the first that holds it counts
 */
export function addPageRoutes(app: OpenAPIHono, folders: readonly string[] = FOLDERS): void {
  const folder = folders.find((path) => existsSync(join(path, "index.html")));
  if (folder === undefined) {
    app.get("/", () => {
      throw new Problem("not-found", "The page has not been built (npm run build).");
    });
    return;
  }
  const page = () => readFile(join(folder, "index.html"), "utf8");
  const packed = [compress({ encoding: "gzip" }), etag()] as const;
  // The build packs assets: packing them at each request took time from the first view. A part is one of the plain file.
  const plain = serveStatic({ root: folder });
  const built = serveStatic({ root: folder, precompressed: true });
  app.get("/assets/*", ...packed, keptFor(FOR_EVER), (c, next) =>
    (c.req.header("range") === undefined ? built : plain)(c, next),
  );
  app.get("/licenses.md", ...packed, keptFor(ASK_AGAIN), async (c) =>
    c.text(await readFile(join(folder, "licenses.md"), "utf8")),
  );
  for (const path of ["/", "/people/*", "/files/*", "/study/*", "/forecasts"])
    app.get(path, ...packed, keptFor(ASK_AGAIN), async (c) => c.html(await page()));
  // A browser that follows an old link gets the page, which leads on. Programs get a problem document.
  app.use(async (c, next) => {
    const reader = c.req.method === "GET" && (c.req.header("accept") ?? "").includes("text/html");
    if (!reader || OF_PROGRAMS.test(c.req.path)) return next();
    return c.html(await page(), 404, { "cache-control": ASK_AGAIN });
  });
}

/** Says how long a browser may keep what was found. */
function keptFor(caching: string): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (c.res.ok) c.header("cache-control", caching);
  };
}
