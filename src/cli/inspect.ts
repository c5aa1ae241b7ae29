import type { Command } from "@commander-js/extra-typings";
import { shellWord } from "../base/quote.ts";
import { countInWords } from "../base/words.ts";
import {
  debugOption,
  jsonOption,
  type OptionsOf,
  type ReadingFlags,
  readingOf,
  readingWords,
  withReadingOptions,
} from "./options.ts";
import { withProfiles } from "./profiles.ts";
import { type Effects, formatTable } from "./terminal.ts";

/** The arguments and options of `insights inspect`. */
export const declared = (command: Command) =>
  withReadingOptions(command)
    .argument("<file>", "the file to read")
    .addOption(jsonOption("the findings"))
    .addOption(debugOption());

type Options = OptionsOf<typeof declared> & ReadingFlags;

/** Rejects that `--json` lists; `insights study` writes them all to `rejected.csv`. */
const LISTED_REJECTS = 100;

const MARKS = { info: "·", warning: "!", error: "✗" } as const;

/**
 * `insights inspect`: prints what a file was recognised as.
 *
 * @throws InsightsError where the file cannot be read
 */
export async function run(file: string, options: Options, effects: Effects): Promise<void> {
  await withProfiles(
    file,
    { reading: readingOf(options), lists: true, silent: true },
    effects,
    async (profiles) => {
      const {
        source,
        provider,
        rows,
        duplicates,
        rejectedCount,
        rejectedByReason,
        blanks,
        mapped,
        unmapped,
        missing,
        alerts,
        rejects,
      } = profiles;
      if (options.json === true) {
        const { format, compression, fingerprint, records } = source;
        const found = {
          file: source.file,
          format,
          compression,
          fingerprint,
          provider,
          records,
          rows,
          duplicates,
          rejected: rejectedCount,
          rejected_by_reason: rejectedByReason,
          blanks,
          rejects: rejects.slice(0, LISTED_REJECTS),
          columns: { mapped, unmapped, missing },
          alerts,
        };
        effects.stdout(`${JSON.stringify(found, null, 2)}\n`);
        return;
      }
      const isList = source.format === "handles";
      const format = isList ? `a list of ${countInWords(rows)} handles` : source.format;
      const lines = [
        formatTable([
          ["file", source.file],
          ["format", source.compression === "none" ? format : `${format}, ${source.compression}`],
          ...(isList ? [] : [["provider", provider]]),
          ["records", countInWords(source.records)],
          [isList ? "accounts" : "profiles", countInWords(rows)],
          ["duplicates", countInWords(duplicates)],
          ["rejected", countInWords(rejectedCount)],
        ]),
      ];
      if (!isList) {
        const columns = Object.entries(mapped).map(([canonical, from]) => [`  ${canonical}`, `<- ${from}`]);
        lines.push("", "columns", formatTable(columns));
        if (missing.length > 0) lines.push(`  missing: ${missing.join(", ")}`);
        if (unmapped.length > 0) lines.push(`  not used: ${unmapped.join(", ")}`);
      }
      if (rejectedCount > 0) {
        lines.push("", "rejected");
        for (const [reason, count] of Object.entries(rejectedByReason)) {
          const example = rejects.find((reject) => reject.reason === reason);
          const at = example?.line == null ? "" : ` (first: line ${example.line}, ${example.detail})`;
          lines.push(`  ${countInWords(count)} x ${reason}${at}`);
        }
      }
      // When its accounts were read is of no use for a list.
      const told = isList ? alerts.filter(({ code }) => code !== "unknown_snapshot") : alerts;
      if (told.length > 0) {
        lines.push("", "alerts", ...told.map((alert) => `  ${MARKS[alert.level]} ${alert.message}`));
      }
      if (!isList) {
        const words = ["insights start", shellWord(file), ...readingWords(options)];
        lines.push("", `next: ${words.join(" ")}`);
      }
      effects.stdout(`${lines.join("\n")}\n`);
    },
  );
}
