/** How many edits a name may be away to be what was meant. */
const EDITS = 3;

/**
 * Known names like the one that was written: those that hold it or that it holds, and those a few edits away, nearest
 * first.
 */
export function nearestNames(written: string, known: readonly string[], most = 3): string[] {
  const name = written.toLowerCase();
  return known
    .map((candidate) => {
      const held = name.length >= 3 && (candidate.includes(name) || name.includes(candidate));
      return { candidate, edits: held ? 0.5 : edits(name, candidate) };
    })
    .filter(({ candidate, edits }) => edits <= Math.min(EDITS, candidate.length / 2))
    .sort((a, b) => a.edits - b.edits)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** Insertions, deletions and replacements from one text to the other (Levenshtein's distance). */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}
