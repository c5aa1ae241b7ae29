/*
 * Shares and small distributions measured on the same thousand profiles as population.ts (see there). Curves are over
 * log10(followers): the share in each band of followers, set at the band's middle.
 */

/** Middles of the bands of followers for the curves below. */
export const BANDS: readonly number[] = [1.5, 2.5, 3.35, 3.85, 4.35, 5, 5.65, 6.4];
/** Share of profiles with a link: 191 in 1000, more often the larger ones. */
export const LINK_SHARE: readonly number[] = [0.009, 0.024, 0.093, 0.233, 0.269, 0.359, 0.467, 0.714];
/** Share of verified profiles: 19 in 1000, the smallest at 16,800 followers. */
export const VERIFIED_SHARE: readonly number[] = [0, 0, 0, 0, 0.012, 0.031, 0.067, 0.43];
/** Share of biographies with an e-mail address: 80 in 1000. */
export const MAIL_SHARE: readonly number[] = [0.01, 0.02, 0.04, 0.09, 0.12, 0.16, 0.3, 0.33];
/** Share of biographies on more than one line: 500 in 1000. */
export const BREAK_SHARE: readonly number[] = [0.32, 0.35, 0.4, 0.52, 0.6, 0.69, 0.73, 0.76];

/** Share of account ids without a date in the first batch: 16 in 550, more often the larger ones. */
export const UNDATED_EARLY: readonly number[] = [0.006, 0.012, 0.019, 0.05, 0.09, 0.09, 0.06, 0.06];
/** Share of account ids without a date in the second batch: 68 in 450. */
export const UNDATED_LATE: readonly number[] = [0.11, 0.11, 0.12, 0.1, 0.14, 0.19, 0.22, 0.22];
/** Of the ids without a date: short ones of the first years (23 in 84); the others have 16 to 18 digits. */
export const SHORT_ID_SHARE = 23 / 84;
/** Of the accounts with such ids: those whose videos carry no date either (2 in 84; 33 of 26,558 videos). */
export const UNDATED_VIDEOS_SHARE = 2 / 84;

/** Of a thousand biographies: missing, and the application's own "No bio yet". */
export const BIOGRAPHY_MISSING = 0.003;
/** Share of "No bio yet". */
export const BIOGRAPHY_UNSET = 0.01;
/** Share of biographies that hold one of the six words of the original study: 12 in 1000. */
export const KEYWORD_SHARE = 0.012;
/** Share of biographies of emoji and signs alone: 44 in 1000. */
export const EMOJI_ONLY_SHARE = 0.044;
/** Number of lines of a biography with more than one: 2, 3, 4, 5. */
export const LINE_COUNTS: readonly number[] = [218, 179, 77, 26];

/** Profiles whose listed videos have no comment: 3 in 1000; all others have at least one. */
export const NO_COMMENTS_SHARE = 0.003;

/** Days on which the first batch was read, as days from 2023-07-18, and how many of 550 profiles on each. */
export const EARLY_DAYS: readonly (readonly [number, number])[] = [
  [0, 1],
  [7, 52],
  [8, 39],
  [9, 44],
  [10, 28],
  [11, 46],
  [12, 52],
  [13, 24],
  [14, 15],
  [15, 19],
  [16, 26],
  [17, 55],
  [18, 49],
  [19, 29],
  [20, 22],
  [21, 10],
  [22, 1],
  [23, 35],
  [24, 3],
];
/** The same for the second batch, of 450 profiles. */
export const LATE_DAYS: readonly (readonly [number, number])[] = [
  [24, 219],
  [25, 231],
];
/** 2023-07-18T00:00:00Z in Unix seconds. */
export const FIRST_DAY = 1689638400;
/** Hour at which a profile was read, from 4 hours before its day (UTC) to the day's last hour, in 1000 profiles. */
export const READING_HOURS: readonly number[] = [
  2, 8, 6, 0, 66, 68, 25, 73, 21, 101, 35, 24, 39, 18, 27, 17, 17, 23, 16, 29, 50, 62, 92, 51, 55, 21, 19, 35,
];
/** The first of `READING_HOURS`. */
export const FIRST_READING_HOUR = -4;

/**
 * Posts in each hour of the poster's own day, relative to the busiest. The provider gives UTC only: the shape is that
 * of the 26,525 posts (a trough about half the peak, six hours after midnight UTC) sharpened by the spread of time zones.
 */
export const POSTING_HOURS: readonly number[] = [
  0.4, 0.2, 0.1, 0.06, 0.05, 0.08, 0.16, 0.28, 0.4, 0.5, 0.58, 0.65, 0.72, 0.75, 0.76, 0.8, 0.88, 0.95, 1, 1,
  0.98, 0.93, 0.8, 0.6,
];

/** 2018-01-01T00:00:00Z: about when account ids began to carry their date. */
export const FIRST_DATED = 1514764800;
/** 2014-09-01T00:00:00Z: the first accounts of the predecessor application. */
export const FIRST_ACCOUNT = 1409529600;
/** 2020-06-29T18:30:00Z, midnight in India: TikTok closed there, and 54 of the 1000 last posts fall in the month before. */
export const INDIA_CLOSED = 1593455400;
