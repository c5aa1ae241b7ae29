/** What stands for a name that was taken out. */
const INSTEAD = "…";

/**
 * A text without some names, in any case. A name counts where it stands by itself, not as a part of a longer word: a text by its whole words, JSON by those of
 * its texts, whose keys stay.
 */
export function withoutNames(text: string, names: readonly string[]): string {
  const longest = names.filter((name) => name.trim() !== "").toSorted((a, b) => b.length - a.length);
  if (longest.length === 0) return text;
  const escaped = longest.map((name) => name.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  const named = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${escaped.join("|")})(?![\\p{L}\\p{N}_])`, "giu");
  const cleaned = (value: unknown): unknown => {
    if (typeof value === "string") return value.replace(named, INSTEAD);
    if (Array.isArray(value)) return value.map(cleaned);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleaned(inner)]));
  };
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" ? JSON.stringify(cleaned(parsed)) : String(cleaned(text));
  } catch {
    return String(cleaned(text));
  }
}
