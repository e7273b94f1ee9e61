import { DropReason } from "../../base/drop-reason.ts";
import type { Codec } from "../../wire/rtp/codec.ts";
import type { ExtensionIds } from "../../wire/rtp/extension-ids.ts";
import { findExtension, type RtpView } from "../../wire/rtp/rtp-view.ts";
import { AudioLevel } from "../audio/audio-level.ts";
import { CodecTable, type StreamCodec } from "../buffer/codec-table.ts";
import type { KeyFrameMark } from "../buffer/key-frame-mark.ts";
import type { PayloadParser } from "../buffer/payload-parser.ts";
import { PUSH_FORWARD, ReceiveStream, STREAM_FEEDBACK_BYTES } from "../buffer/receive-stream.ts";
import type { MediaSource } from "../downtrack/media-source.ts";
import type { MediaPacket } from "../packet/media-packet.ts";
import { WindowResult } from "../stats/layer-bitrates.ts";
import { LayerRates } from "../stats/layer-rates.ts";
import type { TrackSample } from "../stats/track-sample.ts";
import type { DownTrackPort } from "./down-track-port.ts";
import { type FanOut, TrackFanOut } from "./fan-out.ts";
import { LayerAvailability, SPATIAL_LAYERS } from "./layer-availability.ts";
import { distanceNow, topLayerOf } from "./layer-distance.ts";
import { isOneStream, keepsStream, type LayerMode } from "./layer-mode.ts";
import { ReceiverEvents } from "./receiver-events.ts";
import { type ReceiverOptions, streamLimits } from "./receiver-options.ts";
import { ReceiverQuality } from "./receiver-quality.ts";
import type { ReceiverEvent, StreamEncoding, TrackSpec } from "./receiver-spec.ts";
import { Relays } from "./relays.ts";
import { DEFAULT_TRACKERS } from "./tracker-rules.ts";

/** Room that `pollFeedback` needs, bytes. */
export const RECEIVER_FEEDBACK_BYTES: number = SPATIAL_LAYERS * STREAM_FEEDBACK_BYTES;

/** A stream that is silent for so long gives its layer up to another SSRC. */
const STREAM_SILENT_MS = 1_000;

/**
 * One published track: up to three streams by spatial layer, or one with all layers in it, and the
 * down tracks that its packets go to. Owned by the media thread; SSRCs are brought to it by
 * `IncomingStreams`. Drive it so: after each packet, and when `pollTimeout` says so, call
 * `handleTimeout`, then drain `pollFeedback` and `pollEvent`.
 */
export class Receiver implements MediaSource {
  readonly receiverId: number;
  readonly mid: string;
  readonly isVideo: boolean;
  readonly #options: ReceiverOptions;
  #extensions: ExtensionIds;
  #codecs: CodecTable;
  #encodings: readonly StreamEncoding[];
  #isMuted: boolean;
  readonly #layerMode: LayerMode | undefined;
  #isSvc = false;

  readonly #streams: (ReceiveStream | undefined)[] = [undefined, undefined, undefined];
  /** Layers that have ever had a stream, one bit each. */
  #begunMask = 0;
  readonly #lastMs: Float64Array = new Float64Array(SPATIAL_LAYERS);
  readonly #streamCodecs: (StreamCodec | undefined)[] = [undefined, undefined, undefined];
  readonly #fanOut: TrackFanOut;
  /** To other media threads. */
  readonly relays: Relays = new Relays();
  /** To be filled with the next packet. */
  #packet: MediaPacket;

  readonly #layers: LayerAvailability;
  readonly #rates: LayerRates;
  readonly #quality: ReceiverQuality;
  readonly #events: ReceiverEvents;
  readonly #level: AudioLevel | undefined;
  readonly #wake: (dueMs: number) => void;
  #dueMs = Number.POSITIVE_INFINITY;

