import { type ReactNode, useEffect, useState } from "react";
import { standsOn } from "../../../src/report/shared/answers.ts";
import { ApiError, ask } from "../api.ts";
import { age, cut, dayOf, perWeek, postsExpected, share, shortCount, signedShare, yesNo } from "../format.ts";
import { Dialog } from "../parts/Dialog.tsx";
import { Failed, Loading } from "../parts/States.tsx";
import { Meter } from "./columns.tsx";
import { Who } from "./Line.tsx";
import { STATUS_WORDS } from "./Status.tsx";
import type { PersonFacts } from "./types.ts";

const theirs = (text: string | null, most = 60): ReactNode =>
  text === null || text === "" ? "–" : <bdi>{cut(text, most)}</bdi>;

const ROWS: readonly (readonly [string, (one: PersonFacts) => ReactNode])[] = [
  ["Goes on posting", (one) => <Meter value={one.still_posting} title={standsOn(one, "still_posting")} />],
  ["Answered well", (one) => <Meter value={one.well_answered} title={standsOn(one, "well_answered")} />],
  ["Why", ({ reasons }) => reasons.join("; ")],
  ["To look at twice", ({ flags }) => flags.map(({ words }) => words).join("; ") || "–"],
  ["Status", ({ status }) => STATUS_WORDS[status]],
  ["Followers", ({ followers }) => shortCount(followers)],
  ["Growth in 30 days", ({ growth }) => signedShare(growth?.followers_rate ?? null)],
  ["Engagement", (one) => share(one.engagement_rate)],
  [
    "Answered better than",
    ({ engagement_percentile: better }) =>
      better === null ? "–" : `${share(better, 0)} of accounts of its size`,
  ],
  ["Last post", ({ last_post }) => (last_post === null ? "–" : dayOf(last_post))],
  ["Posts a week", (one) => perWeek(one.posts_per_week)],
  ["Posts to come", (one) => postsExpected(one.expected_posts) ?? "–"],
  ["Account age", (one) => age(one.account_age_days)],
  ["Verified", ({ verified }) => yesNo(verified) ?? "–"],
  ["Language", ({ language }) => theirs(language)],
  ["Country", ({ region }) => theirs(region)],
  ["About", ({ niches }) => niches.join(", ") || "–"],
  ["Contacts", ({ contacts }) => theirs(contacts.map(({ value }) => value).join(", "), 200)],
  ["In their own words", ({ biography }) => theirs(biography, 300)],
];

/** A few people side by side. */
export function Compare({ people, close }: { people: readonly number[]; close: () => void }) {
  const [facts, setFacts] = useState<readonly PersonFacts[] | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    setFacts(null);
    setError(null);
    if (people.length === 0) return;
    const controller = new AbortController();
    Promise.all(
      people.map((person) => ask<PersonFacts>(`/v1/people/${person}`, { signal: controller.signal })),
    )
      .then(setFacts)
      .catch((problem) => {
        if (!controller.signal.aborted)
          setError(problem instanceof ApiError ? problem.message : String(problem));
      });
    return () => controller.abort();
  }, [people]);
  return (
    <Dialog title="Side by side" shape="wide" isOpen={people.length > 0} close={close}>
      {error !== null ? (
        <Failed title="These cannot be compared" words={error} />
      ) : facts === null ? (
        <Loading what="the people" />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keys too
        <section className="compared" tabIndex={0} aria-label="Side by side">
          <table>
            <thead>
              <tr>
                <td />
                {facts.map((one) => (
                  <th key={one.person} scope="col">
                    <Who row={one} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {ROWS.map(([title, show]) => (
                <tr key={title}>
                  <th scope="row">{title}</th>
                  {facts.map((one) => (
                    <td key={one.person}>{show(one)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Dialog>
  );
}
