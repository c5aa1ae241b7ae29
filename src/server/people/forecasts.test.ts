import { expect, test } from "vitest";
import { addFile, type Peopled, peopled } from "../../../test/support/server/people.ts";
import { someServer } from "../../../test/support/server/server.ts";
import { loadShippedModel } from "../../bundle/shipped.ts";

const server = await someServer({ model: await loadShippedModel() });
const { ask, json }: Peopled = peopled(server);

test("how forecasts did is told anew once there are other profiles", async () => {
  const forecasts = async () => {
    const cards = await json("/v1/workspace/forecasts");
    return cards.flatMap(({ questions }: { questions: { forecasts: number }[] }) => questions);
  };
  const file = (day: string) => `id,account_id,followers,observed_at\n6812345678901234561,ann,10,${day}\n`;
  await addFile(server, file("2023-10-01"), "first.csv");
  const first = await forecasts();
  expect(await forecasts()).toEqual(first);
  await addFile(server, file("2023-12-01"), "second.csv");
  const both = await forecasts();
  expect(both).not.toEqual(first);
  await ask("/v1/imports/2", { method: "DELETE" });
  expect(await forecasts()).toEqual(first);
});
