import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import stringify from "json-stringify-pretty-compact";
import type { Figure } from "./figure.ts";
import { type Drawing, drawFigure, rasterise, standaloneSvg } from "./render.ts";

/** Lines of a printed specification are at most this long, where they can be. */
const LINE = 110;

/** A figure and how it was drawn. */
export interface WrittenFigure {
  readonly figure: Figure;
  readonly drawing: Drawing;
  /** Names of the files, inside the folder. */
  readonly files: readonly string[];
}

/** How figures are written. */
export interface WriteOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told after each figure. */
  readonly onFigure?: (figure: Figure, done: number, of: number) => void;
  /** Figures that were written to another folder: those that are the same are copied from there. */
  readonly earlier?: { readonly directory: string; readonly figures: readonly WrittenFigure[] };
}

/**
 * Draws figures and saves each as `NAME.vl.json` (the specification), `NAME.svg` (readable in light and dark by
 * itself), `NAME.png` and `NAME-dark.png`.
 *
 * @param directory a folder that exists
 */
export async function writeFigures(
  directory: string,
  figures: readonly Figure[],
  options: WriteOptions = {},
): Promise<WrittenFigure[]> {
  const written: WrittenFigure[] = [];
  const pending: Promise<void>[] = [];
  const save = async (file: string, content: string | Uint8Array | Promise<Uint8Array>) => {
    await writeFile(join(directory, file), await content);
  };
  try {
    for (const figure of figures) {
      options.signal?.throwIfAborted();
      const { name } = figure;
      const { earlier } = options;
      const same = earlier?.figures.find(
        (other) => other.figure.name === name && isDeepStrictEqual(other.figure.spec, figure.spec),
      );
      if (earlier !== undefined && same !== undefined) {
        for (const file of same.files)
          pending.push(copyFile(join(earlier.directory, file), join(directory, file)));
        written.push(same);
        continue;
      }
      const drawing = await drawFigure(figure);
      // PNGs are drawn on other threads while Vega goes on with the next figure.
      pending.push(
        save(`${name}.vl.json`, `${stringify(figure.spec, { maxLength: LINE })}\n`),
        save(`${name}.svg`, standaloneSvg(drawing)),
        save(`${name}.png`, rasterise(drawing, "light")),
        save(`${name}-dark.png`, rasterise(drawing, "dark")),
      );
      const files = [`${name}.vl.json`, `${name}.svg`, `${name}.png`, `${name}-dark.png`];
      written.push({ figure, drawing, files });
      options.onFigure?.(figure, written.length, figures.length);
    }
    await Promise.all(pending);
  } finally {
    await Promise.allSettled(pending);
  }
  return written;
}
