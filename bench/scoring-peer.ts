/** Scoring against Polars and onnxruntime: the same files, whole process against whole process. */
import { existsSync, renameSync } from "node:fs";
import { writeSample } from "../src/sample/sample.ts";
import { mark } from "./measure.ts";
import { findPeer, least, type Peer } from "./peer.ts";

/** What is compared, and the most that ours may take of the processor time of the peer. */
const MARKS = [
  { file: "csv", preset: "original", most: 1.0 },
  { file: "parquet", preset: "original", most: 1.0 },
  { file: "csv", preset: "profile", most: 1.1 },
  { file: "parquet", preset: "profile", most: 1.2 },
] as const;
const MOST_MEMORY = 0.8;

/** Where to compare. */
export interface PeerPlace {
  /** Path of a file of the benchmark. */
  at(name: string): string;
  /** The command that scores: `insights`. */
  readonly main: string;
  readonly rows: number;
  readonly repeats: number;
  /** Runs SQL in a fresh instance of DuckDB. */
  query(sql: string): Promise<unknown>;
}

/** Prints what both take, and the ratios. One line, and nothing else, where there is no peer. */
export async function comparePeer(place: PeerPlace): Promise<void> {
  const peer = findPeer("score_polars.py", ["polars", "onnxruntime", "onnx", "numpy"]);
  if (typeof peer === "string") {
    console.log(`no comparison with Polars and onnxruntime: ${peer}`);
    return;
  }
  const files = await filesOf(place);
  console.log(`${place.rows} profiles; seconds of processor, seconds by the clock, MB at the peak`);
  for (const { file, preset, most } of MARKS) {
    const path = files[file];
    const ours = run(peer, place, [
      process.execPath,
      place.main,
      "score",
      place.at(preset),
      path,
      ...["--out", place.at("ours.parquet"), "--force"],
    ]);
    const theirs = run(peer, place, peer.command([path, place.at("theirs.parquet")]));
    console.log(`${file} of texts, ${preset}: ours ${cells(ours)}   peer ${cells(theirs)}`);
    mark(
      `${file}, ${preset}: processor time over the peer's`,
      ours.processor / theirs.processor,
      most,
      "at most",
    );
    console.log(`             by the clock: ${(ours.seconds / theirs.seconds).toFixed(2)}`);
    mark(
      `${file}, ${preset}: peak memory over the peer's`,
      ours.megabytes / theirs.megabytes,
      MOST_MEMORY,
      "at most",
    );
  }
}

function run(peer: Peer, { repeats }: PeerPlace, command: readonly string[]) {
  return least(Array.from({ length: repeats }, () => peer.measure(command)));
}

function cells({ processor, seconds, megabytes }: ReturnType<Peer["measure"]>): string {
  return [processor.toFixed(2), seconds.toFixed(2), megabytes.toFixed(0)].join(" / ");
}

/** One sample as CSV, with the word null where nothing is, and as Parquet whose columns are all texts. */
async function filesOf({ at, rows, query }: PeerPlace): Promise<{ csv: string; parquet: string }> {
  const sample = at(`peer-${rows}.parquet`);
  if (!existsSync(sample)) await writeSample(sample, { rows, seed: 5 });
  const files = { csv: at(`peer-${rows}-texts.csv`), parquet: at(`peer-${rows}-texts.parquet`) };
  const texts = `SELECT COLUMNS(*)::VARCHAR FROM '${sample}'`;
  const formats = {
    csv: "FORMAT csv, HEADER, NULLSTR 'null'",
    parquet: "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480",
  };
  for (const [name, path] of Object.entries(files)) {
    if (existsSync(path)) continue;
    await query(`COPY (${texts}) TO '${path}.new' (${formats[name as keyof typeof formats]})`);
    renameSync(`${path}.new`, path);
  }
  return files;
}
