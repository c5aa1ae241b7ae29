/**
 * Who may use a database when: writers one after the other, readers at any time, and now and then somebody alone. Work that reads must not wait for work
 * that writes: whoever wants to be alone waits for the readers.
 */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();
  private readonly readers = new Set<Promise<unknown>>();
  private alone: Promise<unknown> | undefined;

  /** Lets work read, at once unless somebody is alone. */
  async read<T>(work: () => Promise<T>): Promise<T> {
    while (this.alone !== undefined) await this.alone;
    const reading = work();
    const settled = reading.then(
      () => {},
      () => {},
    );
    this.readers.add(settled);
    void settled.then(() => this.readers.delete(settled));
    return reading;
  }

  /** Lets work write once those before it are done. */
  write<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    this.last = turn.then(
      () => {},
      () => {},
    );
    return turn;
  }

  /** Inside the turn of a writer: waits until nobody reads, and keeps readers waiting until the work is done. */
  async withoutReaders<T>(work: () => Promise<T>): Promise<T> {
    let open = () => {};
    this.alone = new Promise<void>((resolve) => {
      open = resolve;
    });
    try {
      await Promise.all(this.readers);
      return await work();
    } finally {
      this.alone = undefined;
      open();
    }
  }
}
