/** What a command may do to the world. Tests replace them; only the command line gives the real ones. */
export interface Effects {
  /** Writes a piece of the result to standard output. */
  readonly stdout: (text: string) => void;
  /** Writes progress, warnings and errors to standard error. */
  readonly stderr: (text: string) => void;
  /** Whether standard error is a terminal, which can be redrawn; and its width in characters. */
  readonly terminal: { readonly interactive: boolean; readonly columns: number; readonly colour: boolean };
  /** Redraws the last lines of the terminal; `undefined` leaves them standing. Called only where it is interactive. */
  readonly redraw: (text: string | undefined) => void;
  /** The time of day. */
  readonly now: () => Date;
  /** Milliseconds of a clock that never jumps. */
  readonly elapsed: () => number;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}
