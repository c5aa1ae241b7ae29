import { ask } from "../api.ts";

/** Closes a file: its job is stopped, and the server forgets it. One that is closed already stays so. */
export async function closeFile(id: string): Promise<void> {
  await ask(`/v1/datasets/${encodeURIComponent(id)}`, { method: "DELETE" }).catch(() => {});
}
