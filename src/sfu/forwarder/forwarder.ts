import { Codec, clockHzOf } from "../../wire/rtp/codec.ts";
import { DependencyForwarder } from "../dependency/dependency-forwarder.ts";
import { Described } from "../dependency/frame-dependency.ts";
import type { MediaSource } from "../downtrack/media-source.ts";
import { SnMunger } from "../munger/sn-munger.ts";
import { TsMunger } from "../munger/ts-munger.ts";
import { Vp8Munger } from "../munger/vp8-munger.ts";
import type { MediaPacket } from "../packet/media-packet.ts";
import { layerSelectorFor } from "../selector/layer-selector.ts";
import { Layers, NO_LAYER } from "../selector/layers.ts";
import { type LayerSelector, Selection } from "../selector/selection.ts";
import { mayComeLate, selectTemporal } from "../selector/temporal-selector.ts";
import { firstSn, firstTs } from "./first-numbers.ts";
import { HoldBack } from "./hold-back.ts";
import { PreviousPieces } from "./previous-pieces.ts";
import { SourceClock, TS_REFUSED } from "./source-clock.ts";
import { type Translation, Verdict } from "./translation.ts";

/** After a mute by the publisher its clock may have stood still; believe it less. */
const UNMUTE_BEHIND_MAX_MS = 200;
const FIRST_REPORT_AGE_MAX_MS = 10_000;
/** Of streams that come anew, the codec is unknown. */
const NO_CODEC = 0;
const NO_SSRC = -1;

/**
 * Turns the packets of one published track into one continuous stream for one subscriber: chooses
 * layers, follows changes of source, renumbers (spec-media 4). Owned by its down track.
 */
export class Forwarder {
  readonly layers: Layers = new Layers();
  readonly #source: MediaSource;
  readonly #isVideo: boolean;
  #restartCount = 0;
  #sns: SnMunger = new SnMunger(0, 0);
  /** Of the piece that flows; who changes it tells `noteOutTs` what it gave. */
  timestamps: TsMunger = new TsMunger();
  readonly #previous: PreviousPieces = new PreviousPieces();
  readonly #clock: SourceClock = new SourceClock();
  #vp8: Vp8Munger | undefined;
  #selector: LayerSelector | undefined;
  /** Absent until a stream with dependency descriptors comes. */
  #dependencies: DependencyForwarder | undefined;
  /** All layers come in one stream, and are chosen by its dependency descriptors. */
  #isChosenByDependency = false;
  #codec: Codec | typeof NO_CODEC = NO_CODEC;
  #isSvc = false;

  #isMuted = false;
  #isSourceMuted = false;
  /** The stream has numbers: of media, or of packets of our own before it. */
  #isStarted = false;
  /** Stream that is forwarded; NO_SSRC: the next packet that may be sent begins a new piece. */
  #ssrc: number = NO_SSRC;
  #resumeBehindMaxMs = Number.POSITIVE_INFINITY;
  readonly #holdBack: HoldBack = new HoldBack();

  #lastOutSn = 0;
  #lastOutTs = 0;
  #lastMarker = true;
  #lastSentMs = 0;
  #clockHz = 0;
  #switchExtTs = 0;

  constructor(source: MediaSource) {
    this.#source = source;
    this.#isVideo = source.isVideo;
  }

  /** Whether any media was ever sent. */
  get isStarted(): boolean {
    return this.#clock.referenceLayer >= 0;
  }

  /** A source flows: neither muted, paused nor waiting for a key frame. */
  get isFlowing(): boolean {
    return this.#ssrc !== NO_SSRC;
  }

  /** Rises when what was sent before can no longer be found by its source numbers. */
  get restartCount(): number {
    return this.#restartCount;
  }

  /** Codec of the last packet that was looked at; 0 before. */
  get codec(): Codec | 0 {
    return this.#codec;
  }

  get isMuted(): boolean {
    return this.#isMuted || this.#isSourceMuted;
  }

  get clockHz(): number {
    return this.#clockHz;
  }

  /** Highest extended number and timestamp that left: none above it was ever used. */
  get lastOutSn(): number {
    return this.#lastOutSn;
  }

  get lastOutTs(): number {
    return this.#lastOutTs;
  }

  /** When the newest packet left, monotonic ms; 0 before the first. */
  get lastSentMs(): number {
    return this.#lastSentMs;
  }

