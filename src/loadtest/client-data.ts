import type { DataChannelSettings } from "../transport/datachannel/data-channels.ts";
import type { ChannelEvents } from "./peer-channels.ts";
import type { RtcPeer } from "./rtc-peer.ts";

/** The channels that clients open on the connection that they publish on. */
export const CLIENT_CHANNELS: readonly DataChannelSettings[] = [
  { label: "_lossy", ordered: false, maxRetransmits: 0 },
  { label: "_reliable", ordered: true },
];

/**
 * Data of one client as those with two connections have it: it sends on the publishing one and
 * receives on the other.
 */
export class ClientData {
  onMessage: (label: string, bytes: Uint8Array, nowMs: number) => void = () => {};
  /** What was sent and is on its way has fallen to the mark of `setBufferedLow`. */
  onBufferedLow: () => void = () => {};
  #publisher: RtcPeer | undefined;
  readonly #canReceive = Promise.withResolvers<void>();
  readonly #canSend = Promise.withResolvers<void>();

  readonly subscriberEvents: ChannelEvents = {
    onOpen: (label) => {
      if (label === "_reliable") this.#canReceive.resolve();
    },
    onMessage: (label, bytes, nowMs) => this.onMessage(label, bytes, nowMs),
    onBufferedLow() {},
  };

  readonly publisherEvents: ChannelEvents = {
    onOpen: (label) => {
      if (label === "_reliable") this.#canSend.resolve();
    },
    onMessage() {},
    onBufferedLow: () => this.onBufferedLow(),
  };

  /** The server has opened the reliable channel to this client. */
  get canReceive(): Promise<void> {
    return this.#canReceive.promise;
  }

  /** The server has confirmed the reliable channel of this client. */
  get canSend(): Promise<void> {
    return this.#canSend.promise;
  }

  setPublisher(peer: RtcPeer): void {
    this.#publisher = peer;
  }

  /** Queues a message, which leaves with `flush`. @returns false when it was not taken */
  send(nowMs: number, label: string, bytes: Uint8Array): boolean {
    return this.#publisher?.channels?.send(nowMs, label, bytes) ?? false;
  }

  flush(nowMs: number): void {
    this.#publisher?.drainChannels(nowMs);
  }

  bufferedBytes(label: string): number {
    return this.#publisher?.channels?.bufferedBytes(label) ?? 0;
  }

  setBufferedLow(label: string, byteCount: number): void {
    this.#publisher?.channels?.setBufferedLow(label, byteCount);
  }
}
