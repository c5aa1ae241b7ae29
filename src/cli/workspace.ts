import { stat } from "node:fs/promises";
import { type Command, InvalidArgumentError } from "@commander-js/extra-typings";
import { dayInWords } from "../base/age.ts";
import { claimFile } from "../base/output/write.ts";
import { bytesInWords, countInWords, countOfThings } from "../base/words.ts";
import { exportFormat, exportSnapshots } from "../workspace/exportSnapshots.ts";
import { forget } from "../workspace/forget.ts";
import { infoOf } from "../workspace/info.ts";
import type { Workspace } from "../workspace/open.ts";
import { removeImport } from "../workspace/removeImport.ts";
import { reportCards } from "../workspace/reportCard.ts";
import { forecastsText } from "./forecastsText.ts";
import { debugOption, jsonOption, type OptionsOf, outputOption } from "./options.ts";
import { showStepProgress } from "./progress.ts";
import { type Effects, formatTable } from "./terminal.ts";
import { memoryOption, withWorkspace, workspaceOption } from "./workspaceFile.ts";

const declaredInfo = (command: Command) =>
  command
    .addOption(workspaceOption())
    .addOption(memoryOption())
    .addOption(jsonOption("it"))
    .addOption(debugOption());

async function runInfo(options: OptionsOf<typeof declaredInfo>, effects: Effects): Promise<void> {
  const info = await withWorkspace(options, false, effects, infoOf);
  if (options.json === true) {
    effects.stdout(`${JSON.stringify(info, null, 2)}\n`);
    return;
  }
  const day = (moment: Date | null) => (moment === null ? "unknown" : dayInWords(moment));
  const period = (first: Date | null, last: Date | null) =>
    day(first) === day(last) ? day(last) : `${day(first)} to ${day(last)}`;
  const head = ["import", "people", "new", "rejected", "read", "added", "file"];
  const rows = info.imports.map((one) => [
    String(one.import),
    ...[one.people, one.new_people, one.rejected].map(countInWords),
    ...[period(one.read_first, one.read_last), day(one.added_at), one.name],
  ]);
  const lines = [
    formatTable([
      ["workspace", info.path ?? "in memory"],
      ["size", bytesInWords(info.bytes ?? 0)],
      ["people", countInWords(info.people)],
      ["profiles", `${countInWords(info.snapshots)}, one for each time a person was read`],
      ["marked", countInWords(info.marked)],
      ["lists", countInWords(info.lists)],
    ]),
    ...(rows.length === 0 ? [] : ["", formatTable([head, ...rows], [0, 1, 2, 3])]),
  ];
  effects.stdout(`${lines.join("\n")}\n`);
}

const declaredForecasts = (command: Command) =>
  command
    .addOption(workspaceOption())
    .addOption(memoryOption())
    .addOption(jsonOption("them"))
    .addOption(debugOption());

async function runForecasts(options: OptionsOf<typeof declaredForecasts>, effects: Effects): Promise<void> {
  const cards = await withWorkspace(options, false, effects, (workspace) => workspace.read(reportCards));
  effects.stdout(options.json === true ? `${JSON.stringify(cards, null, 2)}\n` : forecastsText(cards));
}

const declaredExport = (command: Command) =>
  command
    .addOption(
      outputOption("file", "--out <file>", "file to write: .parquet, .csv or .ndjson").makeOptionMandatory(),
    )
    .option("--force", "replace the file if it exists")
    .addOption(workspaceOption())
    .addOption(memoryOption())
    .addOption(debugOption());

async function runExport(options: OptionsOf<typeof declaredExport>, effects: Effects): Promise<void> {
  const { out, force = false } = options;
  const format = exportFormat(out);
  const reads = [options.workspace ?? effects.usualWorkspace];
  await using output = await claimFile(out, { force, reads });
  await withWorkspace(options, false, effects, async (workspace) => {
    let rows = 0;
    await output.fill(async (path) => {
      rows = await workspace.read((connection) => exportSnapshots(connection, path, format));
      effects.signal.throwIfAborted();
    });
    effects.stdout(`${countOfThings(rows, "row")}\n${out}\n`);
  });
}

