import { once } from "../../base/data.ts";
import { beginning, wordFinder } from "../wordPattern.ts";
import { type Found, matchesIn } from "./contact.ts";
import { contactWords, isPlatformLabel, type Platform, platforms } from "./platforms.ts";

/** What may stand between them besides: marks and arrows. Whether one of them is there is what makes a label sure. */
const ARROWS =
  ":=~>;»≫👉👇☞☛▶▷►▸\\u2190-\\u21ff\\u2794\\u2798-\\u27af\\u27b1-\\u27be\\u27f0-\\u27ff\\u2900-\\u297f\\u2b00-\\u2b0d\\u2b30-\\u2b4f";
const MARKS = `[@•|()\\[\\]{}"'“”*/\\\\${ARROWS}–—-]`;
/** Marks that say that a name follows. */
const MARKED = new RegExp(`[(${ARROWS}–—-]`, "u");
/** Marks after which any word is a name: a colon, and arrows that are no hands. */
const SURE = /[:=→➡>▷►]/u;
/** A word or two that a mark and an @ follow: "insta for more: @name". */
const ASIDE = `(?: \\p{L}{1,10}){1,2}(?= ?[${ARROWS}]{1,3}\\s?@)`;

/** Words that stand where a handle could, in few enough letters to be taken for one. */
const JOINING = "(?:[&+/|,]|(?<!\\p{L})(?:and|y|e|et|und|и|و|ve|dan|i|ou|or|oraz)(?!\\p{L})|(?<!\\p{L})[وו])";

/** Scripts that write words together: a label in Latin letters may stand right beside them. */
const APART = "\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}\\p{N}_";

/** Emoji, and the stars, hearts and flowers that are drawn as letters are. */
const PICTURE = "[\\p{Extended_Pictographic}\\p{So}]";
const PICTURED = new RegExp(PICTURE, "u");

const CHARACTERS = "a-zA-Z0-9._";
const EDGE = `(?<![${APART}@.])`;
const AFTER = `(?![${APART}])`;
const FOREIGN = /[^\p{Script=Latin}\p{Script=Common}]/u;

/** "My" and "our" are endings in Arabic. */
const POSSESSIVE = "(?:(?<=\\p{Script=Arabic})(?:ي|نا)(?!\\p{L}))?";

/** Ways to name a platform, the longest first. */
function labelOf({ words, joined = [] }: Platform): string {
  const any = (names: readonly string[]) => [...names].sort((a, b) => b.length - a.length).join("|");
  const apart = `${EDGE}(?:${any(words)})${AFTER}`;
  return joined.length === 0 ? apart : `${apart}|(?:${any(joined)})${POSSESSIVE}`;
}

/** The platforms, each with the patterns for "label: handle" and "@handle on label". */
const patterns = once(() =>
  platforms().map((platform) => {
    const { filler, fillerJoined } = contactWords();
    const characters = platform.characters ?? CHARACTERS;
    const label = labelOf(platform);
    // Other platforms may be named along with it: "ig & yt: name".
    const others = `(?:\\s*${JOINING}\\s*\\p{L}{1,14}${AFTER}){0,4}`;
    const between = `((?:[ ]*(?:(?:${filler})${AFTER}|${fillerJoined})){0,6}(?:${ASIDE})?)(\\s*(?:${PICTURE}[\\p{EMod}\\u200d]{0,2}\\s?){0,6}${MARKS}{0,8}[-.]{0,3}[>:]?\\s*(?:${PICTURE}\\p{EMod}?\\s?){0,4}[("'“[«<]{0,3}\\s*@? ?\\$?)`;
    return {
      platform,
      named: new RegExp([...platform.words, ...(platform.joined ?? [])].join("|"), "u"),
      forward: new RegExp(`(${label})(${others})${between}([${characters}]{2,40})(?![${APART}@])`, "giu"),
      backward: new RegExp(
        `(?<![${APART}.@])@([${characters}]{2,40})\\s*(?:(?:on|in|en|no|na|auf|su|di|sur|op|på|w|v|da|at|for|via|в|на|في|على)\\s+(?:(?:my|the|mein|meu|mi|o|il|l')\\s+)?|[-–—|]\\s*|\\(\\s*)((?:\\p{L}{1,14}\\s*${JOINING}\\s*){0,4})(?:${label})(?!\\s*[:=@→-])`,
        "giu",
      ),
      pictured:
        platform.emoji === undefined
          ? null
          : new RegExp(
              `(?:${platform.emoji.join("|")})\\s*(?:(?:[:=-]\\s*@?|@) ?([${characters}]{3,40})(?![\\p{L}\\p{N}_@])|([a-z][a-z0-9]*[._][${characters}]{2,38})(?=[ ]*(?:$|[\\n|•·])))`,
              "giu",
            ),
    };
  }),
);

