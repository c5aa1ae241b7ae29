import { age, dayOf } from "../format.ts";

/** Days after which what a profile said is old news. */
const OLD = 90;
const DAY = 86_400_000;

/** When the newest file was read, where that is long ago. */
export function OldBanner({ files }: { files: readonly { readonly read_last: string | null }[] }) {
  const read = files.flatMap(({ read_last }) => (read_last === null ? [] : [Date.parse(read_last)]));
  if (read.length === 0) return null;
  const last = Math.max(...read);
  const days = (Date.now() - last) / DAY;
  if (days < OLD) return null;
  return (
    <p className="banner old" role="note">
      <span className="words">
        Data read on {dayOf(last)}, {age(days)} ago. Much may have changed since: add a newer file to see it.
      </span>
    </p>
  );
}
