import { cut } from "../format.ts";

/** A text that somebody else wrote, kept to itself: its direction does not turn what stands around it. */
export function Theirs({ children, most = 60 }: { children: string; most?: number }) {
  return <bdi>{cut(children, most)}</bdi>;
}