  /** The frame that was sent last is complete. */
  get isAtFrameEnd(): boolean {
    return this.#lastMarker;
  }

  /** Where the source that flows began, in its own clock: older sender reports do not fit. */
  get switchExtTs(): number {
    return this.#switchExtTs;
  }

  /** Stream whose clock the outgoing timestamps follow (spec-media 4.8); -1 before the start. */
  get referenceLayer(): number {
    return this.#clock.referenceLayer;
  }

  /** Stream that flows: the current spatial layer, or 0 where all layers come in one stream. */
  get streamLayer(): number {
    return this.#isSvc || !this.#isVideo ? 0 : this.layers.currentSpatial;
  }

  /** Frames miss that those of the wished for layer need: this may happen with any packet. */
  get isSyncLost(): boolean {
    if (!this.#isChosenByDependency) return false;
    return !this.#dependencies!.selector.isSynced(this.layers.requestSpatial);
  }

  /** The subscriber needs a key frame to get onto the layer that was chosen for it (spec-media 5.5). */
  get needsKeyFrame(): boolean {
    const { targetSpatial, requestSpatial, currentSpatial } = this.layers;
    if (!this.#isVideo || this.isMuted) return false;
    if (targetSpatial < 0 || requestSpatial < 0) return false;
    if (currentSpatial < 0) return true;
    if (this.#isChosenByDependency) return this.isSyncLost;
    if (currentSpatial < requestSpatial) return true;
    // Layers of one stream are cut without one.
    return currentSpatial > targetSpatial && !this.#isSvc;
  }

  /** Outgoing timestamp of a moment of the source that flows. */
  mapTs(extTs: number): number {
    return this.timestamps.mapTs(extTs);
  }

  /** The subscriber wants no packets. */
  setMuted(isMuted: boolean): void {
    if (isMuted === this.#isMuted) return;
    this.#isMuted = isMuted;
    if (isMuted) this.resync();
  }

  setSourceMuted(isMuted: boolean): void {
    if (isMuted === this.#isSourceMuted) return;
    this.#isSourceMuted = isMuted;
    if (isMuted) {
      this.resync();
      this.#resumeBehindMaxMs = UNMUTE_BEHIND_MAX_MS;
    }
  }

  /**
   * What the allocator chose. Without a target nothing is forwarded until there is one again.
   *
   * @param isDeficient there is not enough bandwidth: stop what is above the target at once,
   *   instead of going on until the lower layer has a key frame
   */
  setTarget(spatial: number, temporal: number, request: number, isDeficient: boolean): void {
    const layers = this.layers;
    layers.targetSpatial = spatial;
    layers.targetTemporal = spatial < 0 ? NO_LAYER : temporal;
    layers.requestSpatial = request;
    layers.isDeficient = isDeficient;
    if (spatial < 0 || this.#holdBack.isOver(layers)) this.resync();
  }

  /** Lets go of the source: what comes next begins with a key frame, one number after the last. */
  resync(): void {
    this.#restartCount += 1;
    this.#endPiece();
    this.#holdBack.end();
    this.layers.clearCurrent();
    this.#dependencies?.handleResync();
  }

  noteOutTs(outTs: number): void {
    if (outTs > this.#lastOutTs) this.#lastOutTs = outTs;
  }

  /** What comes next may have left before: to the subscriber it is to be something new. */
  rewind(): void {
    this.#dependencies?.handleStreamRestart();
    this.resync();
  }

  /** Another codec of the track feeds it: other streams, other clocks. */
  changeSource(): void {
    this.#clock.changeSource();
    this.#codec = NO_CODEC;
    this.layers.maxSeenSpatial = NO_LAYER;
    this.rewind();
  }

  /** The publisher's stream of a layer began anew: other numbers, another clock. */
  restartStream(layer: number): void {
    const streamLayer = this.#isSvc ? 0 : layer;
    this.#clock.restartLayer(streamLayer);
    const isOther = this.isFlowing && streamLayer !== this.streamLayer;
    if (!isOther) this.#dependencies?.handleStreamRestart();
    if (this.isFlowing && !isOther) this.resync();
    else this.#restartCount += 1;
    this.#previous.forget();
  }

  /**
   * The packet is of a stream beside the one that flows, and nothing follows from it: that is where it
   * is to be, and what the other layers have is known.
   */
  ignores(packet: MediaPacket): boolean {
    const layers = this.layers;
    const current = layers.currentSpatial;
    return (
      packet.spatialLayer !== current &&
      current === layers.targetSpatial &&
      current <= layers.maxSpatial &&
      this.#ssrc !== NO_SSRC &&
      packet.ssrc !== this.#ssrc &&
      !this.#isSvc &&
      !packet.isOutOfOrder &&
      packet.codec === this.#codec &&
      packet.spatialLayer <= layers.maxSeenSpatial &&
      packet.temporalLayer <= layers.maxSeenTemporal
    );
  }

  /** Runs once per packet and subscriber. What it leaves in `out` holds for Forward and FillHole. */
  translate(nowMs: number, packet: MediaPacket, out: Translation): Verdict {
    if (this.#isMuted || this.#isSourceMuted) return Verdict.Drop;
    return this.#isVideo
      ? this.#translateVideo(nowMs, packet, out)
      : this.#translateAudio(nowMs, packet, out);
  }

  /**
   * Begins the stream before there is media, for packets of our own (spec-media 4.4). Media then
   * comes in at the time that has passed. Does nothing when the stream has begun.
   *
   * @param sn before the first number, and `ts` the first timestamp, as on the wire
   */
  startAhead(nowMs: number, clockHz: number, sn: number, ts: number): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#clockHz = clockHz;
    this.#lastOutSn = sn;
    this.#lastOutTs = firstTs(ts);
    this.#lastSentMs = nowMs;
  }

  /**
   * Takes the next number for a packet of our own, at the timestamp of this moment, but at least a
   * tick after the last; with `keepTs` at the last timestamp, which closes a frame.
   */
  placeOwnPacket(nowMs: number, keepTs: boolean, out: Translation): void {
    this.#lastOutSn += 1;
    if (!keepTs) {
      this.#lastOutTs = Math.max(this.#expectedTs(nowMs), this.#lastOutTs + 1);
      this.#lastSentMs = nowMs;
    }
    this.#lastMarker = true;
    // Our numbers shift those of the source; it continues as a new piece.
    if (this.#ssrc !== NO_SSRC) this.resync();
    out.outSn = this.#lastOutSn;
    out.outTs = this.#lastOutTs;
    out.marker = true;
    out.clearRewrites();
  }

  /**
   * Takes the next number for a packet of nothing but padding, at the last timestamp. Between two
   * frames only: in the middle of one, a receiver would take it for a part that is missing. Where
   * nothing flows the last frame is closed, if need be.
   *
   * @returns false when there is no place for it now
   */
  placePadding(out: Translation): boolean {
    if (!this.#isStarted) return false;
    const isFlowing = this.#ssrc !== NO_SSRC;
    if (isFlowing && !this.#lastMarker) return false;
    this.#lastOutSn = isFlowing ? this.#sns.insert() : this.#lastOutSn + 1;
    out.outSn = this.#lastOutSn;
    out.outTs = this.#lastOutTs;
    out.marker = !this.#lastMarker;
    out.clearRewrites();
    this.#lastMarker = true;
    return true;
  }

  /** Continues the payload descriptor of a codec for a key frame of our own. */
  placeOwnKeyFrame(out: Translation): void {
    if (this.#vp8 !== undefined) {
      out.descriptorBytes = this.#vp8.writeKeyFrameDescriptor(out.descriptor);
    }
  }

  #translateAudio(nowMs: number, packet: MediaPacket, out: Translation): Verdict {
    out.clearRewrites();
    this.#codec = packet.codec;
    this.#followJump(packet);
    if (packet.ssrc !== this.#ssrc) {
      if (this.#ssrc !== NO_SSRC && !packet.isOutOfOrder) this.resync();
      if (!this.#switchSource(nowMs, packet)) return Verdict.Drop;
      out.isSwitch = true;
    }
    return this.#emit(nowMs, packet, packet.marker, out);
  }

  #translateVideo(nowMs: number, packet: MediaPacket, out: Translation): Verdict {
    const layers = this.layers;
    if (packet.isOutOfOrder && packet.ssrc !== this.#ssrc) {
      const verdict = this.#previous.translate(packet, out);
      if (verdict !== Verdict.Drop) return verdict;
    }
    if (packet.spatialLayer > layers.maxSeenSpatial) layers.maxSeenSpatial = packet.spatialLayer;
    if (packet.temporalLayer > layers.maxSeenTemporal) {
      layers.maxSeenTemporal = packet.temporalLayer;
    }
    if (layers.targetSpatial < 0) return Verdict.Drop;
    // Padding that came late: its number is known to the subscriber, and nothing else of it counts.
    if (packet.payloadBytes === 0) {
      return packet.ssrc === this.#ssrc ? this.#leaveOut(packet, out) : Verdict.Drop;
    }
    const isDescribed = packet.dependency.described !== Described.No;
    if (
      packet.codec !== this.#codec ||
      this.#source.isSvc !== this.#isSvc ||
      (this.#isSvc && isDescribed !== this.#isChosenByDependency)
    ) {
      this.#changeCodec(packet.codec, isDescribed);
    }
    this.#followJump(packet);
    if (this.#isChosenByDependency && !this.#canLeave(packet)) {
      this.#dependencies!.selector.leaveOut(packet, layers);
      return Verdict.Drop;
    }
    const before = layers.currentSpatial;
    const isUnreadable = packet.dependency.described === Described.Unreadable;
    const selection =
      isUnreadable && !this.#isSvc ? Selection.Skip : this.#selector!.select(packet, layers);
    if (selection === Selection.Skip) {
      return packet.ssrc === this.#ssrc ? this.#leaveOut(packet, out) : Verdict.Drop;
    }
    if (packet.ssrc !== this.#ssrc && !this.#beginPiece(nowMs, packet)) return Verdict.Drop;
    out.isSwitch = layers.currentSpatial !== before;
    const isWithin = this.#isWithinTemporal(packet, isDescribed);
    // layers of one stream are cut by the selector instead
    const isHeldBack = !this.#isSvc && this.#holdBack.holds(packet, layers, this.#lastMarker);
    out.descriptorBytes = 0;
    // Beside dependency descriptors, libwebrtc strips VP8's own to one byte (spec-media 3.4).
    const isMapped = packet.descriptorBytes > 0 && (packet.pictureId >= 0 || !isDescribed);
    if (this.#vp8 !== undefined && isMapped) {
      const isUnwanted = isHeldBack || !(isWithin || mayComeLate(packet, layers));
      out.descriptorBytes = this.#vp8.mapDescriptor(packet, isUnwanted, out.descriptor);
      if (out.descriptorBytes < 0) return this.#leaveOut(packet, out);
    } else if (isHeldBack || !isWithin) {
      return this.#leaveOut(packet, out);
    }
    out.dependency.isPresent = false;
    if (isDescribed && !this.#dependenciesOf().describe(packet, this.#isSvc, out.dependency)) {
      return this.#leaveOut(packet, out);
    }
    return this.#emit(nowMs, packet, packet.marker || selection === Selection.TakeAndMark, out);
  }

  /** What comes late from before the piece has no number in it, and none begins within a frame. */
  #canLeave(packet: MediaPacket): boolean {
    if (packet.ssrc === this.#ssrc) return this.#sns.canMap(packet.extSn);
    return !packet.isOutOfOrder && packet.isFrameStart;
  }

  /** A packet of another stream than the one that flows. @returns false when it has to wait */
  #beginPiece(nowMs: number, packet: MediaPacket): boolean {
    // In an SVC stream the key picture's first frame may be of a layer that is not wanted.
    if (!packet.isKeyFrame && !this.#isChosenByDependency) {
      // Another stream under the same layer: the publisher started it anew.
      this.resync();
      return false;
    }
    if (!this.#switchSource(nowMs, packet)) {
      this.layers.rollBack();
      this.#dependencies?.handleResync();
      return false;
    }
    this.#vp8?.switchSource(packet);
    if (packet.dependency.described === Described.Yes) this.#dependenciesOf().switchSource(packet);
    return true;
  }

  /** Of streams with one spatial layer; where there are more, the selector chose both. */
  #isWithinTemporal(packet: MediaPacket, isDescribed: boolean): boolean {
    if (this.#isSvc) return true;
    if (!isDescribed) return selectTemporal(packet, this.layers);
    return this.#dependenciesOf().temporal.select(packet, this.layers);
  }

  #dependenciesOf(): DependencyForwarder {
    this.#dependencies ??= new DependencyForwarder();
    return this.#dependencies;
  }

  /** Where the publisher's numbers jump, a new piece begins. */
  #followJump({ ssrc, extSn }: MediaPacket): void {
    if (ssrc === this.#ssrc && this.#sns.isFarAhead(extSn, this.#lastOutSn)) this.resync();
  }

  /** Sends the packet: numbers it and remembers the end of the stream. */
  #emit(nowMs: number, packet: MediaPacket, marker: boolean, out: Translation): Verdict {
    const isNewest = packet.extSn > this.#sns.highestExtSn;
    const outSn = this.#sns.mapSn(packet.extSn);
    if (outSn < 0) return Verdict.Drop;
    out.outSn = outSn;
    out.outTs = this.timestamps.mapTs(packet.extTs);
    out.marker = marker;
    this.noteOutTs(out.outTs);
    if (outSn > this.#lastOutSn) this.#lastOutSn = outSn;
    if (isNewest) {
      this.#lastMarker = marker;
      this.#lastSentMs = nowMs;
    }
    return Verdict.Forward;
  }

  /** Leaves out a packet of the stream that flows. */
  #leaveOut(packet: MediaPacket, out: Translation): Verdict {
    if (packet.extSn > this.#sns.highestExtSn) {
      this.#sns.drop(packet.extSn);
      return Verdict.Drop;
    }
    const outSn = this.#sns.mapSn(packet.extSn);
    if (outSn < 0) return Verdict.Drop;
    if (outSn > this.#lastOutSn) this.#lastOutSn = outSn;
    out.outSn = outSn;
    out.outTs = this.timestamps.mapTs(packet.extTs);
    this.noteOutTs(out.outTs);
    out.marker = false;
    out.clearRewrites();
    return Verdict.FillHole;
  }

  /** Begins a piece with this packet. @returns false when it has to wait */
  #switchSource(nowMs: number, packet: MediaPacket): boolean {
    if (packet.isOutOfOrder) return false;
    const clockHz = clockHzOf(packet.codec);
    const layer = this.#isSvc || !this.#isVideo ? 0 : packet.spatialLayer;
    let outTs: number;
    let outSn: number;
    let switchExtTs = packet.extTs;
    if (!this.#isStarted) {
      this.#isStarted = true;
      // A stream that has been running: its last report holds as well.
      switchExtTs -= (FIRST_REPORT_AGE_MAX_MS * clockHz) / 1000;
      outSn = firstSn(packet.extSn);
      outTs = firstTs(packet.extTs);
      this.#clock.start(layer, packet.ssrc, clockHz, packet.extTs, outTs);
    } else {
      outTs = this.#clock.place(
        this.#source,
        layer,
        packet.ssrc,
        clockHz,
        packet.extTs,
        this.#lastOutTs,
        this.#expectedTs(nowMs),
        this.#ssrc === NO_SSRC,
        this.#resumeBehindMaxMs,
      );
      if (outTs === TS_REFUSED) return false;
      outSn = this.#lastOutSn + 1;
    }
    this.#endPiece();
    this.#sns.restart(packet.extSn, outSn);
    this.timestamps.restart(packet.extTs, outTs);
    this.#ssrc = packet.ssrc;
    this.layers.forgetRaises();
    this.#clockHz = clockHz;
    this.#switchExtTs = switchExtTs;
    this.#holdBack.end();
    this.#resumeBehindMaxMs = Number.POSITIVE_INFINITY;
    return true;
  }

  /** What flows, if anything does, ends here; the mungers of the piece before it serve the next. */
  #endPiece(): void {
    if (this.#ssrc === NO_SSRC) return;
    const freed = this.#previous.keep(this.#ssrc, this.#sns, this.timestamps, this);
    this.#sns = freed.sns;
    this.timestamps = freed.timestamps;
    this.#ssrc = NO_SSRC;
  }

  #expectedTs(nowMs: number): number {
    return this.#lastOutTs + Math.round(((nowMs - this.#lastSentMs) * this.#clockHz) / 1000);
  }

  #changeCodec(codec: Codec, isDescribed: boolean): void {
    this.#codec = codec;
    this.#isSvc = this.#source.isSvc;
    this.#isChosenByDependency = this.#isSvc && isDescribed;
    this.#selector = this.#isChosenByDependency
      ? this.#dependenciesOf().selector
      : layerSelectorFor(codec, this.#isSvc);
    this.#vp8 = codec === Codec.Vp8 ? (this.#vp8 ?? new Vp8Munger()) : undefined;
    this.resync();
  }
}
