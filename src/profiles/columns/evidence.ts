import { once } from "../../base/data.ts";
import type { CanonicalName } from "../canonical.ts";
import { idTime } from "../dates.ts";
import { flagOf, momentOf } from "../values.ts";
import { missingWords } from "../words.ts";
import { withoutCounted } from "../writtenNumbers.ts";

/** How the values of a column bear on what it is said to be. */
export type Verdict =
  /** They show it by themselves, whatever the name: `@handles`, addresses of profiles, numbers of accounts. */
  | "strong"
  | "fits"
  /** They leave it open. */
  | "open"
  | "against"
  /** There are none. */
  | "none";

/** What the first values of a column look like. Shares are of the present values, from 0 to 1. */
export interface ColumnValues {
  /** Values that are there, of how many records. */
  readonly present: number;
  readonly records: number;
  /** Share of values that no other equals. */
  readonly distinct: number;
  /** The first three that differ, to show. */
  readonly examples: readonly string[];
  /** Median of what plain numbers there are. */
  readonly median: number;
  share(test: (text: string) => boolean): number;
}

/** What stands for no value beside the words that reading leaves out, and those in any case. */
const NOTHING = /^(-+|\?|unknown)$/i;
/** What spreadsheets put around a text so that it is not taken for a number or a formula. */
const KEPT_AS_TEXT = /^'(?=[@\d])(.*)$|^="([^"]*)"$/;
const missing = once(() => new Set(missingWords().words.map((word) => word.toLowerCase())));

/** Values that are looked at: some tables have thousands of columns. */
const LOOKED_AT = 100;
/** Characters of a value that are looked at. */
const LONGEST = 300;

/** Looks at the first values of a column. */
export function valuesOf(samples: readonly string[]): ColumnValues {
  const looked = samples.slice(0, LOOKED_AT);
  const texts = looked
    .map((text) => text.slice(0, LONGEST).trim().replace(KEPT_AS_TEXT, "$1$2"))
    .filter((text) => !missing().has(text.toLowerCase()) && !NOTHING.test(text));
  return {
    present: texts.length,
    records: looked.length,
    distinct: texts.length === 0 ? 0 : new Set(texts).size / texts.length,
    examples: [...new Set(texts)].slice(0, 3),
    get median() {
      const numbers = texts.map(numberOf).filter((x) => !Number.isNaN(x));
      return numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
    },
    share: (test) => texts.filter(test).length / Math.max(1, texts.length),
  };
}

