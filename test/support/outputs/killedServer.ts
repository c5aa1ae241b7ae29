import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Random } from "../../../src/base/random.ts";
import { writeSample } from "../../../src/sample/sample.ts";

/** A server that listens. */
interface Serving {
  readonly child: ChildProcess;
  /** `http://127.0.0.1:4321`. */
  readonly address: string;
  /** Its exit code, once it ends. */
  readonly ended: Promise<number | null>;
}

/** Kills `insights serve` while it is sent a file, and looks at what is left when it is started again. */
export class KilledServer {
  private readonly temporary: string;
  private readonly file: string;
  private readonly main: string;
  private readonly random: Random;
  /** What an unbroken server says of the file, and how long that takes in milliseconds. */
  private unbroken = { told: "", took: 0 };

  /**
   * @param folder for all files
   * @param main the built command line
   */
  constructor(folder: string, main: string, seed: number) {
    this.temporary = join(folder, "tmp-serve");
    this.file = join(folder, "sent.csv");
    this.main = main;
    this.random = new Random(seed);
  }

  /** Makes the file, and sends it to a server that nobody kills. */
  async prepare(): Promise<void> {
    mkdirSync(this.temporary);
    await writeSample(this.file, { rows: 1500, seed: 23 });
    const serving = await this.start();
    const started = performance.now();
    const told = await this.send(serving.address);
    this.unbroken = { told, took: performance.now() - started };
    const wrong = await this.stop(serving);
    if (wrong !== undefined) throw new Error(wrong);
  }

  /** @returns what is wrong after a kill at a random moment; undefined where the next server says the same and nothing is left behind */
  async kill(): Promise<string | undefined> {
    const killed = await this.start();
    const moment = this.random.uniform() * this.unbroken.took * 1.1;
    const sent = this.send(killed.address).catch(() => undefined);
    await setTimeout(moment);
    killed.child.kill("SIGKILL");
    await Promise.all([sent, killed.ended]);
    const after = ` after ${Math.round(moment)} ms`;
    const next = await this.start();
    const [folder, ...left] = readdirSync(this.temporary);
    if (folder === undefined || left.length > 0)
      return `${left.join(", ")} stay beside the next server${after}`;
    if ((await this.send(next.address)) !== this.unbroken.told) return `another list${after}`;
    const wrong = await this.stop(next);
    return wrong === undefined ? undefined : wrong + after;
  }

  private start(): Promise<Serving> {
    const words = [this.main, "serve", "--in-memory", "--port", "0"];
    const env = { ...process.env, TMPDIR: this.temporary };
    const child = spawn(process.execPath, words, { env, stdio: ["ignore", "pipe", "ignore"] });
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    return new Promise((resolve, reject) => {
      let text = "";
      child.stdout.setEncoding("utf8").on("data", (more: string) => {
        text += more;
        const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
        if (address !== undefined) resolve({ child, address, ended });
      });
      void ended.then(() => reject(new Error(`no server: ${text}`)));
    });
  }

  /** Sends the file and waits for its people. */
  private async send(address: string): Promise<string> {
    const sent = { method: "POST", body: readFileSync(this.file) };
    const { job } = await (await fetch(`${address}/v1/imports?name=sent.csv`, sent)).json();
    await (await fetch(`${address}/v1/jobs/${job.id}/events`)).text();
    const answer = await fetch(`${address}/v1/people?limit=500`);
    const told = await answer.text();
    if (!answer.ok || JSON.parse(told).of === 0) throw new Error(told);
    return told;
  }

  private async stop({ child, ended }: Serving): Promise<string | undefined> {
    child.kill("SIGTERM");
    const code = await ended;
    const left = readdirSync(this.temporary);
    if (code !== 130) return `the server ends with ${code}`;
    if (left.length === 0) return undefined;
    for (const name of left) rmSync(join(this.temporary, name), { recursive: true });
    return `${left.join(", ")} stay behind a server that was stopped`;
  }
}
