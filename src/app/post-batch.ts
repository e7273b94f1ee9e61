/**
 * Messages to another thread that leave together, in order, when the piece of work that made them
 * is over. To wake a thread costs more than most messages do, and a join makes a dozen. Holds what
 * one turn of the event loop makes, so its bound is that of the turn's.
 */
export class PostBatch<T> {
  readonly #post: (messages: readonly T[]) => void;
  #waiting: T[] = [];

  constructor(post: (messages: readonly T[]) => void) {
    this.#post = post;
  }

  add(message: T): void {
    if (this.#waiting.push(message) === 1) queueMicrotask(this.flush);
  }

  /** Posts what waits now, where no microtask would run for long. */
  readonly flush = (): void => {
    if (this.#waiting.length === 0) return;
    const messages = this.#waiting;
    this.#waiting = [];
    this.#post(messages);
  };
}