/** Begins with a number, and has no more than a word behind it: `1,2 Mio`, `3.4万`, `12 345`, `2,9 %`. */
const NUMBER =
  /^[^\p{L}\p{Nd}@]{0,3}\p{Nd}[\p{Nd}\s.,'’٫٬_]*(e[+-]?\d+)?\s*\p{L}{0,10}\.?\s*[^\p{L}\p{Nd}]{0,2}$/iu;
const HANDLE = /^[a-z0-9._]{2,24}$/i;
const MARKED_HANDLE = /[._\d]/;
const PROFILE = /^(https?:\/\/)?((www|m)\.)?tiktok\.com\/@[^/\s]+\/?([?#]\S*)?$/i;
/** An address of a profile, also where Markdown, a formula or brackets are around it. */
const WRAPPED_PROFILE =
  /^(\[[^\]]*\]\(|=HYPERLINK\("|[^()/]{0,60}\()?(https?:\/\/)?((www|m)\.)?tiktok\.com\/@[^/\s"')]+\/?([?#][^\s"')]*)?("[^()]*\)|\))?$/i;
const VIDEO = /tiktok\.com\/@[^/\s]*\/(video|photo)\/\d+/i;
const LINK = /^(https?:\/\/|www\.)\S+$|^[\w-]+(\.[\w-]+)+\/\S*$/i;
const DOMAIN = /^[\w-]+(\.[\w-]+)*\.[a-z]{2,}$/i;
const POWER = /^\d([.,]\d+)?e\+1[78]$/i;

const isNumber = (text: string) => NUMBER.test(text) || NUMBER.test(withoutCounted(text));
const isPercent = (text: string) => isNumber(text) && /[%٪％]/.test(text);
const isGrouped = (text: string) => /^[1-9]\d{0,2}([.,]\d{3})+$/.test(text);
const isDecimal = (text: string) => /^\d*[.,]\d+$/.test(text) && !isGrouped(text);
/** The number that a text most likely is; NaN where it is none. Only roughly: how a column is really read is decided elsewhere. */
function numberOf(text: string): number {
  const bare = withoutCounted(text).replace(/[\s%]/g, "");
  return Number(isGrouped(bare) ? bare.replace(/[.,]/g, "") : bare.replace(",", "."));
}

const isWhole = (text: string) => /^\d+$/.test(text);
const isId = (text: string) => text.length >= 17 && isWhole(text) && idTime(text) !== null;
const isHandle = (text: string) => HANDLE.test(text) && !isWhole(text) && !isDecimal(text);
/** Letters of any script. */
const isAnyHandle = (text: string) =>
  /^@?[\p{L}\p{M}\p{N}._]{2,24}$/u.test(text) && !isWhole(text) && !isDecimal(text);
const isAtHandle = (text: string) => text.startsWith("@") && HANDLE.test(text.slice(1));
const isProfile = (text: string) => PROFILE.test(text);
const isWrappedProfile = (text: string) => WRAPPED_PROFILE.test(text);
const isLink = (text: string) => LINK.test(text) || DOMAIN.test(text);
const hasLetters = (text: string) => /\p{L}/u.test(text);
/** Not only the letters and marks of handles. */
const isWordy = (text: string) => hasLetters(text) && !HANDLE.test(text.replace(/^@/, ""));

/** Share of values from which on a column counts as of a kind; some cells of every table are wrong. */
const MOST = 0.9;
/** Values that are enough to see by themselves what a column is. */
const ENOUGH = 3;

/**
 * Judges by its values whether a column can be a canonical one.
 *
 * @param unit by how much the name says that values are to be multiplied
 */
export function judge(canonical: CanonicalName, values: ColumnValues, unit: number | null = null): Verdict {
  if (values.present === 0) return "none";
  const { share } = values;
  const most = (test: (text: string) => boolean) => share(test) >= MOST;
  const full = values.present >= ENOUGH && values.present >= MOST * values.records && values.distinct >= MOST;
  switch (canonical) {
    case "id":
      if (most(isId)) return full ? "strong" : "fits";
      if (most((text) => (isWhole(text) && text.length >= 15) || isId(text) || POWER.test(text)))
        return "fits";
      return most(isWhole) ? "open" : "against";
    case "account_id":
      if (most(isAtHandle)) return full ? "strong" : "fits";
      if (most(isWrappedProfile)) return "fits";
      // Some are copied from the address bar, others typed.
      if (
        share(isWrappedProfile) > 0 &&
        most((text) => isWrappedProfile(text) || isAtHandle(text) || isHandle(text))
      ) {
        return full && most((text) => isWrappedProfile(text) || isAtHandle(text)) ? "strong" : "fits";
      }
      if (most(isAnyHandle) && !most((text) => isHandle(text) || isAtHandle(text))) return "open";
      if (!most((text) => isHandle(text) || isAtHandle(text))) return "against";
      return full && share(MARKED_HANDLE.test.bind(MARKED_HANDLE)) >= 0.3 && !most(isLinkLike)
        ? "fits"
        : "open";
    case "url":
      if (!most(isProfile)) return "against";
      return full ? "strong" : "fits";
    case "bio_link":
      return most(isLink) && share(isProfile) < 0.5 && share(isAtHandle) < 0.1 ? "fits" : "against";
    case "nickname":
      if (share(isNumber) > 0.5 || share(isLink) > 0.5 || share(isAtHandle) > 0.5) return "against";
      if (share(isWrappedProfile) > 0.5) return "against";
      return share(isWordy) >= 0.3 ? "fits" : "open";
    case "biography":
      if (share(isNumber) > 0.5 || share(isLink) > 0.5 || share(isWrappedProfile) > 0.5) return "against";
      return share((text) => isWordy(text) && /\s/.test(text)) >= 0.3 ? "fits" : "open";
    case "is_verified":
    case "is_private":
      return most((text) => flagOf(text) !== null) ? "fits" : "against";
    case "followers":
    case "following":
    case "likes":
    case "videos_count":
      if (!most(isNumber) || share(isId) > 0.5 || share(isPercent) > 0.1) return "against";
      if (unit === null && share((text) => numberOf(text) > 0 && numberOf(text) < 1) >= 0.3) return "against";
      return "fits";
    case "like_engagement_rate":
    case "comment_engagement_rate":
    case "awg_engagement_rate":
      if (!most(isNumber) || (!most(isPercent) && !(values.median <= 100))) return "against";
      if (unit !== null || most(isPercent)) return "fits";
      return share((text) => isDecimal(text) || isPercent(text)) >= 0.5 ? "fits" : "open";
    case "predicted_lang":
      return most((text) => /^[a-z]{2,3}([-_][a-z]{2,4})?$/i.test(text)) ? "fits" : "against";
    case "region":
      return most((text) => /^[a-z]{2}$/i.test(text)) ? "fits" : "against";
    case "created_at":
    case "observed_at":
      return most(isDate) ? "fits" : "against";
    case "posted_at":
      return most((text) => VIDEO.test(text) || isDateList(text)) ? "fits" : "against";
  }
}

function isLinkLike(text: string): boolean {
  return /\.(com|net|org|io|de|fr|es|it|co|me|ee|shop|store)$/i.test(text);
}

/** Dates that are not ISO, roughly; how they are read is decided elsewhere. */
const WRITTEN_DATE =
  /^(?:\p{L}{2,13}[.,]? +)?(?:\d{1,2}[./-] ?\d{1,2}[./-] ?|\d{1,2}(?:\p{L}{2}|[ºª])?[. -]+(?:de )?\p{L}{3,12}[., -]+(?:del? )?|\p{L}{3,12}[. ]+\d{1,2}(?:\p{L}{2})?[, ]+)\d{4}(?!\d)|^\d{4} ?[年년]/iu;

/** A date or a Unix time of the years in which TikTok has been there. */
function isDate(text: string): boolean {
  const year =
    momentOf(text)?.getUTCFullYear() ?? Number(/\d{4}/.exec(WRITTEN_DATE.exec(text)?.[0] ?? "")?.[0] ?? 0);
  return year >= 2014 && year <= 2100;
}

/** Dates one after the other, as people and programs write lists. */
function isDateList(text: string): boolean {
  const dates = text.replace(/^\[|\]$/g, "").split(/[,;|\n]/);
  return dates.every((date) => isDate(date.trim().replace(/^["']|["']$/g, "")));
}

/** Values of which so many show that a column of a known name is something else. */
const MANY = 5;

/**
 * Whether values show beyond doubt that a column is not what its well-known name says. That takes more than to contradict a
 * guess: some tables are in a bad way, and their columns are still what they are.
 */
export function refutes(canonical: CanonicalName, values: ColumnValues): boolean {
  if (values.present < MANY) return false;
  const few = (test: (text: string) => boolean) => values.share(test) < 1 - MOST;
  switch (canonical) {
    case "followers":
    case "following":
    case "likes":
    case "videos_count":
    case "like_engagement_rate":
    case "comment_engagement_rate":
    case "awg_engagement_rate":
      return few(isNumber) || values.share(isId) >= MOST;
    case "id":
      return (
        few((text) => /\d/.test(text)) || values.share((text) => isHandle(text) && hasLetters(text)) >= MOST
      );
    case "account_id":
      return values.share(isId) >= MOST;
    case "nickname":
    case "biography":
      return values.share((text) => isWhole(text)) >= MOST;
    case "predicted_lang":
    case "region":
      return few((text) => text.length <= 24 && !/[\d,;:/]/.test(text));
    case "url":
      return few(isLink);
    default:
      return false;
  }
}
