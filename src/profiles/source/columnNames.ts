import type { Alert } from "../alert.ts";

/**
 * Makes raw column names fit to be columns of one relation: trimmed, without NUL characters, none empty, no two alike. DuckDB does not tell
 * upper from lower case, so "ID" and "id" are alike. A second `likes` becomes `likes_2`, a nameless third column `column_3`.
 *
 * @param raw names as the file has them
 * @param alerts is told of every change that matters
 */
export function columnNames(raw: readonly string[], alerts: Alert[]): string[] {
  const taken = new Set(["__row"]);
  // SQL text ends at a NUL.
  const plain = raw.map((name) => name.replaceAll("\0", "").trim());
  // Names that stand in the file go to their first bearer, before any made-up name can take them.
  const first = new Set<number>();
  plain.forEach((name, index) => {
    if (name !== "" && !taken.has(name.toLowerCase())) {
      taken.add(name.toLowerCase());
      first.add(index);
    }
  });
  return plain.map((name, index) => {
    if (first.has(index)) {
      return name;
    }
    const renamed = name === "" ? free(`column_${index + 1}`, taken) : freeNumbered(name, taken);
    taken.add(renamed.toLowerCase());
    alerts.push(
      name === ""
        ? {
            level: "warning",
            code: "unnamed_column",
            column: renamed,
            message: `Column ${index + 1} has no name; it is called ${renamed} here.`,
          }
        : {
            level: "warning",
            code: "duplicate_column",
            column: renamed,
            message: `The name ${name} stands more than once among the columns or is reserved; column ${index + 1} is called ${renamed} here.`,
          },
    );
    return renamed;
  });
}

function free(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name.toLowerCase()) ? freeNumbered(name, taken) : name;
}

function freeNumbered(name: string, taken: ReadonlySet<string>): string {
  let number = 2;
  while (taken.has(`${name}_${number}`.toLowerCase())) {
    number++;
  }
  return `${name}_${number}`;
}
