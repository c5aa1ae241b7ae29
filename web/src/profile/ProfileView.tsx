import { useState } from "react";
import { standsOn } from "../../../src/report/shared/answers.ts";
import { useAsk } from "../api.ts";
import {
  age,
  chance,
  cut,
  dayOf,
  daysAgo,
  handleOf,
  nameOf,
  perWeek,
  postsExpected,
  share,
  shortCount,
  wholeCount,
  yesNo,
} from "../format.ts";
import { Account, Theirs } from "../parts/Account.tsx";
import { Answer, Meter } from "../parts/Answers.tsx";
import { Fact } from "../parts/Fact.tsx";
import { Link } from "../parts/Header.tsx";
import { Section } from "../parts/Section.tsx";
import { Failed, Loading, NotThere } from "../parts/States.tsx";
import { addressOf } from "../route.ts";
import { besideInList } from "../shortlist/pages.ts";
import type { DatasetFacts } from "../types.ts";
import "../shortlist/shortlist.css";
import "./profile.css";
import type { ProfileFacts } from "../types.ts";
import { bioAddress, webAddress } from "./addresses.ts";
import { Contacts } from "./Contacts.tsx";
import { Timeline } from "./Timeline.tsx";
import { Why } from "./Why.tsx";

/** Characters of a biography that are shown; no platform allows as many. */
const MOST_BIOGRAPHY = 5000;

/** All about an account: facts, posts, why, contacts, accounts like it. */
export function ProfileView({ dataset, row }: { dataset: DatasetFacts; row: number }) {
  const { ready } = dataset;
  const { answer, error, again } = useAsk<ProfileFacts>(
    ready.shortlist ? `/v1/profiles/${row}?dataset=${encodeURIComponent(dataset.id)}` : null,
  );
  if (!ready.shortlist) {
    return (
      <NotThere
        dataset={dataset}
        coming="Loading the accounts…"
        title="The accounts were not ranked"
        words="Open the file again from the start."
      />
    );
  }
  if (error !== null) {
    return (
      <Failed
        title={error.status === 404 ? "There is no such account" : "The account cannot be shown"}
        words={error.status === 404 ? "Go back to the shortlist and choose one." : error.message}
        {...(error.status === 404 ? {} : { again })}
      >
        <Link to={addressOf(dataset.id, "shortlist")} className="button">
          To the shortlist
        </Link>
      </Failed>
    );
  }
  if (answer === null) return <Loading what="the account" />;
  return <Shown dataset={dataset} profile={answer} />;
}

