import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { MemberJob } from "./member.ts";
import { trainMembers } from "./pool.ts";

describe("trainMembers", () => {
  it("waits for the job that is being drawn where another cannot be done: its query must not outlive the database", async () => {
    let drawing = 0;
    async function* jobs(): AsyncGenerator<MemberJob> {
      // What no thread can be sent.
      yield { impossible: () => {} } as unknown as MemberJob;
      drawing++;
      await sleep(300);
      drawing--;
    }
    await expect(trainMembers(jobs(), { workers: 2 })).rejects.toThrow(/could not be cloned/);
    expect(drawing).toBe(0);
  });
});
