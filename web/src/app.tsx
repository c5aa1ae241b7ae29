import { type ReactNode, useEffect, useState } from "react";
import { keepToken, LOCKED, useAsk } from "./api.ts";
import { FileView } from "./data/FileView.tsx";
import { FilesView } from "./files/FilesView.tsx";
import { ImportView } from "./files/ImportView.tsx";
import { ForecastsView } from "./forecasts/ForecastsView.tsx";
import { Header } from "./parts/Header.tsx";
import { Failed, Loading } from "./parts/States.tsx";
import { Toasts } from "./parts/Toast.tsx";
import { PeopleView } from "./people/PeopleView.tsx";
import { ProfileView } from "./profile/ProfileView.tsx";
import { type Place, type Route, usePlace, useRoute } from "./route.ts";
import { ShortlistView } from "./shortlist/ShortlistView.tsx";
import { JobBar } from "./start/JobBar.tsx";
import { StartView } from "./start/StartView.tsx";
import { ImportStudy, StudyChoice } from "./study/StudyPlace.tsx";
import { StudyView } from "./study/StudyView.tsx";
import type { DatasetFacts } from "./types.ts";

/** The whole page. */
export function App() {
  const route = useRoute();
  const place = usePlace();
  const locked = useLocked();
  if (locked) {
    return (
      <Frame route={null} dataset={null}>
        <Token />
      </Frame>
    );
  }
  if (place !== null) return <PlacePage place={place} />;
  if (route === null) {
    return (
      <Frame route={null} dataset={null}>
        <Failed
          title="There is nothing at this address"
          words="Go back to the start and open a file."
          start
        />
      </Frame>
    );
  }
  if (route.dataset === null) {
    return (
      <Frame route={route} dataset={null}>
        <StartView />
      </Frame>
    );
  }
  return <DatasetPage key={route.dataset} route={route} id={route.dataset} />;
}

const TITLES = { people: "People", files: "Files", study: "Study", forecasts: "Forecasts" } as const;

/** A part of the page. */
function PlacePage({ place: shown }: { place: Place }) {
  const { place } = shown;
  const title = TITLES[place];
  useEffect(() => {
    document.title = `${title} · Influencer Insights`;
  }, [title]);
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <Header place={place} />
      <main id="main" tabIndex={-1} className={`place place-${place}`}>
        <PlaceView place={shown} />
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

function DatasetPage({ route, id }: { route: Route; id: string }) {
  const asked = useAsk<DatasetFacts>(`/v1/datasets/${encodeURIComponent(id)}`);
  const { answer: dataset, error, again } = asked;
  if (error !== null) {
    return (
      <Frame route={route} dataset={null}>
        <Failed
          title={error.status === 404 ? "This file is not open any more" : "The file cannot be shown"}
          words={
            error.status === 404
              ? "It was closed, or the program was started anew since. Open it again from the start."
              : error.message
          }
          {...(error.status === 404 ? { start: true } : { again })}
        />
      </Frame>
    );
  }
  return (
    <Frame route={route} dataset={dataset}>
      {dataset === null ? <Loading what="the file" /> : <JobBar dataset={dataset} changed={again} />}
      {dataset !== null && <View route={route} dataset={dataset} />}
    </Frame>
  );
}

function View({ route, dataset }: { route: Route; dataset: DatasetFacts }) {
  if (route.view === "data") return <FileView dataset={dataset} />;
  if (route.view === "study") return <StudyView dataset={dataset} query={route.query} />;
  if (route.view === "profile" && route.row !== null)
    return <ProfileView dataset={dataset} row={route.row} />;
  return <ShortlistView dataset={dataset} query={route.query} />;
}

function Frame({
  route,
  dataset,
  children,
}: {
  route: Route | null;
  dataset: DatasetFacts | null;
  children: ReactNode;
}) {
  const view = route?.view ?? null;
  useEffect(() => {
    const words = [dataset?.name, view].filter((word) => typeof word === "string");
    document.title = [...words.reverse(), "Influencer Insights"].join(" · ");
  }, [dataset, view]);
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <Header dataset={dataset} view={view} />
      <main id="main" tabIndex={-1} className={`view view-${view ?? "start"}`}>
        {children}
      </main>
    </>
  );
}

/** Asks for the token that the server wants; it is kept until the tab is closed. */
function Token() {
  return (
    <form
      className="start"
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
        <button type="submit" className="button primary">
          Open
        </button>
      </p>
    </form>
  );
}
