import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** The made-up profiles that ship with the program. */
export const SAMPLE_FILE = fileURLToPath(new URL("../../examples/profiles.csv", import.meta.url));

/** A function that makes a value when it is first called, and gives the same one ever after. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/**
 * A JSON file in `data/` of the package, checked by a schema. It is read when it is first asked for, and once.
 *
 * @param name path below `data/`
 * @returns a function that gives its contents; it throws an Error that names the file and the place where the contents are wrong
 */
export function dataFile<T>(name: string, schema: z.ZodType<T>): () => T {
  return once(() => {
    const text = readFileSync(new URL(`../../data/${name}`, import.meta.url), "utf8");
    const { success, data, error } = schema.safeParse(JSON.parse(text));
    if (!success) throw new Error(`invalid data/${name}: ${z.prettifyError(error)}`);
    return data;
  });
}
