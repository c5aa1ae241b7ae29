import { useEffect, useState } from "react";
import { countOf } from "../../../src/base/words.ts";
import { Fact } from "../../../src/report/shared/Fact.tsx";
import { Thousand } from "../../../src/report/shared/Thousand.tsx";
import { useAsk } from "../api.ts";
import type { ImportFacts } from "../files/types.ts";
import { chance, handleOf, share, shortCount, wholeCount } from "../format.ts";
import { Button } from "../parts/Button.tsx";
import { Link } from "../parts/Header.tsx";
import { Theirs } from "../parts/Theirs.tsx";
import type { PeoplePage } from "../people/types.ts";
import { changeQuery, placeAddress } from "../route.ts";
import { Curves } from "./Curves.tsx";
import { askedThreshold, lowestCost, lowestFor, nearest, type Results, thousandAt } from "./policies.ts";

/** People that are shown while the slider is dragged. */
const SHOWN = 8;
/** Milliseconds that the slider has to rest before the list is asked for. */
const REST = 150;

/**
 * A threshold to drag: precision, recall, F1, how many are picked and the first of them follow. It is kept in the
 * address.
 */
export function ThresholdSlider({
  file,
  results,
  query,
}: {
  file: ImportFacts;
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
            className="btn"
            title={explanation}
            aria-pressed={value === threshold}
            onClick={() => setThreshold(value)}
          >
            {name}
          </button>
        ))}
        <span className="choice">
          <Button onPress={() => setThreshold(lowestCost(table, price, results.target.positive_rate))}>
            A missed one costs
          </Button>
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
          <Button onPress={() => setThreshold(lowestFor(table, queue / file.rows))}>We can write to</Button>
          <input
            type="number"
            min={1}
            max={file.rows}
            value={queue}
            aria-label="How many people can be written to"
            onChange={(event) => setQueue(Math.max(1, Math.round(Number(event.target.value))))}
          />{" "}
          people
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
        <First file={file} threshold={rested} />
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

/** How many people of the file are picked, and the first of them. */
function First({ file, threshold }: { file: ImportFacts; threshold: number }) {
  const picked = `imports=${file.import}&min_probability=${threshold}&statuses=all`;
  const { answer } = useAsk<PeoplePage>(`/v1/people?${picked}&sort=probability:desc&limit=${SHOWN}`);
  const [kept, setKept] = useState(answer);
  useEffect(() => {
    if (answer !== null) setKept(answer);
  }, [answer]);
  if (kept === null) return null;
  return (
    <div className="first">
      <h3>
        {wholeCount(kept.total)} of the {countOf(file.rows, "person", "people")} in this file
      </h3>
      {kept.rows.length === 0 ? (
        <p className="note">Nobody is this likely. Drag the threshold to the left.</p>
      ) : (
        <ol>
          {kept.rows.map((one) => (
            <li key={one.person}>
              <Link to={placeAddress("people", one.person)}>
                <Theirs>{handleOf(one)}</Theirs>
              </Link>{" "}
              <span className="note">
                {chance(one.probability)}, {shortCount(one.followers)} followers
              </span>
            </li>
          ))}
        </ol>
      )}
      <p className="note">
        As your list of people has it; the curves are those of the model that the study trained.
      </p>
      <p>
        <Link to={placeAddress("people", null, `?${picked}`)} className="btn">
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
