import type { ReportBlock } from "../../wire/rtcp/rtcp-cursor.ts";
import type { Allocator } from "../allocator/allocator.ts";
import { type StreamState, TrackAllocation } from "../allocator/track-allocation.ts";
import { Forwarder } from "../forwarder/forwarder.ts";
import { Translation, Verdict } from "../forwarder/translation.ts";
import { MediaPacket } from "../packet/media-packet.ts";
import { DEFAULT_RTT_MS } from "../rtcp/default-rtt.ts";
import { NO_LAYER } from "../selector/layers.ts";
import { SendQuality } from "../stats/send-quality.ts";
import { SendStatistics } from "../stats/send-statistics.ts";
import type { TrackSample } from "../stats/track-sample.ts";
import type { DownTrackConfig, DownTrackSettings } from "./down-track-config.ts";
import { KeyFrameRequester } from "./key-frame-requester.ts";
import { LayerWishes } from "./layer-wishes.ts";
import type { MediaSource } from "./media-source.ts";
import { OwnSender } from "./own-sender.ts";
import { PacketWriter } from "./packet-writer.ts";
import { PlayoutDelay } from "./playout-delay.ts";
import { ProbePackets } from "./probe-packets.ts";
import type { ProbeTrack } from "./probe-track.ts";
import { Reception } from "./reception.ts";
import { RedDecoder } from "./red-decoder.ts";
import { Replay } from "./replay.ts";
import { Retransmitter } from "./retransmitter.ts";
import { NO_RTX_LIMITS, RtxBudget } from "./rtx-budget.ts";
import { SendCodecs } from "./send-codecs.ts";
import type { SendTransport } from "./send-transport.ts";
import { SenderReports } from "./sender-reports.ts";
import { SwitchableSource } from "./switchable-source.ts";

/** How soon to look again for a transport that is not connected. */
const CONNECT_RETRY_MS = 200;

/** What a `write` did. */
export const WriteResult = {
  /** Nothing was sent. */
  Nothing: 0,
  /** A packet went to the sink. */
  Sent: 1,
  /** As either, and the layer changed, or a key frame is needed: read `pollForwardingChange` and `pollTimeout` again. */
  Changed: 2,
} as const;
export type WriteResult = (typeof WriteResult)[keyof typeof WriteResult];

/** Scratch of the thread: a down track fills them and is done with them within one call. */
const SENT: Translation = new Translation();
const PLAIN_PACKET: MediaPacket = new MediaPacket();
const EARLIER_PACKET: MediaPacket = new MediaPacket();

/**
 * One published track on its way to one subscriber (spec-media 5): takes the publisher's packets,
 * writes those that the subscriber gets as RTP of its own into the peer's sink, and answers the
 * subscriber's RTCP. Owned by the subscriber's peer.
 *
 * Time-driven work (key frame requests, silence, black frames) is done by `handleTimeout`, due at
 * `pollTimeout`. That may change in every call; in `write` only when it answers Changed.
 */
export class DownTrack implements ProbeTrack {
  readonly id: number;
  readonly ssrc: number;
  readonly rtxSsrc: number;
  readonly isVideo: boolean;
  readonly stats: SendStatistics = new SendStatistics();
  readonly allocation: TrackAllocation;
  readonly #source: SwitchableSource;
  readonly #allocator: Allocator;
  readonly #forwarder: Forwarder;
  readonly #codecs: SendCodecs;
  readonly #writer: PacketWriter;
  readonly #retransmitter: Retransmitter;
  readonly #keyFrames: KeyFrameRequester = new KeyFrameRequester();
  readonly #wishes: LayerWishes = new LayerWishes();
  readonly #replay: Replay;
  readonly #own: OwnSender;
  readonly #reports: SenderReports;
  readonly #reception: Reception;
  readonly #quality: SendQuality;
  #red: RedDecoder | undefined;
  readonly #probes: ProbePackets;
  #hasMedia = false;
  #isConnected = false;
  #isClosing = false;
  #reportedSpatial: number = NO_LAYER;
  #reportedHeld: number = NO_LAYER;
  #reportedState: StreamState = "inactive";
  #isSyncLost = false;
  /** When to look for the transport again. */
  #retryMs = Number.NEGATIVE_INFINITY;

