import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { largeFile } from "../../../test/support/profiles/largeFile.ts";
import { serverModel, someServer } from "../../../test/support/server/server.ts";
import type { JobFacts } from "../jobs.ts";
import { firstSchema } from "./schemas.ts";

const { ask } = await someServer({ model: await serverModel() });

it("tells the first people of a large file until all have been added, or the file is refused", async () => {
  /** All that is told of the job that adds a file. */
  async function told(body: BodyInit): Promise<JobFacts[]> {
    const answer = await ask("/v1/imports?name=large.csv", { method: "POST", body });
    const { job } = await answer.json();
    const text = await (await ask(`/v1/jobs/${job.id}/events`)).text();
    const events = (text.match(/(?<=^data: ).*$/gm) ?? []).map((data) => JSON.parse(data));
    // Each time they are told they are others than before.
    const firsts = events.flatMap(({ first }) => (first === undefined ? [] : [first]));
    expect(firsts.filter((first, i) => i > 0 && (first === null) === (firsts[i - 1] === null))).toEqual([]);
    expect(events.length).toBeGreaterThan(firsts.length);
    let facts = events[0];
    return events.map((event) => {
      facts = { ...facts, ...event };
      return facts;
    });
  }

  const large = largeFile(600);
  // Packed as it is, and cut.
  const refused = await told(new Uint8Array(gzipSync(large, { level: 0 }).subarray(0, -10)));
  expect(refused.at(-1)).toMatchObject({ state: "failed", first: null });
  const whole = await told(large);
  expect(whole.at(-1)).toMatchObject({ state: "done", import: 1, first: null });
  for (const [facts, about] of [
    [refused, null],
    [whole, 600],
  ] as const) {
    const first = firstSchema.parse(facts.find((one) => one.first !== null)?.first);
    expect(first).toMatchObject({ among: 52, about });
    expect(first.people).toHaveLength(20);
    for (const { account, why } of first.people) {
      expect(account).toMatch(/^p\d+$/);
      expect(why).not.toBe("");
    }
  }
  // Who has people looks at them.
  const again = await told(large);
  expect(again.at(-1)).toMatchObject({ state: "done", same_as: 1 });
  expect(again.every(({ first }) => first === null)).toBe(true);
  const { components } = await (await ask("/openapi.json")).json();
  expect(components.schemas.Job.required).toContain("first");
  expect(Object.keys(components.schemas.FirstPeople.properties)).toEqual(["among", "about", "people"]);
});
