import { readFile } from "node:fs/promises";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { InsightsError } from "../error.ts";
import type { Effects } from "./effects.ts";

/** Parses a whole number in a range, for an option's value. */
function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < low || value > high) {
      throw new InvalidArgumentError(`expected a whole number from ${low} to ${high}`);
    }
    return value;
  };
}

/** Parses a share from 0 to 1, for an option's value. */
function share(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError("expected a number from 0 to 1");
  return value;
}

/** Parses `64,64,64` or `none`, for the layers of the network. */
function layers(text: string): number[] {
  if (text === "none") return [];
  const units = text.split(",").map(Number);
  if (!/^\d+(,\d+)*$/.test(text) || units.some((n) => n < 1 || n > 4096)) {
    throw new InvalidArgumentError('expected units a layer like "64,64,64", each from 1 to 4096, or "none"');
  }
  return units;
}

/** Collects `--map canonical=source`, given any number of times. */
function mapping(text: string, earlier: Record<string, string>): Record<string, string> {
  const at = text.indexOf("=");
  if (at < 1 || at === text.length - 1)
    throw new InvalidArgumentError('expected canonical=source, like "followers=fans"');
  return { ...earlier, [text.slice(0, at).trim()]: text.slice(at + 1).trim() };
}

const SEED_LIMIT = 2 ** 31 - 1;
const mapOption = () =>
  new Option("--map <canonical=source>", "take a canonical column from this source column (repeat for more)")
    .argParser(mapping)
    .default({}, "none");
const jsonOption = (what: string) =>
  new Option("--json", `print ${what} as JSON to standard output, and nothing else`);
const debugOption = () => new Option("--debug", "show stack traces");
const seedOption = () =>
  new Option("--seed <number>", "seed of every random choice")
    .argParser(wholeNumber(0, SEED_LIMIT))
    .default(1);

