import { expect, it } from "vitest";
import {
  age,
  chance,
  cut,
  dayOf,
  handleOf,
  monthOf,
  nameOf,
  perWeek,
  postsExpected,
  share,
  shortCount,
  signedShare,
  wholeCount,
  yesNo,
} from "./format.ts";

const spaced = (text: string) => text.replaceAll("\u00a0", " ");

it.each([
  [null, "–"],
  [0, "0"],
  [999, "999"],
  [1000, "1K"],
  [12_345, "12.3K"],
  [340_000, "340K"],
  [1_250_000, "1.25M"],
  [2e9, "2B"],
])("counts %s as %s", (value, text) => {
  expect(spaced(shortCount(value))).toBe(text);
});

it.each([
  [null, "–"],
  [0.4, "less than a day"],
  [1, "1 day"],
  [59, "59 days"],
  [61, "2 months"],
  [730, "24 months"],
  [731, "2 years"],
  [900, "2.5 years"],
  [5000, "13.7 years"],
])("tells %s days as %s", (days, text) => {
  expect(spaced(age(days))).toBe(text);
});

it("tells shares with even digits, and what is unknown as a dash", () => {
  expect(spaced(share(0.06))).toBe("6.0 %");
  expect(spaced(share(0.625, 0))).toBe("63 %");
  expect([share(null), wholeCount(null), perWeek(null)]).toEqual(["–", "–", "–"]);
  expect([wholeCount(26_558), perWeek(3)]).toEqual(["26,558", "3.0"]);
  expect([yesNo(true), yesNo(false), yesNo(null)]).toEqual(["yes", "no", null]);
});

it("tells days and months in UTC", () => {
  expect(dayOf("2024-01-31T23:59:59Z")).toBe("31 Jan 2024");
  expect(monthOf(Date.UTC(2024, 0, 31, 23))).toBe("January 2024");
});

it("cuts long texts between characters, and keeps short ones", () => {
  expect(cut("short", 5)).toBe("short");
  expect(cut("longer", 5)).toBe("longe…");
  expect(cut("👩👩👩👩", 3)).toBe("👩👩👩…");
});

it("calls an account by what shows: its name, its handle, its number", () => {
  const account = { account: "handle", id: "12", person: 3, name: "A name" };
  expect(nameOf(account)).toBe("A name");
  expect(nameOf({ ...account, name: "\u200b \u202e" })).toBe("@handle");
  expect(handleOf({ ...account, account: "\u3164" })).toBe("12");
  expect(handleOf({ account: null, id: null, person: 3 })).toBe("person 3");
});

it("tells expected posts with their interval", () => {
  expect(spaced(postsExpected({ mean: 12.4, low: 5, high: 20 }) ?? "")).toBe("12 (5 to 20)");
  expect(postsExpected(null)).toBeNull();
});

it("tells changes with their sign, and nobody's chance as certain", () => {
  expect([1.062, 0.032, -0.004, 0, null].map((value) => spaced(signedShare(value)))).toEqual([
    "+106 %",
    "+3.2 %",
    "−0.4 %",
    "±0.0 %",
    "–",
  ]);
  expect([0, 0.001, 0.934, 0.999, 1].map((value) => spaced(chance(value)))).toEqual([
    "0 %",
    "1 %",
    "93 %",
    "99 %",
    "100 %",
  ]);
});