/** Tells of which platforms a text may hold a name, and of which (after all of those) a picture: nearly all texts hold none. */
const mayHold = once(() => {
  const names = platforms().map(({ words, joined = [] }) => [...words, ...joined]);
  const pictures = platforms().map(({ emoji = [] }) => emoji);
  return wordFinder(
    [...names, ...pictures],
    beginning(new RegExp(`[${APART}@.]`, "u"), new RegExp(`[^${APART}]`, "u")),
  );
});

/**
 * Handles on other platforms in a plain text: `ig: name`, `insta name_1`, `@name on yt`, `ig & snap: name`, `📸 @name`, and the
 * same with the platforms' names in other scripts.
 *
 * @param text as `plainText` gives it, other findings blanked out
 */
export function findHandles(text: string): Found[] {
  const held = mayHold()(text);
  if (held.size === 0) return [];
  const found: Found[] = [];
  const lower = text.toLowerCase();
  const add = (platform: Platform, raw: string, from: number, to: number) => {
    const value = tidy(raw);
    const twice = found.some(
      (other) => other.platform === platform.name && other.value.toLowerCase() === value.toLowerCase(),
    );
    if (value.length < 2 || twice) return;
    found.push({ kind: "handle", platform: platform.name, value, from, to });
  };
  const all = patterns();
  for (const i of new Set([...held].map((list) => list % all.length).sort((a, b) => a - b))) {
    const { platform, named, forward, backward, pictured } = all[i];
    const further: RegExp[] = [];
    // A look for the name costs a tenth of the patterns.
    if (held.has(i) && named.test(lower)) {
      for (const match of matchesIn(text, forward)) {
        const [whole, label, others, filler, between, raw] = match;
        const to = match.index + whole.length;
        if (!isHandle(platform, { label, others, filler, between, raw, ...lineAt(text, match.index, to) }))
          continue;
        add(platform, raw, match.index, to);
        if (between.includes("@"))
          for (const more of calledAlong(text, to)) add(platform, more.raw, to, more.to);
      }
      further.push(backward);
    }
    if (pictured !== null && held.has(all.length + i)) further.push(pictured);
    for (const match of further.flatMap((pattern) => matchesIn(text, pattern))) {
      const [whole, first, second = ""] = match;
      // Of a picture the second is a name without a mark before it, of a name before a platform the platforms along with it.
      const raw = first ?? second;
      if (first !== undefined && !namesPlatforms(second)) continue;
      if (whole.includes("@") || !contactWords().noHandle.has(tidy(raw).toLowerCase()))
        add(platform, raw, match.index, match.index + whole.length);
    }
  }
  return found.sort((a, b) => a.from - b.from);
}

/** What stands where a handle could, and around it. */
interface Place {
  readonly label: string;
  /** Other platforms named along with it, and the words that join them. */
  readonly others: string;
  /** Words between the label and the name. */
  readonly filler: string;
  /** Marks after them. */
  readonly between: string;
  readonly raw: string;
  /** The rest of its line, before and after. */
  readonly before: string;
  readonly after: string;
}

