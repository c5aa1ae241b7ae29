import { useEffect, useState } from "react";
import { keepToken, LOCKED } from "./api.ts";
import { FilesView } from "./files/FilesView.tsx";
import { ImportView } from "./files/ImportView.tsx";
import { ForecastsView } from "./forecasts/ForecastsView.tsx";
import { Button } from "./parts/Button.tsx";
import { Header, Link } from "./parts/Header.tsx";
import { Failed } from "./parts/States.tsx";
import { Toasts } from "./parts/Toast.tsx";
import { PeopleView } from "./people/PeopleView.tsx";
import { type Place, placeAddress, usePlace } from "./route.ts";
import { ImportStudy, StudyChoice } from "./study/StudyPlace.tsx";

/** The parts of the page, as its head and the browser's tab name them. */
const TITLES = { people: "People", files: "Files", study: "Study", forecasts: "Forecasts" } as const;

/** The whole page. */
export function App() {
  const place = usePlace();
  const locked = useLocked();
  const shown = locked ? null : (place?.place ?? null);
  useEffect(() => {
    document.title = shown === null ? "Influencer Insights" : `${TITLES[shown]} · Influencer Insights`;
  }, [shown]);
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <Header titles={locked ? {} : TITLES} current={shown} />
      <main id="main" tabIndex={-1} className={`place place-${shown}`}>
        {locked ? <Token /> : place === null ? <Nowhere /> : <PlaceView place={place} />}
      </main>
      <Toasts />
    </>
  );
}

function PlaceView({ place: { place, number, query } }: { place: Place }) {
  if (place === "people") return <PeopleView person={number} query={query} />;
  if (place === "files") return number === null ? <FilesView /> : <ImportView key={number} number={number} />;
  if (place === "forecasts") return <ForecastsView />;
  return number === null ? <StudyChoice /> : <ImportStudy key={number} number={number} query={query} />;
}

function Nowhere() {
  return (
    <Failed
      heading="h1"
      title="There is nothing at this address"
      words="It was mistyped, or leads to what is gone."
    >
      <Link to={placeAddress("people")} className="btn">
        To the people
      </Link>
    </Failed>
  );
}

/** Whether the server has asked for a token. */
function useLocked(): boolean {
  const [locked, setLocked] = useState(false);
  useEffect(() => {
    const lock = () => setLocked(true);
    addEventListener(LOCKED, lock);
    return () => removeEventListener(LOCKED, lock);
  }, []);
  return locked;
}

/** Asks for the token that the server wants; it is kept until the tab is closed. */
function Token() {
  return (
    <form
      className="view token"
      onSubmit={(event) => {
        event.preventDefault();
        keepToken(String(new FormData(event.currentTarget).get("token")).trim());
        location.reload();
      }}
    >
      <h1>This server asks for a token</h1>
      <p>Whoever started it gave it one (--token, or INSIGHTS_TOKEN).</p>
      <p>
        <label>
          Token <input name="token" type="password" autoComplete="off" required />
        </label>{" "}
        <Button type="submit" look="primary">
          Open
        </Button>
      </p>
    </form>
  );
}
