import type { Metrics } from "./metrics.ts";

/** A column's mutual information with the label, right and as published. */
export interface InformationRow {
  readonly column: string;
  /** Nats, by nearest neighbours or from the table of a flag. */
  readonly score: number;
  /** What shuffled labels give. */
  readonly shuffled: number;
  /** The published variant, where it was computed. */
  readonly published: {
    readonly score: number;
    readonly shuffled: number;
    readonly category: boolean;
  } | null;
}

/** The columns by what they tell beyond chance, most first. */
export function informationRows(metrics: Metrics): InformationRow[] {
  return Object.entries(metrics.mutual_information)
    .map(([column, { score, shuffled }]) => {
      const published = metrics.mutual_information_as_published[column];
      return {
        column,
        score,
        shuffled,
        published:
          published === undefined
            ? null
            : {
                score: published.score,
                shuffled: published.shuffled,
                category: published.kind === "category",
              },
      };
    })
    .sort((a, b) => beyondChance(b) - beyondChance(a));
}

/** Nats above what shuffled labels give. */
export function beyondChance(row: Pick<InformationRow, "score" | "shuffled">): number {
  return row.score - row.shuffled;
}

/** All there is to know about a yes or no with this share of yes, in nats: its entropy. */
export function entropy(share: number): number {
  return [share, 1 - share].reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
}

/** A row whose published variant was computed. */
export type PublishedRow = InformationRow & { readonly published: NonNullable<InformationRow["published"]> };

/** The column whose published score owes most to chance, in nats; null where nothing was taken as a category. */
export function mostlyChance(rows: readonly InformationRow[]): PublishedRow | null {
  let worst: PublishedRow | null = null;
  for (const row of rows) {
    const { published } = row;
    if (published === null || !published.category || published.score <= 0) continue;
    if (worst === null || published.shuffled > worst.published.shuffled) worst = { ...row, published };
  }
  return worst;
}
