import { useEffect, useState } from "react";
import { capitalised, countOf } from "../../../src/base/words.ts";
import { ask, useAsk } from "../api.ts";
import { useImports } from "../files/arriving.ts";
import type { ImportFacts } from "../files/types.ts";
import { followJob, hasEnded } from "../followJob.ts";
import { dayOf } from "../format.ts";
import { Button } from "../parts/Button.tsx";
import { Link } from "../parts/Header.tsx";
import { Empty, Failed, Loading } from "../parts/States.tsx";
import { Theirs } from "../parts/Theirs.tsx";
import { placeAddress } from "../route.ts";
import type { JobFacts, StudyView } from "../types.ts";
import { StudyShown } from "./StudyShown.tsx";

/** Files to choose from, to see or make the study of one. */
export function StudyChoice() {
  const { answer, error, again } = useImports();
  if (error !== null)
    return <Failed title="The files cannot be listed" words={error.message} again={again} />;
  if (answer === null) return <Loading what="the files" />;
  if (answer.length === 0) {
    return (
      <div className="view">
        <h1 className="page-title">Study</h1>
        <Empty
          title="There is nothing to study yet"
          words="A study looks at one file: what can be told from it, and how far a model can be trusted. Add a file first."
        >
          <Link to={placeAddress("files")} className="btn primary">
            Add a file
          </Link>
        </Empty>
      </div>
    );
  }
  return (
    <div className="view">
      <h1 className="page-title">Which file is to be studied?</h1>
      <p>
        A study looks at one file: it makes the original study anew, trains a model on the file and says how
        far each can be trusted. It takes some minutes. Your list of people does not depend on it.
      </p>
      <ul className="to-study">
        {answer.map((file) => (
          <li key={file.import}>
            <Link to={placeAddress("study", file.import)}>
              <Theirs>{file.name}</Theirs>
            </Link>
            <span className="note inline">
              {countOf(file.rows, "person", "people")}, added {dayOf(file.added_at)}
              {file.studied ? ", studied" : ""}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The study of a file, or a way to make it. */
export function ImportStudy({ number, query }: { number: number; query: URLSearchParams }) {
  const { answer: file, error, again } = useAsk<ImportFacts>(`/v1/imports/${number}`);
  const study = useAsk<StudyView>(file?.studied ? `/v1/imports/${number}/study` : null);
  const failed = error ?? study.error;
  if (failed !== null) {
    const gone = failed.status === 404;
    return (
      <Failed
        heading="h1"
        title={gone ? "This file is not here any more" : "The study cannot be shown"}
        words={gone ? "It was deleted, or never added." : failed.message}
        {...(gone ? {} : { again: error === null ? study.again : again })}
      >
        <Link to={placeAddress("study")} className="btn">
          To the other files
        </Link>
      </Failed>
    );
  }
  if (file === null) return <Loading what="the study" />;
  if (!file.studied) return <NotStudied file={file} made={again} />;
  if (study.answer === null) return <Loading what="the study" />;
  return (
    <div className="view">
      <nav aria-label="Way back" className="back">
        <Link to={placeAddress("files", number)}>
          <Theirs>{file.name}</Theirs>
        </Link>
      </nav>
      <StudyShown study={study.answer} query={query} file={file} />
    </div>
  );
}

/** Where the job of a study is kept over a reload of the page. */
const keptAs = (number: number) => `insights-study-${number}`;

/** Says what a study is, starts it, and tells how far it is. */
function NotStudied({ file, made }: { file: ImportFacts; made: () => void }) {
  const kept = keptAs(file.import);
  const [id, setId] = useState(() => sessionStorage.getItem(kept));
  const [job, setJob] = useState<JobFacts | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    if (id === null) return;
    const leaving = new AbortController();
    followJob(id, setJob, leaving.signal)
      .then((ended) => {
        if (ended === null) return;
        sessionStorage.removeItem(kept);
        setId(null);
        if (ended.state === "failed") setError(ended.error ?? "It could not be done.");
        if (ended.state === "done") made();
      })
      .catch(() => {
        // The server was started anew since, and knows nothing of it.
        if (leaving.signal.aborted) return;
        sessionStorage.removeItem(kept);
        setId(null);
        made();
      });
    return () => leaving.abort();
  }, [id]);

  async function start() {
    setError(null);
    try {
      const { job: started } = await ask<{ job: JobFacts }>(`/v1/imports/${file.import}/study`, {
        method: "POST",
      });
      sessionStorage.setItem(kept, started.id);
      setJob(started);
      setId(started.id);
    } catch (problem) {
      setError(problem instanceof Error ? problem.message : String(problem));
    }
  }

  if (id !== null) {
    const words =
      job === null
        ? "The server does not answer. Is insights serve still running?"
        : job.state === "queued"
          ? "Waits for what is done before it"
          : `${capitalised(job.step)}…`;
    return (
      <div className="view">
        <h1 className="page-title">
          The study of <Theirs>{file.name}</Theirs> is being made
        </h1>
        <div className="job job-running" role="status">
          <div className="job-words">
            <span>{words}</span>
            <Button
              look="quiet"
              isDisabled={job !== null && hasEnded(job)}
              onPress={() => void ask(`/v1/jobs/${id}`, { method: "DELETE" }).catch(() => {})}
            >
              Stop
            </Button>
          </div>
          <progress
            aria-label={words}
            {...(job === null || job.fraction === null ? {} : { value: job.fraction, max: 1 })}
          />
        </div>
        <p className="note">You can go on working with your people meanwhile; the study appears here.</p>
      </div>
    );
  }
  return (
    <div className="view">
      <h1 className="page-title">
        Study of <Theirs>{file.name}</Theirs>
      </h1>
      <Empty
        title="It is not studied yet"
        words="A study makes the original study anew, trains a model on the file and says how far each can be trusted. It takes some minutes and much of the machine. Your list of people does not change by it."
      >
        {error !== null && (
          <p className="problem" role="alert">
            {error}
          </p>
        )}
        <Button look="primary" onPress={() => void start()}>
          {error === null ? "Start the study" : "Try again"}
        </Button>
      </Empty>
    </div>
  );
}
