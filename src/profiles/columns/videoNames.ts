import { z } from "zod";
import { dataFile, once } from "../../base/data.ts";
import { columnWords, wordsOf } from "./names.ts";

const FACTS = [
  "number",
  "address",
  "length",
  "sound",
  "caption",
  "plays",
  "shares",
  "saves",
  "hashtags",
  "day",
  "perhaps day",
  "likes",
  "comments",
] as const;

/** What a column of a table of videos tells of a video; a `perhaps day` may as well be that of something else. */
export type VideoFact = (typeof FACTS)[number];

/** The names that tables of videos give their columns, of `data/columns/videos.json`: fact -> language -> names. */
export const videoWords = dataFile(
  "columns/videos.json",
  z.strictObject({
    about: z.string(),
    names: z.record(z.enum(FACTS), z.record(z.string(), z.array(z.string()).readonly())),
  }),
);

const lexicon = once(() => {
  const facts = new Map<string, VideoFact>();
  for (const fact of FACTS) {
    for (const name of Object.values(videoWords().names[fact]).flat()) facts.set(keyOf(wordsOf(name)), fact);
  }
  return { facts, counting: new Set(columnWords().counting.flatMap(wordsOf)) };
});

/** What a column tells of a video by its name: `Número de comentarios`, `playCount`, `Enlace del vídeo`; undefined where it tells nothing. */
export function videoFactOf(column: string): VideoFact | undefined {
  const { facts, counting } = lexicon();
  const words = wordsOf(column);
  return facts.get(keyOf(words)) ?? facts.get(keyOf(words.filter((word) => !counting.has(word))));
}

function keyOf(words: readonly string[]): string {
  return words.join("");
}
