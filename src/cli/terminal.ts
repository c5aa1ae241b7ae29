import { countInWords, intervalInWords, scoreInWords } from "../base/words.ts";
import type { Slice } from "../evaluation/slices.ts";
import type { Measures } from "../training/measures.ts";

/** What a command may do to the world. Tests replace them; only the command line gives the real ones. */
export interface Effects {
  /** Writes a piece of the result to standard output; `data` is for programs and is written as it stands. */
  readonly stdout: (text: string, kind?: "data") => void;
  /** Writes progress, warnings and errors to standard error, in a paler colour where that is asked for and there are colours. */
  readonly stderr: (text: string, style?: "dim") => void;
  /** Whether standard error is a terminal, which can be redrawn; and its width in characters. */
  readonly terminal: { readonly interactive: boolean; readonly columns: number };
  /** Redraws the last lines of the terminal; `undefined` leaves them standing. Called only where it is interactive. */
  readonly redraw: (text: string | undefined) => void;
  /** The time of day. */
  readonly now: () => Date;
  /** Milliseconds of a clock that never jumps. */
  readonly elapsed: () => number;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  /** File of the workspace that is meant where none is named. */
  readonly usualWorkspace: string;
  /** Folder of a model that stands in for the one that ships. */
  readonly shippedModel?: string | undefined;
}

/**
 * A text in which no character drives the terminal or turns the order of the letters round: control characters but line ends and
 * tabs, and the marks of bidirectional text that hide what a name is, are shown as JSON writes them, so that JSON stays the same.
 */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|[\u2028-\u202e\u2066-\u2069]/gu, inJson);
}

const inJson = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * Lays rows of cells out in columns parted by two spaces, the last column ragged. Whatever a cell holds, it is one line.
 *
 * @param cells cells as text; rows may have different lengths
 * @param numeric indices of columns aligned to the right
 */
export function formatTable(cells: readonly (readonly string[])[], numeric: readonly number[] = []): string {
  const widths: number[] = [];
  const rows = cells.map((row) => row.map((cell) => printable(cell).replace(/[\n\t]/g, inJson)));
  for (const row of rows)
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, [...cell].length);
  return rows
    .map((row) =>
      row
        .map((cell, i) => {
          const room = " ".repeat(widths[i] - [...cell].length);
          if (numeric.includes(i)) return room + cell;
          return i === row.length - 1 ? cell : cell + room;
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

const MEASURES = [
  ["ROC AUC", "roc_auc"],
  ["average precision", "average_precision"],
  ["precision", "precision"],
  ["recall", "recall"],
  ["F1", "f1"],
] as const;

/**
 * Measures as rows of a table: name, value, interval.
 *
 * @param threshold where precision and what follows were measured, to stand beside it
 */
export function measureRows(measured: Omit<Measures, "threshold">, threshold?: number): string[][] {
  return MEASURES.map(([words, name]) => {
    const at = name === "precision" && threshold !== undefined ? ` at ${scoreInWords(threshold)}` : "";
    return [words + at, scoreInWords(measured[name]), intervalInWords(measured.intervals[name])];
  });
}

/** What a dimension is called above its table. */
const CALLED: Readonly<Record<string, string>> = {
  followers: "by followers",
  language: "by language",
  region: "by region",
};

/** Slices as tables for a terminal, one a dimension, each with what is too small to say; empty without slices. */
export function sliceText(slices: readonly Slice[]): string {
  const dimensions = [...new Set(slices.map(({ dimension }) => dimension))];
  return dimensions
    .map((dimension) => {
      const own = slices.filter((slice) => slice.dimension === dimension);
      const rows = own.map(({ name, rows: accounts, positives, metrics, warning }) => [
        name,
        countInWords(accounts),
        countInWords(positives),
        metrics === null ? "-" : scoreInWords(metrics.roc_auc.value),
        metrics === null ? "" : intervalInWords(metrics.roc_auc),
        warning === null ? "" : "too small to say",
      ]);
      const head = [CALLED[dimension] ?? dimension, "accounts", "positive", "ROC AUC", "95 % interval"];
      return formatTable([head, ...rows], [1, 2, 3]);
    })
    .join("\n\n");
}
