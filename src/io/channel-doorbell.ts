/** Channels are the process's own: nobody else is on them. */
function nameOf(thread: number): string {
  return `media-thread-${thread}`;
}

/**
 * Calls back on this thread whenever another one rings its bell, on a turn of its own.
 *
 * @param thread number of this thread
 * @returns what ends it
 */
export function answerDoorbell(thread: number, onRing: () => void): () => void {
  const channel = new BroadcastChannel(nameOf(thread));
  channel.onmessage = onRing;
  return () => channel.close();
}

/** The bell of another thread of this process. */
export class ChannelDoorbell {
  readonly #channel: BroadcastChannel;

  /** @param thread number of the other one */
  constructor(thread: number) {
    this.#channel = new BroadcastChannel(nameOf(thread));
  }

  ring(): void {
    this.#channel.postMessage(0);
  }

  close(): void {
    this.#channel.close();
  }
}
