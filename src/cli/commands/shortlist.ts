import { Option } from "commander";
import { debugOption, mapOption, share, tiersOption, wholeNumber } from "../options.ts";
import type { Declare } from "../program.ts";

const words = (text: string) =>
  text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");

const MOST = 1_000_000_000_000;

/** `insights shortlist` and its options. */
export const declareShortlist: Declare = (program, effects, end) => {
  program
    .command("shortlist")
    .description("write the accounts to contact first, with reasons in words and contacts")
    .argument("<model>", "a model's folder")
    .argument("<file>", "the profiles to choose from")
    .requiredOption("--out <file>", "file to write: .csv, .ndjson or .md")
    .addOption(
      new Option("--top <count>", "how many accounts").argParser(wholeNumber(1, 1_000_000)).default(200),
    )
    .option("--force", "replace the file if it exists")
    .option("--excel", "CSV that a spreadsheet opens as it should")
    .addOption(new Option("--min-followers <count>", "at least so many").argParser(wholeNumber(0, MOST)))
    .addOption(new Option("--max-followers <count>", "at most so many").argParser(wholeNumber(0, MOST)))
    .addOption(new Option("--tier <names>", "only these follower tiers, like micro,mid").argParser(words))
    .addOption(tiersOption())
    .addOption(new Option("--language <codes>", "only these languages, like en,es").argParser(words))
    .addOption(new Option("--region <codes>", "only these regions, like US,MX").argParser(words))
    .option("--verified", "only accounts with the tick")
    .option("--has-email", "only accounts whose biography tells an e-mail address")
    .addOption(
      new Option("--active-days <count>", "only accounts that posted within so many days").argParser(
        wholeNumber(1, 36_500),
      ),
    )
    .addOption(new Option("--min-probability <share>", "only accounts at least this likely").argParser(share))
    .option("--where <condition>", 'any SQL condition, like "followers > 2 * following"')
    .option("--exclude <file>", "leave out the accounts of this list: people already contacted")
    .option("--no-contacts", "leave personal data out")
    .addOption(mapOption())
    .addOption(debugOption())
    .action(async (model: string, file: string, options) => {
      const { shortlistCommand } = await import("../shortlist.ts");
      end(await shortlistCommand(model, file, options, effects));
    });
};
