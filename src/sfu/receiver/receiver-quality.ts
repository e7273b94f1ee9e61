import { Codec } from "../../wire/rtp/codec.ts";
import type { ReceiveStream } from "../buffer/receive-stream.ts";
import {
  ConnectionQuality,
  QUALITY_WINDOW_MS,
  QualityWindow,
} from "../stats/connection-quality.ts";
import { TrackSample } from "../stats/track-sample.ts";

/** What of a stream the windows before counted. */
class StreamMark {
  stream: ReceiveStream | undefined;
  resets = 0;
  expected = 0;
  lost = 0;
  padding = 0;
  outOfOrder = 0;
  keyFrames = 0;
}

/** Scratch of the thread. */
const WINDOW: QualityWindow = new QualityWindow();

/**
 * Quality of a publisher's uplink for one track: sums its streams up every five seconds
 * (spec-media 8.3). Loss is what is left after repair.
 */
export class ReceiverQuality {
  readonly #quality: ConnectionQuality;
  readonly #marks: readonly StreamMark[] = [new StreamMark(), new StreamMark(), new StreamMark()];
  /** Of the windows so far. */
  readonly sample: TrackSample = new TrackSample();
  #dueMs = Number.POSITIVE_INFINITY;
  #reportMs = Number.NaN;
  #rttMs = 0;

  constructor(nowMs: number) {
    this.#quality = new ConnectionQuality(nowMs);
  }

  get score(): number {
    return this.#quality.score;
  }

  get dueMs(): number {
    return this.#dueMs;
  }

  /** Media has begun: from now on it is judged. */
  start(nowMs: number): void {
    if (this.#dueMs === Number.POSITIVE_INFINITY) this.#dueMs = nowMs + QUALITY_WINDOW_MS;
  }

  setMuted(nowMs: number, isMuted: boolean): void {
    this.#quality.setMuted(nowMs, isMuted);
  }

  /** The publisher is asked for no layer at all. */
  setLayerMuted(nowMs: number, isMuted: boolean): void {
    this.#quality.setLayerMuted(nowMs, isMuted);
  }

  handleSenderReport(nowMs: number): void {
    this.#reportMs = nowMs;
  }

  setRtt(rttMs: number): void {
    this.#rttMs = rttMs;
  }

  /** How many layers below the wanted one is what comes. */
  setLayerDistance(nowMs: number, distance: number): void {
    this.#quality.noteDistance(nowMs, distance);
  }

  handleTimeout(nowMs: number, streams: readonly (ReceiveStream | undefined)[]): void {
    if (nowMs < this.#dueMs) return;
    const codec = this.addSample(streams)?.codec;
    const elapsedMs = nowMs - this.#dueMs + QUALITY_WINDOW_MS;
    this.#dueMs = nowMs + QUALITY_WINDOW_MS;
    // here, as it has to be done for streams that nothing comes of
    for (const stream of streams) stream?.release(nowMs);
    if (codec === undefined) return;
    WINDOW.durationMs = elapsedMs;
    WINDOW.missing = 0;
    // who has never sent a report may not send any: that says nothing
    WINDOW.isAlive = Number.isNaN(this.#reportMs) || nowMs - this.#reportMs <= elapsedMs;
    // RED carries Opus, whose parameters stand elsewhere: clients use both together
    const hasFec = codec.codec === Codec.Red || codec.fmtp.includes("useinbandfec=1");
    this.#quality.update(nowMs, WINDOW, codec.codec, hasFec);
  }

  /** Adds what came since the last time. @returns one of the streams, if there is any */
  addSample(streams: readonly (ReceiveStream | undefined)[]): ReceiveStream | undefined {
    this.sample.rttMs = this.#rttMs;
    WINDOW.packets = 0;
    WINDOW.paddingPackets = 0;
    WINDOW.lost = 0;
    let newest: ReceiveStream | undefined;
    for (let layer = 0; layer < this.#marks.length; layer++) {
      const stream = streams[layer];
      if (stream === undefined) continue;
      newest = stream;
      this.#add(this.#marks[layer]!, stream);
    }
    return newest;
  }

  /** Adds what a stream did since its mark. */
  #add(mark: StreamMark, stream: ReceiveStream): void {
    const { expected, lost, counters } = stream;
    if (mark.stream !== stream || mark.resets !== counters.resets) {
      const isOther = mark.stream !== stream;
      mark.stream = stream;
      mark.resets = counters.resets;
      mark.expected = 0;
      mark.lost = 0;
      // these go on when a stream begins anew
      if (isOther) mark.padding = 0;
      if (isOther) mark.outOfOrder = 0;
      if (isOther) mark.keyFrames = 0;
    }
    const { sample } = this;
    const packets = Math.max(0, expected - mark.expected);
    const missing = Math.min(packets, Math.max(0, lost - mark.lost));
    const padding = Math.min(packets, counters.paddingPackets - mark.padding);
    WINDOW.packets += packets - padding;
    WINDOW.paddingPackets += padding;
    WINDOW.lost += missing;
    sample.packets += packets;
    sample.lost += missing;
    sample.outOfOrder += counters.outOfOrder - mark.outOfOrder;
    sample.keyFrames += counters.keyFrames - mark.keyFrames;
    sample.jitterUs = Math.max(sample.jitterUs, stream.takeJitterMaxUs());
    mark.expected = expected;
    mark.lost = lost;
    mark.padding = counters.paddingPackets;
    mark.outOfOrder = counters.outOfOrder;
    mark.keyFrames = counters.keyFrames;
  }
}
