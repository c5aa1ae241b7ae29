import { expect, it } from "vitest";
import { takeOut } from "./finding.ts";
import { leakyColumns, targetColumnFindings } from "./targetColumns.ts";

const engagement = { name: "engagement", inputs: ["awg_engagement_rate"] };
const creator = { name: "creator", inputs: ["posted_at", "observed_at", "awg_engagement_rate", "followers"] };

it("knows what a target was made of, its parts, and what it is a part of", () => {
  const rates = ["awg_engagement_rate", "comment_engagement_rate", "like_engagement_rate"];
  expect([...leakyColumns(engagement)].sort()).toEqual(rates);
  expect([...leakyColumns({ name: "own", inputs: ["like_engagement_rate"] })].sort()).toEqual([
    "awg_engagement_rate",
    "like_engagement_rate",
  ]);
  expect([...leakyColumns({ name: "followers >= 10000", inputs: ["followers"] })]).toEqual(["followers"]);
  for (const name of ["activity", "creator"])
    expect([...leakyColumns({ ...creator, name })].sort()).toEqual([...rates, "posted_at"]);
});

it("says for each set of columns why it leaks", () => {
  const findings = (target: typeof engagement, ...madeOf: string[][]) =>
    targetColumnFindings(
      madeOf.map((columns, i) => (columns.length === 1 && i === 0 ? columns[0] : `f${i}`)),
      madeOf,
      target,
    ).map(({ severity, message }) => `${severity}: ${message}`);
  expect(findings(engagement, ["awg_engagement_rate"], ["likes", "awg_engagement_rate"])).toEqual([
    "severe: awg_engagement_rate and f1 are made of awg_engagement_rate, which went into the target engagement.",
  ]);
  expect(findings(engagement, ["like_engagement_rate"], ["likes"], ["followers"])).toEqual([
    "severe: like_engagement_rate went into awg_engagement_rate, and that into the target engagement.",
  ]);
  expect(findings({ name: "own", inputs: ["like_engagement_rate"] }, ["x"], ["awg_engagement_rate"])).toEqual(
    [
      "severe: f1 is made of awg_engagement_rate, which has like_engagement_rate in it, and so has the target own.",
    ],
  );
  expect(
    findings(creator, ["x"], ["followers"], ["created_at", "observed_at"], ["comment_engagement_rate"]),
  ).toEqual([
    "info: f1 is made of followers, which only tells the target creator what is normal, and alone says nothing of the label.",
    "severe: f3 is made of comment_engagement_rate, which tells of posts or of the answers to them, as does the target creator.",
  ]);
});

it("takes severe features out with a sentence, or leaves them in with one", () => {
  const findings = targetColumnFindings(
    ["a", "b", "c"],
    [["awg_engagement_rate"], ["followers"], ["like_engagement_rate"]],
    engagement,
  );
  expect(takeOut(findings, { allowLeakage: false })).toEqual({
    features: ["a", "c"],
    sentences: [
      "Taken out: a. a is made of awg_engagement_rate, which went into the target engagement.",
      "Taken out: c. c is made of like_engagement_rate, which went into awg_engagement_rate, and that into the target engagement.",
    ],
  });
  expect(takeOut(findings, { allowLeakage: true })).toEqual({
    features: [],
    sentences: [
      "Left in because leakage was allowed: a and c. They give the target away, so the results say nothing of new accounts.",
    ],
  });
  expect(takeOut([], { allowLeakage: true })).toEqual({ features: [], sentences: [] });
});
