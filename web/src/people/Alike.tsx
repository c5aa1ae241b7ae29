import { useAsk } from "../api.ts";
import { shortCount } from "../format.ts";
import { Button } from "../parts/Button.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { Empty, Failed, Loading } from "../parts/States.tsx";
import { go, placeAddress } from "../route.ts";
import { changePeople } from "./api.ts";
import { Meter } from "./columns.tsx";
import { Who } from "./Line.tsx";
import type { AlikeRow } from "./types.ts";

/** People like some others, and in what. */
export function Alike({ people, close }: { people: readonly number[]; close: () => void }) {
  const { answer, error, again } = useAsk<{ rows: readonly AlikeRow[] }>(
    people.length === 0 ? null : `/v1/people/alike?people=${people.join(",")}&limit=20`,
  );
  const rows = answer?.rows ?? [];
  return (
    <Dialog title="People like these" isOpen={people.length > 0} close={close}>
      {error !== null ? (
        <Failed title="They cannot be looked for" words={error.message} again={again} />
      ) : answer === null ? (
        <Loading words="Looking for people alike…" />
      ) : rows.length === 0 ? (
        <Empty title="Nobody is like these" words="Add a file with more people." />
      ) : (
        <>
          <p className="note">The bar says how likely each goes on posting and is answered well.</p>
          <ul className="plain-list alike">
            {rows.map((row) => (
              <li key={row.person}>
                <button
                  type="button"
                  onClick={() => {
                    close();
                    go(placeAddress("people", row.person, location.search));
                  }}
                >
                  <Who row={row} />
                </button>
                <Meter
                  value={row.probability}
                  words={<span className="unseen">goes on posting and is answered well</span>}
                />
                <span className="note">
                  {[
                    ...(row.because.length > 0 ? row.because : [row.why]),
                    `${shortCount(row.followers)} followers`,
                  ].join(", ")}
                </span>
              </li>
            ))}
          </ul>
          <div className="actions">
            <Button
              onPress={() => {
                void changePeople({ people: rows.map(({ person }) => person) }, { status: "to_contact" });
                close();
              }}
            >
              Mark all as to contact
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
