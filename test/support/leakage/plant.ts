import type { Random } from "../../../src/base/random.ts";
import type { AuditInput } from "../../../src/leakage/audit.ts";
import type { LeakageFinding } from "../../../src/leakage/finding.ts";
import { type Population, withFeatures } from "./population.ts";

/** A leak to plant in a clean data set, and how it has to be found. */
export interface Plant {
  name: string;
  plant: (clean: Population, random: Random) => AuditInput;
  /** Any of these says it. */
  codes: readonly LeakageFinding["code"][];
  severity: "severe" | "warn";
  /** Features the findings have to name, all of them; none where it is about rows or the protocol. */
  features: readonly string[];
}

type Column = (clean: { label: number; source: number; row: number; random: Random }) => number;

/** A leak in one feature, `leak`. */
export function column(
  name: string,
  value: Column,
  codes: readonly LeakageFinding["code"][],
  severity: Plant["severity"] = "severe",
): Plant {
  return {
    name,
    codes,
    severity,
    features: ["leak"],
    plant: (clean, random) => withFeatures(clean, { leak: each(clean, random, value) }).input,
  };
}

/** A leak in two features, `first` and `second`, made row by row. */
export function pair(
  name: string,
  value: (clean: { label: number; source: number; random: Random }) => [number, number],
  codes: readonly LeakageFinding["code"][],
  keepSource = true,
): Plant {
  return {
    name,
    codes,
    severity: "severe",
    features: ["first", "second"],
    plant: (clean, random) => {
      const { labels, source } = clean.input;
      const both = Array.from(labels, (label, row) =>
        value({ label, source: source?.values[row] ?? 0, random }),
      );
      const first = both.map(([one]) => one);
      const second = both.map(([, other]) => other);
      const { input } = withFeatures(clean, { first, second });
      return keepSource ? input : { ...input, source: undefined };
    },
  };
}

/** Two features, drawn again until they agree with the label. */
export function agreeing(
  draw: (random: Random) => [number, number],
  says: (first: number, second: number) => boolean,
): (row: { label: number; random: Random }) => [number, number] {
  return ({ label, random }) => {
    for (;;) {
      const drawn = draw(random);
      if (says(...drawn) === (label === 1)) return drawn;
    }
  };
}

/** A number for each row. */
export function each({ input }: Population, random: Random, value: Column): Float64Array {
  return Float64Array.from(input.labels, (label, row) =>
    value({ label, source: input.source?.values[row] ?? 0, row, random }),
  );
}

/** A number above 0 with a heavy tail. */
export const wide = (random: Random) => Math.exp(1.5 * random.normal());

/** All of a population's rows, negatives first; the last feature becomes the place in the file where asked. */
export function sortedByLabel({ input }: Population, asFeature: boolean): AuditInput {
  const order = Array.from(input.labels, (_, row) => row).sort((a, b) => input.labels[a] - input.labels[b]);
  const { names, values } = input.features;
  const width = names.length;
  const sorted = Float64Array.from(values, (_, at) => {
    const place = Math.floor(at / width);
    return asFeature && at % width === width - 1 ? place : values[order[place] * width + (at % width)];
  });
  const source = input.source?.values ?? new Float64Array(0);
  return {
    ...input,
    features: { names, values: sorted },
    labels: Uint8Array.from(order, (row) => input.labels[row]),
    source: { name: "awg_engagement_rate", values: Float64Array.from(order, (row) => source[row]) },
  };
}
