import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Model } from "../bundle/model.ts";
import { InsightsError } from "../error.ts";
import { createExplainer } from "../explain/explainer.ts";
import { createApp } from "./app.ts";
import { sameOrigin } from "./auth.ts";
import { addDatasetRoutes } from "./datasetRoutes.ts";
import { createDatasets, type Datasets } from "./datasets.ts";
import { addDocsRoute } from "./docsRoute.ts";
import { createJobs } from "./jobs.ts";
import { LIMITS, type Limits } from "./limits.ts";
import { createMetrics } from "./metrics.ts";
import { addModelRoutes } from "./modelRoutes.ts";
import { addPageRoutes } from "./pageRoutes.ts";
import { addProfileRoutes } from "./profileRoutes.ts";
import { createProfileScorer } from "./profileScorer.ts";
import { addScoreRoute } from "./scoreRoute.ts";

/** What a server is made of. */
export interface ServerOptions {
  /** The model that scores; without one only files can be looked at, and each is given a model of its own. */
  readonly model: Model | null;
  readonly version: string;
  /** Asked of every request, where there is one. */
  readonly token?: string | undefined;
  readonly limits?: Partial<Limits>;
  /** Canonical column to source column, for files that are not recognised. */
  readonly map?: Readonly<Record<string, string>>;
  readonly now: () => Date;
  readonly elapsed: () => number;
  /** Told of what is the server's fault. */
  readonly report: (error: unknown) => void;
  /** Names under which the server answers, with their port; any where there are none. */
  readonly hosts?: () => ReadonlySet<string>;
}

/** A server without a socket. */
export interface InsightsServer {
  readonly app: OpenAPIHono;
  readonly datasets: Datasets;
  /** From now on the server says that it is not ready. */
  drain(): void;
  /** Stops jobs and forgets all that was read. */
  close(): Promise<void>;
}

/** Makes the application: the API and the page. It keeps nothing but a temporary folder, removed when it is closed. */
export async function createServer(options: ServerOptions): Promise<InsightsServer> {
  const { model, version, token, map = {}, now, elapsed, report, hosts = () => new Set<string>() } = options;
  const limits = { ...LIMITS, ...options.limits };
  const folder = await mkdtemp(join(tmpdir(), "insights-server-"));
  const metrics = createMetrics();
  const jobs = createJobs({
    count: metrics.jobs,
    words: (error) => {
      if (error instanceof InsightsError) return error.message;
      report(error);
      return "Something went wrong. It was not the file.";
    },
  });
  const datasets = createDatasets({ folder, model, jobs, map, now });
  const app = createApp({ version, token, metrics, elapsed, report, before: [sameOrigin(hosts)] });
  let draining = false;
  app.get("/readyz", (c) => (draining ? c.json({ status: "stopping" }, 503) : c.json({ status: "ready" })));
  if (model !== null) {
    addModelRoutes(app, { model, explainer: createExplainer(model), limits });
    addScoreRoute(app, { model, score: createProfileScorer(model), limits, count: metrics.scored });
  }
  addDatasetRoutes(app, { datasets, jobs, limits, folder });
  addProfileRoutes(app, datasets);
  addDocsRoute(app);
  addPageRoutes(app);
  return {
    app,
    datasets,
    drain: () => {
      draining = true;
    },
    async close() {
      await jobs.stop();
      await datasets.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
