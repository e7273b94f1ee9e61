import { assert } from "../base/assert.ts";
import { DropReason } from "../base/drop-reason.ts";
import type { DataChannelLabel, DataChannelSpec } from "../bridge/commands.ts";
import { DataChannels } from "../transport/datachannel/data-channels.ts";
import type { DataMember } from "./data/data-member.ts";
import { Backlog, DataChannelKind, type DataPort } from "./data/data-port.ts";
import type { DataWorker } from "./data/data-turns.ts";
import { LossyOutput, ReliableOutput } from "./data/outgoing-channel.ts";
import { WorkBudget, workOf } from "./data/work-budget.ts";
import type { EngineContext } from "./engine-context.ts";

/** Packets written and messages forwarded in one go; then it is other peers' turn. */
const PACKETS_MAX = 32;
const MESSAGES_MAX = 16;
/** Messages that cost so much are enough for one go, however few: half of a turn of `DataTurns`. */
const UNITS_MAX = 128;
const LABELS: readonly DataChannelLabel[] = ["_reliable", "_lossy", "_data_track"];

export type PeerDataOptions = {
  /** What the client takes in one message, bytes; 0 is no limit. */
  readonly messageBytesMax: number;
  readonly hasZeroChecksum: boolean;
  /** Channels that the server makes. */
  readonly channels: readonly DataChannelSpec[];
};

/** The peer, as its data channels see it. */
export interface PeerDataHost {
  /** Something is due at `dueMs`, which `handleTimeout` is to be called for. */
  wake(dueMs: number): void;
  /** Protects and queues the SCTP packet of `length` bytes at the beginning of `packet`. */
  sendSctp(packet: Uint8Array, length: number): void;
}

/** For the packet that a peer is about to send: all of a thread's have their turns one by one. */
const OUT: Uint8Array = new Uint8Array(2048);

/**
 * The data channels of one peer: SCTP on top of its DTLS session. Packets are taken in as they come;
 * messages are forwarded, and packets sent, when it is the peer's turn (`DataTurns`).
 */
export class PeerData implements DataPort, DataWorker {
  readonly peerId: number;
  member: DataMember | undefined = undefined;
  isQueued = false;
  readonly #context: EngineContext;
  readonly #host: PeerDataHost;
  #channels: DataChannels | undefined;
  readonly #kindById = new Map<number, DataChannelKind>();
  /** Open channels of the client's own, in the order of their opening. */
  readonly #others: number[] = [];
  readonly #reliable: ReliableOutput;
  readonly #lossy: LossyOutput;
  readonly #dataTrack: LossyOutput;
  /** Something may wait on one of the two. */
  #isLossyBusy = false;
  readonly #isTold: boolean[] = [false, false, false];
  #isFailureTold = false;
  readonly #budget: WorkBudget = new WorkBudget();
  /** Its messages have cost too much: none are read before. Monotonic ms. */
  #restsUntilMs = Number.POSITIVE_INFINITY;
  readingId = -1;
  readonly #pausedIds: number[] = [];

  constructor(peerId: number, context: EngineContext, host: PeerDataHost) {
    this.peerId = peerId;
    this.#context = context;
    this.#host = host;
    const { data } = context.options;
    this.#reliable = new ReliableOutput(data?.slowThresholdBps ?? 0);
    this.#lossy = new LossyOutput(data?.lossyLatencyMs ?? 0);
    this.#dataTrack = new LossyOutput(data?.dataTrackLatencyMs ?? 0);
  }

  get isStarted(): boolean {
    return this.#channels !== undefined;
  }

