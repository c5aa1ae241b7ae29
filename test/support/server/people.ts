import type { someServer } from "./server.ts";

type Server = Pick<Awaited<ReturnType<typeof someServer>>, "ask" | "post" | "reports">;

/** Sends a file to the workspace of a server, and waits for the end of its job. */
export async function addFile(server: Server, body: BodyInit, name: string, words = "") {
  const answer = await server.ask(`/v1/imports?name=${encodeURIComponent(name)}&${words}`, {
    method: "POST",
    body,
  });
  const { job } = await answer.json();
  if (answer.status !== 202) throw new Error(`not added: ${answer.status}`);
  const text = await (await server.ask(`/v1/jobs/${job.id}/events`)).text();
  return JSON.parse((text.match(/(?<=^data: ).*$/gm) ?? []).at(-1) as string);
}

/** Short ways to ask about the people of a server. */
export function peopled(server: Server) {
  const json = async (path: string, init?: RequestInit) => (await server.ask(path, init)).json();
  /** Notes something about people. */
  const change = async (body: object) => {
    const answer = await server.post("/v1/people/changes", body);
    if (answer.status !== 200) throw new Error(`not changed: ${await answer.text()}`);
    return answer.json();
  };
  return { ...server, json, change };
}

/** See {@link peopled}. */
export type Peopled = ReturnType<typeof peopled>;
