import { InsightsError } from "../base/error.ts";
import { CANONICAL_NAMES, type CanonicalName, isCanonical } from "../profiles/canonical.ts";

/** A node of the tree that DuckDB's `json_serialize_sql` gives. What a class of nodes holds is checked where it is used. */
export type Node = Readonly<Record<string, unknown>>;

/**
 * The functions and operators that a written condition may use: of one row's values only, giving the same answer at any
 * time on any machine. Whatever reads files, settings, the clock or random numbers, aggregates, or builds values larger than
 * its arguments (`repeat`, `concat`, `range`: a short text of them can fill any memory) is not here. What is not here is refused.
 */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  [
    // Arithmetic
    "+ - * / // % ^ ** @ abs ceil ceiling floor round trunc sign mod fmod divide add subtract multiply",
    "sqrt cbrt exp ln log log2 log10 pow power greatest least isnan isinf isfinite nullif",
    // Texts
    "~~ !~~ ~~* !~~* ~~~ ~ ^@ like_escape ilike_escape not_like_escape not_ilike_escape lower lcase upper",
    "ucase length len char_length character_length strlen trim ltrim rtrim left right substr substring",
    "contains starts_with ends_with prefix suffix strpos instr position split_part string_split split",
    "regexp_matches regexp_full_match regexp_extract regexp_extract_all strip_accents nfc_normalize",
    "unicode ascii",
    // Times
    "epoch epoch_ms epoch_us date_part datepart date_diff datediff date_sub datesub date_trunc datetrunc",
    "year quarter month week day dayofmonth dayofweek dayofyear isodow weekday hour minute second",
    "make_date make_timestamp to_years to_months to_weeks to_days to_hours to_minutes to_seconds",
    "to_milliseconds",
    // Lists of posts
    "array_length list_count list_contains list_has array_contains list_distinct list_extract",
    "list_element array_extract list_slice array_slice list_max list_min list_avg list_median list_sum",
    "list_sort list_reverse_sort list_filter array_filter filter list_transform array_transform",
    "list_apply list_any_value list_first list_last list_position",
  ].flatMap((names) => names.split(" ")),
);

/** Types that a written condition may cast to. */
const CAST_TYPES: ReadonlySet<string> = new Set(
  (
    "BOOLEAN TINYINT SMALLINT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT FLOAT DOUBLE " +
    "DECIMAL VARCHAR DATE TIME TIMESTAMP INTERVAL"
  ).split(" "),
);

/** Operators, as DuckDB's tree names them. */
const OPERATORS: ReadonlySet<string> = new Set(
  (
    "OPERATOR_NOT OPERATOR_IS_NULL OPERATOR_IS_NOT_NULL OPERATOR_COALESCE OPERATOR_NULLIF COMPARE_IN " +
    "COMPARE_NOT_IN ARRAY_EXTRACT ARRAY_SLICE"
  ).split(" "),
);

/** Words for kinds of expressions that are refused, by DuckDB's class. */
const REFUSED: Readonly<Record<string, string>> = {
  SUBQUERY: "a subquery",
  STAR: "a star",
  WINDOW: "a window function",
  PARAMETER: "a parameter",
  POSITIONAL_REFERENCE: "a reference by position",
  COLLATE: "a collation",
  DEFAULT: "DEFAULT",
};

/** Functions that read the clock, some of which are written without brackets. */
const CLOCK: ReadonlySet<string> = new Set(
  (
    "now today age get_current_timestamp transaction_timestamp current_timestamp current_date current_time " +
    "localtime localtimestamp get_current_time current_localtimestamp"
  ).split(" "),
);

const CLOCK_HINT = "what is active may not depend on the clock; observed_at is when the profile was read";

/**
 * Walks the tree of a written condition and allows only what is known to be harmless: canonical columns, constants,
 * comparisons, logic, CASE, casts to plain types, and functions of a list. Anything else, known or unknown, is refused.
 */
export class ConditionCheck {
  /** Canonical columns that the condition reads. */
  readonly inputs = new Set<CanonicalName>();
  /** Says where in the user's text a node stands: ` at character 8`, or nothing where it is not known. */
  private readonly place: (node: Node) => string;
  /** Parameters of the lambdas around a node. */
  private readonly bound: string[] = [];

  constructor(place: (node: Node) => string) {
    this.place = place;
  }

