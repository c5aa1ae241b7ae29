import { expect, it, vi } from "vitest";
import { openDesk } from "./desk.ts";

it("tells whoever waits that its thread has ended, and is open again for the next", async () => {
  const lost = vi.fn();
  const desk = openDesk(null as never, lost);
  const context = { signal: new AbortController().signal, progress: () => {}, tell: () => {} };
  for (const times of [1, 2]) {
    await expect(desk.fill("a", {} as never, context)).rejects.toThrow(TypeError);
    expect(lost).toHaveBeenCalledTimes(times);
  }
  await desk.forget("a");
  await desk.close();
  expect(lost).toHaveBeenCalledTimes(2);
});
