import { Codec } from "../../wire/rtp/codec.ts";
import type { KeyFrameMark } from "../buffer/key-frame-mark.ts";
import { PayloadParser } from "../buffer/payload-parser.ts";
import type { Forwarder } from "../forwarder/forwarder.ts";
import { type Translation, Verdict } from "../forwarder/translation.ts";
import type { MediaPacket } from "../packet/media-packet.ts";
import type { MediaSource } from "./media-source.ts";

/** What is older is not repeated: by then the publisher may be asked for a new key frame. */
export const REPLAY_AGE_MAX_MS = 1_000;
/** Of payloads; a link of 2 Mbit/s takes half a second for so much. */
export const REPLAY_BYTES_MAX = 131_072;
/** The publisher's memory holds at least so many packets. */
const PACKETS_MAX = 250;
/** Clients answer a description a moment before they take what it agrees to. */
const SETTLE_MS = 40;
/** So far apart they are, but for those that the subscriber could not use. */
const INTERVAL_MS = 1_000;
const REPEATS_MAX = 2;
/** So much is sent at once, then after a pause again: about 20 Mbit/s. */
const SLICE_BYTES = 12_000;
const SLICE_INTERVAL_MS = 5;
/** Frames of the past leave as if they had been made in such a part of their time. */
const SQUEEZE = 32;

/**
 * Serves a subscriber that comes late from the publisher's newest key frame and what followed it,
 * which the publisher's stream still has, instead of from the next key frame (spec-media 5.5 makes
 * it wait for that, up to a second where many come at once). The packets take the same way as live
 * ones, so that they can be sent again like any; only their timestamps are moved together, right
 * before the present: the subscriber shows the newest frame at once, and not a second late.
 *
 * Live packets that come meanwhile are left to it. It ends where it has caught up with them.
 */
export class Replay {
  readonly #source: MediaSource;
  readonly #forwarder: Forwarder;
  /** Before this the subscriber may not take packets yet. */
  readonly #settledMs: number;
  #mark: KeyFrameMark | undefined;
  #parser: PayloadParser | undefined;
  #layer = 0;
  #ssrc = 0;
  /** Next packet; -1: none was read yet. */
  #cursor = -1;
  /** Newest timestamp when it began: frames after it leave at their own time. */
  #presentExtTs = 0;
  #lastExtTs = 0;
  #lastOutTs = 0;
  #startedMs = Number.NEGATIVE_INFINITY;
  #repeats = 0;
  #dueMs = Number.POSITIVE_INFINITY;
  #sliceBytes = 0;

  /** @param isConnected packets could leave at once: the subscriber's description has just come */
  constructor(nowMs: number, source: MediaSource, forwarder: Forwarder, isConnected: boolean) {
    this.#source = source;
    this.#forwarder = forwarder;
    this.#settledMs = isConnected ? nowMs + SETTLE_MS : Number.NEGATIVE_INFINITY;
  }

  get isActive(): boolean {
    return this.#mark !== undefined;
  }

  /** When the next slice is due, monotonic ms; Infinity while nothing is repeated. */
  get dueMs(): number {
    return this.#dueMs;
  }

  /** A live packet that is not to be sent now: its turn comes. */
  holds(packet: MediaPacket): boolean {
    return this.#mark !== undefined && packet.ssrc === this.#ssrc && packet.extSn >= this.#cursor;
  }

