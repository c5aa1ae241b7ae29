import type { ReactElement } from "react";
import type { ReportInput } from "../input.ts";
import { FigureBlock } from "./FigureBlock.tsx";

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
