import { InsightsError, type Place } from "../../base/error.ts";
import type { Proposal } from "./propose.ts";

/**
 * Thrown where the columns of a file do not tell whose records they are. `proposals` has what each column may be, so that somebody who
 * is shown them can say it; it is empty where the file's values are not known.
 */
export class UnknownColumnsError extends InsightsError {
  readonly proposals: readonly Proposal[];
  /** All columns of the file. */
  readonly columns: readonly string[];

  constructor(message: string, columns: readonly string[], proposals: readonly Proposal[], place: Place) {
    super(message, { place });
    this.columns = columns;
    this.proposals = proposals;
  }
}
