import type { RefObject } from "react";
import { Menu as AriaMenu } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { Item } from "../parts/Menu.tsx";
import type { Status } from "./types.ts";

/** Statuses as people read them, in the order of the work. */
export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  new: "New",
  to_contact: "To contact",
  contacted: "Contacted",
  answered: "Answered",
  agreed: "Agreed",
  declined: "Declined",
  never: "Never",
};

/** The statuses; the key of each is its number. */
export const STATUSES = Object.keys(STATUS_WORDS) as readonly Status[];

/** How much of the ring is filled, of four quarters. */
const FILLED: Readonly<Record<Status, number>> = {
  new: 0,
  to_contact: 1,
  contacted: 2,
  answered: 3,
  agreed: 4,
  declined: 0,
  never: 0,
};

/** What is drawn over the ring. */
const SIGNS: Partial<Record<Status, string>> = {
  agreed: "M4.8 8.2l2.2 2.2 4.2-4.6",
  declined: "M5 8h6",
  never: "M5.5 5.5l5 5M10.5 5.5l-5 5",
};

/** How far the work on a person is, as a ring that fills. */
export function StatusDot({ status }: { status: Status }) {
  const filled = FILLED[status];
  const sign = SIGNS[status];
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" className={`status-dot ${status}`}>
      <circle cx="8" cy="8" r="6.25" className={filled === 4 ? "full" : "ring"} />
      {filled > 0 && filled < 4 && (
        <circle
          cx="8"
          cy="8"
          r="2"
          className="pie"
          strokeDasharray={`${filled * Math.PI} ${4 * Math.PI}`}
          transform="rotate(-90 8 8)"
        />
      )}
      {sign !== undefined && <path d={sign} className={filled === 4 ? "sign on-full" : "sign"} />}
    </svg>
  );
}

/** The lines of a menu of statuses. */
export function statusItems() {
  return STATUSES.map((status, i) => (
    <Item key={status} id={status} icon={<StatusDot status={status} />} hint={String(i + 1)}>
      {STATUS_WORDS[status]}
    </Item>
  ));
}

/** A menu of statuses beside an element of the page that has none of its own: there is one for all rows of the table. */
export function StatusMenu({
  beside,
  status,
  close,
  choose,
}: {
  beside: RefObject<Element | null>;
  status: Status;
  close: () => void;
  choose: (status: Status) => void;
}) {
  return (
    <Popover
      className="pop"
      triggerRef={beside}
      isOpen
      placement="bottom start"
      offset={4}
      onOpenChange={(open) => {
        if (!open) close();
      }}
    >
      <AriaMenu
        className="menu"
        aria-label="Status"
        autoFocus
        selectionMode="single"
        selectedKeys={[status]}
        onAction={(key) => choose(key as Status)}
        onClose={close}
      >
        {statusItems()}
      </AriaMenu>
    </Popover>
  );
}