async function version(): Promise<string> {
  const text = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/** Builds the command line. Each command's code is loaded only when it runs, so that `--help` is quick. */
async function buildProgram(effects: Effects, end: (code: number) => void): Promise<Command> {
  const program = new Command("insights")
    .description(
      "Tells which TikTok accounts of a dump are active content creators, how sure it is, and why.",
    )
    .version(await version(), "-V, --version")
    .exitOverride()
    .configureOutput({ writeOut: effects.stdout, writeErr: effects.stderr })
    .showHelpAfterError("(insights --help shows the commands)");

  program
    .command("study")
    .description("read profiles, analyse, train, judge, draw; write a folder with a report")
    .argument(
      "[file]",
      "CSV, TSV, JSON, NDJSON or Parquet, also .gz and .zst of the text ones; the shipped sample if none",
    )
    .option("--out <folder>", "folder for the result", "insights-report")
    .option("--force", "replace an earlier result in that folder")
    .option("--preset <name>", "which features", "original")
    .addOption(
      new Option("--seeds <count>", "train with this many seeds").argParser(wholeNumber(1, 1000)).default(1),
    )
    .addOption(seedOption())
    .addOption(
      new Option("--min-precision <share>", "precision the threshold must reach on validation rows")
        .argParser(share)
        .default(0.88),
    )
    .option("--split <file>", "JSON with row numbers of train, valid and test, to replay a split")
    .addOption(
      new Option("--hidden <units>", "units of each hidden layer")
        .argParser(layers)
        .default([64, 64, 64], "64,64,64"),
    )
    .addOption(
      new Option("--dropout <share>", "share of units dropped while training").argParser(share).default(0.2),
    )
    .addOption(
      new Option("--max-epochs <count>", "most epochs to train")
        .argParser(wholeNumber(1, 1_000_000))
        .default(10_000),
    )
    .addOption(mapOption())
    .addOption(jsonOption("metrics.json"))
    .addOption(debugOption())
    .action(async (file: string | undefined, options) => {
      const { studyCommand } = await import("./study.ts");
      end(await studyCommand(file, options, effects));
    });

  program
    .command("inspect")
    .description("print what a file was recognised as: provider, columns, rows, rejects, alerts")
    .argument("<file>", "the file to read")
    .addOption(mapOption())
    .addOption(jsonOption("the findings"))
    .addOption(debugOption())
    .action(async (file: string, options) => {
      const { inspectCommand } = await import("./inspect.ts");
      end(await inspectCommand(file, options, effects));
    });

  program
    .command("activity")
    .description("print how lately, how often and when accounts post, and whom each target calls active")
    .argument("<file>", "the file to read")
    .option("--out <folder>", "draw it too, into this new folder")
    .addOption(mapOption())
    .addOption(jsonOption("the findings"))
    .addOption(debugOption())
    .action(async (file: string, options) => {
      const { activityCommand } = await import("./activity.ts");
      end(await activityCommand(file, options, effects));
    });

  program
    .command("train")
    .description("train a model that finds active accounts; write a folder with it, its numbers and its card")
    .argument("<file>", "the file to learn from")
    .requiredOption("--out <folder>", "folder for the model")
    .option("--force", "replace an earlier result in that folder")
    .option("--preset <name>", "which features", "profile")
    .option("--target <target>", "creator, activity, engagement, column:NAME or an SQL condition", "creator")
    .addOption(
      new Option(
        "--active-days <count>",
        "days within which the last post must be (creator: 90, activity: 30)",
      ).argParser(wholeNumber(1, 36_500)),
    )
    .addOption(new Option("--folds <count>", "folds a repeat").argParser(wholeNumber(2, 100)).default(5))
    .addOption(
      new Option("--repeats <count>", "how often folds are dealt anew")
        .argParser(wholeNumber(1, 100))
        .default(3),
    )
    .addOption(new Option("--networks <count>", "networks a fold").argParser(wholeNumber(1, 64)).default(8))
    .option("--min-precision <share>", "threshold: the most accounts found with at least this precision")
    .option("--min-recall <share>", "threshold: the fewest wrong with at least this share found")
    .option("--max-f1", "threshold: the best F1 (without any other)")
    .option("--cost <prices>", "threshold: the lowest cost, like false_positive=1,false_negative=5")
    .option("--queue <count>", "threshold: as many as a team can contact, like 500 or 500/20000")
    .option("--allow-leakage", "keep features that give the target away")
    .addOption(seedOption())
    .addOption(
      new Option("--workers <count>", "threads; all cores if not said, the result is the same").argParser(
        wholeNumber(1, 256),
      ),
    )
    .addOption(mapOption())
    .addOption(jsonOption("metrics.json"))
    .addOption(debugOption())
    .action(async (file: string, options) => {
      const { trainCommand } = await import("./train.ts");
      end(await trainCommand(file, options, effects));
    });

  program
    .command("score")
    .description("write id, probability and active for every profile of a file")
    .argument("<model>", "a model's folder")
    .argument("<file>", "the file to score; it may lack the target's columns")
    .requiredOption("--out <file>", "CSV file to write")
    .option("--force", "replace the file if it exists")
    .addOption(mapOption())
    .addOption(debugOption())
    .action(async (model: string, file: string, options) => {
      const { scoreCommand } = await import("./score.ts");
      end(await scoreCommand(model, file, options, effects));
    });

  program
    .command("evaluate")
    .description("print how a model does on labelled profiles, in all and by follower tier")
    .argument("<model>", "a model's folder")
    .argument("<file>", "the file to judge by; it must have the target's columns")
    .addOption(mapOption())
    .addOption(seedOption())
    .addOption(jsonOption("the numbers"))
    .addOption(debugOption())
    .action(async (model: string, file: string, options) => {
      const { evaluateCommand } = await import("./evaluate.ts");
      end(await evaluateCommand(model, file, options, effects));
    });

  program
    .command("sample")
    .description("make a synthetic population that looks like the real one")
    .requiredOption("--out <file>", "file to write: .csv, .csv.gz, .ndjson or .parquet")
    .addOption(
      new Option("--rows <count>", "how many profiles")
        .argParser(wholeNumber(1, 1_000_000_000))
        .default(1000),
    )
    .addOption(seedOption())
    .option("--force", "replace the file if it exists")
    .addOption(debugOption())
    .action(async (options) => {
      const { sampleCommand } = await import("./sample.ts");
      end(await sampleCommand(options, effects));
    });
  return program;
}

/**
 * Runs one command line.
 *
 * @param words the arguments after the program's name
 * @param effects what it may do to the world
 * @returns the exit code: 0, 1 where the data or the machine is at fault, 2 where the command line is
 */
export async function run(words: readonly string[], effects: Effects): Promise<number> {
  let code = 0;
  const program = await buildProgram(effects, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync([...words], { from: "user" });
    return code;
  } catch (error) {
    // Commander has already said what is wrong (or printed the help that was asked for).
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (effects.signal.aborted) {
      effects.stderr("interrupted: nothing was written\n");
      return 1;
    }
    const debug = words.includes("--debug");
    if (error instanceof InsightsError) {
      effects.stderr(debug ? `error: ${error.stack}\n` : `error: ${error.message}\n`);
      return error.exitCode;
    }
    const message = error instanceof Error ? error.message : String(error);
    effects.stderr(
      debug && error instanceof Error
        ? `error: ${error.stack}\n`
        : `error: ${message}\nThis is a fault of the program; --debug shows where.\n`,
    );
    return 1;
  }
}
