import { cut, handleOf, nameOf } from "../format.ts";
import type { ListedRow } from "../types.ts";

/** A text that somebody else wrote, kept to itself: its direction does not turn what stands around it. */
export function Theirs({ children, most = 60 }: { children: string; most?: number }) {
  return <bdi>{cut(children, most)}</bdi>;
}

/** Who it is: the name as it calls itself, and the handle. */
export function Account({ row }: { row: ListedRow }) {
  const handle = handleOf(row);
  const name = nameOf(row);
  return (
    <span className="who">
      <span className="name">
        <Theirs>{name}</Theirs>
      </span>
      {name !== handle && (
        <span className="handle">
          <Theirs>{handle}</Theirs>
        </span>
      )}
    </span>
  );
}
