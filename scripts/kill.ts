/**
 * Kills `score`, `train` and `study` at random moments and runs them again, `serve` while it is sent a file, `workspace` while it adds, deletes or forgets,
 * and runs the first on disks that are too small: `npm run kill -- --count 50 --full 30`, after `npm run build`; `npm run kill -- workspace` kills that alone. After a kill the next run gives the same bytes, or refuses what is there and whole, and
 * nothing else stays. A full disk is called so, and nothing is called done.
 *
 * `--seed` chooses other moments and sizes. Small disks are file systems in memory, which only root can mount; without that, `--full` is left out.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Hardship, VICTIMS } from "../test/support/outputs/hardship.ts";
import { KilledServer } from "../test/support/outputs/killedServer.ts";
import { KilledWorkspace } from "../test/support/outputs/killedWorkspace.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: "string", default: "50" },
    full: { type: "string", default: "30" },
    seed: { type: "string", default: "1" },
  },
});
const main = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
if (!existsSync(main)) throw new Error("dist/ is not there: run `npm run build` first");
const folder = mkdtempSync(join(tmpdir(), "insights-kill-"));
let wrong = 0;
const tell = (what: string | undefined) => {
  if (what === undefined) return;
  wrong++;
  console.log(what);
};
if (!positionals.includes("workspace")) await killCommands();
await killWorkspaces();
console.log(`${wrong} wrong`);
if (wrong > 0) process.exitCode = 1;
else rmSync(folder, { recursive: true });

/** Commands that write results, and the server. */
async function killCommands(): Promise<void> {
  const hardship = new Hardship(folder, main, Number(values.seed));
  await hardship.prepare();
  for (let i = 0; i < Number(values.count); i++) tell(await hardship.kill(VICTIMS[i % VICTIMS.length]));
  const server = new KilledServer(folder, main, Number(values.seed));
  await server.prepare();
  for (let i = 0; i < Number(values.count); i += VICTIMS.length) tell(await server.kill());
  if (Number(values.full) > 0 && !hardship.canFill())
    console.log("no permission to mount a small disk: --full is left out");
  else for (let i = 0; i < Number(values.full); i++) tell(await hardship.fill(VICTIMS[i % VICTIMS.length]));
  const { same, refused, whole, full } = hardship.counts;
  console.log(`kills: ${same} went on to the same bytes, ${refused} refused what was whole`);
  console.log(`servers: ${Math.ceil(Number(values.count) / VICTIMS.length)} killed`);
  console.log(`small disks: ${full} called full, ${whole} large enough`);
}

/** Commands that change a workspace. */
async function killWorkspaces(): Promise<void> {
  const workspace = new KilledWorkspace(folder, main, Number(values.seed));
  await workspace.prepare();
  for (let i = 0; i < Number(values.count); i++) tell(await workspace.kill());
  const { before, after, told } = workspace.counts;
  console.log(`workspaces: ${before} as before, ${after} with all of it, ${told} of those said to be done`);
}
