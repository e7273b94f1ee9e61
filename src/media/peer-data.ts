import { DropReason } from "../base/drop-reason.ts";
import type { DataChannelSpec } from "../bridge/commands.ts";
import { DataChannels } from "../transport/datachannel/data-channels.ts";
import { DATA_TRACK_LABEL } from "./data-tracks.ts";
import type { EngineContext } from "./engine-context.ts";

/** Packets written in one go; the rest follows with the next input or timeout. */
const TRANSMITS_MAX = 512;
/** Lossy messages are dropped for a peer that is this far behind, bytes (spec-media 1.11). */
const LOSSY_BUFFER_BYTES_MAX = 64 * 1024;

export type PeerDataOptions = {
  /** What the client takes in one message, bytes; 0 is no limit. */
  readonly messageBytesMax: number;
  readonly hasZeroChecksum: boolean;
  /** Channels that the server makes. */
  readonly channels: readonly DataChannelSpec[];
};

/** Protects and queues the SCTP packet of `length` bytes at the beginning of `packet`. */
export type SctpSender = (packet: Uint8Array, length: number) => void;

/** The data channels of one peer: SCTP on top of its DTLS session. */
export class PeerData {
  readonly #peerId: number;
  readonly #context: EngineContext;
  readonly #sendPacket: SctpSender;
  readonly #channels: DataChannels;
  readonly #out: Uint8Array;
  readonly #idByLabel = new Map<string, number>();
  readonly #labelById = new Map<number, string>();
  readonly #lossy = new Set<number>();

  constructor(
    peerId: number,
    context: EngineContext,
    sendPacket: SctpSender,
    options: PeerDataOptions,
  ) {
    this.#peerId = peerId;
    this.#context = context;
    this.#sendPacket = sendPacket;
    this.#channels = new DataChannels({
      dtlsRole: "server",
      random: context.random,
      zeroChecksum: options.hasZeroChecksum,
      ...(options.messageBytesMax > 0 ? { maxMessageBytes: options.messageBytesMax } : {}),
    });
    this.#out = new Uint8Array(this.#channels.packetBytesMax);
    for (const spec of options.channels) this.#open(spec);
  }

  #open(spec: DataChannelSpec): void {
    const settings = {
      label: spec.label,
      ordered: spec.isOrdered,
      ...(spec.maxRetransmits === undefined ? {} : { maxRetransmits: spec.maxRetransmits }),
    };
    if (spec.negotiatedId === undefined) this.#channels.open(settings);
    else this.#channels.openNegotiated(spec.negotiatedId, settings);
  }

  connect(nowMs: number): void {
    this.#channels.connect(nowMs);
    this.#drain(nowMs);
  }

  handlePacket(nowMs: number, bytes: Uint8Array): DropReason {
    const reason = this.#channels.handlePacket(nowMs, bytes);
    this.#drain(nowMs);
    return reason;
  }

  /** @returns false when there is no such channel, or it takes no more for now */
  send(nowMs: number, label: string, bytes: Uint8Array): boolean {
    const id = this.#idByLabel.get(label);
    if (id === undefined) return false;
    if (this.#lossy.has(id) && this.#channels.bufferedBytes(id) > LOSSY_BUFFER_BYTES_MAX) {
      this.#context.counters.dropped[DropReason.Full]! += 1;
      return false;
    }
    const isSent = this.#channels.send(nowMs, id, bytes, false) === "sent";
    if (!isSent) this.#context.counters.dropped[DropReason.Full]! += 1;
    this.#drain(nowMs);
    return isSent;
  }

  handleTimeout(nowMs: number): void {
    this.#channels.handleTimeout(nowMs);
    this.#drain(nowMs);
  }

  pollTimeout(): number {
    return this.#channels.pollTimeout();
  }

  #drain(nowMs: number): void {
    for (;;) {
      const event = this.#channels.pollEvent();
      if (event === undefined) break;
      if (event.kind === "message") {
        const label = this.#labelById.get(event.channelId);
        if (label !== undefined) {
          const { bytes } = event;
          if (label === DATA_TRACK_LABEL) {
            this.#context.dataTracks.receive(nowMs, this.#peerId, bytes);
          } else {
            this.#context.emit({ kind: "data-received", peerId: this.#peerId, label, bytes });
          }
        }
      } else if (event.kind === "open") {
        this.#opened(event.channelId, event.label, event.maxRetransmits);
      } else if (event.kind === "closed") {
        this.#closed(event.channelId);
      }
    }
    for (let i = 0; i < TRANSMITS_MAX; i++) {
      const length = this.#channels.pollTransmit(nowMs, this.#out);
      if (length === 0) break;
      this.#sendPacket(this.#out, length);
    }
  }

  /** A label that is opened again takes the former channel's place. */
  #opened(id: number, label: string, maxRetransmits: number | undefined): void {
    this.#idByLabel.set(label, id);
    this.#labelById.set(id, label);
    if (maxRetransmits === undefined) this.#lossy.delete(id);
    else this.#lossy.add(id);
    this.#context.emit({
      kind: "data-channel-open",
      peerId: this.#peerId,
      label,
      isReliable: maxRetransmits === undefined,
    });
  }

  #closed(id: number): void {
    const label = this.#labelById.get(id);
    this.#labelById.delete(id);
    this.#lossy.delete(id);
    if (label !== undefined && this.#idByLabel.get(label) === id) this.#idByLabel.delete(label);
  }

  close(): void {
    this.#channels.close();
  }
}