const declaredVacuum = (command: Command) =>
  command.addOption(workspaceOption()).addOption(memoryOption()).addOption(debugOption());

async function runVacuum(options: OptionsOf<typeof declaredVacuum>, effects: Effects): Promise<void> {
  await withWorkspace(options, false, effects, (workspace) =>
    tellSizes(workspace, effects, () => workspace.rewrite()),
  );
}

/** Does work that writes the file anew, and shows meanwhile that it does. */
async function showRewrite<T>(effects: Effects, work: () => Promise<T>): Promise<T> {
  const { tell, close } = showStepProgress(effects);
  tell("writing the file anew, which takes a while with many people", null);
  return work().finally(close);
}

/** Does the same, and says what became of the file's size. */
async function tellSizes<T>(workspace: Workspace, effects: Effects, work: () => Promise<T>): Promise<T> {
  const before = (await stat(workspace.path)).size;
  const result = await showRewrite(effects, work);
  const after = (await stat(workspace.path)).size;
  effects.stdout(`${bytesInWords(after)}, ${bytesInWords(before)} before\n${workspace.path}\n`);
  return result;
}

const declaredDelete = (command: Command) =>
  command
    .argument("<import>", "number of the import, as info tells it", (text) => {
      if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("expected the number of an import");
      return Number(text);
    })
    .addOption(workspaceOption())
    .addOption(memoryOption())
    .addOption(debugOption());

async function runDelete(
  number: number,
  options: OptionsOf<typeof declaredDelete>,
  effects: Effects,
): Promise<void> {
  await withWorkspace(options, false, effects, async (workspace) => {
    const { name, snapshots, gone, kept } = await tellSizes(workspace, effects, () =>
      removeImport(workspace, number, effects.signal),
    );
    const stay =
      kept === 0 ? "" : `; ${countInWords(kept)} who are marked or on a list stay known, without a profile`;
    effects.stderr(
      `deleted ${name}: ${countOfThings(snapshots, "profile")}, and ${countOfThings(gone, "person", "people")} who are in no other import${stay}\n`,
    );
  });
}

const declaredForget = (command: Command) =>
  command
    .argument("<handle>", "handle, id or address of the profile")
    .option("--all", "forget everybody who has had the handle")
    .addOption(workspaceOption())
    .addOption(memoryOption())
    .addOption(debugOption());

async function runForget(
  wanted: string,
  options: OptionsOf<typeof declaredForget>,
  effects: Effects,
): Promise<void> {
  await withWorkspace(options, false, effects, async (workspace) => {
    const { all } = options;
    const { people, snapshots, marked, lists, mentions } = await showRewrite(effects, () =>
      forget(workspace, wanted, { all, signal: effects.signal }),
    );
    const went = [
      countOfThings(snapshots, "profile"),
      ...(marked ? ["status, note, owner and tags"] : []),
      ...(lists.length === 0 ? [] : [`a place on ${lists.join(", ")}`]),
    ];
    effects.stdout(
      `forgot ${countOfThings(people, "person", "people")}: ${went.join("; ")}\n${workspace.path}\n`,
    );
    if (mentions > 0)
      effects.stderr(
        `warning: ${countOfThings(mentions, "note")} on other people may name them, and ${mentions === 1 ? "stays" : "stay"}\n`,
      );
    effects.stderr(
      "Copies of the workspace, exports and the files themselves still hold them, and a file that shows them adds them again.\n",
    );
  });
}

/** `insights workspace info`. */
export const info = { declared: declaredInfo, run: runInfo };
/** `insights workspace forecasts`. */
export const forecasts = { declared: declaredForecasts, run: runForecasts };
/** `insights workspace export`. */
export const exported = { declared: declaredExport, run: runExport };
/** `insights workspace vacuum`. */
export const vacuum = { declared: declaredVacuum, run: runVacuum };
/** `insights workspace delete IMPORT`. */
export const deleted = { declared: declaredDelete, run: runDelete };
/** `insights workspace forget HANDLE`. */
export const forgotten = { declared: declaredForget, run: runForget };
