import { Problem } from "./problem.ts";

/** How much of a kind of work there may be. */
export interface Lane {
  /** Most that run together. */
  readonly atOnce: number;
  /** Most that wait for their turn. */
  readonly waiting: number;
  /** Milliseconds from asking to the answer. */
  readonly ms: number;
}

/** Kinds of work, none of which waits for another: scoring and explaining, questions about people, edits, and lists to keep, which may take long. */
export type LaneName = "scoring" | "listing" | "editing" | "long";

/** What a gate lets in. */
export interface GateLimits {
  /** Bytes of memory for all bodies that are being received or worked on. */
  readonly heldBytes: number;
  /** The part of it that only small bodies may use, so that large ones never shut them out. */
  readonly smallShare: number;
  readonly lanes: Readonly<Record<LaneName, Lane>>;
}

/** A part of the memory for bodies. */
export interface Held {
  /** Takes more. @throws Problem `too-many` */
  grow(bytes: number): void;
  /** Gives all back. */
  release(): void;
}

/** Where everything that costs memory or time is let in, or turned away before it costs any. */
export interface Gate {
  /**
   * Takes memory for a body.
   *
   * @param small whether it may use what is kept for small bodies
   * @throws Problem `too-many` where there is not as much
   */
  hold(bytes: number, small?: boolean): Held;
  /**
   * Does some work when its turn comes. The work gets a signal that tells when nobody waits for it any more.
   *
   * @param gone tells that whoever asked has gone
   * @throws Problem `too-many` where too much waits, `overdue` where it takes too long, `conflict` where nobody waits for it any more
   */
  work<T>(lane: LaneName, gone: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** Opens a gate. */
export function createGate({ heldBytes, smallShare, lanes }: GateLimits): Gate {
  let free = heldBytes;
  const queues = {
    scoring: createQueue(lanes.scoring),
    listing: createQueue(lanes.listing),
    editing: createQueue(lanes.editing),
    long: createQueue(lanes.long),
  };
  return {
    hold(bytes, small = false) {
      let mine = 0;
      const grow = (more: number) => {
        if (more > free - (small ? 0 : heldBytes * smallShare))
          throw new Problem("too-many", "Too much is being received (try again later).");
        free -= more;
        mine += more;
      };
      grow(bytes);
      return {
        grow,
        release() {
          free += mine;
          mine = 0;
        },
      };
    },
    async work(name, gone, work) {
      const stop = new AbortController();
      const { signal } = stop;
      const leave = () => stop.abort(new Problem("conflict", "The request was given up."));
      const { ms } = lanes[name];
      const late = new Problem("overdue", `It took longer than ${Math.round(ms / 1000)} seconds.`);
      const timer = setTimeout(() => stop.abort(late), ms);
      const queue = queues[name];
      if (gone.aborted) leave();
      gone.addEventListener("abort", leave, { once: true });
      try {
        signal.throwIfAborted();
        await queue.enter(signal);
        const done = work(signal);
        // The place is taken until the work has really ended, whoever still waits for it.
        done.then(queue.leave, queue.leave);
        return await Promise.race([done, aborted(signal)]);
      } finally {
        clearTimeout(timer);
        gone.removeEventListener("abort", leave);
      }
    },
  };
}

/** Fails with the signal's reason once it is aborted. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function createQueue({ atOnce, waiting: most }: Lane) {
  let running = 0;
  const waiting = new Set<() => void>();
  return {
    /** Waits for a place. @throws Problem `too-many`; the signal's reason, then no place is taken */
    async enter(signal: AbortSignal): Promise<void> {
      if (running < atOnce) {
        running++;
        return;
      }
      if (waiting.size >= most) throw new Problem("too-many", "Too much waits to be done (try again later).");
      await new Promise<void>((resolve, reject) => {
        const come = () => {
          signal.removeEventListener("abort", leave);
          resolve();
        };
        const leave = () => {
          waiting.delete(come);
          reject(signal.reason);
        };
        waiting.add(come);
        signal.addEventListener("abort", leave, { once: true });
      });
    },
    /** Gives a place to whoever waits longest. */
    leave(): void {
      const [next] = waiting;
      if (next === undefined) {
        running--;
        return;
      }
      waiting.delete(next);
      next();
    },
  };
}