/** Whether what follows a label is a handle: sure with a mark between or in another script, else only by its form. */
function isHandle(
  platform: Platform,
  { label, others, filler, between, raw, before, after }: Place,
): boolean {
  const value = tidy(raw);
  const lower = value.toLowerCase();
  // A name on Cash App begins with a dollar; elsewhere it is a price.
  const tagged = between.endsWith("$");
  if (tagged && (platform.name !== "cashapp" || !/[a-z]{2}/i.test(value))) return false;
  const called = between.endsWith("@") || tagged;
  if (value.length < 2 || !/[\p{L}\p{N}]/u.test(value) || (!called && contactWords().noHandle.has(lower)))
    return false;
  if (isPlatformLabel(value) || !namesPlatforms(others)) return false;
  if (called) return true;
  if (COUNTED.test(value)) return false;
  const marked = MARKED.test(between) || NAMING.test(filler);
  const formed = /[._\d]/.test(value);
  const alone = !/[\p{L}\p{N}]/u.test(after);
  // At the end of its part of the line.
  const last = !/^\s*[&'’,]?\s*[\p{L}\p{N}]/u.test(after);
  // "YouTube: My Holidays": one word of a name says nothing
  if (platform.spaced === true && !formed && !((marked || OWNING.test(filler)) && last)) return false;
  // "IG: Anna Maria" is a name too
  if (!formed && /^\p{Lu}/u.test(value) && /^ \p{L}/u.test(after)) return false;
  if (between.includes("\n")) return (marked || !/[\p{L}\p{N}]/u.test(between)) && formed && alone;
  if (marked) return SURE.test(between) || formed || alone;
  if (FOREIGN.test(label)) return value.length > 2;
  if (formed) return value.length > 2 && !/^\d+$/.test(value);
  // "insta jonasmakes" on a line of its own
  return (
    (OWNING.test(filler) ||
      (/^(?: is)?$/i.test(filler) && (TERSE.has(platform.name) || PICTURED.test(between)))) &&
    alone &&
    value.length > 5 &&
    lower === value &&
    !/[\p{L}\p{N}]/u.test(before)
  );
}

/** Words between a label and a name that say as much as a mark. */
const NAMING = /(?:id|ids|handle|username)$/i;
/** Words after which a line ends with the name of what somebody has there. */
const OWNING = /(?:account|channel|kanal|canal|page|profile|perfil)$/i;
/** 10k, 18, 7pm, 2nd: how many, how old, when. */
const COUNTED =
  /^(?:\d{1,3}(?:[.,]?\d{1,3})?(?:k|mil|m|am|pm|h|hs|uhr|th|st|nd|rd|yrs?|yo|x|d|subs|fans|followers)?|\d{4}|\d{1,2}h\d\d)$/i;
/** Platforms whose name and a handle may stand together without any mark. */
const TERSE: ReadonlySet<string> = new Set(["instagram", "snapchat"]);

const ALONG_WORD = new RegExp(`\\s*${JOINING}\\s*`, "iu");
const ALONG = new RegExp(`\\s*${JOINING}\\s*@([${CHARACTERS}]{2,40})`, "iuy");

/** Whether words joined by "and" and its like are platforms all. */
function namesPlatforms(words: string): boolean {
  return words.split(ALONG_WORD).every((word) => /^\s*(?:x|kick)?\s*$/i.test(word) || isPlatformLabel(word));
}

/** More handles of the same platform: "ig: @one and @two". */
function calledAlong(text: string, from: number): { raw: string; to: number }[] {
  const more = [];
  ALONG.lastIndex = from;
  for (let match = ALONG.exec(text); match !== null; match = ALONG.exec(text)) {
    more.push({ raw: match[1], to: ALONG.lastIndex });
  }
  return more;
}

/** A handle without the dots and marks around it. */
function tidy(raw: string): string {
  return raw.replace(/^[.-]+|[.-]+$/g, "");
}

function lineAt(text: string, from: number, to: number): { before: string; after: string } {
  const end = text.indexOf("\n", to);
  return {
    before: text.slice(text.lastIndexOf("\n", from - 1) + 1, from),
    after: text.slice(to, end === -1 ? undefined : end),
  };
}
