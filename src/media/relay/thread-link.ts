import { RingReader } from "../../base/shared-ring.ts";
import type { ConnectThread } from "../../bridge/relay-commands.ts";
import type { ReceiveStream } from "../../sfu/buffer/receive-stream.ts";
import { putU16 } from "../../wire/bytes.ts";
import type { RtpView } from "../../wire/rtp/rtp-view.ts";
import type { DataLink } from "../data/data-link.ts";
import { Backlog } from "../data/data-port.ts";
import type { DataTrackLink } from "../data-tracks.ts";
import type { Doorbell } from "./doorbell.ts";
import { OutgoingRing } from "./outgoing-ring.ts";
import { beginRecord, RelayRecord } from "./relay-record.ts";

/** What is told of senders and rooms while there is no room in the ring: some ten thousand. */
const CONTROL_BYTES_MAX = 4 * 1024 * 1024;
/** With so much waiting a request is not worth it: it is made again. */
const REQUEST_BYTES_MAX = 64 * 1024;
/** As for one receiver that is slow: messages beyond are dropped for the whole thread. */
const MESSAGES_BYTES_MAX = 16 * 1024 * 1024;
/** With more waiting the thread is behind, as a receiver would be. */
const BEHIND_BYTES = 512 * 1024;
/** A thread that has taken nothing for so long is not waited for. */
const STALL_MS = 3_000;
/** How often it is tried again to hand over what waits. */
const RETRY_MS = 5;
const DATAGRAM_BYTES_MAX = 2_048;
const SN_CIRCLE = 65_536;

/** Sums of one thread's links since it started. */
export type RelayCounters = {
  relayPacketsOut: number;
  relayPacketsIn: number;
  /** Packets for which a ring was full. */
  relayDropped: number;
};

/**
 * The way to one other media thread: rings in both directions, and its doorbell. Media that finds no room
 * is dropped, as on a network; messages and requests wait for room.
 */
export class ThreadLink implements DataLink, DataTrackLink {
  readonly thread: number;
  readonly mediaIn: RingReader;
  readonly dataIn: RingReader;
  readonly #media: OutgoingRing;
  readonly #data: OutgoingRing;
  readonly #doorbell: Doorbell;
  readonly #counters: RelayCounters;
  readonly #flowing = new Set<number>();
  /** Since when the thread has taken nothing though something waits; NaN: nothing waits. */
  #stuckMs = Number.NaN;
  #stuckAt = 0;

  constructor(command: ConnectThread, doorbell: Doorbell, counters: RelayCounters) {
    this.thread = command.thread;
    this.mediaIn = new RingReader(command.incoming.media);
    this.dataIn = new RingReader(command.incoming.data);
    this.#media = new OutgoingRing(command.outgoing.media, CONTROL_BYTES_MAX);
    this.#data = new OutgoingRing(command.outgoing.data, MESSAGES_BYTES_MAX);
    this.#doorbell = doorbell;
    this.#counters = counters;
  }

  /**
   * A packet of a publisher, under its number without padding. Runs once per packet and thread.
   *
   * @returns false when there is no room
   */
  writeMedia(receiverId: number, layer: number, view: RtpView, extSn: number): boolean {
    const { ring } = this.#media;
    const { bytes, length } = view;
    // a tail behind the packet, such as an SRTP tag, is copied along: cheaper than a new view
    const copied = bytes.length <= DATAGRAM_BYTES_MAX ? bytes.length : length;
    const at = beginRecord(ring, RelayRecord.Media, receiverId, 0, 0, layer, length, copied);
    if (at < 0) {
      this.#counters.relayDropped += 1;
      return false;
    }
    if (copied === bytes.length) ring.bytes.set(bytes, at);
    else ring.bytes.set(bytes.subarray(0, length), at);
    putU16(ring.bytes, at + 2, extSn % SN_CIRCLE);
    ring.commit();
    this.#counters.relayPacketsOut += 1;
    return true;
  }

  /** @returns false when there is no room */
  writeSenderReport(nowMs: number, receiverId: number, stream: ReceiveStream): boolean {
    const { ring } = this.#media;
    const { ntpMs, extTs, arrivalMs } = stream.senderReport;
    const ageMs = nowMs - arrivalMs;
    const { SenderReport } = RelayRecord;
    const at = beginRecord(ring, SenderReport, receiverId, ntpMs, ageMs, extTs | 0, stream.ssrc, 0);
    if (at < 0) return false;
    ring.commit();
    return true;
  }

