import { afterAll } from "vitest";
import type { Model } from "../../../src/bundle/model.ts";
import { transform } from "../../../src/features/transform.ts";
import { createServer, type ServerOptions } from "../../../src/server/server.ts";
import { someModel } from "../bundle/models.ts";
import { connect } from "../features/profiles.ts";
import { createPeople } from "../training/people.ts";

/** A model of random weights over made-up people, with what explanations need. */
export async function serverModel(): Promise<Model> {
  const connection = await connect();
  await createPeople(connection, 200, 5);
  const model = await someModel(connection, "profiles", {
    preset: "profile",
    hidden: [8],
    calibration: "platt",
  });
  const { values, columns } = await transform(connection, model.pipeline, "profiles");
  connection.closeSync();
  return { ...model, background: { rows: 8, values: values.slice(0, 8 * columns) } };
}

/** A server without a socket, closed when the tests of the file have run; and what it reported. */
export async function someServer(options: Partial<ServerOptions> = {}) {
  const reports: unknown[] = [];
  let clock = 0;
  const server = await createServer({
    model: null,
    version: "1.2.3",
    now: () => new Date(Date.UTC(2024, 0, 2)),
    elapsed: () => ++clock,
    report: (error) => reports.push(error),
    ...options,
  });
  afterAll(() => server.close());
  const ask = (path: string, init?: RequestInit) => Promise.resolve(server.app.request(path, init));
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    ask(path, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: { "content-type": "application/json", ...headers },
    });
  return { ...server, reports, ask, post };
}

/** A profile in a request, by canonical names. */
export const PROFILE = {
  id: "6812345678901234567",
  account_id: "some.handle",
  nickname: "Some One",
  biography: "Recipes for busy people 📧 hello@example.com",
  bio_link: "https://linktr.ee/example",
  is_verified: false,
  followers: 12_400,
  following: 310,
  likes: 240_000,
  videos_count: 312,
  awg_engagement_rate: 0.061,
  observed_at: "2024-01-31T12:00:00Z",
};
