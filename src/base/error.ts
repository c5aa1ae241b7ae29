/** Where in a file a problem stands. Lines count from 1, as editors show them. */
export interface Place {
  /** File name as the user gave it. */
  readonly file?: string | undefined;
  /** Line of the file on which the record starts, from 1. */
  readonly line?: number | undefined;
  /** Source column name. */
  readonly column?: string | undefined;
}

/** How a command ends: 1 when the data or the machine is at fault, 2 when the command line is. */
export type ExitCode = 1 | 2;

/**
 * The one error a user can mend. Its message says what is wrong, where, and what would be right:
 * `invalid followers: "12abc" (profiles.csv, line 30002)`, `unknown preset: x (expected original)`,
 * `missing column: likes`. Anything else that is thrown is a fault of ours and is shown with its stack.
 */
export class InsightsError extends Error {
  override readonly name = "InsightsError";
  readonly place: Place;
  readonly exitCode: ExitCode;

  constructor(message: string, options: { place?: Place; exitCode?: ExitCode; cause?: unknown } = {}) {
    const place = options.place ?? {};
    const where = [
      place.file,
      place.line === undefined ? undefined : `line ${place.line}`,
      place.column === undefined ? undefined : `column ${place.column}`,
    ].filter((part) => part !== undefined);
    super(where.length > 0 ? `${message} (${where.join(", ")})` : message, { cause: options.cause });
    this.place = place;
    this.exitCode = options.exitCode ?? 1;
  }
}

/**
 * The error for a name that is not among the known ones: `unknown preset: x (expected original, profile)`.
 *
 * @param kind what was named, in the field's word ("preset")
 * @param name what the user wrote
 * @param expected the names that would be right
 */
export function unknownName(kind: string, name: string, expected: readonly string[]): InsightsError {
  return new InsightsError(`unknown ${kind}: ${name} (expected ${expected.join(", ")})`, { exitCode: 2 });
}
