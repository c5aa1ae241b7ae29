import { type ReactNode, useEffect, useState } from "react";
import { standsOn } from "../../../src/report/shared/answers.ts";
import { ask, useAsk } from "../api.ts";
import { useMedia } from "../display.ts";
import {
  age,
  chance,
  cut,
  dayOf,
  handleOf,
  nameOf,
  perWeek,
  postsExpected,
  share,
  shortCount,
  yesNo,
} from "../format.ts";
import { Button, IconButton } from "../parts/Button.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { Link } from "../parts/Header.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Item, Menu } from "../parts/Menu.tsx";
import { Failed, Loading } from "../parts/States.tsx";
import { tell, tellTrouble } from "../parts/Toast.tsx";
import { peopleGone, watchPeople } from "../people/api.ts";
import { beforeRead, Meter } from "../people/columns.tsx";
import { Who } from "../people/Line.tsx";
import type { PersonFacts, PersonRow } from "../people/types.ts";
import { placeAddress } from "../route.ts";
import { bioAddress, webAddress } from "./addresses.ts";
import { Contacts } from "./Contacts.tsx";
import { Growth } from "./Growth.tsx";
import { Marks } from "./Marks.tsx";
import { Timeline } from "./Timeline.tsx";
import { Why } from "./Why.tsx";
import "./panel.css";

/** Characters of a biography that are shown; no platform allows as many. */
const MOST_BIOGRAPHY = 5000;

/** A person beside the list; over all of it where there is no room beside. */
export function Panel({
  person,
  close,
  tags,
}: {
  person: number;
  close: () => void;
  tags: readonly string[];
}) {
  const over = useMedia("(max-width: 900px)");
  const content = <Person person={person} close={close} tags={tags} />;
  if (over) {
    return (
      <Dialog title="Person" shape="side" bare isOpen close={close}>
        {content}
      </Dialog>
    );
  }
  return (
    <aside className="panel" aria-label="Person">
      {content}
    </aside>
  );
}

interface PersonProps {
  readonly person: number;
  readonly close: () => void;
  readonly tags: readonly string[];
}

function Person({ person, close, tags }: PersonProps) {
  const { answer, error, again } = useAsk<PersonFacts>(`/v1/people/${person}`);
  const [patch, setPatch] = useState<PersonRow | null>(null);
  useEffect(
    () =>
      watchPeople((news) => {
        const mine = news?.find((row) => row.person === person);
        if (mine !== undefined) setPatch(mine);
        // The history has grown.
        again();
      }),
    [person],
  );
  if (error !== null) {
    const gone = error.status === 404;
    return (
      <Failed
        title={gone ? "There is no such person" : "The person cannot be shown"}
        words={gone ? "They may have been forgotten." : error.message}
        {...(gone ? {} : { again })}
      >
        <Button onPress={close}>Back to the list</Button>
      </Failed>
    );
  }
  if (answer === null) return <Loading what="the person" />;
  const newer = patch !== null && patch.version >= answer.version ? patch : {};
  return <Shown facts={{ ...answer, ...newer }} close={close} tags={tags} />;
}

