import { describe, expect, it } from "vitest";
import { answeredInWords, latePostsInWords, paceInWords, postingInWords } from "./sentences.ts";

describe("paceInWords", () => {
  it.each([
    [28, "about 4 a day"],
    [10.5, "about 2 a day"],
    [10.4, "about once a day"],
    [6.5, "about once a day"],
    [6.4, "about 6 a week"],
    [3.2, "about 3 a week"],
    [1.4, "about once a week"],
    [0.75, "about once a week"],
    [0.74, "about 3 a month"],
    [0.2, "about once a month"],
    [0.17, "less than once a month"],
  ])("of %d posts a week is %s", (pace, words) => expect(paceInWords(pace)).toBe(words));
});

describe("postingInWords", () => {
  const facts = { days_since_last_post: 2.6, posts_per_week: 3, unusually_silent: false };

  it("tells the last post and the pace, or the silence", () => {
    expect(postingInWords(facts)).toBe("posted 2 days ago, about 3 a week");
    expect(postingInWords({ ...facts, days_since_last_post: 0.9 })).toBe(
      "posted within a day, about 3 a week",
    );
    expect(postingInWords({ ...facts, posts_per_week: null })).toBe("posted 2 days ago, the only post known");
    expect(postingInWords({ ...facts, days_since_last_post: 244, unusually_silent: true })).toBe(
      "last post 8 months ago, silent for longer than usual",
    );
  });
});

describe("latePostsInWords", () => {
  it("says where there may be more", () => {
    expect(latePostsInWords({ posts_last_30_days: 1, or_more: false })).toBe("1 post in the last 30 days");
    expect(latePostsInWords({ posts_last_30_days: 35, or_more: true })).toBe(
      "35 posts or more in the last 30 days",
    );
  });
});

describe("answeredInWords", () => {
  it.each([
    [0.81, "answered better than 81 % of accounts of this size", "for"],
    [0.29, "answered less well than 71 % of accounts of this size", "against"],
    [0.55, "answered as is usual for accounts of this size", "neither"],
    [0.45, "answered as is usual for accounts of this size", "neither"],
    [0.56, "answered better than 56 % of accounts of this size", "for"],
    [0.44, "answered less well than 56 % of accounts of this size", "against"],
    [0.999, "answered better than 99 % of accounts of this size", "for"],
    [1, "answered better than 99 % of accounts of this size", "for"],
    [0, "answered less well than 99 % of accounts of this size", "against"],
  ])("of %d says %s", (share, words, speaks) => expect(answeredInWords(share)).toEqual({ words, speaks }));
});
