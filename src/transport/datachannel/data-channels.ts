import { unreachable } from "../../base/assert.ts";
import type { DropReason } from "../../base/drop-reason.ts";
import {
  createDataChannelAck,
  createDataChannelOpen,
  type DataChannelOpen,
  Ppid,
  readDataChannelMessage,
} from "../../wire/sctp/data-channel-message.ts";
import { EVENT_OVERHEAD_BYTES } from "../sctp/event-queue.ts";
import { RingQueue } from "../sctp/ring-queue.ts";
import { SctpAssociation } from "../sctp/sctp-association.ts";
import type { SctpCloseReason, SctpEvent } from "../sctp/sctp-event.ts";
import type { SctpOptions, SctpSendResult } from "../sctp/sctp-options.ts";
import { PausedReads } from "./paused-reads.ts";

/** Channels at a time, both sides' together. What the peer opens beyond is closed at once. */
const CHANNELS_MAX = 128;
/** Events nobody has polled, beyond which the association is not asked for more. */
const EVENTS_MAX = 256;
const EMPTY_PAYLOAD = new Uint8Array(1);
const NO_BYTES = new Uint8Array(0);

export type DataChannelsOptions = SctpOptions & {
  /** Our DTLS role decides who opens which ids: the client even ones, the server odd ones. */
  readonly dtlsRole: "server" | "client";
};

export type DataChannelSettings = {
  readonly label: string;
  readonly ordered: boolean;
  /** Absent: reliable. 0: sent once. */
  readonly maxRetransmits?: number;
  /** Instead of `maxRetransmits`: given up after this. */
  readonly maxLifetimeMs?: number;
  readonly protocol?: string;
};

export type DataChannelEvent =
  /** The SCTP association is up. */
  | { readonly kind: "connected" }
  /** Ours is confirmed, or negotiated and connected, or the peer has opened one. */
  | {
      readonly kind: "open";
      readonly channelId: number;
      readonly label: string;
      readonly protocol: string;
      readonly ordered: boolean;
      readonly maxRetransmits: number | undefined;
    }
  | {
      readonly kind: "message";
      readonly channelId: number;
      /** The receiver's own. Text is UTF-8. */
      readonly bytes: Uint8Array;
      readonly isText: boolean;
    }
  /** Fell to the threshold of `setBufferedLow`. */
  | { readonly kind: "buffered-low"; readonly channelId: number }
  | { readonly kind: "closed"; readonly channelId: number }
  /** The association is over; all channels have been closed. */
  | {
      readonly kind: "disconnected";
      readonly reason: SctpCloseReason;
      /** For the log, one line. */
      readonly detail: string;
    };

/** What comes from the peer and is kept in order by channel. */
type ChargedEvent = Extract<DataChannelEvent, { kind: "open" | "message" | "closed" }>;

type Channel = {
  readonly id: number;
  readonly open: DataChannelOpen;
  /** Both sides made it with a known id: no messages establish it, and a restart keeps it. */
  readonly isNegotiated: boolean;
  // as `open` has them: a message to many needs them of each
  readonly ordered: boolean;
  readonly maxRetransmits: number;
  readonly maxLifetimeMs: number;
  /** A reset in either direction makes it "closing"; its id is free again when both are done. */
  state: "opening" | "open" | "closing";
  isIncomingReset: boolean;
  isOutgoingReset: boolean;
};

/**
 * WebRTC data channels over one SCTP association (RFC 8831, 8832), which they own: packets come
 * by `handlePacket`, leave by `pollTransmit`; after each handle the owner drains `pollTransmit`
 * and `pollEvent`.
 */
export class DataChannels {
  readonly #association: SctpAssociation;
  /** By stream id. At most CHANNELS_MAX. */
  readonly #channels: Map<number, Channel> = new Map();
  /** The one that was sent on last. */
  #latest: Channel | undefined;
  readonly #idParity: 0 | 1;
  /** At most about EVENTS_MAX; beyond it the association keeps them and closes its window. */
  readonly #events: RingQueue<DataChannelEvent> = new RingQueue();
  readonly #pausedReads: PausedReads<DataChannelEvent> = new PausedReads();
  #isConnected = false;
  /** False when `pollEvent` has said that there are no more, and nothing was done since. */
  #isLookDue = true;