  /**
   * Begins, if nothing flows and there is a key frame that is not too old, not too much, and whole
   * with all that followed. The highest layer up to the target that has one is taken.
   */
  start(nowMs: number): void {
    if (nowMs - this.#startedMs < INTERVAL_MS || this.#forwarder.isFlowing) return;
    const layer = this.#findLayer(nowMs);
    if (layer < 0) return;
    this.#startedMs = nowMs;
    this.#repeats = 0;
    this.#start(nowMs, layer);
  }

  /**
   * The subscriber asks for a key frame. If that is because the last repetition came before it could
   * take it, or in part, it comes again.
   */
  handlePli(nowMs: number): void {
    const isOwn = nowMs - this.#startedMs < INTERVAL_MS && this.#repeats < REPEATS_MAX;
    if (!isOwn || !this.#forwarder.isFlowing) return;
    const layer = this.#findLayer(nowMs);
    if (layer < 0) return;
    this.#repeats += 1;
    this.#start(nowMs, layer);
  }

  stop(): void {
    this.#mark = undefined;
    this.#parser = undefined;
    this.#dueMs = Number.POSITIVE_INFINITY;
  }

  /**
   * Reads the next packet that goes out.
   *
   * @param packet is filled with it, and `sent` with how it leaves
   * @returns false when nothing more is to go out now
   */
  next(nowMs: number, packet: MediaPacket, sent: Translation): boolean {
    // live packets that wait are among those that are repeated: they are to come before, and be held
    if (this.#mark !== undefined) this.#source.sendWaiting(nowMs);
    while (this.#mark !== undefined && nowMs >= this.#dueMs) {
      if (this.#sliceBytes >= SLICE_BYTES) {
        this.#sliceBytes = 0;
        this.#dueMs = nowMs + SLICE_INTERVAL_MS;
        return false;
      }
      const isFirst = this.#cursor < 0;
      if (isFirst) this.#begin(this.#mark);
      else if (this.#isOver(this.#mark.newestExtSn - this.#cursor)) break;
      const extSn = this.#cursor;
      this.#cursor += 1;
      // what got lost meanwhile leaves a gap, as it does live
      if (!this.#source.readForRetransmission(this.#layer, extSn, packet, this.#parser!)) continue;
      if (packet.ssrc !== this.#ssrc) break;
      const lastOutTs = this.#forwarder.lastOutTs;
      if (this.#forwarder.translate(packet.arrivalMs, packet, sent) !== Verdict.Forward) continue;
      if (isFirst) this.#tie(packet.extTs, lastOutTs, sent.outTs);
      this.#place(packet.extTs, sent);
      this.#sliceBytes += packet.payloadBytes;
      return true;
    }
    if (nowMs >= this.#dueMs) this.stop();
    return false;
  }

  /** @param behind packets that came since; so many that most are gone where the publisher jumped */
  #isOver(behind: number): boolean {
    return behind < 0 || behind > PACKETS_MAX || !this.#forwarder.isFlowing;
  }

  /** @returns the highest layer up to the target that can be repeated; -1: none */
  #findLayer(nowMs: number): number {
    if (this.#forwarder.isMuted || this.#source.isMuted || this.#mayBeSeen) return -1;
    const { targetSpatial } = this.#forwarder.layers;
    const top = this.#source.isSvc ? Math.min(targetSpatial, 0) : targetSpatial;
    for (let layer = top; layer >= 0; layer--) {
      const mark = this.#source.keyFrameMark(layer);
      if (mark !== undefined && isFit(nowMs, mark)) return layer;
    }
    return -1;
  }

  /**
   * Picture ids of VP9 leave as they come: a subscriber that was sent anything may have seen these,
   * and would have them go back.
   */
  get #mayBeSeen(): boolean {
    return this.#forwarder.codec === Codec.Vp9 && this.#forwarder.isStarted;
  }

  #start(nowMs: number, layer: number): void {
    const mark = this.#source.keyFrameMark(layer);
    if (mark === undefined) return;
    this.#forwarder.rewind();
    this.#mark = mark;
    this.#layer = layer;
    this.#ssrc = mark.ssrc;
    this.#cursor = -1;
    this.#dueMs = Math.max(nowMs, this.#settledMs);
    this.#sliceBytes = 0;
  }

  #begin(mark: KeyFrameMark): void {
    this.#cursor = mark.extSn;
    this.#parser = new PayloadParser(false);
    const { codec, frameNumber, generation } = mark;
    if (frameNumber >= 0) this.#parser.startLike(codec, frameNumber, generation);
    this.#presentExtTs = mark.newestExtTs;
    this.#lastExtTs = -1;
    this.#lastOutTs = -1;
  }

  /** Frames that the subscriber was sent before: the present stays where it is for it. */
  #tie(extTs: number, lastOutTs: number, outTs: number): void {
    if (outTs !== lastOutTs + 1) return;
    const squeezed = Math.floor((this.#presentExtTs - extTs) / SQUEEZE);
    this.#forwarder.timestamps.restart(this.#presentExtTs, outTs + squeezed);
  }

  #place(extTs: number, sent: Translation): void {
    if (extTs !== this.#lastExtTs) {
      const outTs = this.#forwarder.mapTs(extTs);
      const behind = Math.max(this.#presentExtTs - extTs, 0);
      this.#lastExtTs = extTs;
      this.#lastOutTs = Math.max(
        outTs + behind - Math.floor(behind / SQUEEZE),
        this.#lastOutTs + 1,
      );
    }
    sent.outTs = this.#lastOutTs;
    this.#forwarder.noteOutTs(sent.outTs);
  }
}

function isFit(nowMs: number, mark: KeyFrameMark): boolean {
  return (
    mark.isComplete &&
    nowMs - mark.arrivalMs <= REPLAY_AGE_MAX_MS &&
    mark.bytes <= REPLAY_BYTES_MAX &&
    mark.newestExtSn - mark.extSn < PACKETS_MAX
  );
}
