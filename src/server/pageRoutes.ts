import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { answerAsset, readAsset, readAssets } from "./assets.ts";
import { Problem } from "./problem.ts";

/** The built page: beside the built program, or in `dist/` when it runs from source. */
const FOLDERS = ["../web", "../../dist/web"].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** Paths at which no reader looks for the page. */
const OF_PROGRAMS = /^\/(?:v1|assets)(?:\/|$)/;

/** Names of assets change with their contents; the page, which names them, is asked for anew each time. */
const FOR_EVER = "public, max-age=31536000, immutable";
const ASK_AGAIN = "no-cache";

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
  const read = async () => ({
    page: await readAsset(join(folder, "index.html")),
    assets: await readAssets(join(folder, "assets")),
  });
  let files: ReturnType<typeof read> | undefined;
  /** Read when they are first asked for: a server may never be. */
  const ready = () => {
    files ??= read();
    return files;
  };
  app.get("/assets/:name", async (c) => {
    const asset = (await ready()).assets.get(c.req.param("name"));
    return asset === undefined ? c.notFound() : answerAsset(c, asset, FOR_EVER);
  });
  for (const path of ["/", "/d/*"])
    app.get(path, async (c) => answerAsset(c, (await ready()).page, ASK_AGAIN));
  // Whoever follows an old link in a browser is told by the page, which leads on; programs get a problem document.
  app.use(async (c, next) => {
    const reader = c.req.method === "GET" && (c.req.header("accept") ?? "").includes("text/html");
    if (!reader || OF_PROGRAMS.test(c.req.path)) return next();
    return answerAsset(c, (await ready()).page, ASK_AGAIN, 404);
  });
}
