/** What the two classes of a target are called in figures. */
export interface ClassWords {
  /** Behind "the": "the active", "the creators". */
  readonly positives: string;
  /** One of them, for counts: "active account". */
  readonly one: string;
  /** What a probability is of: "being active". */
  readonly being: string;
}

/** The words of the original study: accounts are active or not. */
export const ACTIVE: ClassWords = {
  positives: "active",
  one: "active account",
  being: "being active",
};

const CREATORS: ClassWords = {
  positives: "creators",
  one: "creator",
  being: "being a creator",
};

/** For a target of the user's own, of which only the two classes are known. */
const POSITIVES: ClassWords = {
  positives: "positives",
  one: "positive",
  being: "being positive",
};

/**
 * The words for a target.
 *
 * @param name as in `Target`: `creator`, `activity`, `engagement`, or one of the user's own
 */
export function classWords(name: string): ClassWords {
  if (name === "creator") return CREATORS;
  return name === "activity" || name === "engagement" ? ACTIVE : POSITIVES;
}
