import type { ReactElement } from "react";
import type { DrawnFigure, FigureDrawing, ReportInput } from "../input.ts";
import { FigureFrame } from "../shared/FigureFrame.tsx";
import { FileLink } from "./parts.tsx";

/** The figures of the given names, in that order; those that were not drawn are passed over. */
export function FigureGroup({
  names,
  figures,
  files,
}: Pick<ReportInput, "figures" | "files"> & { readonly names: readonly string[] }): ReactElement {
  return (
    <>
      {names
        .flatMap((name) => figures.filter(({ figure }) => figure.name === name))
        .map((drawn) => (
          <FigureBlock key={drawn.figure.name} drawn={drawn} files={files} />
        ))}
    </>
  );
}

/** Endings of the files a figure is saved as, and what to call them. */
const FORMATS = [
  [".svg", "SVG"],
  [".png", "PNG"],
  ["-dark.png", "PNG for dark pages"],
  [".vl.json", "Vega-Lite"],
] as const;

/**
 * A narrow drawing of more letters than this, thousands of points, is left out: the page would hold them twice. A telephone
 * then shows the wide one in a box that scrolls, until the interactive one takes its place.
 */
const LARGE = 100_000;

/**
 * A figure with its caption. The drawing stands in the page as SVG; where scripts run, a version that answers the pointer
 * takes its place when it comes into view (see `browser/interactive.ts`).
 */
export function FigureBlock({
  drawn,
  files,
}: {
  readonly drawn: DrawnFigure;
  readonly files: readonly string[];
}): ReactElement {
  const { figure, drawing } = drawn;
  const narrow = (drawn.narrow?.svg.length ?? 0) > LARGE ? undefined : drawn.narrow;
  const saved = FORMATS.map(([ending, label]) => ({ path: `figures/${figure.name}${ending}`, label })).filter(
    ({ path }) => files.includes(path),
  );
  return (
    <FigureFrame
      name={figure.name}
      title={figure.title}
      description={figure.description}
      className={narrow === undefined ? "plot" : "plot has-narrow"}
      more={
        saved.length > 0 && (
          <span className="formats">
            {saved.map(({ path, label }) => (
              <FileLink key={path} path={path} label={label} about={figure.title} />
            ))}
          </span>
        )
      }
    >
      <Drawing drawing={drawing} className="drawn wide" />
      {narrow !== undefined && <Drawing drawing={narrow} className="drawn narrow" />}
    </FigureFrame>
  );
}

function Drawing({
  drawing,
  className,
}: {
  readonly drawing: FigureDrawing;
  readonly className: string;
}): ReactElement {
  return (
    <div
      className={className}
      aria-hidden="true"
      style={{ maxWidth: drawing.width }}
      // the drawing is our own SVG, its texts escaped by its printer
      dangerouslySetInnerHTML={{ __html: drawing.svg }}
    />
  );
}
