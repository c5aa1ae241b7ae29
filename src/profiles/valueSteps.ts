import { quoteIdentifier } from "../base/quote.ts";
import type { CanonicalType } from "./canonical.ts";
import type { SourceColumns } from "./providers/layouts.ts";
import { presentSql, type StoredColumns, type ValueKind } from "./values.ts";

/** SQL of a text that is not there. */
export const NO_TEXT = "CAST(NULL AS VARCHAR)";

/** A value that is read from text. */
export interface Value {
  /** Its canonical name; `video_likes` and `video_comments` of a video. */
  readonly name: string;
  /** Name of the column that it becomes. */
  readonly as: string;
  readonly type: CanonicalType;
  readonly kind: ValueKind;
  /** The condition that a number can be one; without it any can. */
  readonly possible?: ((number: string) => string) | undefined;
}

/**
 * The steps to a value: `_cast_NAME`, what a cast makes of the first column; `_raw_NAME`, the trimmed text where the cast is not
 * sure to be right and a text is there; of a number that may be one that no account has `_written_NAME`, what the text says; and the value.
 * Where all casts are right, `_raw_NAME` is one constant NULL, which costs next to nothing to ask for.
 *
 * @param sources columns of the relation that it may stand in, the first that has it counts
 * @param stored columns that the relation has in types of their own too
 */
export function valueSteps(
  { name, as, type, kind, possible }: Value,
  sources: SourceColumns,
  stored: StoredColumns | undefined,
) {
  const [cast, raw] = [`_cast_${name}`, `_raw_${name}`];
  if (sources.length === 0) {
    return {
      inputs: [`CAST(NULL AS UBIGINT) AS ${cast}`],
      raw: `${NO_TEXT} AS ${raw}`,
      written: [],
      value: `CAST(NULL AS ${type}) AS ${as}`,
    };
  }
  const column = stored?.get(sources[0]);
  const typed = column && kind.stored?.(column.type);
  const first = quoteIdentifier(typed === undefined ? sources[0] : (column?.name ?? ""));
  const inputs = sources.map(
    (source, i) => `${i === 0 ? first : quoteIdentifier(source)} AS _text_${name}_${i}`,
  );
  const texts = sources.map((_, i) => `_text_${name}_${i}`);
  const { cast: castOf, sure } = typed ?? kind;
  const written = [typed === undefined ? texts[0] : (column?.text(texts[0]) ?? ""), ...texts.slice(1)];
  const said =
    possible === undefined
      ? kind.exact(raw)
      : `CASE WHEN ${possible(`_written_${name}`)} THEN _written_${name} END`;
  return {
    inputs: [...inputs, `${castOf(first)} AS ${cast}`],
    raw: `CASE WHEN ${sure(cast, texts[0])} THEN NULL ELSE ${coalesced(written.map(presentSql))} END AS ${raw}`,
    // Of a CASE only those sides are computed that are reached.
    written:
      possible === undefined
        ? []
        : [`CASE WHEN ${raw} IS NOT NULL THEN ${kind.exact(raw)} END AS _written_${name}`],
    value: `CASE WHEN ${raw} IS NOT NULL THEN ${said} ELSE ${kind.value(cast, texts[0])} END AS ${as}`,
  };
}

/** The first of the texts that is not NULL. */
export function coalesced(texts: readonly string[]): string {
  if (texts.length === 0) return NO_TEXT;
  return texts.length === 1 ? texts[0] : `coalesce(${texts.join(", ")})`;
}
