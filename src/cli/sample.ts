import { countInWords, durationInWords } from "../base/words.ts";
import { writeSample } from "../sample/sample.ts";
import type { Effects } from "./effects.ts";

/** Options of `insights sample`. */
export interface SampleCommandOptions {
  readonly out: string;
  readonly rows: number;
  readonly seed: number;
  readonly force?: boolean;
}

/**
 * `insights sample`: writes a synthetic population.
 *
 * @returns the exit code
 * @throws InsightsError where the file exists, has an unknown ending or cannot be written
 */
export async function sampleCommand(options: SampleCommandOptions, effects: Effects): Promise<number> {
  const { rows, seed, out, force = false } = options;
  const start = effects.elapsed();
  await writeSample(
    out,
    { rows, seed },
    {
      force,
      signal: effects.signal,
      onProgress: (done: number) => {
        if (!effects.terminal.interactive) return;
        const spent = effects.elapsed() - start;
        const left =
          done > 0 && spent > 1000 ? `, ${durationInWords((spent * (rows - done)) / done)} left` : "";
        effects.redraw(`${countInWords(done)} of ${countInWords(rows)} profiles${left}`);
      },
    },
  );
  if (effects.terminal.interactive) effects.redraw(undefined);
  effects.stderr(
    `${countInWords(rows)} made-up profiles (seed ${seed}) in ${out} (${durationInWords(effects.elapsed() - start)})\n`,
  );
  return 0;
}
