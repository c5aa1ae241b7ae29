import type { WorkspaceFacts } from "../../../src/server/people/schemas.ts";
import { useAsk } from "../api.ts";
import { Button } from "../parts/Button.tsx";

/** A way to the made-up people; where the workspace is kept for real ones, which command shows them. @param tour whether a tour goes with them */
export function TrySample({ add, tour = false }: { add: () => void; tour?: boolean }) {
  const { answer } = useAsk<WorkspaceFacts>("/v1/workspace");
  if (answer === null) return null;
  if (!answer.takes_sample) {
    return (
      <p className="note">
        To try it with 1,000 made-up people, start it as <code>insights serve --sample</code>: they never come
        among yours.
      </p>
    );
  }
  return (
    <p>
      <Button onPress={add}>Try the sample</Button>{" "}
      <span className="note inline">1,000 made-up people{tour ? " and a tour of three steps" : ""}</span>
    </p>
  );
}
