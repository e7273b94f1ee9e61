import { diff32 } from "../../base/serial.ts";
import type { TrackAllocation } from "../allocator/track-allocation.ts";
import type { Forwarder } from "../forwarder/forwarder.ts";
import { Translation } from "../forwarder/translation.ts";
import { MediaPacket } from "../packet/media-packet.ts";
import { NACK_TOO_OFTEN, NACK_UNANSWERABLE, Sequencer } from "../sequencer/sequencer.ts";
import type { SendStatistics } from "../stats/send-statistics.ts";
import type { MediaSource } from "./media-source.ts";
import type { PacketWriter } from "./packet-writer.ts";
import type { RtxBudget } from "./rtx-budget.ts";

/** Packets that can be sent again, at most; powers of two at or above spec-media 5.3. */
const VIDEO_SLOTS = 512;
const AUDIO_SLOTS = 256;
/** NACKs are pointless after a PLI, but not for ever: its key frame may be lost as well. */
const IGNORE_NACKS_MAX_MS = 2_000;
/**
 * A key frame that left less than this ago, or so many round trips, is still on its way or being
 * repaired. Who waits for it asks again all the while (libwebrtc every 200 ms).
 */
const KEY_FRAME_REPAIR_MS = 400;
const KEY_FRAME_REPAIR_RTTS = 4;
/** Of one NACK packet; what is beyond was sent first, and is the least likely to be of use still. */
const BATCH_MAX = 5_000;

/** Scratch of the thread: filled and used up within one call. */
const SENT: Translation = new Translation();
const PACKET: MediaPacket = new MediaPacket();

/** Sends again what a subscriber lost of one down track (spec-media 5.3, 5.4). */
export class Retransmitter {
  readonly #source: MediaSource;
  readonly #forwarder: Forwarder;
  readonly #writer: PacketWriter;
  readonly #allocation: TrackAllocation;
  readonly #stats: SendStatistics;
  readonly #budget: RtxBudget;
  readonly #sequencer: Sequencer;
  #restartCount = 0;
  #ignoreUntilMs = Number.NEGATIVE_INFINITY;
  #keyFrameSn = 0;
  #keyFrameMs = Number.NEGATIVE_INFINITY;

  constructor(
    source: MediaSource,
    forwarder: Forwarder,
    writer: PacketWriter,
    allocation: TrackAllocation,
    stats: SendStatistics,
    budget: RtxBudget,
  ) {
    this.#source = source;
    this.#forwarder = forwarder;
    this.#writer = writer;
    this.#allocation = allocation;
    this.#stats = stats;
    this.#budget = budget;
    this.#sequencer = new Sequencer(source.isVideo ? VIDEO_SLOTS : AUDIO_SLOTS);
  }

  /** A packet is about to leave: those of before a restart mean something else from now on. */
  noteRestart(): void {
    const restartCount = this.#forwarder.restartCount;
    if (restartCount === this.#restartCount) return;
    this.#restartCount = restartCount;
    this.#sequencer.clear();
  }

  /** Remembers how a packet of the publisher's stream `streamLayer` left. */
  push(nowMs: number, sourceExtSn: number, streamLayer: number, sent: Translation): void {
    this.#sequencer.push(nowMs, sourceExtSn, streamLayer, sent);
  }

  /** The subscriber gave up on what it misses: it waits for a key frame, and all of that. */
  handlePli(nowMs: number, rttMs: number): void {
    const repairMs = Math.max(KEY_FRAME_REPAIR_MS, KEY_FRAME_REPAIR_RTTS * rttMs);
    if (nowMs - this.#keyFrameMs < repairMs) return;
    this.#ignoreUntilMs = nowMs + IGNORE_NACKS_MAX_MS;
  }

  /** A key frame has left, as this number. */
  handleKeyFrame(nowMs: number, outSn: number): void {
    this.#keyFrameMs = nowMs;
    this.#keyFrameSn = outSn >>> 0;
    this.#ignoreUntilMs = Number.NEGATIVE_INFINITY;
  }

  /**
   * Answers, the newest first; when the budget is spent the rest of the batch is not answered, and
   * does not count as asked for.
   *
   * @param sns as in the NACK, in its order; the first `count` of them
   */
  handleNack(nowMs: number, sns: Uint16Array, count: number, rttMs: number): void {
    const stats = this.#stats;
    stats.nacks += count;
    if (nowMs < this.#ignoreUntilMs || this.#forwarder.isMuted) return;
    this.noteRestart();
    const sequencer = this.#sequencer;
    const budget = this.#budget;
    budget.noteSent(stats.headerBytes + stats.payloadBytes);
    const end = Math.max(0, count - BATCH_MAX);
    let isRefused = false;
    for (let i = count - 1; i >= end; i--) {
      const slot = sequencer.find(nowMs, sns[i]!, rttMs);
      if (slot < 0) {
        if (slot === NACK_TOO_OFTEN || slot === NACK_UNANSWERABLE) stats.repeatedNacks += 1;
        if (slot === NACK_UNANSWERABLE) this.#giveUp(nowMs, sequencer.slotOf(sns[i]!));
        continue;
      }
      isRefused ||= !budget.isOpen;
      if (isRefused) {
        sequencer.takeBack(slot);
        stats.refusedNacks += 1;
        continue;
      }
      if (sequencer.answerCount(slot) > 1) stats.repeatedNacks += 1;
      const before = stats.retransmitBytes;
      this.#resend(nowMs, slot);
      budget.spend(stats.retransmitBytes - before);
    }
  }

  /**
   * All answers got lost, and clients wait for seconds for what they have no hope to get: if frames
   * build on the packet, a key frame frees them. The publisher's side spaces such requests.
   */
  #giveUp(nowMs: number, slot: number): void {
    const source = this.#source;
    const isOld = diff32(this.#sequencer.outSn(slot), this.#keyFrameSn) < 0;
    if (!source.isVideo || isOld || this.#keyFrameMs === Number.NEGATIVE_INFINITY) return;
    const layer = this.#sequencer.streamLayer(slot);
    const extSn = this.#sequencer.sourceExtSn(slot);
    if (!source.readForRetransmission(layer, extSn, PACKET) || PACKET.temporalLayer > 0) return;
    source.requestKeyFrame(nowMs, layer);
  }

  /** Sends one of the newest packets again, unasked, if it is still there: `back` before the newest. */
  repeat(nowMs: number, back: number): void {
    this.noteRestart();
    const slot = this.#sequencer.findNewest(back);
    if (slot >= 0) this.#resend(nowMs, slot);
  }

  #resend(nowMs: number, slot: number): void {
    const layer = this.#sequencer.streamLayer(slot);
    const layers = this.#forwarder.layers;
    const source = this.#source;
    if (source.isVideo && !source.isSvc && this.#allocation.isDeficient) {
      // What is about to be replaced by a lower layer is not worth the bandwidth that lacks.
      if (layers.targetSpatial < layers.currentSpatial || layer > layers.currentSpatial) return;
    }
    const extSn = this.#sequencer.sourceExtSn(slot);
    if (!source.readForRetransmission(layer, extSn, PACKET)) {
      this.#stats.nackMisses += 1;
      return;
    }
    if (!this.#writer.prepare(PACKET)) return;
    this.#sequencer.readSent(slot, SENT);
    this.#writer.resend(nowMs, PACKET, SENT);
  }
}
