import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import type { LineGroup } from "./body.ts";
import { scoreStream } from "./scoreStream.ts";

const decoder = new TextDecoder();

/** Groups of two lines each, told when one is asked for, and the stream of their answers. */
function streamed({
  most = 100,
  score = async (_group: LineGroup, first: number) => new TextEncoder().encode(`${first}\n`),
  hold = async (_place: number) => {},
} = {}) {
  let asked = 0;
  let ended = false;
  async function* groups(): AsyncGenerator<LineGroup, void, void> {
    try {
      while (asked < most) {
        await hold(asked++);
        yield ["", ""];
      }
    } finally {
      ended = true;
    }
  }
  const message = (error: unknown) => (error as Error).message;
  const reader = scoreStream({ groups: groups(), score, message, ended: () => {} }).getReader();
  const next = async () => {
    const { done, value } = await reader.read();
    return done ? null : decoder.decode(value);
  };
  return { next, reader, asked: () => asked, ended: () => ended };
}

const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await setImmediate();
};

it("answers in order, whichever group is scored first", async () => {
  const late: (() => void)[] = [];
  const { next } = streamed({
    most: 3,
    score: (_group, first) =>
      new Promise((resolve) => {
        const done = () => resolve(new TextEncoder().encode(`${first}\n`));
        if (first === 0) late.push(done);
        else {
          done();
          late.shift()?.();
        }
      }),
  });
  expect([await next(), await next(), await next(), await next()]).toEqual(["0\n", "2\n", "4\n", null]);
});

it("does not keep an answer back until the next lines come", async () => {
  const never = new Promise<void>(() => {});
  const { next } = streamed({ hold: (place) => (place === 1 ? never : Promise.resolve()) });
  expect(await next()).toBe("0\n");
});

it("reads no more than a few groups ahead of the receiver", async () => {
  const { next, asked } = streamed();
  await next();
  await settle();
  const ahead = asked();
  expect(ahead).toBeLessThanOrEqual(5);
  await next();
  await settle();
  expect(asked()).toBe(ahead + 1);
});

it("ends with a line that says why where lines break off or cannot be scored", async () => {
  const broken = streamed({
    hold: async (place) => {
      if (place === 1) throw new Error("broke off");
    },
  });
  const last = (index: number, message: string) =>
    `${JSON.stringify({ index, errors: [{ index, path: "", message }] })}\n`;
  expect([await broken.next(), await broken.next(), await broken.next()]).toEqual([
    "0\n",
    last(2, "broke off"),
    null,
  ]);
  const refused = streamed({
    score: async (_group, first) => {
      if (first === 2) throw new Error("too much");
      return new TextEncoder().encode(`${first}\n`);
    },
  });
  expect([await refused.next(), await refused.next(), await refused.next()]).toEqual([
    "0\n",
    last(2, "too much"),
    null,
  ]);
  await settle();
  expect(refused.ended()).toBe(true);
});

it("reads nothing more once the receiver has gone", async () => {
  const { next, reader, asked, ended } = streamed();
  await next();
  await reader.cancel();
  await settle();
  const before = asked();
  await settle();
  expect([asked(), ended()]).toEqual([before, true]);
});
