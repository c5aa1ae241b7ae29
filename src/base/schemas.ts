import { z } from "zod";

/** A count of things. */
export const count = z.number().int().min(0);

/** An interval of numbers. */
export const interval = z.strictObject({ low: z.number(), high: z.number() });

/** Ends of an interval, `low` at most `high`. */
export type Interval = Readonly<z.infer<typeof interval>>;

/** How a number varies over repeats: `standard_deviation` has the divisor n - 1 and is 0 for a single value. */
export const spread = z.strictObject({
  mean: z.number(),
  standard_deviation: z.number(),
  min: z.number(),
  max: z.number(),
});

/** A number's spread. */
export type Spread = Readonly<z.infer<typeof spread>>;
