import { quoteIdentifier, quoteLiteral } from "../../base/quote.ts";

/** A value of a Parquet row that becomes a column. */
export interface LeafColumn {
  /** Names from the outside in. */
  readonly path: readonly string[];
  /** DuckDB's name of its type. */
  readonly type: string;
}

/** The values of columns: of a struct each member, however deep. */
export function leavesOf(path: readonly string[], type: string): LeafColumn[] {
  const members = structMembers(type);
  if (members === undefined) return [{ path, type }];
  return members.flatMap(([name, memberType]) => leavesOf([...path, name], memberType));
}

/** A leaf as text, see {@link textOf}. */
export function leafText(leaf: LeafColumn): string {
  return textOf(leafValue(leaf), leaf.type);
}

/**
 * A value as text. Whole numbers are digits alone, whatever they are stored as, where the type keeps them exactly (a DOUBLE up to
 * 2^53); NaN is no value; moments are in UTC; bytes that are not UTF-8 are no value; lists and maps are JSON.
 */
export function textOf(value: string, type: string): string {
  const text = (sql: string) => `CAST(${sql} AS VARCHAR)`;
  if (isNested(type)) return text(`to_json(${nestedValue(value, type)})`);
  if (type === "BLOB") return decoded(value);
  if (type === "TIMESTAMP WITH TIME ZONE") return text(`make_timestamp(epoch_us(${value}))`);
  if (type.startsWith("DECIMAL(")) return `regexp_replace(${text(value)}, '[.]0+$', '')`;
  if (type === "DOUBLE" || type === "FLOAT") {
    const whole = `abs(${value}) <= 9007199254740992 AND floor(${value}) = ${value}`;
    return `CASE WHEN isnan(${value}) THEN NULL WHEN ${whole} THEN ${text(`CAST(${value} AS BIGINT)`)} ELSE ${text(value)} END`;
  }
  return text(value);
}

/**
 * A number or flag in its own type, NaN excepted, in words of which DuckDB knows no extremes: it would believe those that the file
 * states, which leave NaN out and may be wrong, and drop checks that they seem to make idle. Undefined for other types.
 */
export function leafStored(leaf: LeafColumn): string | undefined {
  const value = leafValue(leaf);
  if (/^U?(TINY|SMALL|BIG)?INT(EGER)?$/.test(leaf.type)) return `xor(${value}, CAST(0 AS ${leaf.type}))`;
  // Zero is added for the sign of -0.0 too.
  if (leaf.type === "DOUBLE")
    return `CASE WHEN isnan(${value}) THEN NULL ELSE ${value} + CAST(0 AS DOUBLE) END`;
  if (leaf.type === "BOOLEAN") return `CAST(xor(CAST(${value} AS UTINYINT), CAST(0 AS UTINYINT)) AS BOOLEAN)`;
  return undefined;
}

/** Whether a value is bytes that are no text; NULL where there is none. */
export function leafGarbled(leaf: LeafColumn): string | undefined {
  const value = leafValue(leaf);
  return leaf.type === "BLOB" ? `${value} IS NOT NULL AND ${decoded(value)} IS NULL` : undefined;
}

function decoded(bytes: string): string {
  return `TRY(decode(${bytes}))`;
}

function leafValue({ path }: LeafColumn): string {
  return path
    .slice(1)
    .reduce((sql, key) => `struct_extract(${sql}, ${quoteLiteral(key)})`, quoteIdentifier(path[0]));
}

function nestedValue(value: string, type: string): string {
  return type === "BLOB[]" ? `list_transform(${value}, lambda bytes: ${decoded("bytes")})` : value;
}

/** Whether a type is a list, a map or a union. */
export function isNested(type: string): boolean {
  return /\]$|^MAP\(|^UNION\(/.test(type);
}

/**
 * The members of a struct type as DuckDB writes it: `STRUCT(id VARCHAR, "link url" STRUCT(a BIGINT)[])`. Undefined for
 * any other type, a list of structs among them.
 */
export function structMembers(type: string): [name: string, type: string][] | undefined {
  if (!type.startsWith("STRUCT(") || !type.endsWith(")")) {
    return undefined;
  }
  const members: [string, string][] = [];
  const inside = type.slice("STRUCT(".length, -1);
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let at = 0; at <= inside.length; at++) {
    const mark = inside[at];
    if (mark === '"') {
      quoted = !quoted;
    } else if (!quoted && (mark === "(" || mark === ")")) {
      depth += mark === "(" ? 1 : -1;
    }
    if (at === inside.length || (mark === "," && depth === 0 && !quoted)) {
      const member = inside.slice(start, at).trim();
      const name = member.startsWith('"') ? /^"(?:[^"]|"")*"/.exec(member)?.[0] : /^\S+/.exec(member)?.[0];
      if (name !== undefined) {
        const plain = name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
        members.push([plain, member.slice(name.length).trim()]);
      }
      start = at + 1;
    }
  }
  return members;
}