function Shown({ facts, close, tags }: { facts: PersonFacts } & Omit<PersonProps, "person">) {
  const { biography, bio_link, contacts, explanation, like_this, history, forecasts } = facts;
  const link = bioAddress(bio_link);
  return (
    <article className="person-panel">
      <Top facts={facts} close={close} />
      <Said facts={facts} />
      <Marks row={facts} tags={tags} />
      <Part title="Contacts">
        <Contacts contacts={contacts} />
      </Part>
      <Part title="Facts">
        <Facts facts={facts} />
      </Part>
      <Growth series={facts.series} growth={facts.growth} />
      <Part title="Posts">
        <Timeline posts={facts.posted_at} until={facts.read_at} />
      </Part>
      {biography !== null && biography.trim() !== "" && (
        <Part title="In their own words">
          <p className="biography" dir="auto">
            {cut(biography, MOST_BIOGRAPHY)}
          </p>
          {bio_link !== null &&
            (link === null ? (
              <bdi>{cut(bio_link, 200)}</bdi>
            ) : (
              <a href={link} rel="noopener noreferrer" target="_blank">
                <bdi>{cut(bio_link, 80)}</bdi>
              </a>
            ))}
        </Part>
      )}
      {like_this.length > 0 && (
        <Part title="People alike">
          <ul className="alike plain-list">
            {like_this.map((other) => (
              <li key={other.person}>
                <Link to={placeAddress("people", other.person, location.search)}>
                  <Who row={other} />
                </Link>
                <span className="note">{other.because.join(", ")}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {explanation !== null && (
        <details>
          <summary>Where {chance(facts.probability)} comes from</summary>
          <Why explanation={explanation} />
        </details>
      )}
      {forecasts.some(({ came_true }) => came_true !== null) && (
        <Part title="What was forecast before">
          <ul className="plain-list">
            {forecasts.map(({ import: file, model, read_at, still_posting, came_true }) =>
              came_true === null ? null : (
                <li key={`${file} ${model}`}>
                  {read_at !== null && `${dayOf(read_at)}: `}
                  {chance(still_posting)} to go on posting, and {came_true ? "did" : "did not"}
                </li>
              ),
            )}
          </ul>
        </Part>
      )}
      {history.length > 0 && (
        <Part title="History">
          <ol className="history plain-list">
            {history.map(({ change, at, words }) => (
              <li key={change}>
                <bdi>{words}</bdi> <span className="note inline">{dayOf(at)}</span>
              </li>
            ))}
          </ol>
        </Part>
      )}
    </article>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Top({ facts, close }: { facts: PersonFacts; close: () => void }) {
  const address = facts.url === null ? null : webAddress(facts.url);
  const handle = handleOf(facts);
  const [asking, setAsking] = useState(false);
  return (
    <header>
      <div className="names">
        <h2>
          <bdi>{cut(nameOf(facts), 200)}</bdi>
        </h2>
        {address === null ? (
          <bdi className="note">{handle}</bdi>
        ) : (
          <a href={address} rel="noopener noreferrer" target="_blank">
            <bdi>{handle}</bdi> <Icon name="open" size={12} />
            <span className="unseen">on TikTok</span>
          </a>
        )}
      </div>
      <Menu
        label="More"
        trigger={
          <IconButton label="More">
            <Icon name="more" />
          </IconButton>
        }
        onAction={() => setAsking(true)}
      >
        <Item id="forget">Forget this person…</Item>
      </Menu>
      <IconButton label="Close" hint="Esc" onPress={close}>
        <Icon name="close" />
      </IconButton>
      <Dialog title="Forget this person?" isOpen={asking} close={() => setAsking(false)}>
        <p>
          Everything kept about <bdi>{cut(nameOf(facts), 60)}</bdi> goes: what was read, notes, tags, lists,
          history. It cannot be taken back.
        </p>
        <div className="actions">
          <Button onPress={() => setAsking(false)}>Keep</Button>
          <Button look="danger" onPress={() => void forget(facts, close)}>
            Forget
          </Button>
        </div>
      </Dialog>
    </header>
  );
}

async function forget(facts: PersonFacts, close: () => void): Promise<void> {
  const name = cut(nameOf(facts), 60);
  close();
  tell(`Forgetting ${name}: the file is written anew, which takes a while with many people…`, {
    stays: true,
  });
  try {
    await ask(`/v1/people/${facts.person}?version=${facts.version}`, { method: "DELETE" });
    peopleGone();
    tell(`${name} is forgotten.`);
  } catch (error) {
    tellTrouble(error instanceof Error ? error.message : String(error));
  }
}

/** What is forecast, what that stands on, and why. */
function Said({ facts }: { facts: PersonFacts }) {
  const { still_posting, well_answered, probability, reasons, flags } = facts;
  return (
    <div className="said">
      {still_posting === null && well_answered === null ? (
        <Answer name="How likely" value={probability} note="" />
      ) : (
        <>
          <Answer name="Goes on posting" value={still_posting} note={standsOn(facts, "still_posting")} />
          <Answer name="Answered well" value={well_answered} note={standsOn(facts, "well_answered")} />
        </>
      )}
      <ul className="plain-list reasons">
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      {flags.length > 0 && (
        <ul className="plain-list twice" aria-label="To look at twice">
          {flags.map(({ name, words }) => (
            <li key={name}>
              <Icon name="flag" /> {words}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Answer({ name, value, note }: { name: string; value: number | null; note: string }) {
  return (
    <div className="answer">
      <span className="name">{name}</span>
      <Meter value={value} />
      <span className="note">{note}</span>
    </div>
  );
}

function Facts({ facts }: { facts: PersonFacts }) {
  const lines: readonly (readonly [string, ReactNode])[] = [
    ["Followers", `${shortCount(facts.followers)}${facts.tier === null ? "" : ` · ${facts.tier}`}`],
    [
      "Engagement",
      facts.engagement_percentile === null
        ? share(facts.engagement_rate)
        : `${share(facts.engagement_rate)} · better than ${share(facts.engagement_percentile, 0)} of accounts of its size`,
    ],
    [
      "Last post",
      facts.last_post === null
        ? "unknown"
        : `${dayOf(facts.last_post)}, ${beforeRead(facts.days_since_last_post)}`,
    ],
    ["Posts a week", perWeek(facts.posts_per_week)],
    ["Posts to come", postsExpected(facts.expected_posts) ?? "–"],
    ["Likes", shortCount(facts.likes)],
    ["Videos", shortCount(facts.videos)],
    ["Follows", shortCount(facts.following)],
    ["Account age", age(facts.account_age_days)],
    ["About", facts.niches.join(", ") || "–"],
    ["Language", facts.language ?? "–"],
    ["Country", facts.region ?? "–"],
    ["Verified", yesNo(facts.verified) ?? "–"],
    ...(facts.private === true ? ([["Private", "yes"]] as const) : []),
    ["Read on", facts.read_at === null ? "unknown" : dayOf(facts.read_at)],
  ];
  return (
    <dl className="properties">
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{typeof value === "string" ? <bdi>{cut(value, 80)}</bdi> : value}</dd>
        </div>
      ))}
    </dl>
  );
}
