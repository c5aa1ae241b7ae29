import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** What the server counts, in Prometheus' form. Nothing of it tells of anybody. */
export interface Metrics {
  request(method: string, route: string, status: number, seconds: number): void;
  scored(profiles: number, rejected: number): void;
  jobs(running: number): void;
  /** The numbers, to be answered to Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Bounds of the classes of durations, in seconds. */
const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/** Makes counters of their own, so that two servers in a process do not count together. */
export function createMetrics(): Metrics {
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
  return {
    request: (method, route, status, seconds) => {
      requests.observe({ method, route, status: String(status) }, seconds);
    },
    scored: (profiles, records) => {
      scored.inc(profiles);
      rejected.inc(records);
    },
    jobs: (count) => {
      running.set(count);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