  /** @param wake told when something is due earlier, on calls that are not the publisher's */
  constructor(
    nowMs: number,
    spec: TrackSpec,
    options: ReceiverOptions,
    extensions: ExtensionIds,
    fanOut: FanOut,
    wake: (dueMs: number) => void = () => {},
  ) {
    this.#fanOut = new TrackFanOut(fanOut, spec.media === "video");
    this.#packet = fanOut.claim();
    this.#wake = wake;
    this.receiverId = spec.receiverId;
    this.mid = spec.mid;
    this.isVideo = spec.media === "video";
    this.#options = options;
    this.#extensions = extensions;
    this.#codecs = new CodecTable(spec.codecs);
    this.#encodings = spec.encodings;
    this.#isMuted = spec.isMuted;
    this.#layerMode = spec.layerMode;
    const { camera, screen } = options.trackers ?? DEFAULT_TRACKERS;
    const rules = spec.isScreenShare ? screen : camera;
    this.#layers = new LayerAvailability(rules);
    this.#rates = new LayerRates(rules.bitrateWindowMs);
    this.#quality = new ReceiverQuality(nowMs);
    this.#events = new ReceiverEvents(spec.receiverId);
    this.#level = spec.observeAudioLevel ? new AudioLevel(options.audio) : undefined;
    if (spec.isMuted) this.#applyMute(nowMs);
  }

  get isMuted(): boolean {
    return this.#isMuted;
  }

  get isSvc(): boolean {
    return this.#isSvc;
  }

  get hasFewReports(): boolean {
    return this.#layerMode === "stream-each-few-reports";
  }

