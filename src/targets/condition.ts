import type { DuckDBConnection } from "@duckdb/node-api";
import { DuckDBInstance } from "../base/duckdb.ts";
import { InsightsError } from "../base/error.ts";
import { CANONICAL_COLUMNS, CANONICAL_NAMES, type CanonicalName } from "../profiles/canonical.ts";
import { ConditionCheck, type Node } from "./conditionCheck.ts";
import { fixedTarget, type TargetDefinition } from "./target.ts";

/** A condition that was checked. */
export interface Condition {
  /** DuckDB's own printing of what was checked; to be put in brackets where anything follows. */
  readonly expression: string;
  /** Canonical columns that it reads, in canonical order. */
  readonly inputs: readonly CanonicalName[];
}

/** Longest condition that is looked at, in characters. */
const LONGEST = 4000;

const BEFORE = "SELECT (";
/** On a line of its own, so that a comment at the end of the text does not take it along. */
const AFTER = "\n) FROM profiles";

/**
 * Checks a condition that a user wrote: exactly one boolean expression over canonical columns, with functions of one
 * row's values. It is parsed but never run here, in a database of its own that holds no row and can reach no file; what
 * runs later is not the user's text but DuckDB's printing of the tree that was checked.
 *
 * @throws InsightsError where it does not parse (with the character), holds anything that is not allowed, names an
 *   unknown column, or is not boolean; exit code 2
 */
export async function parseCondition(text: string): Promise<Condition> {
  if (text.trim() === "") throw invalid("it is empty");
  if (text.length > LONGEST) throw invalid(`it is longer than ${LONGEST} characters`);
  if (text.includes("\0")) throw invalid("it holds a NUL");
  const instance = await DuckDBInstance.create(":memory:", {
    enable_external_access: "false",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    lock_configuration: "true",
    threads: "1",
    memory_limit: "256MB",
  });
  const connection = await instance.connect();
  try {
    const inputs = await checkTree(connection, text);
    const expression = await printed(connection, text);
    await requireBoolean(connection, text, expression);
    return { expression, inputs };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/**
 * A target from a condition that a user wrote: `followers >= 10000 and awg_engagement_rate > 0.03`.
 *
 * @throws InsightsError as {@link parseCondition}
 */
export async function conditionTarget(text: string): Promise<TargetDefinition> {
  const { expression, inputs } = await parseCondition(text);
  const name = text.trim().replace(/\s+/g, " ");
  return fixedTarget({ name, about: "a condition of the user's", expression, inputs, written: true });
}

/** The columns that a condition reads, when its tree holds nothing that is not allowed. */
async function checkTree(connection: DuckDBConnection, text: string): Promise<CanonicalName[]> {
  const tree = await treeOf(connection, text);
  if (tree.error === true) throw notParsed(text, tree);
  const frame = await treeOf(connection, "true");
  const selected = expressionsOf(tree);
  // Whatever the text does outside of its brackets (a second statement, FROM, WHERE, UNION) shows beside the expressions.
  // Without the brackets it still has to parse, or it closes the first and opens the last.
  const bare = await treeOf(connection, text, "SELECT ", "\n");
  if (selected === null || selected.length !== 1 || outline(tree) !== outline(frame) || bare.error === true) {
    throw invalid(
      text.includes(";")
        ? "it holds a semicolon (expected one condition)"
        : "it is not one expression (expected one condition, such as followers >= 10000)",
    );
  }
  const check = new ConditionCheck((node) => placeIn(text, node));
  check.expression(selected[0]);
  return CANONICAL_NAMES.filter((name) => check.inputs.has(name));
}

/** DuckDB's tree of a condition, or of the error that it is. */
async function treeOf(
  connection: DuckDBConnection,
  text: string,
  before = BEFORE,
  after = AFTER,
): Promise<Node> {
  const reader = await connection.runAndReadAll("SELECT json_serialize_sql(CAST(? AS VARCHAR))", [
    `${before}${text}${after}`,
  ]);
  const json = String(reader.getRows()[0][0]);
  try {
    return JSON.parse(json) as Node;
  } catch {
    // The one thing that DuckDB writes into its tree and JSON has no word for.
    throw invalid("it holds a number that is too large");
  }
}

/** The expressions of the first statement, where the tree has the form of a statement. */
function expressionsOf(tree: Node): readonly unknown[] | null {
  const [first] = Array.isArray(tree.statements) ? tree.statements : [];
  const list = (first as { node?: { select_list?: unknown } } | undefined)?.node?.select_list;
  return Array.isArray(list) ? list : null;
}

/** A tree without the expressions of its first statement and without places in the text. */
function outline(tree: Node): string {
  let taken = false;
  return JSON.stringify(tree, (key, value) => {
    if (key === "query_location") return undefined;
    if (key !== "select_list" || taken) return value;
    taken = true;
    return undefined;
  });
}

/** What was checked, printed by DuckDB. */
async function printed(connection: DuckDBConnection, text: string): Promise<string> {
  const reader = await connection.runAndReadAll(
    "SELECT json_deserialize_sql(json_serialize_sql(CAST(? AS VARCHAR)))",
    [`${BEFORE}${text}${AFTER}`],
  );
  const sql = String(reader.getRows()[0][0]);
  const expression = /^SELECT ([\s\S]*) FROM profiles$/.exec(sql)?.[1];
  if (expression === undefined) throw invalid("DuckDB cannot print it");
  return expression;
}

/** Binds the printed condition to canonical columns of their types, which says of what type it is. Nothing is run. */
async function requireBoolean(connection: DuckDBConnection, text: string, expression: string): Promise<void> {
  const columns = CANONICAL_NAMES.map((name) => `${name} ${CANONICAL_COLUMNS[name].type}`);
  await connection.run(`CREATE TABLE profiles (${columns.join(", ")})`);
  const described = await connection
    .runAndReadAll(`DESCRIBE SELECT (${expression}) AS answer FROM profiles`)
    .catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      throw invalid(message.split("\n")[0].replace(/^\w+ Error: /, ""));
    });
  const type = String(described.getRows()[0][1]);
  if (type === "BOOLEAN") return;
  throw new InsightsError(
    `not boolean: ${text.trim()} is ${type} (expected a condition, such as followers >= 10000)`,
    {
      exitCode: 2,
    },
  );
}

function notParsed(text: string, tree: Node): InsightsError {
  const [message] = String(tree.error_message).split("\n");
  const hint = text.includes(";") ? " (expected one condition, without a semicolon)" : "";
  // What the parser stumbles over then is not the user's but the bracket that closes the text.
  if (Number(tree.position) - BEFORE.length > [...text].length && hint === "") {
    throw invalid(`${text.trim()} stops in the middle (expected a condition, such as followers >= 10000)`);
  }
  // The parser counts characters, and the tree bytes.
  return invalid(`${message}${at([...text].length, Number(tree.position) - BEFORE.length)}${hint}`);
}

/** Where a node stands in the user's text, in words. */
function placeIn(text: string, { query_location: place }: Node): string {
  const bytes = new TextEncoder().encode(text);
  const offset = Number(place) - BEFORE.length;
  if (!(offset >= 0 && offset <= bytes.length)) return "";
  return at([...text].length, [...new TextDecoder().decode(bytes.subarray(0, offset))].length);
}

/** ` at character 14`, counted from 1; nothing for a place outside of the text. */
function at(length: number, offset: number): string {
  if (!(offset >= 0 && offset <= length)) return "";
  return offset === length ? " at its end" : ` at character ${offset + 1}`;
}

function invalid(why: string): InsightsError {
  return new InsightsError(`invalid condition: ${why}`, { exitCode: 2 });
}