  /**
   * Checks an expression and all below it.
   *
   * @throws InsightsError that names what is refused, and where it stands
   */
  expression(value: unknown): void {
    const node = this.node(value);
    if (node.alias !== "") throw this.refuse("a name given with AS", node);
    switch (node.class) {
      case "CONSTANT":
        break;
      case "COLUMN_REF":
        this.column(node);
        break;
      case "FUNCTION":
        this.call(node);
        break;
      case "LAMBDA":
        throw this.refuse("a lambda outside of a list function", node);
      case "COMPARISON":
        this.all([node.left, node.right]);
        break;
      case "BETWEEN":
        this.all([node.input, node.lower, node.upper]);
        break;
      case "CONJUNCTION":
        this.all(node.children);
        break;
      case "OPERATOR":
        if (!OPERATORS.has(String(node.type))) {
          throw this.refuse(String(node.type).toLowerCase().replaceAll("_", " "), node);
        }
        this.all(node.children);
        break;
      case "CAST":
        this.type(node);
        this.expression(node.child);
        break;
      case "CASE":
        for (const check of this.list(node.case_checks)) {
          const { when_expr, then_expr } = this.node(check);
          this.all([when_expr, then_expr]);
        }
        this.expression(node.else_expr);
        break;
      default:
        throw this.refuse(REFUSED[String(node.class)] ?? String(node.class).toLowerCase(), node);
    }
  }

  private all(values: unknown): void {
    for (const value of this.list(values)) this.expression(value);
  }

  private column(node: Node): void {
    const path = this.list(node.column_names).map(String);
    const [written] = path;
    if (path.length === 1) {
      if (this.bound.includes(written.toLowerCase())) return;
      const name = written.toLowerCase();
      if (isCanonical(name)) {
        this.inputs.add(name);
        return;
      }
    }
    const name = path.join(".");
    if (CLOCK.has(name)) throw this.refuse(`the function ${name}`, node, CLOCK_HINT);
    const near = nearestNames(name, CANONICAL_NAMES);
    const hint =
      near.length > 0
        ? `did you mean ${near.join(" or ")}?`
        : `expected ${CANONICAL_NAMES.join(", ")}; for a column of your own: column:NAME`;
    throw new InsightsError(`unknown column: ${name}${this.place(node)} of the condition (${hint})`, {
      exitCode: 2,
    });
  }

  private call(node: Node): void {
    const name = String(node.function_name).toLowerCase();
    const qualified = node.schema === "" || node.schema === "main" ? name : `${String(node.schema)}.${name}`;
    if (!FUNCTIONS.has(qualified) || node.catalog !== "") {
      const hint = CLOCK.has(name) ? CLOCK_HINT : "expected functions of one row's values";
      throw this.refuse(`the function ${qualified}`, node, hint);
    }
    const { orders } = this.node(node.order_bys);
    if (
      node.filter !== null ||
      node.distinct !== false ||
      node.export_state !== false ||
      this.list(orders).length > 0
    ) {
      throw this.refuse("FILTER, DISTINCT or ORDER BY in a function", node);
    }
    for (const child of this.list(node.children)) {
      const argument = this.node(child);
      if (argument.class === "LAMBDA") this.lambda(argument);
      else this.expression(argument);
    }
  }

  private lambda(node: Node): void {
    const parameters = this.parameters(this.node(node.lhs));
    this.bound.push(...parameters);
    this.expression(node.expr);
    this.bound.length -= parameters.length;
  }

  /** One parameter is a column reference, several are a row of them. */
  private parameters(node: Node): string[] {
    if (node.class === "FUNCTION" && node.function_name === "row") {
      return this.list(node.children).flatMap((child) => this.parameters(this.node(child)));
    }
    const path = node.class === "COLUMN_REF" ? this.list(node.column_names).map(String) : [];
    if (path.length !== 1 || isCanonical(path[0].toLowerCase())) {
      throw this.refuse("a lambda whose parameter is not a new name", node);
    }
    return [path[0].toLowerCase()];
  }

  private type(node: Node): void {
    const { id } = this.node(node.cast_type);
    if (CAST_TYPES.has(String(id))) return;
    throw this.refuse(`a cast to ${id === "UNBOUND" ? "an unknown type" : String(id)}`, node);
  }

  private node(value: unknown): Node {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw this.refuse("an expression of an unknown kind", {});
    }
    return value as Node;
  }

  private list(value: unknown): readonly unknown[] {
    if (!Array.isArray(value)) throw this.refuse("an expression of an unknown kind", {});
    return value;
  }

  private refuse(what: string, node: Node, why?: string): InsightsError {
    const reason = why ?? "expected one condition over canonical columns";
    return new InsightsError(`forbidden in a condition: ${what}${this.place(node)} (${reason})`, {
      exitCode: 2,
    });
  }
}

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
