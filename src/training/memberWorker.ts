import { parentPort } from "node:worker_threads";
import { InsightsError } from "../base/error.ts";
import { type Member, type MemberJob, trainMember } from "./member.ts";

/** What a thread answers: a network, or why there can be none. */
export type MemberAnswer =
  | { readonly member: Member; readonly refused?: undefined }
  | { readonly member?: undefined; readonly refused: string };

// A worker thread: takes jobs one after the other and answers each. An error that nobody can mend ends the thread and
// reaches its starter.
parentPort?.on("message", async (job: MemberJob) => {
  parentPort?.postMessage(await answer(job));
});

async function answer(job: MemberJob): Promise<MemberAnswer> {
  try {
    return { member: await trainMember(job) };
  } catch (error) {
    if (error instanceof InsightsError) return { refused: error.message };
    throw error;
  }
}
