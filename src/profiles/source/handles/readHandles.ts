import { InsightsError } from "../../../base/error.ts";
import { quoteIdentifier, shellWord } from "../../../base/quote.ts";
import { countInWords } from "../../../base/words.ts";
import { joinRecord } from "../csv/fields.ts";
import { selectCsv } from "../csv/relation.ts";
import { Fingerprint } from "../file.ts";
import { type Reading, RejectLog, type Workplace } from "../reading.ts";
import { emptySelect } from "../relation.ts";
import { CopyWriter } from "../temporary.ts";
import { readText, type Text } from "../text.ts";
import { accountNamed, WRONG_WORDS } from "./account.ts";
import { type ListStyle, linesOf, listedIn } from "./list.ts";

/** Columns that a list can have; it has those for which it has values. */
const COLUMNS = ["account_id", "id"] as const;

/**
 * Reads a list of accounts, see `recogniseList`, as a table of `account_id`, in lower case, and of `id` where the list has account
 * numbers. A piece that names nobody becomes a rejected record.
 */
export async function readHandles(text: Text, style: ListStyle, place: Workplace): Promise<Reading> {
  const { connection, folder, watch, alerts } = place;
  const fingerprint = new Fingerprint(text.file);
  const rejects = new RejectLog();
  const lines: number[] = [];
  const counts = { account_id: 0, id: 0 };
  const path = await folder.path("copy.csv");
  const copy = await CopyWriter.create(path);
  let longest = 0;
  try {
    for await (const { line, piece } of listedIn(linesOf(readText(text, watch, fingerprint)), style)) {
      const row = lines.push(line) - 1;
      const named = accountNamed(piece);
      if ("wrong" in named) {
        rejects.add(line, row, named.wrong, () => `${WRONG_WORDS[named.wrong]}: ${JSON.stringify(piece)}`);
        continue;
      }
      const cells = "id" in named ? ["", named.id] : [named.handle.toLowerCase(), ""];
      counts["id" in named ? "id" : "account_id"]++;
      const record = `${row},${joinRecord(cells, ",")}\n`;
      longest = Math.max(longest, record.length);
      copy.append(record);
      await copy.flush();
    }
    await copy.close();
  } finally {
    await copy.abandon();
  }
  const records = lines.length - rejects.count;
  const columns = COLUMNS.filter((name, i) => counts[name] > 0 || (records === 0 && i === 0));
  const layout = {
    path,
    compression: "none",
    delimiter: ",",
    kind: "copy",
    linefeeds: true,
    longest,
  } as const;
  const file = { ...layout, columns: COLUMNS, records, hasLineEndAtEdge: false };
  const all = records === 0 ? emptySelect(COLUMNS) : await selectCsv(connection, file, watch.signal);
  if (all === undefined) throw new Error(`DuckDB does not find the ${records} accounts of ${text.file.name}`);
  alerts.push({
    level: "info",
    code: "list_of_handles",
    column: null,
    message: `This is a list of ${countInWords(records)} accounts and nothing else. ${remedy(text.file.name)}`,
  });
  return {
    format: "handles",
    columns,
    select: `SELECT __row, ${columns.map(quoteIdentifier).join(", ")} FROM (${all})`,
    records: lines.length,
    rejects,
    encoding: text.encoding.encoding,
    fingerprint: fingerprint.hex(),
    locate: async (rows) => new Map(rows.map((row) => [row, lines[row]])),
  };
}

/** What a list can be used for, with a command to copy. */
function remedy(file: string): string {
  return `Use it to leave these people out of a shortlist: insights shortlist PROFILES.csv --exclude ${shellWord(file)} --out people.csv (--only in place of --exclude lists only them). PROFILES.csv stands for a file with followers.`;
}

/**
 * Refuses a list of accounts where profiles are needed.
 *
 * @throws InsightsError that says what can be done with it
 */
export function refuseHandles({
  file,
  format,
  records,
  rejectedCount,
}: Pick<Reading, "format" | "records"> & { readonly file: string; readonly rejectedCount: number }): void {
  if (format !== "handles") return;
  throw new InsightsError(
    `no profiles: ${file} is a list of ${countInWords(records - rejectedCount)} accounts and says nothing else about them. ${remedy(file)}`,
  );
}