  constructor(options: DataChannelsOptions) {
    this.#association = new SctpAssociation(options);
    this.#idParity = options.dtlsRole === "server" ? 1 : 0;
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** Room that `pollTransmit` needs, in bytes. */
  get packetBytesMax(): number {
    return this.#association.packetBytesMax;
  }

  /** Starts the association; both sides should. Channels may be opened before. */
  connect(nowMs: number): void {
    this.#association.connect(nowMs);
  }

  /**
   * Opens a channel in-band. It may be written to at once; "open" comes when the peer confirms.
   *
   * @returns its id, or -1 when the association is closed or no id is free
   */
  open(settings: DataChannelSettings): number {
    for (let id: number = this.#idParity; id < this.#association.streamsMax; id += 2) {
      if (this.#channels.has(id)) continue;
      if (this.#channels.size >= CHANNELS_MAX) return -1;
      const open = toOpen(settings);
      const bytes = createDataChannelOpen(open);
      if (this.#association.send(0, id, Ppid.Control, bytes) !== "sent") continue;
      this.#channels.set(id, createChannel(id, open, false));
      return id;
    }
    return -1;
  }

  /**
   * Makes a channel that the peer makes too, with the same id and settings, without messages.
   *
   * @param id 0..1023
   * @returns false when the id is in use or out of range, or the association is closed
   */
  openNegotiated(id: number, settings: DataChannelSettings): boolean {
    if (id < 0 || id >= this.#association.streamsMax || this.#association.isClosed) return false;
    if (this.#channels.has(id) || this.#channels.size >= CHANNELS_MAX) return false;
    const channel = createChannel(id, toOpen(settings), true);
    this.#channels.set(id, channel);
    this.#isLookDue = true;
    if (this.#isConnected) this.#becomeOpen(channel);
    return true;
  }

  /**
   * Queues a message.
   *
   * @param bytes may be empty; kept by reference and not to be changed any more, so that one message
   *   to many peers is held, and its checksum reckoned, once
   * @param isText the bytes are UTF-8
   */
  send(nowMs: number, channelId: number, bytes: Uint8Array, isText: boolean): SctpSendResult {
    const channel = this.#latest?.id === channelId ? this.#latest : this.#channels.get(channelId);
    if (channel === undefined || channel.state === "closing") return "closed";
    this.#latest = channel;
    const isEmpty = bytes.length === 0;
    const ppid = isText
      ? isEmpty
        ? Ppid.TextEmpty
        : Ppid.Text
      : isEmpty
        ? Ppid.BinaryEmpty
        : Ppid.Binary;
    // Until the peer has confirmed, nothing may overtake the OPEN (RFC 8832 §6).
    const unordered = !channel.ordered && channel.state === "open";
    return this.#association.send(
      nowMs,
      channelId,
      ppid,
      isEmpty ? EMPTY_PAYLOAD : bytes,
      unordered,
      channel.maxRetransmits,
      channel.maxLifetimeMs,
    );
  }

  /** Bytes of a channel that are neither acknowledged nor given up. */
  bufferedBytes(channelId: number): number {
    return this.#association.streamBufferedBytes(channelId);
  }

  /** The same over all channels. */
  get totalBufferedBytes(): number {
    return this.#association.bufferedBytes;
  }

  /** A "buffered-low" event comes when the channel's buffered bytes fall to `byteCount`. */
  setBufferedLow(channelId: number, byteCount: number): void {
    if (this.#channels.has(channelId)) this.#association.setBufferedLow(channelId, byteCount);
  }

  /**
   * Back-pressure: messages of a paused channel wait here, charged to the receive window, so that
   * the peer is slowed down by the protocol. Other channels go on, as long as the window lasts.
   * Once read again, what waited comes by `pollEvent` in order and before anything newer; drain
   * `pollTransmit` after it, for the peer has to hear that the window is open. A pause ends with
   * its channel: what waited, then "closed", is delivered when the owner resumes or closes it, and
   * at once when the association ends.
   */
  setReadPaused(channelId: number, isPaused: boolean): void {
    this.#isLookDue = true;
    if (!isPaused) this.#pausedReads.resume(channelId);
    else if (this.#channels.has(channelId)) this.#pausedReads.pause(channelId);
  }

  /** Closes one channel after what is queued on it; "closed" comes when the peer has agreed. */
  closeChannel(channelId: number): void {
    this.#isLookDue = true;
    this.#pausedReads.resume(channelId);
    const channel = this.#channels.get(channelId);
    if (channel === undefined || channel.state === "closing") return;
    channel.state = "closing";
    this.#association.resetStream(channelId);
  }

  /** Ends all channels at once and tells the peer. */
  close(): void {
    this.#association.abort();
  }

  /** Ends the association after all that is queued. */
  shutdown(): void {
    this.#association.shutdown();
  }

  handlePacket(nowMs: number, bytes: Uint8Array): DropReason {
    const reason = this.#association.handlePacket(nowMs, bytes);
    if (this.#association.mayHaveEvents) this.#takeEvents();
    return reason;
  }

  handleTimeout(nowMs: number): void {
    this.#association.handleTimeout(nowMs);
    this.#takeEvents();
  }

  /** False when `pollEvent` has no more events before something else is done here. */
  get mayHaveEvents(): boolean {
    return this.#isLookDue || this.#association.mayHaveEvents;
  }

  /** False when `pollTransmit` has nothing to write before something else is done here. */
  get mayTransmit(): boolean {
    return this.#association.mayTransmit;
  }

  /** When `handleTimeout` next has work, in the caller's monotonic ms; Infinity: not without input. */
  pollTimeout(): number {
    return this.#association.pollTimeout();
  }

  /**
   * Writes one SCTP packet.
   *
   * @param out at least `packetBytesMax` bytes
   * @returns its length, 0 when there is none
   */
  pollTransmit(nowMs: number, out: Uint8Array): number {
    return this.#association.pollTransmit(nowMs, out);
  }

  pollEvent(): DataChannelEvent | undefined {
    for (;;) {
      const resumed = this.#pausedReads.shift();
      if (resumed !== undefined) return this.#handOver(resumed);
      if (this.#events.count === 0) this.#takeEvents();
      const event = this.#events.shift();
      if (event === undefined) {
        this.#isLookDue = false;
        return undefined;
      }
      if (isCharged(event) && this.#pausedReads.hold(event.channelId, event)) continue;
      return this.#handOver(event);
    }
  }

  /** For the debug endpoint. */
  debugInfo(): Readonly<Record<string, unknown>> {
    return {
      association: this.#association.debugInfo(),
      channels: [...this.#channels.values()].map((channel) => ({
        id: channel.id,
        label: channel.open.label,
        state: channel.state,
        isNegotiated: channel.isNegotiated,
        bufferedBytes: this.bufferedBytes(channel.id),
      })),
    };
  }

  /** Until the owner has an event, it counts against the window, wherever it is kept. */
  #push(event: ChargedEvent): void {
    this.#association.retain(chargeOf(event));
    this.#events.push(event);
  }

  #handOver(event: DataChannelEvent): DataChannelEvent {
    if (isCharged(event)) this.#association.release(chargeOf(event));
    return event;
  }

  /** What the association has to say becomes our events, as long as somebody takes those. */
  #takeEvents(): void {
    this.#isLookDue = true;
    while (this.#events.count < EVENTS_MAX) {
      const event = this.#association.pollEvent();
      if (event === undefined) return;
      this.#handleEvent(event);
    }
  }

  #handleEvent(event: SctpEvent): void {
    switch (event.kind) {
      case "message":
        if (event.ppid === Ppid.Control) this.#handleControl(event.streamId, event.bytes);
        else this.#handleMessage(event.streamId, event.ppid, event.bytes);
        return;
      case "connected":
        this.#isConnected = true;
        this.#events.push({ kind: "connected" });
        for (const channel of this.#channels.values()) {
          if (channel.id >= this.#association.streamsMax) this.#remove(channel);
          else if (channel.isNegotiated) this.#becomeOpen(channel);
        }
        return;
      case "restarted":
        for (const channel of [...this.#channels.values()]) this.#handleRestart(channel);
        return;
      case "streams-reset":
        this.#handleReset(event.direction, event.streamIds);
        return;
      case "buffered-low":
        if (this.#channels.has(event.streamId)) {
          this.#events.push({ kind: "buffered-low", channelId: event.streamId });
        }
        return;
      case "closed":
        this.#isConnected = false;
        for (const channel of this.#channels.values()) this.#remove(channel);
        this.#pausedReads.resumeAll();
        this.#events.push({
          kind: "disconnected",
          reason: event.reason,
          detail: event.detail,
        });
        return;
      default:
        unreachable(event);
    }
  }

  #handleControl(channelId: number, bytes: Uint8Array): void {
    const message = readDataChannelMessage(bytes);
    if (message === "ack") {
      const opened = this.#channels.get(channelId);
      if (opened !== undefined) this.#becomeOpen(opened);
      return;
    }
    // The id is free for the peer once it has carried out our reset: an answer may be lost.
    if (this.#channels.get(channelId)?.isIncomingReset) {
      const ended = this.#association.concludeReset(channelId);
      if (ended.length > 0) this.#handleReset("outgoing", ended);
    }
    const known = this.#channels.get(channelId);
    // An id in use stays as it is: two channels on one stream cannot be told apart.
    if (message === undefined || known !== undefined) return;
    const ack = createDataChannelAck();
    const isRefused =
      this.#channels.size >= CHANNELS_MAX ||
      this.#association.send(0, channelId, Ppid.Control, ack) !== "sent";
    if (isRefused) {
      this.#association.resetStream(channelId);
      return;
    }
    const channel = createChannel(channelId, message, false);
    this.#channels.set(channelId, channel);
    this.#becomeOpen(channel);
  }

  #handleMessage(channelId: number, ppid: number, bytes: Uint8Array): void {
    const channel = this.#channels.get(channelId);
    if (channel === undefined || channel.isIncomingReset) return;
    const isEmpty = ppid === Ppid.TextEmpty || ppid === Ppid.BinaryEmpty;
    const isText = ppid === Ppid.Text || ppid === Ppid.TextEmpty;
    if (!isEmpty && !isText && ppid !== Ppid.Binary) return;
    // Whoever sends data has seen our OPEN: as good as a confirmation (RFC 8832 §6).
    if (channel.state === "opening") this.#becomeOpen(channel);
    this.#push({ kind: "message", channelId, bytes: isEmpty ? NO_BYTES : bytes, isText });
  }

  #becomeOpen(channel: Channel): void {
    if (channel.state !== "opening") return;
    channel.state = "open";
    this.#push({
      kind: "open",
      channelId: channel.id,
      label: channel.open.label,
      protocol: channel.open.protocol,
      ordered: channel.open.ordered,
      maxRetransmits: channel.open.maxRetransmits,
    });
  }

  /** A channel is closed by each side resetting its own direction (RFC 8831 §6.7). */
  #handleReset(direction: "incoming" | "outgoing", streamIds: readonly number[]): void {
    const ids = streamIds.length > 0 ? streamIds : [...this.#channels.keys()];
    for (const id of ids) {
      const channel = this.#channels.get(id);
      if (channel === undefined) continue;
      if (direction === "outgoing") {
        channel.isOutgoingReset = true;
      } else {
        channel.isIncomingReset = true;
        channel.state = "closing";
        // Once is enough: a second reset would close what the peer opens next under this id.
        if (!channel.isOutgoingReset) this.#association.resetStream(id);
      }
      if (channel.isIncomingReset && channel.isOutgoingReset) this.#remove(channel);
    }
  }

  /** The peer knows nothing of what was opened by messages. */
  #handleRestart(channel: Channel): void {
    this.#remove(channel);
    if (!channel.isNegotiated) return;
    const fresh = createChannel(channel.id, channel.open, true);
    this.#channels.set(channel.id, fresh);
    this.#becomeOpen(fresh);
  }

  #remove(channel: Channel): void {
    this.#channels.delete(channel.id);
    if (this.#latest === channel) this.#latest = undefined;
    this.#push({ kind: "closed", channelId: channel.id });
  }
}

function isCharged(event: DataChannelEvent): event is ChargedEvent {
  return event.kind === "message" || event.kind === "open" || event.kind === "closed";
}

function chargeOf(event: ChargedEvent): number {
  const byteCount = event.kind === "message" ? event.bytes.length : 0;
  return byteCount + EVENT_OVERHEAD_BYTES;
}

function toOpen(settings: DataChannelSettings): DataChannelOpen {
  return {
    label: settings.label,
    protocol: settings.protocol ?? "",
    ordered: settings.ordered,
    maxRetransmits: settings.maxRetransmits,
    maxLifetimeMs: settings.maxRetransmits === undefined ? settings.maxLifetimeMs : undefined,
  };
}

function createChannel(id: number, open: DataChannelOpen, isNegotiated: boolean): Channel {
  return {
    id,
    open,
    isNegotiated,
    ordered: open.ordered,
    maxRetransmits: open.maxRetransmits ?? Number.POSITIVE_INFINITY,
    maxLifetimeMs: open.maxLifetimeMs ?? Number.POSITIVE_INFINITY,
    state: "opening",
    isIncomingReset: false,
    isOutgoingReset: false,
  };
}
