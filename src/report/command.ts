import type { Metrics } from "./metrics.ts";

/** A word for a POSIX shell, quoted where it has to be. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) && !word.startsWith("-") ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * The command that makes the report again, in pieces that belong together: an option and its value. Of the file only the
 * name is known, not where it was.
 */
export function studyCommand({ options, dataset }: Pick<Metrics, "options" | "dataset">): string[] {
  return [
    "insights study",
    quoted(dataset.file.startsWith("-") ? `./${dataset.file}` : dataset.file),
    `--preset ${quoted(options.preset)}`,
    `--seed ${options.seed}`,
    `--seeds ${options.seeds}`,
    `--min-precision ${options.min_precision}`,
    ...(options.split === "seeded" ? [] : [`--split ${quoted(options.split)}`]),
  ];
}