  /** @returns false when there is no room */
  resetStream(receiverId: number, layer: number): boolean {
    const { ring } = this.#media;
    if (beginRecord(ring, RelayRecord.StreamReset, receiverId, 0, 0, layer, 0, 0) < 0) return false;
    ring.commit();
    return true;
  }

  /** Of a replica's subscribers, to the publisher. */
  requestKeyFrame(receiverId: number, layer: number): void {
    this.#ask(RelayRecord.KeyFrame, receiverId, layer);
  }

  wantReport(receiverId: number, layer: number): void {
    this.#ask(RelayRecord.WantReport, receiverId, layer);
  }

  tellLoss(receiverId: number, fractionLost: number): void {
    this.#ask(RelayRecord.Loss, receiverId, fractionLost);
  }

  #ask(kind: RelayRecord, receiverId: number, value: number): void {
    if (this.#media.waitingBytes < REQUEST_BYTES_MAX) this.#media.post(kind, receiverId, 0, value);
    else this.#counters.relayDropped += 1;
  }

  pauseSender(memberId: number, isForAll: boolean): void {
    this.#media.post(RelayRecord.PauseSender, memberId, 0, isForAll ? 1 : 0);
  }

  resumeSender(memberId: number): void {
    this.#media.post(RelayRecord.ResumeSender, memberId, 0, 0);
  }

  tellFlow(roomId: number, isFlowing: boolean): void {
    this.#media.post(RelayRecord.RoomFlow, roomId, 0, isFlowing ? 1 : 0);
  }

  isFlowing(roomId: number): boolean {
    return this.#flowing.has(roomId);
  }

  /** The thread has said so. */
  noteFlow(roomId: number, isFlowing: boolean): void {
    if (isFlowing) this.#flowing.add(roomId);
    else this.#flowing.delete(roomId);
  }

  sendMessage(
    nowMs: number,
    roomId: number,
    senderId: number,
    isReliable: boolean,
    bytes: Uint8Array,
  ): boolean {
    const isSent = isReliable
      ? this.#data.post(RelayRecord.Message, roomId, senderId, 1, bytes)
      : !this.#data.hasWaiting && this.#data.offer(RelayRecord.Message, roomId, senderId, 0, bytes);
    if (!isSent) this.#counters.relayDropped += 1;
    if (isReliable) this.#noteProgress(nowMs);
    return isSent;
  }

  sendDataTrack(dataTrackId: number, bytes: Uint8Array): void {
    if (!this.#data.offer(RelayRecord.DataTrack, dataTrackId, 0, 0, bytes)) {
      this.#counters.relayDropped += 1;
    }
  }

  backlog(nowMs: number): Backlog {
    this.#noteProgress(nowMs);
    if (this.#data.backlogBytes <= BEHIND_BYTES) return Backlog.None;
    return nowMs - this.#stuckMs > STALL_MS ? Backlog.Stalled : Backlog.Congested;
  }

  #noteProgress(nowMs: number): void {
    const position = this.#data.ring.readerPosition;
    if (this.#data.backlogBytes === 0) this.#stuckMs = Number.NaN;
    else if (Number.isNaN(this.#stuckMs) || position !== this.#stuckAt) this.#stuckMs = nowMs;
    this.#stuckAt = position;
  }

  /** Wakes the thread for what was written, unless it is awake. At the end of each turn. */
  flush(): void {
    if (this.#media.hasWaiting) this.#media.retry();
    if (this.#data.hasWaiting) this.#data.retry();
    const isMediaSlept = this.#media.ring.takeSleeper();
    const isDataSlept = this.#data.ring.takeSleeper();
    if (isMediaSlept || isDataSlept) this.#doorbell.ring();
  }

  /** When `flush` has something to do again, monotonic ms; Infinity: not without input. */
  retryMs(nowMs: number): number {
    const hasWaiting = this.#media.hasWaiting || this.#data.hasWaiting;
    return hasWaiting ? nowMs + RETRY_MS : Number.POSITIVE_INFINITY;
  }

  /** This thread is about to sleep. @returns false when something has come already */
  sleep(): boolean {
    const isMediaQuiet = this.mediaIn.sleep();
    const isDataQuiet = this.dataIn.sleep();
    return isMediaQuiet && isDataQuiet;
  }
}
