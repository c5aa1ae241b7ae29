import { parentPort } from "node:worker_threads";
import { type MemberJob, trainMember } from "./member.ts";

// A worker thread: takes jobs one after the other and answers each. An error ends the thread and reaches its starter.
parentPort?.on("message", async (job: MemberJob) => {
  parentPort?.postMessage(await trainMember(job));
});