  /** @param random any integer, for the first numbers of streams of our own */
  constructor(
    nowMs: number,
    config: DownTrackConfig,
    firstSource: MediaSource,
    transport: SendTransport,
    allocator: Allocator,
    random: number,
  ) {
    const source = new SwitchableSource(firstSource);
    this.id = config.downTrackId;
    this.ssrc = config.ssrc;
    this.rtxSsrc = config.rtxSsrc;
    this.isVideo = source.isVideo;
    this.#source = source;
    this.#allocator = allocator;
    this.#forwarder = new Forwarder(source);
    this.#codecs = new SendCodecs(config.codecs, source, {
      isEncrypted: config.isEncrypted ?? false,
      encodesRed: config.encodesRed ?? false,
    });
    this.#reports = new SenderReports(config.ssrc, config.cname, config.mid ?? "");
    this.#quality = new SendQuality(nowMs);
    const playoutDelay =
      source.isVideo && config.playoutDelay !== undefined
        ? new PlayoutDelay(config.playoutDelay, !config.isScreenShare)
        : undefined;
    this.#reception = new Reception(
      this.#forwarder,
      this.#reports,
      this.stats,
      this.#quality,
      playoutDelay,
    );
    const settings = config.settings;
    this.allocation = new TrackAllocation(
      this.#forwarder,
      source,
      config.isScreenShare,
      settings.priority,
    );
    this.#writer = new PacketWriter(
      config.ssrc,
      config.rtxSsrc,
      source.isVideo && allocator.isEstimated(this.allocation),
      this.#codecs,
      transport,
      this.stats,
      random,
      {
        playoutDelay,
        sifTrailer: config.sifTrailer,
        stripsPacketTrailer: config.stripsPacketTrailer,
      },
    );
    this.#own = new OwnSender(source.isVideo, this.#forwarder, this.#codecs, this.#writer, random);
    this.#replay = new Replay(nowMs, source, this.#forwarder, this.#writer.isReady);
    this.#retransmitter = new Retransmitter(
      source,
      this.#forwarder,
      this.#writer,
      this.allocation,
      this.stats,
      new RtxBudget(config.rtxLimits ?? NO_RTX_LIMITS),
    );
    this.#probes = new ProbePackets(this.#writer, this.#forwarder, this.#retransmitter, this.stats);
    this.#wishes.set(settings, this.#forwarder.layers, this.#source);
    this.#forwarder.setMuted(settings.isDisabled);
    this.#forwarder.setSourceMuted(source.isMuted);
    this.#quality.setMuted(nowMs, this.#forwarder.isMuted);
    if (this.isVideo) allocator.add(nowMs, this.allocation);
    if (config.isAnnounced) this.#own.startAnnouncement(nowMs);
  }

  /** What is forwarded; -1: nothing. 0 for audio that flows. */
  get currentSpatialLayer(): number {
    if (this.isVideo) return this.#forwarder.layers.currentSpatial;
    return this.#forwarder.isFlowing ? 0 : NO_LAYER;
  }

  /** What the subscriber is told of it: paused until a picture flows again, not just may flow. */
  get streamState(): StreamState {
    return this.allocation.streamState;
  }

  /** `close` was called, and what had to be sent after it has left. */
  get isClosed(): boolean {
    return this.#isClosing && !this.#own.isActive;
  }

  /**
   * What the publisher has to go on sending, even if the subscriber asks for less (spec-media 4.8):
   * what flows, and the layer that the timestamps of others are related to, as long as its report
   * is missing for that. -1: nothing.
   */
  get heldLayer(): number {
    if (!this.isVideo) return this.currentSpatialLayer;
    const current = this.#forwarder.layers.currentSpatial;
    const reference = this.#forwarder.referenceLayer;
    const { hasFewReports } = this.#source;
    const isHeld =
      reference > current && !hasFewReports && !this.#source.hasSenderReport(reference);
    return isHeld ? reference : current;
  }

  /** Whether layer or state changed since the last time this was asked. */
  pollForwardingChange(): boolean {
    if (!this.isVideo && this.#reportedSpatial >= 0) return false;
    const spatial = this.currentSpatialLayer;
    if (this.isVideo && spatial >= 0) this.allocation.noteFlowing();
    const { streamState, heldLayer } = this;
    this.#reportedSpatial = spatial;
    if (heldLayer === this.#reportedHeld && streamState === this.#reportedState) return false;
    this.#reportedHeld = heldLayer;
    this.#reportedState = streamState;
    return true;
  }

  /** One packet of the publisher. Runs once per packet and subscriber. */
  write(packet: MediaPacket, nowMs: number): WriteResult {
    if (this.isVideo && this.#forwarder.ignores(packet)) return WriteResult.Nothing;
    if (this.#isClosing || (this.isVideo && this.#replay.holds(packet))) return WriteResult.Nothing;
    if (!this.#writer.prepare(packet)) {
      this.stats.unsupported += 1;
      return WriteResult.Nothing;
    }
    if (!this.#isConnected && !this.#writer.isReady) return WriteResult.Nothing;
    this.#isConnected = true;
    if (this.#codecs.takesPrimaryOnly) return this.#writeRed(packet, nowMs);
    this.#red?.note(packet.extSn);
    const verdict = this.#forwarder.translate(nowMs, packet, SENT);
    const wasLost = this.#isSyncLost;
    this.#isSyncLost = this.#forwarder.isSyncLost;
    const isChanged = this.#isChanged || (this.#isSyncLost && !wasLost);
    if (verdict === Verdict.Drop) return isChanged ? WriteResult.Changed : WriteResult.Nothing;
    if (verdict === Verdict.FillHole) {
      this.#writer.sendFill(SENT, false);
    } else {
      this.#sendMedia(nowMs, packet);
    }
    return isChanged ? WriteResult.Changed : WriteResult.Sent;
  }

  /** The layer is not the one that was told last; of sound only that it begins is told. */
  get #isChanged(): boolean {
    const reported = this.#reportedSpatial;
    return this.currentSpatialLayer !== reported && (this.isVideo || reported < 0);
  }

  /** RED for a subscriber that takes plain Opus only: what is in it, and was not sent yet. */
  #writeRed(packet: MediaPacket, nowMs: number): WriteResult {
    this.#red ??= new RedDecoder();
    const count = this.#red.take(packet);
    let result: WriteResult = WriteResult.Nothing;
    for (let i = 0; i < count; i++) {
      this.#red.read(i, packet, PLAIN_PACKET);
      if (this.#forwarder.translate(nowMs, PLAIN_PACKET, SENT) !== Verdict.Forward) continue;
      this.#sendMedia(nowMs, PLAIN_PACKET);
      result = this.#isChanged ? WriteResult.Changed : WriteResult.Sent;
    }
    return result;
  }

  /** What the subscriber asks for. */
  setSettings(nowMs: number, settings: DownTrackSettings): void {
    // A client may hide what is paused. Believing it would end the search for bandwidth for it, and
    // its publisher might stop: it would never come back (spec-media 4.5).
    const isMuted = settings.isDisabled && !this.allocation.isPaused;
    this.#wishes.set(settings, this.#forwarder.layers, this.#source);
    const wasMuted = this.#forwarder.isMuted;
    this.#forwarder.setMuted(isMuted);
    this.#handleMuteChange(nowMs, wasMuted);
    if (!this.isVideo || this.allocation.priority === settings.priority) return;
    this.allocation.priority = settings.priority;
    this.#allocator.handlePriorityChange(nowMs);
  }

  setPublisherMuted(nowMs: number, isMuted: boolean): void {
    const wasMuted = this.#forwarder.isMuted;
    this.#forwarder.setSourceMuted(isMuted);
    this.#handleMuteChange(nowMs, wasMuted);
  }

  /** The publisher's stream of a layer began anew: other numbers, another clock. */
  handleStreamReset(spatialLayer: number): void {
    this.#replay.stop();
    this.#red = undefined;
    this.#forwarder.restartStream(spatialLayer);
  }

  /** Another codec of the track feeds it from now on: its packets carry on where it is. */
  changeSource(nowMs: number, source: MediaSource, settings: DownTrackSettings): void {
    if (this.#isClosing) return;
    this.#replay.stop();
    this.#source.current = source;
    this.#red = undefined;
    this.#codecs.reset();
    this.#forwarder.changeSource();
    this.#forwarder.setSourceMuted(source.isMuted);
    this.setSettings(nowMs, settings);
  }

  /** The transport came up: what waited for it need not look for it again. */
  handleConnected(): void {
    this.#retryMs = Number.NEGATIVE_INFINITY;
  }

  /** The publisher's layers came or went. */
  handleLayersChanged(nowMs: number): void {
    if (this.isVideo && !this.#isClosing) {
      this.#wishes.apply(this.#forwarder.layers, this.#source);
      this.#allocator.handleTrackChange(nowMs, this.allocation);
    }
  }

  /** No spatial layer above this one, whatever is asked for; NO_LAYER: paused. */
  limitLayers(nowMs: number, maxSpatial: number): void {
    this.#wishes.limitSpatial = maxSpatial;
    this.allocation.isShed = maxSpatial < 0;
    this.handleLayersChanged(nowMs);
  }

  /** A PLI or FIR of the subscriber: it cannot decode what flows. */
  handlePli(nowMs: number, isFir = false): void {
    if (isFir) this.stats.firs += 1;
    else this.stats.plis += 1;
    if (!this.isVideo || this.#forwarder.isMuted || this.#isClosing) return;
    const layers = this.#forwarder.layers;
    if (layers.targetSpatial < 0) return;
    const layer = this.#forwarder.isFlowing ? layers.currentSpatial : layers.requestSpatial;
    this.#replay.handlePli(nowMs);
    if (this.#replay.isActive) return;
    this.#retransmitter.handlePli(nowMs, this.#rttMs);
    this.#source.requestKeyFrame(nowMs, this.#source.isSvc ? 0 : Math.max(layer, 0));
  }

  /**
   * Sends again what the subscriber lost, the newest first (spec-media 5.4).
   *
   * @param sns as in the NACK, in its order; the first `count` of them
   */
  handleNack(nowMs: number, sns: Uint16Array, count: number): void {
    if (!this.#isClosing) this.#retransmitter.handleNack(nowMs, sns, count, this.#rttMs);
  }

  /** A report block about one of our two streams. */
  handleReceiverReport(nowMs: number, block: ReportBlock): void {
    if (block.ssrc === this.ssrc) this.#reception.handleReport(nowMs, block);
    else if (block.ssrc === this.rtxSsrc) this.#reception.handleRtxReport(nowMs, block);
  }

  get canProbe(): boolean {
    if (!this.isVideo || this.#isClosing || this.#forwarder.isMuted) return false;
    const isKnown = this.#forwarder.isStarted && this.#reception.hasReport;
    return isKnown && this.#writer.isMeasured && this.#writer.isReady;
  }

  get sentBytes(): number {
    return this.#probes.sentBytes;
  }

  sendProbe(nowMs: number, bytes: number): number {
    return this.#probes.send(nowMs, bytes);
  }

  handleTimeout(nowMs: number): void {
    this.#own.handleTimeout(nowMs);
    this.#repeat(nowMs);
    if (this.#isClosing || this.#replay.isActive || !this.#forwarder.needsKeyFrame) return;
    if (nowMs < this.#retryMs) return;
    if (!this.#writer.isReady) {
      this.#retryMs = nowMs + CONNECT_RETRY_MS;
      return;
    }
    if (!this.allocation.isDeficient) this.#replay.start(nowMs);
    if (this.#replay.isActive) return;
    const layer = this.#source.isSvc ? 0 : this.#forwarder.layers.requestSpatial;
    if (this.#keyFrames.take(nowMs, layer, this.#rttMs)) {
      this.#source.requestKeyFrame(nowMs, layer);
    }
  }

  /** When `handleTimeout` next has work, in monotonic ms, maybe past; Infinity: never. */
  pollTimeout(): number {
    const ownMs = Math.min(this.#own.dueMs, this.#replay.dueMs);
    if (this.#isClosing || this.#replay.isActive || !this.#forwarder.needsKeyFrame) return ownMs;
    const layer = this.#source.isSvc ? 0 : this.#forwarder.layers.requestSpatial;
    return Math.min(ownMs, Math.max(this.#keyFrames.dueMs(layer), this.#retryMs));
  }

  /** Room that `writeSenderReport` needs at most. */
  get senderReportBytesMax(): number {
    return this.#reports.bytesMax;
  }

  /**
   * Writes a sender report, and whose it is; to be called every 3 s.
   *
   * @returns offset after them; `offset` itself when there is nothing to report
   */
  writeSenderReport(nowMs: number, out: Uint8Array, offset: number): number {
    if (!this.#isConnected || this.#isClosing) return offset;
    const { packets, fillPackets, announcements, payloadBytes } = this.stats;
    const count = packets + fillPackets + announcements;
    const source = this.#source;
    return this.#reports.write(nowMs, this.#forwarder, source, count, payloadBytes, out, offset);
  }

  /** The allocator may have decided anew: quality falls with what it takes away. */
  noteAllocation(nowMs: number): void {
    if (!this.isVideo) return;
    const { isPaused, distanceToDesired } = this.allocation;
    this.#quality.noteAllocation(nowMs, isPaused, distanceToDesired);
  }

  /** What became of the windows that `updateScore` closed and that nobody has cleared. */
  get sample(): TrackSample {
    return this.#quality.sample;
  }

  /** Evaluates the quality of the window since the last call. @returns 0..100 (spec-media 8.3) */
  updateScore(nowMs: number): number {
    const { sentCodec, hasFec } = this.#codecs;
    if (sentCodec === 0) return this.#quality.score;
    this.noteAllocation(nowMs);
    return this.#quality.update(nowMs, this.stats, sentCodec, hasFec);
  }

  /**
   * Ends the track. No packets are taken any more.
   *
   * @param flush send silence or black frames first: drive the timeouts until `isClosed`
   */
  close(nowMs: number, flush: boolean): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#own.stop();
    this.#replay.stop();
    if (this.isVideo) this.#allocator.remove(nowMs, this.allocation);
    if (flush) this.#own.startFlush(nowMs);
    this.#forwarder.setMuted(true);
  }

  debugInfo(): object {
    const { layers, isMuted, isFlowing, lastOutSn, lastOutTs, referenceLayer } = this.#forwarder;
    return {
      downTrackId: this.id,
      ssrc: this.ssrc,
      isMuted,
      isFlowing,
      streamState: this.streamState,
      isClosing: this.#isClosing,
      layers: { ...layers },
      requestedBps: this.allocation.requestedBps,
      lastOutSn,
      lastOutTs,
      referenceLayer,
      score: this.#quality.score,
      stats: { ...this.stats },
    };
  }

  get #rttMs(): number {
    return this.stats.rttMs > 0 ? this.stats.rttMs : DEFAULT_RTT_MS;
  }

  #handleMuteChange(nowMs: number, wasMuted: boolean): void {
    if (this.#isClosing) return;
    const isMuted = this.#forwarder.isMuted;
    this.#quality.setMuted(nowMs, isMuted);
    if (this.isVideo) {
      this.#allocator.handleTrackChange(nowMs, this.allocation);
    } else if (isMuted && !wasMuted) {
      this.#own.startMute(nowMs);
    } else if (!isMuted) {
      this.#own.stopMute();
    }
  }

  /** Sends what is due of the frames that were there before the subscriber. */
  #repeat(nowMs: number): void {
    while (this.#replay.next(nowMs, EARLIER_PACKET, SENT)) {
      if (this.#writer.prepare(EARLIER_PACKET)) this.#sendMedia(nowMs, EARLIER_PACKET);
    }
  }

  /** Sends `packet` as SENT says. */
  #sendMedia(nowMs: number, packet: MediaPacket): void {
    const retransmitter = this.#retransmitter;
    retransmitter.noteRestart();
    if (!this.#writer.sendMedia(nowMs, packet, SENT)) {
      this.#isConnected = false;
      this.#forwarder.resync();
      return;
    }
    if (this.#writer.isRepeatable) {
      const { spatialLayer } = packet;
      const streamLayer = spatialLayer > 0 && !this.#source.isSvc ? spatialLayer : 0;
      retransmitter.push(nowMs, packet.extSn, streamLayer, SENT);
    }
    if (!this.#hasMedia) {
      this.#hasMedia = true;
      this.#own.stop();
    }
    if (packet.isKeyFrame && this.isVideo) {
      this.stats.keyFrames += 1;
      retransmitter.handleKeyFrame(nowMs, SENT.outSn);
    }
  }
}
