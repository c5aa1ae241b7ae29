/** How much an alert matters: `info` is for the record, `warning` may change results, `error` makes some unusable. */
export type AlertLevel = "info" | "warning" | "error";

/** Something worth telling about the data, in plain language. An alert never stops the work. */
export interface Alert {
  readonly level: AlertLevel;
  /** Stable name of the kind of alert, in snake case: "encoding_converted", "duplicate_column". */
  readonly code: string;
  /** The column it is about, null when it is about the whole file. */
  readonly column: string | null;
  /** One or two sentences with the numbers in it. */
  readonly message: string;
}
