import { readFile } from "node:fs/promises";
import { Command, CommanderError } from "@commander-js/extra-typings";
import { InsightsError } from "../base/error.ts";
import { machineError } from "../base/files.ts";
import { type Effects, printable } from "./terminal.ts";

/** The file of a command. */
interface CommandFile {
  /** Gives a command its arguments and options. */
  readonly declared: (command: Command) => unknown;
  /** Runs it with its arguments, its options and the effects. Whatever it throws ends the program. */
  readonly run: (...given: never[]) => Promise<void>;
}

/** What commands of two words have in common, by the first. */
const GROUPS: Readonly<Record<string, string>> = {
  workspace: "keep people over all files in one place: add a file, see what is there, forget somebody",
};

/** The commands in the order in which help shows them: what each does, and its file. */
const COMMANDS: Readonly<Record<string, readonly [about: string, load: () => Promise<CommandFile>]>> = {
  start: [
    "the whole job: a shortlist of a file, then the study of it with a report",
    () => import("./start.ts"),
  ],
  study: [
    "read profiles, analyse, train, judge, draw; write a folder with a report",
    () => import("./study.ts"),
  ],
  inspect: [
    "print what a file was recognised as: provider, columns, rows, rejects, alerts",
    () => import("./inspect.ts"),
  ],
  activity: [
    "print how lately, how often and when accounts post, and for whom each target is true",
    () => import("./activity.ts"),
  ],
  train: [
    "train a model of who goes on posting and is answered well, or of a target of your own; write a folder with it, its numbers and its card",
    () => import("./train.ts"),
  ],
  tune: [
    "look for a better way of training, and say whether it is one; started again, it goes on",
    () => import("./tune.ts"),
  ],
  score: [
    "write the probability and the answers to both questions for every profile of some files, in their order; a profile that comes twice is written twice",
    () => import("./score.ts"),
  ],
  evaluate: [
    "print how a model does on labelled profiles, in all and by follower tier, language and region",
    () => import("./evaluate.ts"),
  ],
  explain: ["print why a model gives accounts of a file their probabilities", () => import("./explain.ts")],
  compare: [
    "tell how new profiles differ from those a model was trained on: what moved, and by how much",
    () => import("./compare.ts"),
  ],
  shortlist: [
    "write the accounts to contact first, with reasons in words and contacts",
    () => import("./shortlist.ts"),
  ],
  serve: ["open the page and the HTTP API on this machine", () => import("./serve.ts")],
  "workspace add": [
    "add files of profiles to the workspace: who is in it already stays one person",
    async () => (await import("./workspaceAdd.ts")).add,
  ],
  "workspace info": [
    "print what the workspace holds: its file, people, imports",
    async () => (await import("./workspace.ts")).info,
  ],
  "workspace forecasts": [
    "print how the forecasts did for those who were read again: how many came true of how many",
    async () => (await import("./workspace.ts")).forecasts,
  ],
  "workspace export": [
    "write all that is known of people, at each time they were read, into one file",
    async () => (await import("./workspace.ts")).exported,
  ],
  "workspace delete": [
    "delete an import, and people who are in no other",
    async () => (await import("./workspace.ts")).deleted,
  ],
  "workspace forget": [
    "forget a person: nothing of them stays in the file",
    async () => (await import("./workspace.ts")).forgotten,
  ],
  "workspace vacuum": [
    "write the workspace's file anew, without room that is not used",
    async () => (await import("./workspace.ts")).vacuum,
  ],
  export: [
    "write a model as one ONNX graph or one SQL query, for engines that run those",
    () => import("./export.ts"),
  ],
  sample: ["make a synthetic population that looks like the real one", () => import("./sample.ts")],
};

async function version(): Promise<string> {
  const text = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/**
 * Builds the command line. Only the file of the command that is asked for is loaded, so that `--help` and short commands are quick.
 *
 * @param asked the words of the command line
 * @param complain is given what is wrong with the command line
 */
export async function buildProgram(
  asked: readonly string[],
  effects: Effects,
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
  const wanted = asked.filter((word) => word !== "help").slice(0, 2);
  for (const [name, [about, load]] of Object.entries(COMMANDS)) {
    const words = name.split(" ");
    const command = parentOf(program, words)
      .command(words[words.length - 1])
      .description(about)
      .showHelpAfterError(`(insights ${name} --help shows its options)`);
    if (words.some((word, i) => word !== wanted[i])) continue;
    const { declared, run } = await load();
    // Commander gives the command itself last.
    declared(command);
    command.action((...given: unknown[]) => run(...([...given.slice(0, -1), effects] as never[])));
  }
  return program;
}

/** The program, or the group of a command of two words. */
function parentOf(program: Command, words: readonly string[]): Command {
  if (words.length === 1) return program;
  const [group] = words;
  return (
    (program.commands.find((command) => command.name() === group) as Command | undefined) ??
    program
      .command(group)
      .description(GROUPS[group])
      .showHelpAfterError(`(insights ${group} --help shows its commands)`)
  );
}

/** All commands, those of two words among them. */
export function commandsOf(program: Command): Command[] {
  return program.commands.flatMap((command) =>
    command.commands.length === 0 ? [command as Command] : commandsOf(command as Command),
  );
}

/**
 * What is said of an option that is not known. Where `--out` is misspelt, the command line lacks it too, and commander tells only
 * that.
 *
 * @returns null where there is no such option
 */
async function unknownOption(asked: readonly string[], effects: Effects): Promise<string | null> {
  let said = "";
  const program = await buildProgram(asked, effects, (text) => {
    said += text;
  });
  for (const command of commandsOf(program)) {
    command.action(() => {});
    for (const option of command.options) option.mandatory = false;
  }
  try {
    await program.parseAsync([...asked], { from: "user" });
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

/**
 * The effects with everything that people read made {@link printable}: names of files and columns and values come from strangers.
 */
function harmless(effects: Effects): Effects {
  return {
    ...effects,
    stdout: (text, kind) => effects.stdout(kind === "data" ? text : printable(text), kind),
    stderr: (text, style) => effects.stderr(printable(text), style),
    redraw: (text) => effects.redraw(text === undefined ? undefined : printable(text)),
  };
}

/**
 * Runs one command line.
 *
 * @param words the arguments after the program's name
 * @param world what it may do to the world
 * @returns the exit code: 0, 1 where the data or the machine is at fault, 2 where the command line is
 */
export async function run(words: readonly string[], world: Effects): Promise<number> {
  const effects = harmless(world);
  let complaint = "";
  try {
    const program = await buildProgram(words, effects, (text) => {
      complaint += text;
    });
    await program.parseAsync([...words], { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      const missing = error.code === "commander.missingMandatoryOptionValue";
      effects.stderr((missing ? await unknownOption(words, effects) : null) ?? plainly(complaint));
      return error.exitCode === 0 ? 0 : 2;
    }
    if (effects.signal.aborted) {
      const told = error instanceof InsightsError && error.message.startsWith("interrupted");
      effects.stderr(`${told ? error.message : "interrupted: nothing was written"}\n`);
      return 1;
    }
    const debug = words.includes("--debug");
    const mendable = machineError(error);
    if (mendable !== undefined) {
      effects.stderr(debug ? `error: ${mendable.stack}\n` : `error: ${mendable.message}\n`);
      return mendable.exitCode;
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