function Shown({ dataset, profile }: { dataset: DatasetFacts; profile: ProfileFacts }) {
  const { biography, bio_link, contacts, niches, explanation, like_this, posted_at, observed_at } = profile;
  const link = bioAddress(bio_link);
  return (
    <article className="profile">
      <Steps dataset={dataset} row={profile.row} />
      <Top profile={profile} />
      <div className="two">
        <Section id="about" title="Biography">
          {biography === null || biography.trim() === "" ? (
            <p className="note">There is none.</p>
          ) : (
            <p className="biography card" dir="auto">
              {cut(biography, MOST_BIOGRAPHY)}
            </p>
          )}
          {bio_link !== null && (
            <p>
              <span className="note">Link: </span>
              {link === null ? (
                <Theirs most={200}>{bio_link}</Theirs>
              ) : (
                <a href={link} rel="noopener noreferrer" target="_blank">
                  <Theirs most={80}>{bio_link}</Theirs>
                </a>
              )}
            </p>
          )}
          {niches.length > 0 && (
            <p className="niches">
              {niches.map(({ name, words }) => (
                <span key={name} title={words.join(", ")}>
                  {name}
                </span>
              ))}
            </p>
          )}
        </Section>
        <Section id="contacts" title="Contacts">
          <Contacts contacts={contacts} />
        </Section>
      </div>
      <Section id="facts" title="Facts">
        <Facts profile={profile} />
      </Section>
      <Section id="posts" title="Posts">
        <Timeline posts={posted_at} until={observed_at} />
      </Section>
      {explanation !== null && <WhyThisNumber probability={profile.probability} explanation={explanation} />}
      {like_this.length > 0 && (
        <Section id="like" title="Accounts like this one">
          <ul className="like">
            {like_this.map((other) => (
              <li key={other.row}>
                <Link to={addressOf(dataset.id, { row: other.row })}>
                  <Account row={other} />
                </Link>
                <Meter value={other.probability} />
                <span className="note">{shortCount(other.followers)} followers</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </article>
  );
}

/** Back to the list, and to the accounts beside this one in it. */
function Steps({ dataset, row }: { dataset: DatasetFacts; row: number }) {
  const { previous, next } = besideInList(dataset.id, row);
  return (
    <nav className="steps" aria-label="Accounts">
      <Link to={addressOf(dataset.id, "shortlist")} className="button">
        Back to the list
      </Link>
      {previous !== undefined && (
        <Link to={addressOf(dataset.id, { row: previous.row })} className="button">
          ← Previous
        </Link>
      )}
      {next !== undefined && (
        <Link to={addressOf(dataset.id, { row: next.row })} className="button">
          Next →
        </Link>
      )}
    </nav>
  );
}

function Top({ profile }: { profile: ProfileFacts }) {
  const address = profile.url === null ? null : webAddress(profile.url);
  const handle = handleOf(profile);
  return (
    <header className="top">
      <h1 className="page-title">
        <Theirs most={200}>{nameOf(profile)}</Theirs>
      </h1>
      <p>
        {address === null ? (
          <Theirs>{handle}</Theirs>
        ) : (
          <a href={address} rel="noopener noreferrer" target="_blank">
            <Theirs>{handle}</Theirs> on TikTok
          </a>
        )}
      </p>
      <Said profile={profile} />
    </header>
  );
}

/** What the model says: the number, the two answers and what they stand on, reasons, what to look at twice. */
function Said({ profile }: { profile: ProfileFacts }) {
  const { probability, rank, reasons, flags, still_posting, well_answered } = profile;
  const expected = postsExpected(profile.expected_posts);
  return (
    <>
      <dl className="facts said">
        <Fact
          name="How likely"
          value={<Meter value={probability} />}
          note={`number ${wholeCount(rank)} of all`}
        />
        {still_posting !== null && (
          <Fact
            name="Still posting"
            value={<Answer row={profile} question="still_posting" />}
            note={standsOn(profile, "still_posting")}
          />
        )}
        {well_answered !== null && (
          <Fact
            name="Answered well"
            value={<Answer row={profile} question="well_answered" />}
            note={standsOn(profile, "well_answered")}
          />
        )}
        {expected !== null && <Fact name="Posts expected" value={expected} note="in the 30 days after" />}
      </dl>
      {reasons.length > 0 && (
        <ul className="reasons">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {flags.length > 0 && (
        <div className="twice">
          <h2>To look at twice</h2>
          <ul>
            {flags.map(({ name, words }) => (
              <li key={name}>{words}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

/** Where the number comes from, for whoever asks. */
function WhyThisNumber({
  probability,
  explanation,
}: {
  probability: number;
  explanation: NonNullable<ProfileFacts["explanation"]>;
}) {
  const [open, setOpen] = useState(false);
  return (
    <section aria-labelledby={open ? "why-title" : undefined}>
      <button type="button" className="button" aria-expanded={open} onClick={() => setOpen((was) => !was)}>
        Why this number
      </button>
      {open && (
        <>
          <h2 id="why-title">Why {chance(probability)}?</h2>
          <Why explanation={explanation} />
        </>
      )}
    </section>
  );
}

function Facts({ profile }: { profile: ProfileFacts }) {
  const { tier, followers, following, likes, videos, verified, language, region, created_at } = profile;
  const days = profile.days_since_last_post;
  return (
    <dl className="facts">
      <Fact name="Followers" value={shortCount(followers)} note={tier ?? "size unknown"} />
      <Fact name="Follows" value={shortCount(following)} />
      <Fact name="Likes" value={shortCount(likes)} />
      <Fact name="Videos" value={shortCount(videos)} />
      <Fact
        name="Engagement"
        value={share(profile.engagement_rate)}
        note={
          profile.engagement_percentile === null
            ? ""
            : `better than ${share(profile.engagement_percentile, 0)} of its size`
        }
      />
      <Fact
        name="Last post"
        value={daysAgo(days)}
        note={
          profile.last_post === null
            ? "no dated posts in the file"
            : `${dayOf(profile.last_post)}, as of the file`
        }
      />
      <Fact name="Posts a week" value={perWeek(profile.posts_per_week)} />
      <Fact
        name="Account age"
        value={age(profile.account_age_days)}
        note={created_at === null ? "" : `since ${dayOf(created_at)}`}
      />
      <Fact name="Verified" value={yesNo(verified) ?? "–"} />
      <Fact name="Language" value={<Theirs most={40}>{language ?? "–"}</Theirs>} />
      <Fact name="Region" value={<Theirs most={40}>{region ?? "–"}</Theirs>} />
      {profile.private === true && <Fact name="Private" value="yes" />}
    </dl>
  );
}
