/** A place in a JSON text where it stops being JSON. */
export class JsonFault extends Error {
  /** Offset in the text, in UTF-16 units. */
  readonly offset: number;
  constructor(expected: string, offset: number) {
    super(expected);
    this.offset = offset;
  }
}

/**
 * Told of every value of a record that is neither null, NaN nor an object.
 *
 * @param path keys from the outside in, joined by dots
 * @param json the value as a JSON string: a string as it stands in the text, anything else its exact text in quotes
 */
export type Leaf = (path: string, json: string) => void;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// Python writes NaN and Infinity, which JSON does not know.
const WORD = /true|false|null|NaN|-?Infinity/y;
const SPACES = /[ \t\r\n]*/y;
const ESCAPES = /\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])/g;
const MAX_DEPTH = 256;

/**
 * Takes a JSON object apart into its values by path. Numbers keep their exact text, however long; lists are one value,
 * as JSON text; null and NaN are no values.
 *
 * @throws JsonFault when the text is no JSON object
 */
export function flattenRecord(text: string, leaf: Leaf): void {
  new Flattener(text, leaf).record();
}

/** A part of a JSON object or list, as it stands in the text. */
export interface JsonPart {
  /** Its key, quotes included; empty in a list. */
  readonly key: string;
  readonly value: string;
}

/**
 * Takes a JSON object or list apart into its members or items.
 *
 * @throws JsonFault when the text is neither
 */
export function partsOf(text: string): JsonPart[] {
  return new Flattener(text, () => {}).parts();
}

class Flattener {
  private readonly text: string;
  private readonly leaf: Leaf;
  private at = 0;

  constructor(text: string, leaf: Leaf) {
    this.text = text;
    this.leaf = leaf;
  }

  record(): void {
    this.spaces();
    if (this.text[this.at] !== "{") {
      throw new JsonFault("expected an object", this.at);
    }
    this.object("", 1);
    this.spaces();
    if (this.at < this.text.length) {
      throw new JsonFault("expected nothing after the object", this.at);
    }
  }

  parts(): JsonPart[] {
    const parts: JsonPart[] = [];
    this.spaces();
    const list = this.text[this.at] === "[";
    if (!list && this.text[this.at] !== "{") {
      throw new JsonFault("expected an object or a list", this.at);
    }
    this.members(list ? "]" : "}", 1, () => {
      let key = "";
      if (!list) {
        key = this.string();
        this.spaces();
        this.expect(":");
        this.spaces();
      }
      const start = this.at;
      this.skip(1);
      parts.push({ key, value: this.text.slice(start, this.at) });
    });
    this.spaces();
    if (this.at < this.text.length) {
      throw new JsonFault("expected nothing after the end", this.at);
    }
    return parts;
  }

  private object(prefix: string, depth: number): void {
    this.members("}", depth, () => {
      const key = unescaped(this.string());
      this.spaces();
      this.expect(":");
      this.spaces();
      this.value(prefix === "" ? key : `${prefix}.${key}`, depth);
    });
  }

  private value(path: string, depth: number): void {
    const start = this.at;
    switch (this.text[start]) {
      case "{":
        this.object(path, depth + 1);
        return;
      case '"':
        this.leaf(path, this.string());
        return;
      case "[":
        this.skip(depth);
        this.leaf(path, JSON.stringify(this.text.slice(start, this.at)));
        return;
      default: {
        const scalar = this.scalar();
        if (scalar !== "null" && scalar !== "NaN") {
          this.leaf(path, `"${scalar}"`);
        }
      }
    }
  }

  /** Walks over any value. */
  private skip(depth: number): void {
    const first = this.text[this.at];
    if (first === '"') {
      this.string();
    } else if (first === "[") {
      this.members("]", depth + 1, () => this.skip(depth + 1));
    } else if (first === "{") {
      this.members("}", depth + 1, () => {
        this.string();
        this.spaces();
        this.expect(":");
        this.spaces();
        this.skip(depth + 1);
      });
    } else {
      this.scalar();
    }
  }

  /** Walks over what stands between brackets or braces, the opening one included. */
  private members(close: "}" | "]", depth: number, member: () => void): void {
    if (depth > MAX_DEPTH) {
      throw new JsonFault(`expected at most ${MAX_DEPTH} levels`, this.at);
    }
    this.at++;
    this.spaces();
    if (this.text[this.at] === close) {
      this.at++;
      return;
    }
    for (;;) {
      member();
      this.spaces();
      if (this.text[this.at] === close) {
        this.at++;
        return;
      }
      this.expect(",");
      this.spaces();
      if (this.text[this.at] === close) {
        throw new JsonFault(`expected no comma before "${close}"`, this.at);
      }
    }
  }

  /** Walks over a string and returns it as it stands, quotes included. */
  private string(): string {
    const { text, at } = this;
    if (text[at] !== '"') {
      throw new JsonFault("expected a quote", at);
    }
    let end = text.indexOf('"', at + 1);
    while (end >= 0 && isEscaped(text, end)) {
      end = text.indexOf('"', end + 1);
    }
    if (end < 0) {
      throw new JsonFault("expected the string to close", text.length);
    }
    const literal = text.slice(at, end + 1);
    const control = literal.search(/[\0-\x1f]/);
    if (control >= 0) {
      throw new JsonFault("expected no line break or control character in a string", at + control);
    }
    if (literal.includes("\\") && !isJson(literal)) {
      const plain = literal.replace(ESCAPES, (pair) => "_".repeat(pair.length));
      throw new JsonFault("expected another character after the backslash", at + plain.indexOf("\\"));
    }
    this.at = end + 1;
    return wellFormed(literal);
  }

  private scalar(): string {
    for (const pattern of [NUMBER, WORD]) {
      pattern.lastIndex = this.at;
      const found = pattern.exec(this.text);
      if (found !== null) {
        this.at += found[0].length;
        return found[0];
      }
    }
    throw new JsonFault("expected a value", this.at);
  }

  private spaces(): void {
    const code = this.text.charCodeAt(this.at);
    if (code === 32 || code === 10 || code === 13 || code === 9) {
      SPACES.lastIndex = this.at;
      SPACES.test(this.text);
      this.at = SPACES.lastIndex;
    }
  }

  private expect(mark: string): void {
    if (this.text[this.at] !== mark) {
      throw new JsonFault(`expected "${mark}"`, this.at);
    }
    this.at++;
  }
}

function isEscaped(text: string, offset: number): boolean {
  let at = offset;
  while (text[at - 1] === "\\") {
    at--;
  }
  return (offset - at) % 2 === 1;
}

function isJson(literal: string): boolean {
  try {
    JSON.parse(literal);
    return true;
  } catch {
    return false;
  }
}

function unescaped(literal: string): string {
  return literal.includes("\\") ? (JSON.parse(literal) as string) : literal.slice(1, -1);
}

/** Halves of surrogate pairs become U+FFFD: DuckDB takes a text with one in it for no JSON. */
function wellFormed(literal: string): string {
  if (!/\\u[dD][89a-fA-F]/.test(literal)) {
    return literal;
  }
  return JSON.stringify(Buffer.from(JSON.parse(literal) as string, "utf8").toString("utf8"));
}
