import { readFile } from "node:fs/promises";
import { Command, CommanderError } from "commander";
import { InsightsError } from "../base/error.ts";
import { declareActivity } from "./commands/activity.ts";
import { declareCompare } from "./commands/compare.ts";
import { declareEvaluate } from "./commands/evaluate.ts";
import { declareExplain } from "./commands/explain.ts";
import { declareExport } from "./commands/export.ts";
import { declareInspect } from "./commands/inspect.ts";
import { declareSample } from "./commands/sample.ts";
import { declareScore } from "./commands/score.ts";
import { declareServe } from "./commands/serve.ts";
import { declareShortlist } from "./commands/shortlist.ts";
import { declareStudy } from "./commands/study.ts";
import { declareTrain } from "./commands/train.ts";
import { declareTune } from "./commands/tune.ts";
import type { Effects } from "./effects.ts";

/** Adds a command to the program: its words, its options, and what it runs. `end` is told the exit code. */
export type Declare = (program: Command, effects: Effects, end: (code: number) => void) => void;

/** The commands, in the order in which help shows them. */
const COMMANDS: readonly Declare[] = [
  declareStudy,
  declareInspect,
  declareActivity,
  declareTrain,
  declareTune,
  declareScore,
  declareEvaluate,
  declareExplain,
  declareCompare,
  declareShortlist,
  declareServe,
  declareExport,
  declareSample,
];

async function version(): Promise<string> {
  const text = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/**
 * Builds the command line. Each command's code is loaded only when it runs, so that `--help` is quick.
 *
 * @param complain is told what is wrong with the command line
 */
async function buildProgram(
  effects: Effects,
  end: (code: number) => void,
  complain: (text: string) => void,
): Promise<Command> {
  const program = new Command("insights")
    .description(
      "Tells which TikTok accounts of a dump are active content creators, how sure it is, and why.",
    )
    .version(await version(), "-V, --version")
    .exitOverride()
    .configureOutput({ writeOut: effects.stdout, writeErr: complain })
    .showHelpAfterError("(insights --help shows the commands)");

  for (const declare of COMMANDS) declare(program, effects, end);
  for (const command of program.commands) {
    command.showHelpAfterError(`(insights ${command.name()} --help shows its options)`);
  }
  return program;
}

/**
 * What is said of an option that is not known. Where `--out` is misspelt, the command line lacks it too, and commander tells only
 * that.
 *
 * @returns null where there is no such option
 */
async function unknownOption(words: readonly string[], effects: Effects): Promise<string | null> {
  let said = "";
  const program = await buildProgram(
    effects,
    () => {},
    (text) => {
      said += text;
    },
  );
  for (const command of program.commands) {
    command.action(() => {});
    for (const option of command.options) option.mandatory = false;
  }
  try {
    await program.parseAsync([...words], { from: "user" });
    return null;
  } catch (error) {
    return error instanceof CommanderError && error.code === "commander.unknownOption" ? said : null;
  }
}

/** What commander says of a wrong value, in the words of every other message: `invalid --top: 0 (expected ...)`. */
function plainly(complaint: string): string {
  return complaint.replace(
    /^error: option '(--[\w-]+)[^']*' argument '(.*)' is invalid\. (expected .*)$/m,
    "error: invalid $1: $2 ($3)",
  );
}

/** A message without the control characters that what it quotes may hold: they would drive the terminal. */
function printable(message: string): string {
  return message.replace(/[^\P{Cc}\n\t]/gu, "\ufffd");
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
  let complaint = "";
  const program = await buildProgram(
    effects,
    (ended) => {
      code = ended;
    },
    (text) => {
      complaint += text;
    },
  );
  try {
    await program.parseAsync([...words], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      const missing = error.code === "commander.missingMandatoryOptionValue";
      effects.stderr(printable((missing ? await unknownOption(words, effects) : null) ?? plainly(complaint)));
      return error.exitCode === 0 ? 0 : 2;
    }
    if (effects.signal.aborted) {
      const told = error instanceof InsightsError && error.message.startsWith("interrupted");
      effects.stderr(`${told ? printable(error.message) : "interrupted: nothing was written"}\n`);
      return 1;
    }
    const debug = words.includes("--debug");
    if (error instanceof InsightsError) {
      effects.stderr(debug ? `error: ${error.stack}\n` : `error: ${printable(error.message)}\n`);
      return error.exitCode;
    }
    const message = error instanceof Error ? error.message : String(error);
    effects.stderr(
      debug && error instanceof Error
        ? `error: ${error.stack}\n`
        : `error: ${printable(message)}\nThis is a fault of the program; --debug shows where.\n`,
    );
    return 1;
  }
}
