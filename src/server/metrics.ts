import type { MiddlewareHandler } from "hono";
import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** What the server counts, in the format of Prometheus. It holds no personal data. */
export type Metrics = ReturnType<typeof createMetrics>;

/** Upper bounds of the histogram's buckets, in seconds. */
const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/**
 * Makes counters of their own, so that two servers in a process do not count together.
 *
 * @param elapsed milliseconds of a clock that never jumps
 */
export function createMetrics(elapsed: () => number) {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Histogram({
    name: "insights_request_duration_seconds",
    help: "Requests by route and status, and how long they took",
    labelNames: ["method", "route", "status"],
    buckets: SECONDS,
    registers,
  });
  const scored = new Counter({ name: "insights_profiles_scored_total", help: "Profiles scored", registers });
  const rejected = new Counter({
    name: "insights_records_rejected_total",
    help: "Records that could not be scored",
    registers,
  });
  const running = new Gauge({ name: "insights_jobs_running", help: "Jobs that are running", registers });
  new Gauge({
    name: "insights_resident_memory_bytes",
    help: "Memory of the process",
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  /** Counts requests by route and status, and how long they took. */
  const measure: MiddlewareHandler = async (c, next) => {
    const started = elapsed();
    await next();
    const labels = { method: c.req.method, route: c.req.routePath, status: String(c.res.status) };
    requests.observe(labels, (elapsed() - started) / 1000);
  };
  return {
    measure,
    scored: (profiles: number, records: number) => {
      scored.inc(profiles);
      rejected.inc(records);
    },
    jobs: (count: number) => running.set(count),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
