import { readFileSync } from "node:fs";
import { z } from "zod";

/**
 * A JSON file in `data/` of the package, checked by a schema. It is read when it is first asked for, and once.
 *
 * @param name path below `data/`
 * @returns a function that gives its contents; it throws an Error that names the file and the place where the contents are wrong
 */
export function dataFile<T>(name: string, schema: z.ZodType<T>): () => T {
  let contents: T | undefined;
  return () => {
    if (contents === undefined) {
      const text = readFileSync(new URL(`../../data/${name}`, import.meta.url), "utf8");
      const { success, data, error } = schema.safeParse(JSON.parse(text));
      if (!success) throw new Error(`invalid data/${name}: ${z.prettifyError(error)}`);
      contents = data;
    }
    return contents;
  };
}
