import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeEach, expect, it, vi } from "vitest";
import { fileWithoutRates } from "../../../test/support/server/file.ts";
import { addFile, peopled } from "../../../test/support/server/people.ts";
import { serverModel, someServer } from "../../../test/support/server/server.ts";
import { InsightsError } from "../../base/error.ts";
import { readSnapshots } from "../../workspace/snapshotFile.ts";
import { studySnapshots } from "../study.ts";

// What a study finds is tested in study.test.ts, and takes its time.
vi.mock("../study.ts", () => ({ studySnapshots: vi.fn() }));
const study = vi.mocked(studySnapshots);

const temporary = await mkdtemp(join(tmpdir(), "study-test-"));
process.env.TMPDIR = temporary;
afterAll(() => rm(temporary, { recursive: true, force: true }));
const server = peopled(await someServer({ model: await serverModel() }));
const { ask, json, reports } = server;
expect(await addFile(server, fileWithoutRates(30), "pe<o>ple ❤️.csv")).toMatchObject({ import: 1 });

type Made = Awaited<ReturnType<typeof studySnapshots>>;

/** What a study is made of to be found, when it is told to. */
function someStudy() {
  let end = (_: Made | Error) => {};
  const made = new Promise<Made>((resolve, reject) => {
    end = (found) => (found instanceof Error ? reject(found) : resolve(found));
  });
  const begun = new Promise<Parameters<typeof studySnapshots>>((resolve) => {
    study.mockImplementationOnce((...told) => {
      resolve(told);
      const { signal } = told[3];
      signal.addEventListener("abort", () => end(signal.reason));
      return made;
    });
  });
  return { begun, end: (found: object | Error) => end(found as Made | Error) };
}

const start = async (number: number) => (await ask(`/v1/imports/${number}/study`, { method: "POST" })).json();

async function ended(job: string) {
  const text = await (await ask(`/v1/jobs/${job}/events`)).text();
  return JSON.parse(text.match(/(?<=^data: ).*$/gm)?.at(-1) ?? "");
}

/** What is left of studies in the server's folder. */
async function left() {
  const [own] = (await readdir(temporary)).filter((name) => name.includes("-server-"));
  return (await readdir(join(temporary, own))).filter((name) => name.startsWith("study-"));
}

beforeEach(() => {
  study.mockReset();
});

it("is made of the import's people when it is asked for, kept, and replaces the one before", async () => {
  const none = await ask("/v1/imports/1/study");
  expect([none.status, (await none.json()).detail]).toEqual([409, "The import is not studied yet."]);
  const first = someStudy();
  const answer = await ask("/v1/imports/1/study", { method: "POST" });
  expect(answer.status).toBe(202);
  const { job } = await answer.json();
  const [path, file, out, { progress }] = await first.begun;
  expect(file).toMatchObject({ rows: 30, synthetic: false, source: { file: "people ❤️.csv" } });
  const profiles = await readSnapshots(path, file);
  const counted = await profiles.connection.runAndReadAll("SELECT count(*) FROM profiles");
  expect(counted.getRowsJS()).toEqual([[30n]]);
  await profiles.close();
  expect([dirname(path), out.startsWith(temporary)]).toEqual([dirname(out), true]);
  progress("drawing", 0.5);
  expect(await json(`/v1/jobs/${job.id}`)).toMatchObject({
    state: "running",
    step: "drawing",
    fraction: 0.5,
  });
  expect((await start(1)).job.id).toBe(job.id);
  // People are listed all the while.
  expect((await json("/v1/people?limit=1")).of).toBe(30);
  first.end({ figures: ["'one'"] });
  expect(await ended(job.id)).toMatchObject({ state: "done", import: 1, error: null });
  expect(await json("/v1/imports/1")).toMatchObject({ studied: true });
  expect(await json("/v1/imports/1/study")).toEqual({ figures: ["'one'"] });
  expect(await left()).toEqual([]);

  const second = someStudy();
  const again = await start(1);
  expect(again.job.id).not.toBe(job.id);
  second.end({ figures: ["two"] });
  expect(await ended(again.job.id)).toMatchObject({ state: "done" });
  expect(await json("/v1/imports/1/study")).toEqual({ figures: ["two"] });
});

it("is not made where there is no such import, nor where its file does not allow it, which is said", async () => {
  for (const init of [{ method: "POST" }, {}])
    expect((await ask("/v1/imports/99/study", init)).status).toBe(404);
  expect((await ask("/v1/imports/x/study", { method: "POST" })).status).toBe(422);
  study.mockRejectedValueOnce(new InsightsError("missing column: likes (from heart; or --map likes=COLUMN)"));
  const { job } = await start(1);
  const error = "missing column: likes (from heart; or “map=likes=COLUMN”)";
  expect(await ended(job.id)).toMatchObject({ state: "failed", import: null, error });
  expect([await left(), reports]).toEqual([[], []]);
});

it("waits for its turn, and is stopped there or in the middle, leaving the one before and no file", async () => {
  await addFile(server, fileWithoutRates(20), "other.csv");
  const { begun } = someStudy();
  const { job } = await start(1);
  const { job: waiting } = await start(2);
  expect(waiting.state).toBe("queued");
  await begun;
  for (const { id } of [waiting, job])
    expect(await json(`/v1/jobs/${id}`, { method: "DELETE" })).toMatchObject({ state: "cancelled" });
  expect(study).toHaveBeenCalledTimes(1);
  expect(await left()).toEqual([]);
  expect(await json("/v1/imports/1/study")).toEqual({ figures: ["two"] });
});

it("goes with the import and with anybody of it, and is not kept where either goes meanwhile", async () => {
  const [one] = (await json("/v1/people?imports=1&limit=1")).rows;
  const first = someStudy();
  const { job } = await start(1);
  await first.begun;
  expect((await ask(`/v1/people/${one.person}`, { method: "DELETE" })).status).toBe(204);
  expect(await json("/v1/imports/1")).toMatchObject({ studied: false });
  first.end({});
  const error = "People of the import were deleted meanwhile: study it again.";
  expect(await ended(job.id)).toMatchObject({ state: "failed", error });
  expect((await ask("/v1/imports/1/study")).status).toBe(409);

  const second = someStudy();
  const again = await start(1);
  await second.begun;
  await ask("/v1/imports/1", { method: "DELETE" });
  second.end({});
  expect(await ended(again.job.id)).toMatchObject({ state: "failed", error });
  expect((await ask("/v1/imports/1/study")).status).toBe(404);
  expect(reports).toEqual([]);
});
