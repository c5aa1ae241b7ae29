import { describe, expect, it } from "vitest";
import { ageInWords, agoInWords, dayInWords } from "./age.ts";

const at = (text: string) => Date.parse(`${text}Z`) / 1000;
const now = new Date("2026-12-01T05:00:00Z");
const read = { first: null, last: null, newest: null, untold: 0 };

it("tells a day as people write it", () => {
  expect(dayInWords(new Date("2023-08-12T23:59:59Z"))).toBe("12 Aug 2023");
  expect(dayInWords(new Date("2024-01-01T00:00:00Z"))).toBe("1 Jan 2024");
});

it.each([
  [-3, "in the future, by this machine's clock"],
  [0, "today"],
  [1, "yesterday"],
  [2, "2 days ago"],
  [45, "45 days ago"],
  [100, "3 months ago"],
  [1207, "3.3 years ago"],
])("tells %s days as %s", (days, words) => {
  expect(agoInWords(days)).toBe(words);
});

describe("how old profiles are", () => {
  it("names the day, how long ago it is, and what the forecast is for", () => {
    const day = at("2023-08-12T10:00:00");
    const { sentence, warning, days } = ageInWords({ ...read, first: day, last: day, newest: day }, now, 30);
    expect(sentence).toBe(
      "profiles read on 12 Aug 2023, 3.3 years ago; the forecast is for the 30 days after that day",
    );
    expect(warning).toMatch(/^profiles older than 30 days tell who was posting then/);
    expect(days).toBe(1207);
  });

  it("names the first and the last of several days, and goes by the first", () => {
    const [first, last] = [at("2023-05-03T10:00:00"), at("2026-11-30T10:00:00")];
    const { sentence, warning } = ageInWords({ ...read, first, last, newest: last, untold: 2 }, now, 1);
    expect(sentence).toBe(
      "profiles read from 3 May 2023 to 30 Nov 2026, the first 3.6 years ago (2 profiles without a day); the forecast is for the 1 day after the day of each",
    );
    expect(warning).not.toBeNull();
  });

  it.each([
    ["2026-12-01T00:00:00", "today", null],
    ["2026-11-30T23:59:00", "yesterday", null],
    ["2026-11-01T00:00:00", "30 days ago", null],
    ["2026-10-31T23:59:00", "31 days ago", "older than 30 days"],
  ])("warns of profiles that are older than 30 days: %s", (day, ago, warned) => {
    const moment = at(day);
    const { sentence, warning } = ageInWords({ ...read, first: moment, last: moment, newest: moment }, now);
    expect(sentence.endsWith(ago)).toBe(true);
    expect(warning === null).toBe(warned === null);
  });

  it("says so where the file does not tell", () => {
    expect(ageInWords({ ...read, newest: at("2026-11-20T00:00:00"), untold: 5 }, now, 30)).toEqual({
      sentence:
        "the file does not say when its profiles were read; its newest date is 20 Nov 2026, 11 days ago; the forecast is for the 30 days after that day",
      warning: null,
      days: 11,
    });
    expect(ageInWords({ ...read, untold: 5 }, now, 30)).toEqual({
      sentence: "the file does not say when its profiles were read",
      warning: null,
      days: null,
    });
  });
});
