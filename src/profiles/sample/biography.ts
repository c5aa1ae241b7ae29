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
  const length = Math.floor(LONGEST * conditionalQuantile(BIOGRAPHY_LENGTH, size, draw.uniform()));
  const target = Math.max(length, (address?.length ?? 0) + (lines[0]?.length ?? 0));
  const count = Math.max(drawLineCount(draw, size, target), lines.length + (address === undefined ? 0 : 1));
  const room = count - lines.length - (address === undefined ? 0 : 1);
  const perLine = (target - (address?.length ?? 0)) / Math.max(room, 1);
  for (let i = 0; i < room; i++) lines.push(drawLine(draw, person, size, perLine));
  if (address !== undefined) lines.splice(draw.between(Math.min(1, lines.length), lines.length), 0, address);
  return shorten(draw, joinLines(draw, style(draw, lines, person)), address);
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

/** Takes words from the end of the longest line, and lines without blanks whole, until the text fits. */
function shorten(draw: Draw, text: string, address: string | undefined): string {
  if (text.length <= LONGEST && text !== "" && text[0] !== "\n") return text;
  let lines = text.split("\n");
  for (let over = text.length - LONGEST; over > 0; ) {
    const longest = longestLine(lines, address);
    if (longest < 0) return address ?? "";
    const line = lines[longest];
    const blank = line.lastIndexOf(" ", Math.max(line.length - Math.min(over, 12), 1));
    const kept = blank > 0 ? trimEnd(line.slice(0, blank)) : "";
    if (kept === "") lines.splice(longest, 1);
    else lines[longest] = kept;
    over = lines.join("\n").length - LONGEST;
  }
  lines = lines[0] === "" ? lines.slice(1) : lines;
  return lines.length > 0 ? lines.join("\n") : draw.pick(["hi", "hey", "...", "🙂"]);
}

/** The place of the longest line but the address, or -1. */
function longestLine(lines: readonly string[], address: string | undefined): number {
  let longest = -1;
  for (let i = 0; i < lines.length; i++) {
    if (lines[i].trimEnd() === address) continue;
    if (longest < 0 || lines[i].length > lines[longest].length) longest = i;
  }
  return longest;
}

/** Without the blanks, bars and commas that a cut has left at the end. */
function trimEnd(line: string): string {
  return line.replace(/[\s|•,/~&–-]+$/, "");
}
