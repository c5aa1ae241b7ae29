import { useEffect } from "react";
import { useAsk } from "../api.ts";
import { age, dayOf } from "../format.ts";

/** Days after which what a profile said is old news. */
const OLD = 90;
const DAY = 86_400_000;

/** When the newest file was read, where that is long ago. @param turn asks again when it changes */
export function OldBanner({ turn }: { turn: unknown }) {
  const { answer, again } = useAsk<readonly { read_last: string | null }[]>("/v1/imports");
  useEffect(() => {
    if (answer !== null) again();
  }, [turn]);
  const read = (answer ?? []).flatMap(({ read_last }) => (read_last === null ? [] : [Date.parse(read_last)]));
  if (read.length === 0) return null;
  const last = Math.max(...read);
  const days = (Date.now() - last) / DAY;
  if (days < OLD) return null;
  return (
    <p className="banner old" role="note">
      <span className="words">
        Read on {dayOf(last)}, {age(days)} ago. Who posts and who is answered may have changed since; a newer
        file tells.
      </span>
    </p>
  );
}
