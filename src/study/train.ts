import type { Hooks } from "./events.ts";
import { type NetworkChoice, type Parts, runSeed, type SeedResult } from "./protocol.ts";

/** What decides how a study trains. */
interface TrainSettings {
  readonly seed: number;
  readonly seeds: number;
  readonly minPrecision: number;
  readonly network: NetworkChoice;
}

/**
 * Trains with one seed after another, each by the correct protocol and by the study's own.
 *
 * @returns a result a seed, in order, and what to say of them
 */
export async function trainSeeds(
  parts: Parts,
  settings: TrainSettings,
  hooks: Hooks,
): Promise<{ result: SeedResult[]; message: string }> {
  const { seed, seeds, network, minPrecision } = settings;
  const results: SeedResult[] = [];
  // How many epochs a training takes shows only when it stops; what the earlier ones took is the best guess.
  let guess = Math.min(network.maxEpochs, 1000);
  for (let i = 0; i < seeds; i++) {
    const result = await runSeed(parts, seed + i, {
      network,
      minPrecision,
      signal: hooks.signal,
      onEpoch: (training, epoch, trainLoss, validLoss) => {
        const share = Math.min(0.99, epoch / guess);
        const name = training === 0 ? "" : ", as published";
        hooks.progress(
          (2 * i + training + share) / (2 * seeds),
          `seed ${seed + i}${name}: epoch ${epoch}, loss ${trainLoss.toFixed(3)}, validation ${validLoss.toFixed(3)}`,
        );
      },
    });
    results.push(result);
    guess = Math.max(
      10,
      Math.round(results.reduce((sum, { trained }) => sum + trained.epochs, 0) / results.length),
    );
  }
  const [{ trained }] = results;
  return {
    result: results,
    message:
      seeds === 1
        ? `${trained.epochs} epochs, best after ${trained.bestEpoch}`
        : `${seeds} seeds, ${guess} epochs each on average`,
  };
}
