/** What benches share: what work costs, and whether marks are reached. */

/** What some work took. */
export interface Cost {
  /** By the clock. */
  readonly seconds: number;
  /** User and system time of all cores together, in seconds. */
  readonly processor: number;
}

/** Does some work in this process and says what it took. */
export async function timed<T>(work: () => T | Promise<T>): Promise<Cost & { readonly result: T }> {
  const before = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const seconds = (performance.now() - start) / 1e3;
  const { user, system } = process.cpuUsage(before);
  return { result, seconds, processor: (user + system) / 1e6 };
}

/** The quickest of some runs: other processes only add to it. */
export async function best<T extends Pick<Cost, "seconds">>(
  times: number,
  run: () => T | Promise<T>,
): Promise<T> {
  const runs: T[] = [];
  for (let i = 0; i < times; i++) runs.push(await run());
  return runs.reduce((quickest, one) => (one.seconds < quickest.seconds ? one : quickest));
}

/** A number for people: thousands are separated, four digits count. */
export function number(value: number): string {
  return value.toLocaleString("en", { maximumSignificantDigits: 4 });
}

/** Says whether a mark is reached. A bench that misses one ends with exit code 1. */
export function mark(
  name: string,
  value: number,
  wanted: number,
  side: "at least" | "at most",
  unit = "",
): void {
  const reached = side === "at least" ? value >= wanted : value <= wanted;
  if (!reached) process.exitCode = 1;
  console.log(
    `    ${reached ? "reached" : "MISSED "}  ${name}: ${number(value)}${unit} (${side} ${number(wanted)}${unit})`,
  );
}
