import type { Step } from "./feature.ts";

/** A named choice of features. */
export interface Preset {
  readonly name: string;
  /** What it is, in one line, for help texts. */
  readonly about: string;
  /** Features in the order in which the network sees them. */
  readonly steps: readonly Step[];
  /** How the features are scaled in the end: to 0..1 over the training rows unless said otherwise, or not at all. */
  readonly scaling?: "min-max" | "none";
}
