import { useEffect, useState } from "react";
import { Thousand } from "../../../src/report/shared/Thousand.tsx";
import { useAsk } from "../api.ts";
import { chance, share, shortCount, wholeCount } from "../format.ts";
import { Fact } from "../parts/Fact.tsx";
import { Link } from "../parts/Header.tsx";
import { changeQuery } from "../route.ts";
import type { ListedRow } from "../types.ts";
import { Curves } from "./Curves.tsx";
import { askedThreshold, lowestCost, nearest, type Results, thousandAt } from "./policies.ts";

/** Accounts of the list that are shown while the slider is dragged. */
const SHOWN = 8;
/** Milliseconds that the slider has to rest before the list is asked for. */
const REST = 150;

/** Who was studied, and where they are listed. */
export interface StudiedList {
  /** How many accounts the file has. */
  readonly of: number | null;
  /** Where the API lists them, the first first; null where it does not. */
  readonly path: string | null;
  /** Where the page lists them with some words: `min_probability`, `top`. */
  readonly address: (words: Readonly<Record<string, string>>) => string;
  /** Where the page shows one of them. */
  readonly addressOf: (account: Studied) => string;
}

/** An account of that list. */
export type Studied = Pick<ListedRow, "account" | "id" | "probability" | "followers">;

/**
 * A threshold to drag: precision, recall, F1, the accounts selected and the first of the shortlist follow. It is kept in the
 * address.
 */
export function ThresholdSlider({
  list,
  results,
  query,
}: {
  list: StudiedList;
  results: Results;
  query: URLSearchParams;
}) {
  const { table, choices } = results.thresholds;
  const [threshold, setThreshold] = useState(askedThreshold(query) ?? results.threshold.value);
  const rested = useRested(threshold);
  useEffect(() => {
    changeQuery({ threshold: String(rested) }, { replace: true });
  }, [rested]);
  const at = nearest(table.threshold, threshold);
  const thousand = thousandAt(table, at, results.target.positive_rate);
  const [price, setPrice] = useState(5);
  const [queue, setQueue] = useState(50);

  return (
    <div className="threshold card">
      <label htmlFor="slider">
        Write to accounts with a probability of at least <output htmlFor="slider">{share(threshold)}</output>
      </label>
      <input
        id="slider"
        type="range"
        min={0}
        max={1}
        step={0.01}
        value={threshold}
        aria-valuetext={share(threshold)}
        onChange={(event) => setThreshold(Number(event.target.value))}
      />
      <fieldset className="policies">
        <legend className="unseen">Ways to choose it</legend>
        {choices.map(({ name, value, explanation }) => (
          <button
            key={name}
            type="button"
            className="button"
            title={explanation}
            aria-pressed={value === threshold}
            onClick={() => setThreshold(value)}
          >
            {name}
          </button>
        ))}
        <span className="choice">
          <button
            type="button"
            className="button"
            onClick={() => setThreshold(lowestCost(table, price, results.target.positive_rate))}
          >
            A missed one costs
          </button>
          <input
            type="number"
            min={0.1}
            max={1000}
            step={0.1}
            value={price}
            aria-label="How many wrong ones a missed one costs"
            onChange={(event) => setPrice(Math.max(0.1, Number(event.target.value)))}
          />{" "}
          wrong ones
        </span>
        <span className="choice">
          <Link to={list.address({ top: String(queue) })} className="button">
            We can write to
          </Link>
          <input
            type="number"
            min={1}
            max={5000}
            value={queue}
            aria-label="How many accounts can be written to"
            onChange={(event) =>
              setQueue(Math.min(5000, Math.max(1, Math.round(Number(event.target.value)))))
            }
          />{" "}
          accounts
        </span>
      </fieldset>
      <dl className="facts" aria-live="polite">
        <Measure name="Precision" note="of those picked are creators" value={table.precision[at]} />
        <Measure name="Recall" note="of the creators are picked" value={table.recall[at]} />
        <Measure name="F1" note="balance of the two" value={table.f1[at]} />
        <Measure name="Picked" note="of all accounts" value={table.queue_rate[at]} />
      </dl>
      <div className="seen">
        <div>
          <Curves table={table} at={at} />
          {thousand !== null && (
            <>
              <h3>Of 1,000 accounts like these</h3>
              <Thousand counts={thousand} />
            </>
          )}
        </div>
        {list.path !== null && <First list={list} path={list.path} threshold={rested} />}
      </div>
    </div>
  );
}

function Measure({
  name,
  note,
  value = null,
}: {
  name: string;
  note: string;
  value: number | null | undefined;
}) {
  return <Fact name={name} value={share(value)} note={note} />;
}

/** How many accounts of the file are picked, and the first of them. */
function First({ list, path, threshold }: { list: StudiedList; path: string; threshold: number }) {
  const { answer } = useAsk<{ total: number; rows: readonly Studied[] }>(
    `${path}&limit=${SHOWN}&min_probability=${threshold}`,
  );
  const [kept, setKept] = useState(answer);
  useEffect(() => {
    if (answer !== null) setKept(answer);
  }, [answer]);
  if (kept === null) return null;
  return (
    <div className="first">
      <h3>
        {wholeCount(kept.total)} of the {wholeCount(list.of)} people in this file
      </h3>
      {kept.rows.length === 0 ? (
        <p className="note">Nobody is this likely. Drag the threshold to the left.</p>
      ) : (
        <ol>
          {kept.rows.map((one) => (
            <li key={list.addressOf(one)}>
              <Link to={list.addressOf(one)}>{one.account ?? one.id ?? "unknown"}</Link>{" "}
              <span className="note">
                {chance(one.probability)}, {shortCount(one.followers)} followers
              </span>
            </li>
          ))}
        </ol>
      )}
      <p>
        <Link to={list.address({ all: "1", min_probability: String(threshold) })} className="button">
          See them all
        </Link>
      </p>
    </div>
  );
}

/** A value once it has rested. */
function useRested(value: number): number {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
