import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PICTURES } from "../../test/support/figures/pictures.ts";
import { writeFigures } from "./write.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "figures-"));
});
afterAll(() => rm(directory, { recursive: true }));

const figures = [PICTURES["confusion-matrix"](), PICTURES["training-curve"]()];

describe("writeFigures", () => {
  it("saves four files a figure and tells of each", async () => {
    const told: string[] = [];
    const written = await writeFigures(directory, figures, {
      signal: new AbortController().signal,
      onFigure: (figure, done, of) => told.push(`${figure.name} ${done}/${of}`),
    });
    expect(told).toEqual(["confusion-matrix 1/2", "training-curve 2/2"]);
    expect((await readdir(directory)).sort()).toEqual(written.flatMap(({ files }) => files).sort());
    expect(written[0].files).toEqual([
      "confusion-matrix.vl.json",
      "confusion-matrix.svg",
      "confusion-matrix.png",
      "confusion-matrix-dark.png",
    ]);
    const text = await readFile(join(directory, "training-curve.vl.json"), "utf8");
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(figures[1].spec)));
    // A row of data is a line.
    expect(text).toMatch(/^ *\{"epoch": \d+, .*\},$/m);
    const png = await readFile(join(directory, "training-curve.png"));
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(await readFile(join(directory, "training-curve.svg"), "utf8")).toContain("prefers-color-scheme");
  });

  it("copies what another folder has already, and draws what is different there", async () => {
    const folder = join(directory, "copies");
    await mkdir(folder);
    const written = await writeFigures(directory, figures);
    const [matrix, curve] = figures;
    const other = { ...curve, spec: { ...curve.spec, description: "Another one." } };
    await writeFile(join(directory, "confusion-matrix.svg"), "as it was written");
    await writeFigures(folder, [matrix, other], { earlier: { directory, figures: written } });
    expect(await readFile(join(folder, "confusion-matrix.svg"), "utf8")).toBe("as it was written");
    expect(await readFile(join(folder, "training-curve.vl.json"), "utf8")).toContain("Another one.");
    expect(await readdir(folder)).toHaveLength(8);
  });

  it("stops when told to", async () => {
    const stopped = AbortSignal.abort(new Error("stopped"));
    await expect(writeFigures(directory, figures, { signal: stopped })).rejects.toThrow("stopped");
  });

  it("fails where it cannot write", async () => {
    await expect(writeFigures(join(directory, "nowhere"), figures)).rejects.toThrow("ENOENT");
  });
});
