/** Options of the command line that say how a file is read; an upload takes them in its address under the same names. */
const READING = "map|decimal|sheet|encoding";

/** `--map likes=Fans`, `--map followers="Fans on 1 May"`, `--decimal comma`; a name alone where no value follows. */
const OPTION = new RegExp(
  `--(?:(map) (\\w+=(?:"(?:[^"\\\\]|\\\\.)*"|[\\p{L}\\p{N}_.:/+-]*[\\p{L}\\p{N}_/+-])?)|(decimal) (comma|point)|(${READING})\\b)`,
  "gu",
);

/**
 * A message about a file in the words of a request. Messages name options of the command line, which nobody who asks by HTTP or in the
 * page has; parameters of the upload do the same: `--decimal comma` becomes `“decimal=comma”`, `--map likes="My Fans"` becomes
 * `“map=likes=My Fans”`, and `--sheet` becomes `“sheet”`.
 */
export function inRequestWords(message: string): string {
  return message.replace(OPTION, (_, map, pair, decimal, mark, name) => {
    if (map !== undefined) return `“map=${unquoted(pair)}”`;
    return decimal !== undefined ? `“decimal=${mark}”` : `“${name}”`;
  });
}

/** `followers="Fans on 1 May"` without what only a shell needs. */
function unquoted(pair: string): string {
  const [, canonical, column] = /^(\w+=)"(.*)"$/s.exec(pair) ?? [];
  return canonical === undefined ? pair : canonical + column.replace(/\\(["\\$`])/g, "$1");
}