  /** DTLS is up. */
  start(nowMs: number, options: PeerDataOptions): void {
    this.#channels = new DataChannels({
      dtlsRole: "server",
      random: this.#context.random,
      zeroChecksum: options.hasZeroChecksum,
      ...this.#context.options.data?.sctp,
      ...(options.messageBytesMax > 0 ? { maxMessageBytes: options.messageBytesMax } : {}),
    });
    assert(
      this.#channels.packetBytesMax <= OUT.length,
      "A packet fits the thread's memory for one",
    );
    for (const spec of options.channels) open(this.#channels, spec);
    this.#channels.connect(nowMs);
    this.#enqueue();
  }

  handlePacket(nowMs: number, bytes: Uint8Array): DropReason {
    if (this.#channels === undefined) return DropReason.WrongState;
    const reason = this.#channels.handlePacket(nowMs, bytes);
    this.#noteBuffered(nowMs, this.#channels);
    // most packets of a receiver say that it has got what it was sent
    if (this.#channels.mayTransmit || this.#channels.mayHaveEvents) this.#enqueue();
    return reason;
  }

  #noteBuffered(nowMs: number, channels: DataChannels): void {
    const { id } = this.#reliable;
    if (this.#reliable.isWatched) this.#reliable.noteBuffered(nowMs, channels.bufferedBytes(id));
    if (!this.#isLossyBusy) return;
    this.#isLossyBusy = false;
    this.#noteLossy(nowMs, channels, this.#lossy);
    this.#noteLossy(nowMs, channels, this.#dataTrack);
  }

  #noteLossy(nowMs: number, channels: DataChannels, output: LossyOutput): void {
    if (output.id >= 0 && output.isBusy) output.note(nowMs, 0, channels.bufferedBytes(output.id));
    this.#isLossyBusy ||= output.isBusy;
  }

  handleTimeout(nowMs: number): void {
    if (nowMs >= this.#restsUntilMs) {
      this.#restsUntilMs = Number.POSITIVE_INFINITY;
      this.#enqueue();
    }
    if (this.#channels === undefined || nowMs < this.#channels.pollTimeout()) return;
    this.#channels.handleTimeout(nowMs);
    this.#enqueue();
  }

  pollTimeout(): number {
    if (this.#channels === undefined) return Number.POSITIVE_INFINITY;
    return Math.min(this.#channels.pollTimeout(), this.#restsUntilMs);
  }

  #enqueue(): void {
    this.#context.dataTurns.enqueue(this);
  }

  work(nowMs: number): number {
    const channels = this.#channels;
    if (channels === undefined) return 0;
    let units = channels.mayHaveEvents ? this.#forwardMessages(nowMs, channels) : 0;
    units += this.#transmit(nowMs, channels);
    this.#host.wake(this.pollTimeout());
    return units;
  }

  #forwardMessages(nowMs: number, channels: DataChannels): number {
    if (this.#restsUntilMs !== Number.POSITIVE_INFINITY) return 0;
    let units = 0;
    let hasMore = true;
    for (let i = 0; i < MESSAGES_MAX && units < UNITS_MAX; i++) {
      const event = channels.pollEvent();
      if (event === undefined) {
        hasMore = false;
        break;
      }
      if (event.kind === "message") units += this.#forward(nowMs, event.channelId, event.bytes);
      else if (event.kind === "open") this.#opened(nowMs, event);
      else if (event.kind === "closed") this.#closed(event.channelId);
      else if (event.kind === "buffered-low") this.#caughtUp(nowMs, event.channelId);
    }
    this.#budget.spend(units);
    const readyMs = this.#budget.readyMs(nowMs);
    if (readyMs > nowMs) this.#restsUntilMs = readyMs;
    else if (hasMore) this.#enqueue();
    return units;
  }

  #forward(nowMs: number, channelId: number, bytes: Uint8Array): number {
    const kind = this.#kindById.get(channelId);
    if (kind === undefined) return 1;
    const { data } = this.#context.counters;
    data.messagesIn += 1;
    data.bytesIn += bytes.length;
    if (kind === DataChannelKind.DataTrack) {
      const { length } = bytes;
      return workOf(this.#context.dataTracks.receive(nowMs, this.peerId, bytes), length);
    }
    this.readingId = channelId;
    return this.#context.data.received(nowMs, this, kind, bytes);
  }

  #transmit(nowMs: number, channels: DataChannels): number {
    for (let count = 0; count < PACKETS_MAX; count++) {
      const length = channels.pollTransmit(nowMs, OUT);
      if (length === 0) return count;
      this.#host.sendSctp(OUT, length);
    }
    this.#enqueue();
    return PACKETS_MAX;
  }

  isOpen(channel: DataChannelKind): boolean {
    return this.#idOf(channel) >= 0;
  }

  #idOf(channel: DataChannelKind): number {
    if (channel === DataChannelKind.Reliable) return this.#reliable.id;
    if (channel === DataChannelKind.Lossy) return this.#lossy.id;
    if (channel === DataChannelKind.DataTrack) return this.#dataTrack.id;
    return this.#others.length > 0 ? this.#others[0]! : -1;
  }

  send(nowMs: number, channel: DataChannelKind, bytes: Uint8Array): boolean {
    if (channel === DataChannelKind.Reliable) return this.#sendReliable(nowMs, bytes);
    const output = channel === DataChannelKind.Lossy ? this.#lossy : this.#dataTrack;
    return this.#sendLossy(nowMs, output, channel, bytes);
  }

  #sendReliable(nowMs: number, bytes: Uint8Array): boolean {
    const output = this.#reliable;
    if (output.isTooSlow(nowMs)) return this.#dropReliable();
    if (!this.#queue(nowMs, output.id, DataChannelKind.Reliable, bytes)) return false;
    const channels = this.#channels!;
    if (output.sent(nowMs, bytes.length, channels.bufferedBytes(output.id))) {
      channels.setBufferedLow(output.id, output.lowBytes);
    }
    return true;
  }

  #sendLossy(
    nowMs: number,
    output: LossyOutput,
    channel: DataChannelKind,
    bytes: Uint8Array,
  ): boolean {
    const channels = this.#channels;
    if (channels === undefined) return false;
    if (output.id >= 0 && output.isFull(nowMs, channels.bufferedBytes(output.id))) {
      return this.#dropLossy();
    }
    if (!this.#queue(nowMs, output.id, channel, bytes)) return false;
    output.note(nowMs, bytes.length, channels.bufferedBytes(output.id));
    this.#isLossyBusy = true;
    return true;
  }

  sendRaw(nowMs: number, bytes: Uint8Array): boolean {
    const id = this.#idOf(DataChannelKind.Other);
    return this.#queue(nowMs, id, DataChannelKind.Other, bytes);
  }

  #queue(nowMs: number, id: number, channel: DataChannelKind, bytes: Uint8Array): boolean {
    if (id < 0 || this.#channels === undefined) {
      if (this.#isTold[channel]) this.#failed();
      return false;
    }
    const result = this.#channels.send(nowMs, id, bytes, false);
    if (result !== "sent") {
      if (result === "closed") this.#failed();
      return channel === DataChannelKind.Reliable ? this.#dropReliable() : this.#dropLossy();
    }
    const { data } = this.#context.counters;
    data.messagesOut += 1;
    data.bytesOut += bytes.length;
    this.#enqueue();
    return true;
  }

  #dropReliable(): boolean {
    const { counters } = this.#context;
    counters.dropped[DropReason.SlowReader]! += 1;
    counters.data.reliableDropped += 1;
    return false;
  }

  #dropLossy(): boolean {
    const { counters } = this.#context;
    counters.dropped[DropReason.SlowReader]! += 1;
    counters.data.lossyDropped += 1;
    return false;
  }

  backlog(nowMs: number): Backlog {
    return this.#reliable.id < 0 ? Backlog.Stalled : this.#reliable.backlog(nowMs);
  }

  pauseReading(channelId: number = this.readingId): void {
    if (this.#pausedIds.includes(channelId)) return;
    this.#context.counters.data.pauses += 1;
    this.#pausedIds.push(channelId);
    this.#channels?.setReadPaused(channelId, true);
  }

  resumeReading(): void {
    for (let id = this.#pausedIds.pop(); id !== undefined; id = this.#pausedIds.pop()) {
      this.#channels?.setReadPaused(id, false);
    }
    this.#enqueue();
  }

  /** A label that is opened again takes the former channel's place. */
  #opened(
    nowMs: number,
    event: { channelId: number; label: string; maxRetransmits: number | undefined },
  ): void {
    const { channelId: id } = event;
    const index = LABELS.indexOf(event.label as DataChannelLabel);
    if (index < 0) {
      this.#kindById.set(id, DataChannelKind.Other);
      this.#others.push(id);
      return;
    }
    const kind = index as DataChannelKind;
    this.#kindById.set(id, kind);
    if (kind === DataChannelKind.Reliable) {
      this.#reliable.opened(id);
    } else if (kind === DataChannelKind.Lossy) this.#lossy.id = id;
    else this.#dataTrack.id = id;
    this.#tell(index, event.maxRetransmits === undefined);
    if (kind === DataChannelKind.Reliable) this.#context.data.reliableOpened(nowMs, this);
  }

  /** The control side hears of each of our labels once, however often a client opens it. */
  #tell(index: number, isReliable: boolean): void {
    if (this.#isTold[index]) return;
    this.#isTold[index] = true;
    const label = LABELS[index]!;
    this.#context.emit({ kind: "data-channel-open", peerId: this.peerId, label, isReliable });
  }

  #closed(id: number): void {
    this.#kindById.delete(id);
    if (this.#reliable.id === id) this.#reliable.id = -1;
    else if (this.#lossy.id === id) this.#lossy.id = -1;
    else if (this.#dataTrack.id === id) this.#dataTrack.id = -1;
    const index = this.#others.indexOf(id);
    if (index >= 0) this.#others.splice(index, 1);
  }

  /** Something was to be sent on a channel that was open once. */
  #failed(): void {
    if (this.#isFailureTold) return;
    this.#isFailureTold = true;
    this.#context.emit({ kind: "data-channel-failed", peerId: this.peerId });
  }

  #caughtUp(nowMs: number, id: number): void {
    if (id !== this.#reliable.id) return;
    this.#reliable.caughtUp();
    this.#context.data.backlogCleared(nowMs, this);
  }

  close(nowMs: number): void {
    this.#context.data.portClosed(nowMs, this);
    this.#channels?.close();
    this.#channels = undefined;
    this.#reliable.id = -1;
  }

  debugInfo(): object {
    return { isStarted: this.isStarted, ...this.#channels?.debugInfo() };
  }
}

function open(channels: DataChannels, spec: DataChannelSpec): void {
  const settings = {
    label: spec.label,
    ordered: spec.isOrdered,
    ...(spec.maxRetransmits === undefined ? {} : { maxRetransmits: spec.maxRetransmits }),
  };
  if (spec.negotiatedId === undefined) channels.open(settings);
  else channels.openNegotiated(spec.negotiatedId, settings);
}
