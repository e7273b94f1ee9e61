import { RingQueue } from "../sctp/ring-queue.ts";

type PausedChannel<E> = {
  isPaused: boolean;
  readonly held: RingQueue<E>;
};

/**
 * Events of channels whose owner does not read for now, in order. What is held stays charged to
 * the receive window, which bounds it; an entry goes when its channel is read again and nothing is
 * left, so that there are no more entries than channels with a pause.
 */
export class PausedReads<E extends { readonly kind: string }> {
  readonly #channels: Map<number, PausedChannel<E>> = new Map();
  /** Channels that are read again and have something left, in the order of their turn. */
  readonly #resumed: RingQueue<number> = new RingQueue();

  pause(channelId: number): void {
    const known = this.#channels.get(channelId);
    if (known !== undefined) known.isPaused = true;
    else this.#channels.set(channelId, { isPaused: true, held: new RingQueue() });
  }

  resume(channelId: number): void {
    const channel = this.#channels.get(channelId);
    if (channel === undefined || !channel.isPaused) return;
    channel.isPaused = false;
    if (channel.held.count > 0) this.#resumed.push(channelId);
    else this.#channels.delete(channelId);
  }

  resumeAll(): void {
    for (const channelId of [...this.#channels.keys()]) this.resume(channelId);
  }

  /** True when the event is kept for later. The end of a channel with nothing held ends its pause. */
  hold(channelId: number, event: E): boolean {
    if (this.#channels.size === 0) return false;
    const channel = this.#channels.get(channelId);
    if (channel === undefined) return false;
    if (event.kind === "closed" && channel.held.count === 0) {
      this.#channels.delete(channelId);
      return false;
    }
    channel.held.push(event);
    return true;
  }

  /** The next event of channels that are read again: all of them go before newer ones. */
  shift(): E | undefined {
    for (;;) {
      const channelId = this.#resumed.peek();
      if (channelId === undefined) return undefined;
      const channel = this.#channels.get(channelId);
      const event = channel?.isPaused === false ? channel.held.shift() : undefined;
      if (event !== undefined) return event;
      this.#resumed.shift();
      if (channel?.isPaused === false) this.#channels.delete(channelId);
    }
  }
}
