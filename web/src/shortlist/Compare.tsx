import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Question } from "../../../src/bundle/answers.ts";
import { standsOn } from "../../../src/report/shared/answers.ts";
import { ApiError, ask } from "../api.ts";
import { age, daysAgo, perWeek, postsExpected, share, shortCount, wholeCount, yesNo } from "../format.ts";
import { Account, Theirs } from "../parts/Account.tsx";
import { Answer, Meter } from "../parts/Answers.tsx";
import { Link } from "../parts/Header.tsx";
import { Failed, Loading } from "../parts/States.tsx";
import { Contacts } from "../profile/Contacts.tsx";
import { addressOf, changeQuery } from "../route.ts";
import type { ProfileFacts } from "../types.ts";
import { withWord, wordsOf } from "./query.ts";

/** Accounts that fit side by side. */
export const MOST_COMPARED = 5;

const ROWS: readonly (readonly [string, (one: ProfileFacts) => ReactNode])[] = [
  ["How likely", ({ probability }) => <Meter value={probability} />],
  ["Still posting", (one) => answer(one, "still_posting")],
  ["Answered well", (one) => answer(one, "well_answered")],
  ["Posts expected", ({ expected_posts: expected }) => postsExpected(expected) ?? "–"],
  ["Place in the list", ({ rank }) => wholeCount(rank)],
  ["Size", ({ tier }) => tier ?? "–"],
  ["Followers", ({ followers }) => shortCount(followers)],
  ["Follows", ({ following }) => shortCount(following)],
  ["Likes", ({ likes }) => shortCount(likes)],
  ["Videos", ({ videos }) => shortCount(videos)],
  ["Engagement", (one) => share(one.engagement_rate)],
  ["Better than, of its size", (one) => share(one.engagement_percentile, 0)],
  ["Last post", (one) => daysAgo(one.days_since_last_post)],
  ["Posts a week", (one) => perWeek(one.posts_per_week)],
  ["Account age", (one) => age(one.account_age_days)],
  ["Verified", ({ verified }) => yesNo(verified) ?? "–"],
  ["Language", ({ language }) => language ?? "–"],
  ["Region", ({ region }) => region ?? "–"],
  [
    "Why",
    ({ reasons }) => (
      <ul className="plain">
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    ),
  ],
  ["To look at twice", ({ flags }) => flags.map(({ words }) => words).join("; ") || "–"],
  ["About", ({ niches }) => niches.map(({ name }) => name).join(", ") || "–"],
  ["Contacts", ({ contacts }) => <Contacts contacts={contacts} />],
  ["Biography", ({ biography }) => (biography === null ? "–" : <Theirs most={300}>{biography}</Theirs>)],
];

/** The answer to a question and what it stands on; a dash where the model does not ask it. */
function answer(one: ProfileFacts, question: Question): ReactNode {
  if (one[question] === null) return "–";
  return (
    <>
      <Answer row={one} question={question} />
      <div className="note" aria-hidden="true">
        {standsOn(one, question)}
      </div>
    </>
  );
}

/** Accounts side by side. */
export function Compare({ dataset, rows }: { dataset: string; rows: string }) {
  const [facts, setFacts] = useState<readonly ProfileFacts[] | null>(null);
  const [error, setError] = useState<string | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const controller = new AbortController();
    const asked = wordsOf(rows).slice(0, MOST_COMPARED);
    Promise.all(
      asked.map((row) =>
        ask<ProfileFacts>(`/v1/profiles/${encodeURIComponent(row)}?dataset=${encodeURIComponent(dataset)}`, {
          signal: controller.signal,
        }),
      ),
    )
      .then(setFacts)
      .catch((problem) => {
        if (!controller.signal.aborted)
          setError(problem instanceof ApiError ? problem.message : String(problem));
      });
    return () => controller.abort();
  }, [dataset, rows]);
  useEffect(() => {
    if (facts !== null) title.current?.focus();
  }, [facts]);
  const back = () => changeQuery({ compare: undefined });
  const without = (row: number) => changeQuery({ compare: withWord(rows, String(row), false) });
  return (
    <div className="compare">
      <p>
        <button type="button" className="button" onClick={back}>
          Back to the list
        </button>
      </p>
      <h1 className="page-title" ref={title} tabIndex={-1} id="compared">
        Side by side
      </h1>
      {error !== null ? (
        <Failed title="These cannot be compared" words={error} />
      ) : facts === null ? (
        <Loading what="the accounts" />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keys too
        <section className="scroll" tabIndex={0} aria-labelledby="compared">
          <table>
            <thead>
              <tr>
                <th scope="col">
                  <span className="unseen">What</span>
                </th>
                {facts.map((one) => (
                  <th scope="col" key={one.row}>
                    <Link to={addressOf(dataset, { row: one.row })}>
                      <Account row={one} />
                    </Link>
                    {facts.length > 1 && (
                      <button type="button" className="away" onClick={() => without(one.row)}>
                        Take away
                      </button>
                    )}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {ROWS.map(([name, show]) => {
                const shown = facts.map((one) => ({ row: one.row, content: show(one) }));
                // What is known of none of them, a language that the file does not tell, is no row.
                if (shown.every(({ content }) => content === "–")) return null;
                return (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    {shown.map(({ row, content }) => (
                      <td key={row}>{content}</td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}
