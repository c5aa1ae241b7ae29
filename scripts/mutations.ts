import { parseSync } from "vite";

/** One small change to a source file. */
export interface Mutation {
  /** Place of what is replaced, in UTF-16 units: from `start` up to `end`. */
  readonly start: number;
  readonly end: number;
  /** What stands there instead. */
  readonly text: string;
  /** What kind of change it is: "comparison", "arithmetic" and so on. */
  readonly kind: string;
}

/** A node of the syntax tree, as far as it is read here. */
type Node = { readonly type: string; readonly start: number; readonly end: number } & Record<string, unknown>;

const COMPARISONS: Readonly<Record<string, string>> = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "===": "!==",
  "!==": "===",
};
const ARITHMETIC: Readonly<Record<string, string>> = {
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "*",
  "**": "*",
};
const LOGIC: Readonly<Record<string, string>> = { "&&": "||", "||": "&&", "??": "&&" };
/** Names that are easily taken for one another, both ways. */
const PAIRS: readonly (readonly [string, string])[] = [
  ["min", "max"],
  ["floor", "ceil"],
  ["train", "test"],
  ["low", "high"],
  ["positives", "negatives"],
  ["fold_train", "fold_test"],
  ["some", "every"],
  ["push", "unshift"],
  ["filter", "slice"],
  ["first", "last"],
  ["left", "right"],
];
const SWAPS = new Map(PAIRS.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]));
/** What is changed in SQL, which stands in template strings. */
const SQL: readonly (readonly [RegExp, string])[] = [
  [/ < /g, " <= "],
  [/ <= /g, " < "],
  [/ > /g, " >= "],
  [/ >= /g, " > "],
  [/ = /g, " <> "],
  [/ AND /g, " OR "],
  [/ OR /g, " AND "],
  [/\bIS NULL\b/g, "IS NOT NULL"],
  [/\bIS NOT NULL\b/g, "IS NULL"],
  [/\bNOT IN\b/g, "IN"],
  [/\bDESC\b/g, "ASC"],
  [/\bmin\(/g, "max("],
  [/\bmax\(/g, "min("],
  [/\bleast\(/g, "greatest("],
  [/\bgreatest\(/g, "least("],
  [/ \+ /g, " - "],
  [/ - /g, " + "],
  [/\blower\(/g, "("],
];

/**
 * All changes that are made to a source, one at a time: comparisons, arithmetic, logic, constants, branches, names that are
 * easily taken for one another, arguments in the wrong order, the relation that something is fitted on, statements left out,
 * and the same inside SQL. Types, imports and messages stay as they are.
 *
 * @param source TypeScript
 * @param file its name, which says whether it holds JSX
 * @throws SyntaxError where the source does not parse
 */
export function mutationsOf(source: string, file: string): Mutation[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0].message}`);
  const found: Mutation[] = [];
  const textOf = ({ start, end }: Node) => source.slice(start, end);
  const replace = (node: { start: number; end: number }, text: string, kind: string) => {
    if (source.slice(node.start, node.end) !== text)
      found.push({ start: node.start, end: node.end, text, kind });
  };
  const between = (left: Node, right: Node, operator: string, other: string | undefined, kind: string) => {
    if (other === undefined) return;
    const start = left.end + source.slice(left.end, right.start).indexOf(operator);
    replace({ start, end: start + operator.length }, other, kind);
  };
  const visit = (node: Node, relations: readonly string[]) => {
    if (/^(TS(?!As|NonNull|Satisfies)|Import|ExportAll|JSXText)/.test(node.type)) return;
    let known = relations;
    switch (node.type) {
      case "FunctionDeclaration":
      case "ArrowFunctionExpression":
      case "FunctionExpression":
        if (node.body !== null) known = [...new Set([...relations, ...relationsIn(textOf(node))])];
        break;
      case "BinaryExpression": {
        const { left, right, operator } = node as unknown as { left: Node; right: Node; operator: string };
        between(left, right, operator, COMPARISONS[operator], "comparison");
        const words = /^["'`]/.test(textOf(left)) || /^["'`]/.test(textOf(right));
        if (!words) between(left, right, operator, ARITHMETIC[operator], "arithmetic");
        break;
      }
      case "LogicalExpression": {
        const { left, right, operator } = node as unknown as { left: Node; right: Node; operator: string };
        between(left, right, operator, LOGIC[operator], "logic");
        break;
      }
      case "AssignmentExpression": {
        const { left, right, operator } = node as unknown as { left: Node; right: Node; operator: string };
        if (operator === "+=") between(left, right, operator, "-=", "arithmetic");
        if (operator === "-=") between(left, right, operator, "+=", "arithmetic");
        break;
      }
      case "UnaryExpression":
        if (node.operator === "-" || node.operator === "!")
          replace(node, `(${textOf(node.argument as Node)})`, "sign");
        break;
      case "Literal":
        if (typeof node.value === "number") replace(node, otherNumber(node.value), "constant");
        if (typeof node.value === "boolean") replace(node, String(!node.value), "constant");
        break;
      case "ConditionalExpression": {
        const { consequent, alternate } = node as unknown as { consequent: Node; alternate: Node };
        replace(
          { start: consequent.start, end: alternate.end },
          `${textOf(alternate)} : ${textOf(consequent)}`,
          "branches",
        );
        break;
      }
      case "IfStatement": {
        const test = node.test as Node;
        replace(test, `!(${textOf(test)})`, "condition");
        break;
      }
      case "MemberExpression":
        if (node.computed !== true) swapName(node.property as Node);
        break;
      case "CallExpression": {
        const given = node.arguments as Node[];
        given.forEach((argument, i) => {
          const text = textOf(argument);
          const next = given[i + 1];
          if (next !== undefined && !/Function|Template|Object|Spread/.test(argument.type + next.type))
            replace({ start: argument.start, end: next.end }, `${textOf(next)}, ${text}`, "arguments");
          const at = relations.indexOf(text);
          if (at >= 0 && relations.length > 1)
            replace(argument, relations[(at + 1) % relations.length], "relation");
        });
        break;
      }
      case "ExpressionStatement":
        if ((node.expression as Node).type !== "Literal") replace(node, ";", "statement left out");
        break;
      case "ContinueStatement":
      case "BreakStatement":
        replace(node, ";", "statement left out");
        break;
      case "TemplateElement":
        inSql(node);
        break;
    }
    for (const [name, child] of Object.entries(node)) {
      if (name === "typeAnnotation" || name === "returnType" || name === "typeArguments") continue;
      for (const one of Array.isArray(child) ? child : [child])
        if (typeof one === "object" && one !== null && typeof (one as Node).type === "string")
          visit(one as Node, known);
    }
  };
  const swapName = (name: Node) => {
    const other = SWAPS.get(textOf(name));
    if (other !== undefined) replace(name, other, "name");
  };
  const inSql = (quasi: Node) => {
    const text = textOf(quasi);
    if (!/\b(SELECT|WHERE|CASE|WHEN|coalesce|isfinite|IS NULL|IS NOT NULL|AND|OR)\b/.test(text)) return;
    for (const [pattern, other] of SQL)
      for (const match of text.matchAll(pattern)) {
        const start = quasi.start + match.index;
        replace({ start, end: start + match[0].length }, other, "SQL");
      }
  };
  for (const node of program.body as unknown as Node[]) visit(node, []);
  return found;
}

/** Another number near by: the next whole one, or half as much again. */
function otherNumber(value: number): string {
  if (value === 0) return "1";
  return Number.isInteger(value) && value < 1000 ? String(value + 1) : String(value * 1.5);
}

/** Names in a function that stand for relations: what is fitted on one could be fitted on another. */
function relationsIn(text: string): string[] {
  const names =
    text.match(/"[a-z]+_(?:train|test|profiles)"|\b(?:relation|table|drawn|training|testing)\b/g) ?? [];
  return [...new Set(names)];
}
