/** Work that is done once, when nobody has asked for anything for a while. */
export interface IdleWork {
  /** Something is asked: the work waits. */
  busy(): void;
  /** All that was asked is answered: the work begins after a rest, unless something is asked before. */
  idle(): void;
  /** Gives the work up where it has not begun; comes once it has ended where it has. */
  end(): Promise<void>;
}

/**
 * Makes work wait for a time of rest.
 *
 * @param work what it throws is told to nobody
 * @param rest milliseconds
 */
export function createIdleWork(work: () => Promise<unknown>, rest: number): IdleWork {
  let begun: Promise<unknown> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const busy = () => clearTimeout(timer);
  return {
    busy,
    idle() {
      busy();
      if (begun !== undefined) return;
      timer = setTimeout(() => {
        begun = work().catch(() => {});
      }, rest);
    },
    async end() {
      busy();
      begun ??= Promise.resolve();
      await begun;
    },
  };
}
