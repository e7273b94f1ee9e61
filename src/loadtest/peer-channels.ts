import { randomUint32 } from "../crypto/random-uint32.ts";
import { type DataChannelSettings, DataChannels } from "../transport/datachannel/data-channels.ts";

/** Packets written in one go; the rest follows with the next input. */
const TRANSMITS_MAX = 256;

export type ChannelEvents = {
  onOpen(label: string): void;
  /** One whole message. The bytes are the receiver's own. */
  onMessage(label: string, bytes: Uint8Array, nowMs: number): void;
  /** A channel's buffer has fallen to the mark of `setBufferedLow`. */
  onBufferedLow(label: string): void;
};

/** A client that neither sends data nor looks at what it gets. */
export const NO_CHANNEL_EVENTS: ChannelEvents = {
  onOpen() {},
  onMessage() {},
  onBufferedLow() {},
};

/** The data channels of one connection of a load client, by their labels. */
export class PeerChannels {
  readonly #channels: DataChannels;
  readonly #events: ChannelEvents;
  readonly #out: Uint8Array;
  readonly #ids = new Map<string, number>();
  readonly #labels = new Map<number, string>();

  /** @param opens channels that we open; those of the peer are accepted in any case */
  constructor(
    dtlsRole: "client" | "server",
    events: ChannelEvents,
    opens: readonly DataChannelSettings[],
  ) {
    this.#events = events;
    this.#channels = new DataChannels({ dtlsRole, random: randomUint32 });
    this.#out = new Uint8Array(this.#channels.packetBytesMax);
    for (const settings of opens) {
      const id = this.#channels.open(settings);
      this.#ids.set(settings.label, id);
      this.#labels.set(id, settings.label);
    }
  }

  connect(nowMs: number): void {
    this.#channels.connect(nowMs);
  }

  /** Queues a message, which leaves with `drain`. @returns false when it was not taken */
  send(nowMs: number, label: string, bytes: Uint8Array): boolean {
    const id = this.#ids.get(label);
    return id !== undefined && this.#channels.send(nowMs, id, bytes, false) === "sent";
  }

  /** Bytes of a channel that the peer has not acknowledged. */
  bufferedBytes(label: string): number {
    return this.#channels.bufferedBytes(this.#ids.get(label) ?? -1);
  }

  setBufferedLow(label: string, byteCount: number): void {
    this.#channels.setBufferedLow(this.#ids.get(label) ?? -1, byteCount);
  }

  handlePacket(nowMs: number, bytes: Uint8Array): void {
    this.#channels.handlePacket(nowMs, bytes);
  }

  handleTimeout(nowMs: number): void {
    this.#channels.handleTimeout(nowMs);
  }

  pollTimeout(): number {
    return this.#channels.pollTimeout();
  }

  /** Hands over what came, then what is to be sent, packet by packet. */
  drain(nowMs: number, transmit: (packet: Uint8Array, length: number) => void): void {
    const channels = this.#channels;
    for (let event = channels.pollEvent(); event !== undefined; event = channels.pollEvent()) {
      if (event.kind === "message") {
        const label = this.#labels.get(event.channelId);
        if (label !== undefined) this.#events.onMessage(label, event.bytes, nowMs);
      } else if (event.kind === "open") {
        this.#ids.set(event.label, event.channelId);
        this.#labels.set(event.channelId, event.label);
        this.#events.onOpen(event.label);
      } else if (event.kind === "buffered-low") {
        this.#events.onBufferedLow(this.#labels.get(event.channelId) ?? "");
      }
    }
    for (let i = 0; i < TRANSMITS_MAX; i++) {
      const length = channels.pollTransmit(nowMs, this.#out);
      if (length === 0) return;
      transmit(this.#out, length);
    }
  }
}