  get streamCount(): number {
    return Math.max(1, this.#encodings.length);
  }

  get encodings(): readonly StreamEncoding[] {
    return this.#encodings;
  }

  get codecs(): CodecTable {
    return this.#codecs;
  }

  /** By spatial layer; for counters and debug output. */
  get streams(): readonly (ReceiveStream | undefined)[] {
    return this.#streams;
  }

  /** 0..100, of the last window of five seconds (spec-media 8.3). */
  get qualityScore(): number {
    return this.#quality.score;
  }

  /** What came in the windows so far that nobody has cleared. */
  get sample(): TrackSample {
    return this.#quality.sample;
  }

  /** As `sample`, with what has come of the present window: for a track that ends. */
  takeLastSample(): TrackSample {
    this.#quality.addSample(this.#streams);
    return this.#quality.sample;
  }

  /** Layers that are coming, one bit each. */
  get availableLayers(): number {
    return this.#layers.mask;
  }

  carries(codec: Codec): boolean {
    return this.#codecs.list.some((listed) => listed.codec === codec);
  }

  fmtpOf(codec: Codec, payloadType: number): string {
    return this.#codecs.fmtpOf(codec, payloadType);
  }

  /** Linear level of a microphone, 0..1; 0: not active, or not observed. */
  audioLevel(nowMs: number): number {
    return this.#level === undefined || this.#isMuted ? 0 : this.#level.levelAt(nowMs);
  }

  addDownTrack(downTrack: DownTrackPort): void {
    this.#fanOut.add(downTrack);
  }

  removeDownTrack(downTrack: DownTrackPort): void {
    this.#fanOut.remove(downTrack);
  }

  /** A later offer changed codecs or encodings; streams whose encoding is gone are closed. */
  update(codecs: readonly StreamCodec[], encodings: readonly StreamEncoding[]): void {
    this.#codecs = new CodecTable(codecs);
    this.#encodings = encodings;
    for (let layer = 0; layer < SPATIAL_LAYERS; layer++) {
      const stream = this.#streams[layer];
      if (stream === undefined) continue;
      if (keepsStream(encodings, layer, stream.ssrc)) stream.setCodecs(this.#codecs);
      else this.#streams[layer] = undefined;
    }
  }

  setExtensions(extensions: ExtensionIds): void {
    this.#extensions = extensions;
    for (const stream of this.#streams) stream?.setExtensions(extensions);
  }

  setMuted(nowMs: number, isMuted: boolean): void {
    if (isMuted === this.#isMuted) return;
    this.sendWaiting(nowMs);
    this.#isMuted = isMuted;
    this.#applyMute(nowMs);
  }

  /** Packets that wait for the rest of their frame leave now. */
  sendWaiting(nowMs: number): void {
    this.#fanOut.send(nowMs);
  }

  setRtt(rttMs: number): void {
    this.#quality.setRtt(rttMs);
    for (const stream of this.#streams) stream?.setRtt(rttMs);
  }

  /** Highest spatial layer that the publisher is asked to send; -1: none (dynacast). */
  setMaxExpectedLayer(nowMs: number, layer: number): void {
    this.#layers.setMaxExpected(layer);
    this.#quality.setLayerMuted(nowMs, layer < 0);
    if (layer >= 0) this.#noteDistance(nowMs);
  }

  /**
   * Takes a media packet of the stream of a layer, and passes it on. The first one begins the
   * stream with its SSRC.
   *
   * @returns PUSH_FORWARD, PUSH_PADDING or a DropReason
   */
  handleRtp(nowMs: number, view: RtpView, layer: number): number {
    let stream = this.#streams[layer];
    if (stream === undefined || stream.ssrc !== view.ssrc) {
      if (!this.canTake(nowMs, layer)) return DropReason.Full;
      stream = this.#createStream(nowMs, layer, view.ssrc);
    }
    this.#lastMs[layer] = nowMs;
    const resets = stream.counters.resets;
    const result = stream.push(nowMs, view, this.#packet);
    if (stream.counters.resets !== resets) this.#resetDownTracks(nowMs, layer);
    if (result === PUSH_FORWARD) this.#forward(nowMs, view, stream, layer);
    if (stream.dueMs < this.#dueMs) this.#dueMs = stream.dueMs;
    return result;
  }

  /** Takes a packet of the retransmission stream of a layer. Changes `view` and its bytes. */
  handleRtx(nowMs: number, view: RtpView, layer: number): number {
    const stream = this.#streams[layer];
    if (stream === undefined) return DropReason.WrongState;
    const result = stream.pushRtx(nowMs, view, this.#packet);
    if (result === PUSH_FORWARD) this.#forward(nowMs, view, stream, layer);
    if (stream.dueMs < this.#dueMs) this.#dueMs = stream.dueMs;
    return result;
  }

  /** The next packet of the layer begins a stream anew, whatever its SSRC. */
  endStream(layer: number): void {
    this.#streams[layer] = undefined;
  }

  /** Whether another SSRC may begin for the layer: none is there, or it fell silent. */
  canTake(nowMs: number, layer: number): boolean {
    return this.#streams[layer] === undefined || nowMs - this.#lastMs[layer]! >= STREAM_SILENT_MS;
  }

  /** @returns false when the SSRC is none of this track's */
  handleSenderReport(
    nowMs: number,
    ssrc: number,
    ntpSeconds: number,
    ntpFraction: number,
    rtpTs: number,
  ): boolean {
    for (const stream of this.#streams) {
      if (stream === undefined || stream.ssrc !== ssrc) continue;
      stream.handleSenderReport(nowMs, ntpSeconds, ntpFraction, rtpTs);
      this.relays.writeSenderReport(nowMs, this.#streams.indexOf(stream), stream);
      this.#quality.handleSenderReport(nowMs);
      return true;
    }
    return false;
  }

  requestKeyFrame(nowMs: number, spatialLayer: number): void {
    if (this.#isMuted) return;
    const stream = this.#streamOf(spatialLayer);
    if (stream === undefined) return;
    stream.requestKeyFrame(nowMs);
    if (stream.dueMs >= this.#dueMs) return;
    this.#dueMs = stream.dueMs;
    this.#wake(this.#dueMs);
  }

  keyFrameMark(spatialLayer: number): KeyFrameMark | undefined {
    return this.#streamOf(spatialLayer)?.keyFrameMark;
  }

  readForRetransmission(
    spatialLayer: number,
    extSn: number,
    packet: MediaPacket,
    parser?: PayloadParser,
  ): boolean {
    const isKept = this.#streamOf(spatialLayer)?.read(extSn, packet, parser) === true;
    if (isKept && !this.#isSvc) packet.spatialLayer = spatialLayer;
    return isKept;
  }

  temporalLayerFor(spatial: number, framesPerSecond: number): number {
    return this.#rates.temporalLayerFor(spatial, framesPerSecond);
  }

  bitrateBps(spatial: number, temporal: number): number {
    return this.isLayerAvailable(spatial) ? this.#rates.bitrateBps(spatial, temporal) : 0;
  }

  isLayerAvailable(spatial: number): boolean {
    if (!this.isVideo) return spatial === 0;
    return ((this.#layers.mask >> spatial) & 1) === 1;
  }

  hasSenderReport(layer: number): boolean {
    return this.#streamOf(layer)?.senderReport.hasReport ?? false;
  }

  senderReportNtpMs(layer: number): number {
    return this.#streamOf(layer)?.senderReport.ntpMs ?? 0;
  }

  senderReportExtTs(layer: number): number {
    return this.#streamOf(layer)?.senderReport.extTs ?? 0;
  }

  senderReportArrivalMs(layer: number): number {
    return this.#streamOf(layer)?.senderReport.arrivalMs ?? 0;
  }

  /** When `handleTimeout` or `pollFeedback` next has work, monotonic ms. */
  pollTimeout(): number {
    return this.#dueMs;
  }

  handleTimeout(nowMs: number): void {
    if (nowMs < this.#dueMs) return;
    if (this.#layers.handleTimeout(nowMs)) this.#noteLayers(nowMs);
    this.#handleRates(nowMs);
    this.#quality.handleTimeout(nowMs, this.#streams);
    this.#reschedule();
  }

  /**
   * Writes one compound RTCP packet for the publisher: receiver reports, NACKs, PLIs.
   *
   * @param out has RECEIVER_FEEDBACK_BYTES
   * @returns length in bytes, 0 when nothing is due
   */
  pollFeedback(nowMs: number, out: Uint8Array): number {
    if (nowMs < this.#dueMs) return 0;
    if (this.#options.isAudioLossProxied && !this.isVideo) this.#proxyLoss(nowMs);
    let end = 0;
    for (let layer = 0; layer < SPATIAL_LAYERS; layer++) {
      const stream = this.#streams[layer];
      if (stream !== undefined) end = stream.pollFeedback(nowMs, out, end);
    }
    this.#reschedule();
    return end;
  }

  /** `pollEvent` has something. */
  get hasEvents(): boolean {
    return !this.#events.isEmpty;
  }

  /** @returns undefined when nothing has happened since the last one */
  pollEvent(): ReceiverEvent | undefined {
    return this.#events.poll();
  }

  debugInfo(): object {
    return {
      receiverId: this.receiverId,
      isMuted: this.#isMuted,
      isSvc: this.#isSvc,
      availableLayers: this.#layers.mask,
      downTracks: this.#fanOut.downTracks.length,
      streams: this.#streams.map((s) => s?.debugInfo()),
    };
  }

  #forward(nowMs: number, view: RtpView, stream: ReceiveStream, layer: number): void {
    const packet = this.#packet;
    if (stream.codec !== this.#streamCodecs[layer]) this.#noteCodec(nowMs, stream, layer);
    if (!this.relays.isEmpty) this.relays.write(nowMs, view, packet.extSn, layer, stream);
    if (!this.#isSvc) packet.spatialLayer = layer;
    if (this.isVideo) this.#observeVideo(nowMs, view, stream);
    else if (this.#level !== undefined) this.#observeAudio(nowMs, view, stream.clockHz);
    if (!this.#isMuted) this.#packet = this.#fanOut.take(nowMs, packet, layer);
  }

  #observeVideo(nowMs: number, view: RtpView, stream: ReceiveStream): void {
    const packet = this.#packet;
    this.#rates.add(nowMs, packet, view.length);
    const activeMask = this.#isSvc ? stream.activeSpatialMask : -1;
    if (this.#layers.observe(nowMs, packet, activeMask)) this.#noteLayers(nowMs);
    const { sizes } = stream;
    if (sizes.count > 0) this.#events.noteSizes(this.#isSvc, packet.spatialLayer, sizes);
    if (this.#layers.dueMs < this.#dueMs) this.#dueMs = this.#layers.dueMs;
    const ratesMs = this.#rates.dueMs;
    if (ratesMs < this.#dueMs) this.#dueMs = ratesMs;
  }

  #observeAudio(nowMs: number, view: RtpView, clockHz: number): void {
    const at = findExtension(view, this.#extensions.audioLevel);
    if (at === 0) return;
    this.#level?.observe(nowMs, view.bytes[at]! & 0x7f, this.#packet.extTs, clockHz);
  }

  /** The first packet of a stream, or the first of another codec. */
  #noteCodec(nowMs: number, stream: ReceiveStream, layer: number): void {
    const codec = stream.codec;
    const known = this.#streamCodecs[layer];
    this.#streamCodecs[layer] = codec;
    if (codec === undefined) return;
    // Publishers of RED send plain Opus in between as they like: that is no other stream.
    if (known !== undefined && (!this.isVideo || known.codec === codec.codec)) return;
    this.#isSvc = isOneStream(codec.codec, this.#encodings.length, this.#layerMode);
    this.#rates.setSvc(this.#isSvc);
    const rid = this.#encodings.find((e) => e.spatialLayer === layer)?.rid ?? "";
    this.#events.noteStarted(layer, rid, stream.ssrc, codec.codec);
    this.#quality.start(nowMs);
    this.#reschedule();
  }

  #handleRates(nowMs: number): void {
    const result = this.#rates.handleTimeout(nowMs);
    if (result === WindowResult.Open) return;
    this.#noteDistance(nowMs);
    // down tracks look again at what they may send
    if (result === WindowResult.Changed) this.#events.noteLayers(this.#layers.mask);
  }

  #noteLayers(nowMs: number): void {
    this.#events.noteLayers(this.#layers.mask);
    this.#noteDistance(nowMs);
  }

  /** Quality falls with each layer that is wanted and does not come. */
  #noteDistance(nowMs: number): void {
    const top = this.#isSvc ? this.#layers.highestSeen : topLayerOf(this.#encodings);
    const distance = distanceNow(this.#isMuted ? -1 : top, this.#layers, this.#rates);
    this.#quality.setLayerDistance(nowMs, distance);
  }

  #createStream(nowMs: number, layer: number, ssrc: number): ReceiveStream {
    const hadOther = ((this.#begunMask >> layer) & 1) === 1;
    this.#begunMask |= 1 << layer;
    const stream = new ReceiveStream({
      ssrc,
      isVideo: this.isVideo,
      codecs: this.#codecs,
      extensions: this.#extensions,
      ...streamLimits(this.#options, this.isVideo, layer),
    });
    this.#streams[layer] = stream;
    this.#streamCodecs[layer] = undefined;
    if (hadOther) this.#resetDownTracks(nowMs, layer);
    return stream;
  }

  #resetDownTracks(nowMs: number, layer: number): void {
    this.#level?.reset();
    this.relays.resetStream(layer);
    this.#fanOut.resetStream(nowMs, layer);
  }

  #applyMute(nowMs: number): void {
    this.#quality.setMuted(nowMs, this.#isMuted);
    if (this.#layers.setPaused(this.#isMuted)) this.#noteLayers(nowMs);
    this.#level?.reset();
    if (!this.#isMuted) return;
    this.#rates.pause();
    for (const stream of this.#streams) stream?.cancelKeyFrame();
  }

  /** What the subscriber with the most losses has lost, 0..255. */
  fractionLost(nowMs: number): number {
    return Math.max(this.relays.fractionLost(nowMs), this.#fanOut.fractionLost(nowMs));
  }

  /** The worst of the subscribers' losses is the publisher's as well: it adds redundancy (2.9). */
  #proxyLoss(nowMs: number): void {
    for (const stream of this.#streams) stream?.setFractionLostMin(this.fractionLost(nowMs));
  }

  /** The stream of a layer: where all layers come in one, that one. */
  #streamOf(layer: number): ReceiveStream | undefined {
    if (!this.#isSvc) return this.#streams[layer];
    return this.#streams[0] ?? this.#streams[1] ?? this.#streams[2];
  }

  #reschedule(): void {
    let dueMs = Math.min(this.#layers.dueMs, this.#rates.dueMs, this.#quality.dueMs);
    for (let layer = 0; layer < SPATIAL_LAYERS; layer++) {
      const stream = this.#streams[layer];
      if (stream !== undefined && stream.dueMs < dueMs) dueMs = stream.dueMs;
    }
    this.#dueMs = dueMs;
  }
}
