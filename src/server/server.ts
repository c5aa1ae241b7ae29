import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HttpBindings } from "@hono/node-server";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { memoryPart } from "../base/duckdb.ts";
import { InsightsError } from "../base/error.ts";
import { temporaryName } from "../base/output/temporaryName.ts";
import type { Model } from "../bundle/model.ts";
import type { ReadingOptions } from "../profiles/readingOptions.ts";
import { IN_MEMORY } from "../workspace/open.ts";
import { createApp } from "./app.ts";
import { sameOrigin } from "./auth.ts";
import { LIMITS, type Limits } from "./body.ts";
import { openDesk } from "./desk.ts";
import type { WorkspacePlace } from "./deskThread.ts";
import { addDocsRoute } from "./docsRoute.ts";
import { createGate } from "./gate.ts";
import { addJobRoutes } from "./jobRoutes.ts";
import { createJobs } from "./jobs.ts";
import { leavesRest } from "./listen.ts";
import { createMetrics } from "./metrics.ts";
import { addModelRoutes } from "./modelRoutes.ts";
import { addPageRoutes } from "./page.ts";
import { createAsking } from "./people/asking.ts";
import { addExportRoute } from "./people/exportRoute.ts";
import { addImportRoutes } from "./people/importRoutes.ts";
import { createImports, type Imports } from "./people/imports.ts";
import { addListRoutes } from "./people/listRoutes.ts";
import { addNameRoutes } from "./people/nameRoutes.ts";
import { addPeopleRoutes } from "./people/peopleRoutes.ts";
import { addSettingsRoutes } from "./people/settingsRoutes.ts";
import { createStudies } from "./people/studies.ts";
import { Problem, type Report } from "./problem.ts";
import { addScoreRoute } from "./scoreRoute.ts";
import { createScoreThreads } from "./scoreThreads.ts";
import { createUploads } from "./uploads.ts";

/** Databases that share the memory: the workspace, the file that is read or studied, and one that names people. */
export const DATABASES = 3;

/** What a server is made of. */
export interface ServerOptions {
  /** The model that scores; without one only files can be looked at, and each is given a model of its own. */
  readonly model: Model | null;
  /** Its folder, beside which stands what its training left; null for the model that ships. */
  readonly folder?: string | null;
  readonly version: string;
  /** Asked of every request, where there is one. */
  readonly token?: string | undefined;
  readonly limits?: Partial<Limits>;
  /** Bytes that DuckDB may use for the workspace and files together; a quarter of the machine's memory, at most 2 GB, unless said otherwise. */
  readonly memory?: number | undefined;
  /** How files are read, unless an upload says otherwise. */
  readonly reading?: ReadingOptions;
  /** Where the workspace is; in memory unless said otherwise. */
  readonly workspace?: WorkspacePlace;
  /** Whether it takes made-up people; one in memory does unless said otherwise. */
  readonly takesSample?: boolean;
  readonly now: () => Date;
  readonly elapsed: () => number;
  readonly report: Report;
  /** Names under which the server answers, with their port; any where there are none. */
  readonly hosts?: () => ReadonlySet<string>;
}

/** A server without a socket. */
export interface InsightsServer {
  readonly app: OpenAPIHono;
  readonly imports: Imports;
  /** From now on the server says that it is not ready, lets no connection be used again, and cancels its jobs. */
  drain(): void;
  /** Ends everything and forgets all that was read: for when no request is in flight any more. */
  close(): Promise<void>;
}

/**
 * Makes the application: the API and the page. Beside the workspace it keeps a temporary folder, removed when it is closed.
 *
 * @throws InsightsError where the workspace cannot be opened
 */
export async function createServer(options: ServerOptions): Promise<InsightsServer> {
  const {
    model,
    folder: of = null,
    version,
    token,
    reading = {},
    memory,
    workspace = { path: IN_MEMORY, makeFolder: false },
    takesSample = workspace.path === IN_MEMORY,
    now,
    elapsed,
    report,
    hosts = () => new Set<string>(),
  } = options;
  const limits = { ...LIMITS, ...options.limits };
  // Called so that the next command removes it where this process is killed.
  const folder = await mkdtemp(join(tmpdir(), `${temporaryName()}server-`));
  const gate = createGate(limits);
  const metrics = createMetrics(elapsed);
  const jobs = createJobs(metrics.jobs, (error) => {
    if (error instanceof InsightsError || error instanceof Problem) return error.message;
    report(error);
    return "Something went wrong. It was not the file.";
  });
  const memoryLimit = memoryPart(memory, DATABASES);
  const desk = openDesk({ model, of, folder, memoryLimit, workspace });
  const uploads = createUploads(folder, limits);
  const imports = createImports({ ...{ desk, jobs, folder, reading, limits, now }, remove: uploads.remove });
  const studies = createStudies({ desk, jobs, folder, memoryLimit, now });
  if (workspace.path !== IN_MEMORY) {
    await desk.openWorkspace(now()).catch(async (error) => {
      await desk.close();
      await rm(folder, { recursive: true, force: true });
      throw error;
    });
  }
  let draining = false;
  const before = [sameOrigin(hosts), lastOfConnection(() => draining)];
  const app = createApp(version, token, metrics, report, before);
  app.get("/readyz", (c) => (draining ? c.json({ status: "stopping" }, 503) : c.json({ status: "ready" })));
  const threads = model === null ? null : createScoreThreads(model, limits);
  if (model === null || threads === null) {
    for (const path of ["/v1/model", "/v1/score", "/v1/explain"]) app.all(path, withoutModel);
  } else {
    addModelRoutes(app, model, threads, limits, gate);
    addScoreRoute(app, model, threads, limits, gate, metrics.scored, report);
  }
  addJobRoutes(app, jobs);
  const asking = createAsking(desk, gate, limits, { now, takesSample });
  addExportRoute(app, asking, folder);
  addPeopleRoutes(app, asking);
  addListRoutes(app, asking);
  addSettingsRoutes(app, asking);
  addNameRoutes(app, asking, { uploads, folder, limits });
  addImportRoutes(app, asking, imports, studies, uploads);
  addDocsRoute(app);
  addPageRoutes(app);
  return {
    app,
    imports,
    drain: () => {
      draining = true;
      // Whoever follows a job hears of its end, and lets go.
      void jobs.stop();
    },
    async close() {
      await threads?.close();
      await jobs.stop();
      await desk.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Tells those who keep a connection that this answer is its last: once the server is to stop, and who is refused a large body. */
function lastOfConnection(draining: () => boolean): MiddlewareHandler {
  return async (c, next) => {
    await next();
    // There is no socket in tests of the application alone.
    const { incoming } = (c.env ?? {}) as Partial<HttpBindings>;
    const refused = c.res.status >= 400 && incoming !== undefined && leavesRest(incoming);
    if (refused || draining()) c.header("connection", "close");
  };
}

function withoutModel(): never {
  throw new Problem("not-found", "The server has no model of its own (insights serve MODEL).");
}
