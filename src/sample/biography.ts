import type { Draw } from "./draw.ts";
import { drawnOut, fancy, LETTERINGS } from "./lettering.ts";
import { emojiRun, type Person } from "./person.ts";
import { callWithMail, drawLine, fillOne } from "./phrase.ts";
import { BIOGRAPHY_LENGTH } from "./population.ts";
import { conditionalQuantile, curve } from "./quantiles.ts";
import {
  BANDS,
  BIOGRAPHY_MISSING,
  BIOGRAPHY_UNSET,
  BREAK_SHARE,
  EMOJI_ONLY_SHARE,
  KEYWORD_SHARE,
  LINE_COUNTS,
  MAIL_SHARE,
} from "./shares.ts";
import { keywordLines } from "./words/english.ts";

/** The longest biography TikTok allows, in UTF-16 units. */
const LONGEST = 80;
const LINES_TOTAL = LINE_COUNTS.reduce((a, b) => a + b, 0);
const GREETINGS = ["hi", "hey", "hello", "...", "🙂", "hii", "yo"];
const WRITTEN = 1 - BIOGRAPHY_MISSING - BIOGRAPHY_UNSET - EMOJI_ONLY_SHARE;

/**
 * Invents a biography of at most 80 UTF-16 units, in one to five lines; longer, with more lines and more often with an
 * address for larger accounts.
 *
 * @param size log10 of the followers
 * @returns the text, or null where it is missing
 */
export function drawBiography(draw: Draw, person: Person, size: number): string | null {
  const kind = draw.uniform();
  if (kind < BIOGRAPHY_MISSING) return null;
  if (kind < BIOGRAPHY_MISSING + BIOGRAPHY_UNSET) return "No bio yet";
  if (kind > WRITTEN + BIOGRAPHY_MISSING + BIOGRAPHY_UNSET) return emojiOnly(draw, person);

  const lines: string[] = [];
  // The six words are spread evenly over all profiles, for in the real ones they tell nothing.
  if (draw.chance(KEYWORD_SHARE / WRITTEN)) lines.push(fillOne(draw, keywordLines, person));
  const address = draw.chance(curve(BANDS, MAIL_SHARE, size) / WRITTEN)
    ? callWithMail(draw, person)
    : undefined;
  const target = LONGEST * conditionalQuantile(BIOGRAPHY_LENGTH, size, draw.uniform());
  const free = drawLineCount(draw, size, target) - lines.length - (address === undefined ? 0 : 1);
  let used =
    (lines[0]?.length ?? 0) + (address?.length ?? 0) + lines.length + (address === undefined ? 0 : 1);
  for (let left = free; left > 0; left--) {
    const line = drawLine(draw, person, size, (target - used) / left - 1, LONGEST - used);
    if (line === "" || lines.includes(line)) continue;
    lines.push(line);
    used += line.length + 1;
  }
  if (address !== undefined) lines.splice(draw.between(Math.min(1, lines.length), lines.length), 0, address);
  if (lines.length === 0) return draw.pick(GREETINGS);
  return within(joinLines(draw, style(draw, lines, person)), lines.join("\n"));
}

function drawLineCount(draw: Draw, size: number, target: number): number {
  // Short texts are seldom broken, long ones more often than the average for their size.
  const share = curve(BANDS, BREAK_SHARE, size) * (target < 12 ? 0.25 : target < 24 ? 0.9 : 1.25);
  if (!draw.chance(share)) return 1;
  const lines = 2 + draw.weighted(LINE_COUNTS, LINES_TOTAL);
  return Math.min(lines, Math.max(2, Math.floor(target / 9)));
}

function emojiOnly(draw: Draw, person: Person): string {
  let text = "";
  for (let runs = draw.between(1, 4); runs > 0; runs--) text += emojiRun(draw, person);
  return text;
}

function style(draw: Draw, lines: readonly string[], person: Person): readonly string[] {
  const form = draw.uniform();
  if (person.language.tag === "ar" && form < 0.1) return lines.map((line) => drawnOut(line, 1));
  if (form > 0.025 || lines.some((line) => line.includes("@"))) return lines;
  const kind = draw.between(0, LETTERINGS - 1);
  return lines.map((line) => fancy(line, kind));
}

function joinLines(draw: Draw, lines: readonly string[]): string {
  const text = lines.join(draw.chance(0.2) ? " \n" : "\n");
  return draw.chance(0.03) ? text.replace("\n", "\n\n") : text;
}

/** The adorned text, or the plain one where that is too long. */
function within(adorned: string, plain: string): string {
  return adorned.length <= LONGEST ? adorned : plain;
}
