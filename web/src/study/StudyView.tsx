import { useAsk } from "../api.ts";
import { Failed, Loading, NotThere } from "../parts/States.tsx";
import { addressOf } from "../route.ts";
import type { DatasetFacts, ListedRow, StudyView as Study } from "../types.ts";
import { StudyShown } from "./StudyShown.tsx";
import type { StudiedList } from "./ThresholdSlider.tsx";

/** The study of a file that is open. */
export function StudyView({ dataset, query }: { dataset: DatasetFacts; query: URLSearchParams }) {
  const { ready } = dataset;
  const { answer, error, again } = useAsk<Study>(
    ready.study ? `/v1/datasets/${encodeURIComponent(dataset.id)}/study` : null,
  );
  if (!ready.study) {
    return (
      <NotThere
        dataset={dataset}
        coming="The study is being made. It appears here when it is done."
        title="There is no study of this file"
        words="It was stopped before the study was done."
      />
    );
  }
  if (error !== null) return <Failed title="The study cannot be shown" words={error.message} again={again} />;
  if (answer === null) return <Loading what="the study" />;
  return <StudyShown study={answer} query={query} list={listOf(dataset)} />;
}

function listOf({ id, rows, ready }: DatasetFacts): StudiedList {
  return {
    of: rows,
    path: ready.shortlist ? `/v1/profiles?dataset=${encodeURIComponent(id)}` : null,
    address: (words) => addressOf(id, "shortlist", words),
    addressOf: (account) => addressOf(id, { row: (account as ListedRow).row }),
  };
}
