import type { DatabaseOptions } from "../../base/duckdb.ts";
import type { Explainer } from "../../explain/explainer.ts";
import type { Reasons } from "../../shortlist/reasons.ts";
import type { Workspace } from "../../workspace/open.ts";

/** A workspace, and what its people are told with. */
export interface PeopleDesk {
  readonly workspace: Workspace;
  readonly reasons: Reasons;
  /** Null where the server has no model. */
  readonly explainer: Explainer | null;
  /** How a database of its own is opened for a file. */
  readonly database: DatabaseOptions;
}

/** How the workspace is read for one question. */
export type Reader = Pick<Workspace, "read">;

/** Reads a workspace until somebody gives up, who interrupts it. */
export function interruptible(workspace: Workspace, signal: AbortSignal): Reader {
  return {
    read: (work) =>
      workspace.read(async (connection) => {
        const interrupt = () => connection.interrupt();
        signal.addEventListener("abort", interrupt);
        try {
          signal.throwIfAborted();
          return await work(connection);
        } finally {
          signal.removeEventListener("abort", interrupt);
        }
      }),
  };
}
