/** Python's escapes of one character, with what they stand for. */
const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  v: "\v",
  a: "\x07",
  "0": "\0",
  "\n": "",
};
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const WORDS: Readonly<Record<string, string>> = {
  None: "null",
  True: "true",
  False: "false",
  null: "null",
  true: "true",
  false: "false",
  nan: "NaN",
  NaN: "NaN",
  inf: "Infinity",
  Infinity: "Infinity",
};
const NUMBER = /(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)[Ll]?(?![\w.])/y;
const WORD = /-?[A-Za-z_][\w.]*/y;
const SPACES = /\s*/y;
const MAX_DEPTH = 256;

class NoLiteral extends Error {}

/**
 * Makes JSON of what Python's `repr` writes of dictionaries, lists, texts, numbers, `True`, `False` and `None`. Numbers keep their exact
 * text. Tuples and sets become lists; of a call such as `ObjectId('5f')` its one argument is taken, of any other nothing but null.
 *
 * @returns JSON, in which NaN and Infinity may stand; undefined where the text is no literal
 */
export function jsonOfPython(text: string): string | undefined {
  try {
    return new Reader(text).whole();
  } catch (error) {
    if (error instanceof NoLiteral) return undefined;
    throw error;
  }
}

class Reader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  whole(): string {
    const json = this.value(1);
    this.match(SPACES);
    if (this.at < this.text.length) throw new NoLiteral();
    return json;
  }

  private value(depth: number): string {
    if (depth > MAX_DEPTH) throw new NoLiteral();
    this.match(SPACES);
    const mark = this.text[this.at];
    if (mark === "'" || mark === '"') return JSON.stringify(this.string(mark));
    if (mark === "{") return this.braces(depth);
    if (mark === "[") return `[${this.members("]", depth).join(",")}]`;
    if (mark === "(") return `[${this.members(")", depth).join(",")}]`;
    const number = this.match(NUMBER);
    return number === undefined ? this.word(depth) : number[1];
  }

  /** A constant, a text with a letter before it (`u'...'`), or a call. */
  private word(depth: number): string {
    const word = this.match(WORD)?.[0] ?? "";
    const next = this.text[this.at];
    if (/^[bBrRuU]$/.test(word) && (next === "'" || next === '"')) return JSON.stringify(this.string(next));
    if (word !== "" && next === "(") {
      const given = this.members(")", depth);
      return given.length === 1 ? given[0] : "null";
    }
    const negative = word.startsWith("-");
    const json = Object.hasOwn(WORDS, negative ? word.slice(1) : word) ? WORDS[word.replace("-", "")] : "";
    if (json === "" || (negative && json !== "Infinity")) throw new NoLiteral();
    return negative ? `-${json}` : json;
  }

  /** A dictionary, or a set. */
  private braces(depth: number): string {
    const pairs: string[] = [];
    let isSet = false;
    const members = this.members("}", depth, (key) => {
      this.match(SPACES);
      if (this.text[this.at] !== ":") {
        isSet = true;
        return;
      }
      this.at++;
      pairs.push(`${key.startsWith('"') ? key : JSON.stringify(key)}:${this.value(depth + 1)}`);
    });
    if (!isSet) return `{${pairs.join(",")}}`;
    if (pairs.length > 0) throw new NoLiteral();
    return `[${members.join(",")}]`;
  }

  /** The values up to a closing mark, the opening one included; there may be a comma behind the last. */
  private members(close: string, depth: number, each: (value: string) => void = () => {}): string[] {
    const values: string[] = [];
    this.at++;
    for (;;) {
      this.match(SPACES);
      if (this.text[this.at] === close) break;
      const value = this.value(depth + 1);
      values.push(value);
      each(value);
      this.match(SPACES);
      if (this.text[this.at] === ",") this.at++;
      else if (this.text[this.at] !== close) throw new NoLiteral();
    }
    this.at++;
    return values;
  }

  private string(quote: string): string {
    let value = "";
    for (let at = this.at + 1; at < this.text.length; at++) {
      const character = this.text[at];
      if (character === quote) {
        this.at = at + 1;
        return value;
      }
      if (character !== "\\") {
        value += character;
        continue;
      }
      const escaped = this.text[++at] ?? "";
      const digits = HEX_DIGITS[escaped];
      if (digits === undefined) {
        // Python leaves a backslash that escapes nothing.
        value += ESCAPES[escaped] ?? (/[\\'"]/.test(escaped) ? escaped : `\\${escaped}`);
        continue;
      }
      const hex = this.text.slice(at + 1, at + 1 + digits);
      const code = /^[0-9a-fA-F]+$/.test(hex) && hex.length === digits ? Number.parseInt(hex, 16) : Infinity;
      if (code > 0x10ffff) throw new NoLiteral();
      value += String.fromCodePoint(code);
      at += digits;
    }
    throw new NoLiteral();
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.at = pattern.lastIndex;
    return found;
  }
}
