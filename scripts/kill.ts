/**
 * Kills `score`, `train` and `study` at random moments and runs them again, `serve` while it is sent a file, `workspace` while it adds, deletes or forgets,
 * and runs all but the server on disks that are too small: `npm run kill -- --count 50 --full 30`, after `npm run build`; `npm run kill -- workspace`
 * does that to workspaces alone. After a kill the next run gives the same bytes, or refuses what is there and whole, and nothing else stays. A workspace
 * is as before, or has all of it. A full disk is called so, and nothing is called done.
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
import { canMount } from "../test/support/outputs/smallDisk.ts";

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
const full = (await canMount(join(folder, "disk"))) ? Number(values.full) : 0;
if (full < Number(values.full)) console.log("no permission to mount a small disk: --full is left out");
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
  for (let i = 0; i < full; i++) tell(await hardship.fill(VICTIMS[i % VICTIMS.length]));
  const { counts } = hardship;
  console.log(`kills: ${counts.same} went on to the same bytes, ${counts.refused} refused what was whole`);
  console.log(`servers: ${Math.ceil(Number(values.count) / VICTIMS.length)} killed`);
  console.log(`small disks: ${counts.full} called full, ${counts.whole} large enough`);
}

/** Commands that change a workspace. */
async function killWorkspaces(): Promise<void> {
  const workspace = new KilledWorkspace(folder, main, Number(values.seed));
  await workspace.prepare();
  for (let i = 0; i < Number(values.count); i++) tell(await workspace.kill());
  for (let i = 0; i < full; i++) tell(await workspace.fill());
  const { counts } = workspace;
  console.log(
    `workspaces: ${counts.before} as before, ${counts.after} with all of it, ${counts.told} of those said to be done`,
  );
  console.log(`small disks of workspaces: ${counts.full} called full, ${counts.whole} large enough`);
}
