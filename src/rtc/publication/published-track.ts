import type { MediaThread } from "../../bridge/media-thread.ts";
import { livekit } from "../../gen/livekit.js";
import { codecOfMimeType, mimeTypeOf } from "../../wire/rtp/codec.ts";
import type { ReceiverListener, StartedStream } from "../media/media-router.ts";
import type { Dynacast } from "./dynacast.ts";
import { layerForQuality, layerOfRank, QUALITIES, type Rank, rankOf } from "./video-quality.ts";

const { BackupCodecPolicy } = livekit;

const BEST_SCORE = 100;
const RANK_MAX: Rank = 2;
const LOST_SCORE = 20;

/** Who subscribes to a track, as the track needs to know it. */
export interface TrackSubscriber {
  /** The track is gone: its media has stopped already. */
  onTrackClosed(): void;
  /** The publisher sends one more codec. */
  onReceiverAdded(receiver: TrackReceiver): void;
  /** One codec of the track is about to go, and with it what this subscriber has of it. */
  onReceiverClosing(receiverId: number): void;
  /** This codec is the only one from now on (spec-media 7.3). */
  onRegressed(receiver: TrackReceiver): void;
  /** The size of a layer is known now. */
  onSizesChanged(): void;
  /** The publisher's packets say that it sends another codec than its description promised. */
  onReceiverCodec(receiverId: number, mime: string): void;
}

/** One codec of a track: a receiver on the publisher's media thread. */
export type TrackReceiver = {
  readonly receiverId: number;
  readonly thread: MediaThread;
  readonly mid: string;
  /** Track id of the section's msid, as last offered. */
  cid: string;
  /** In preference order; the first is what the publisher sends. */
  mimes: readonly string[];
  /** 0..100, of the way from the publisher to us. */
  qualityScore: number;
};

export type PublishedTrackOptions = {
  /** Client id of the `add_track` that announced it. */
  readonly announcedCid: string;
  /** TrackInfo changed in a way that participants are told of. */
  onInfoChanged(track: PublishedTrack): void;
  /** TrackInfo changed in a way that only those who come later are told of. */
  onInfoCompleted(track: PublishedTrack): void;
  /** The room is small enough that a track which may do with its backup codec alone does. */
  prefersRegression(): boolean;
};

/**
 * How signalling names a codec for dynacast: `vp8`, `h264`, `vp9`, `av1`, `h265`, `opus`, `pcmu`.
 * RED is a way of sending Opus.
 */
export function codecName(mime: string): string {
  const name = mime.toLowerCase().replace(/^(video|audio)\//, "");
  return name === "red" ? "opus" : name;
}

/** A published media track: TrackInfo, receivers, who subscribes. Owned by its publisher. */
export class PublishedTrack {
  readonly info: livekit.TrackInfo;
  readonly publisherIdentity: string;
  readonly announcedCid: string;
  readonly receivers: TrackReceiver[] = [];
  readonly #subscribers = new Map<number, TrackSubscriber>();
  /** The only codec that anybody is sent, once the publisher had to fall back on it. */
  #regressedTo: TrackReceiver | undefined;
  /** Layers whose size was not declared. */
  readonly #measured = new WeakSet<livekit.IVideoLayer>();
  readonly #options: PublishedTrackOptions;
  readonly #publisher: { readonly sid: string };
  dynacast: Dynacast | undefined;
  /** Linear smoothed level, 0 when silent; microphones only. */
  audioLevel = 0;
  #hasToldSubscribed = false;

  constructor(
    info: livekit.TrackInfo,
    publisher: { readonly sid: string; readonly identity: string },
    options: PublishedTrackOptions,
  ) {
    this.info = info;
    this.#publisher = publisher;
    this.publisherIdentity = publisher.identity;
    this.announcedCid = options.announcedCid;
    this.#options = options;
  }

  /** Changes when the publisher moves to another room. */
  get publisherSid(): string {
    return this.#publisher.sid;
  }

  get sid(): string {
    return this.info.sid;
  }

  get isVideo(): boolean {
    return this.info.type === livekit.TrackType.VIDEO;
  }

  get isScreenShare(): boolean {
    return this.info.source === livekit.TrackSource.SCREEN_SHARE;
  }

  /** End to end: what is in its frames is for its subscribers only. */
  get isEncrypted(): boolean {
    return this.info.encryption !== livekit.Encryption.Type.NONE;
  }

  /** The codecs that subscribers are sent, in the order in which they are tried. */
  get offeredReceivers(): readonly TrackReceiver[] {
    return this.#regressedTo === undefined ? this.receivers : [this.#regressedTo];
  }

  /** What subscribers may be offered: what is sent, primary codec first, then what could be. */
  get mimes(): string[] {
    const sent = this.offeredReceivers.map(({ mimes }) => mimes[0]!);
    const others = this.offeredReceivers.flatMap(({ mimes }) => mimes);
    return [...new Set([...sent, ...this.#unsentMimes, ...others])];
  }

  /** Codecs that the publisher has announced and does not send, since nobody needed them so far. */
  get #unsentMimes(): string[] {
    if (this.#regressedTo !== undefined) return [];
    // a section of video may name many codecs: what comes is the first
    const sent = this.receivers.flatMap(({ mimes }) => (this.isVideo ? mimes.slice(0, 1) : mimes));
    return this.info.codecs.flatMap(({ mimeType }) => {
      const codec = codecOfMimeType(mimeType ?? "");
      const mime = codec === undefined ? undefined : mimeTypeOf(codec);
      return mime === undefined || sent.includes(mime) ? [] : [mime];
    });
  }

  /** The worst of its codecs, 0..100. */
  get qualityScore(): number {
    return Math.min(BEST_SCORE, ...this.receivers.map((receiver) => receiver.qualityScore));
  }

  /** As declared for a codec (spec-media 3.9); "" for the track as a whole. */
  layersOf(mime: string): readonly livekit.IVideoLayer[] {
    const layers = this.#entryOf(mime)?.layers ?? [];
    return layers.length > 0 ? layers : this.info.layers;
  }

  /** Declared qualities of a codec, ascending; those that a client made up are left out. */
  #qualitiesOf(mime: string): livekit.VideoQuality[] {
    const layers = this.layersOf(mime);
    return QUALITIES.filter((quality) =>
      layers.some((layer) => (layer.quality ?? livekit.VideoQuality.LOW) === quality),
    );
  }

  #entryOf(mime: string): livekit.ISimulcastCodecInfo | undefined {
    if (mime === "") return undefined;
    const lower = mime.toLowerCase();
    return this.info.codecs.find((codec) => codec.mimeType?.toLowerCase() === lower);
  }

  /** @returns 0..2 */
  spatialLayerFor(quality: livekit.VideoQuality, mime: string): number {
    return layerForQuality(quality, this.#qualitiesOf(mime));
  }

  /** Media of one more codec arrives, and its thread knows: the codec's entry in the track info says where. */
  addReceiver(receiver: TrackReceiver): void {
    this.receivers.push(receiver);
    const mime = receiver.mimes[0]!;
    const entry = this.#entryOf(mime) ?? this.info.codecs.find((codec) => codec.mimeType === "");
    if (entry !== undefined) {
      entry.mimeType = mime;
      entry.mid = receiver.mid;
      entry.cid = receiver.cid;
    }
    const codec = codecName(mime);
    const rank = this.dynacast?.committedRank(codec);
    if (rank === undefined) this.dynacast?.addCodec(codec);
    else this.#expectLayersOf(receiver, rank);
    if (!this.offeredReceivers.includes(receiver)) return;
    for (const subscriber of this.#subscriberList()) subscriber.onReceiverAdded(receiver);
  }

  /** The client stopped sending one of the codecs. */
  removeReceiver(receiver: TrackReceiver): void {
    const index = this.receivers.indexOf(receiver);
    if (index < 0) return;
    this.receivers.splice(index, 1);
    if (receiver === this.#regressedTo) {
      this.#regressedTo = undefined;
      this.dynacast?.endRegression();
    }
    const { receiverId, thread } = receiver;
    // who can goes over to another codec: what stays goes with the receiver
    for (const subscriber of this.#subscriberList()) subscriber.onReceiverClosing(receiverId);
    thread.post({ kind: "remove-receiver", receiverId });
    this.#forgetCodec(receiver.mimes[0]!);
  }

  /**
   * A subscriber can take none of the codecs that are sent, but one that was announced: the
   * publisher is asked for all of that (spec-media 7.2).
   *
   * @param taken what the subscriber's answer took
   * @returns the codec that is to come; undefined when there is none
   */
  awaitCodec(downTrackId: number, taken: ReadonlySet<string>): string | undefined {
    const mime = this.#unsentMimes.find((unsent) => taken.has(unsent));
    if (mime === undefined) return undefined;
    const codec = codecName(mime);
    this.dynacast?.addCodec(codec);
    this.dynacast?.setSubscriber(downTrackId, codec, RANK_MAX);
    return mime;
  }

  #forgetCodec(mime: string): void {
    const codec = codecName(mime);
    const isStillSent = this.receivers.some(({ mimes }) => codecName(mimes[0]!) === codec);
    if (!isStillSent) this.dynacast?.removeCodec(codec);
  }

  addSubscriber(downTrackId: number, subscriber: TrackSubscriber): void {
    this.#subscribers.set(downTrackId, subscriber);
  }

  removeSubscriber(downTrackId: number): void {
    this.#subscribers.delete(downTrackId);
    this.dynacast?.removeSubscriber(downTrackId);
  }

  /** As it is now: those who are told may come and go meanwhile. */
  #subscriberList(): TrackSubscriber[] {
    return [...this.#subscribers.values()];
  }

  /** What a subscriber wants at most now; -1 while it is disabled. */
  setWantedLayer(downTrackId: number, mime: string, spatialLayer: number): void {
    const rank = rankOf(spatialLayer, this.#qualitiesOf(mime));
    this.dynacast?.setSubscriber(downTrackId, codecName(mime), rank);
  }

  /** The publisher is asked for this much of a codec from now on. */
  expectLayers(codec: string, rank: Rank): void {
    for (const receiver of this.receivers) {
      if (codecName(receiver.mimes[0]!) === codec) this.#expectLayersOf(receiver, rank);
    }
  }

  #expectLayersOf({ thread, receiverId, mimes }: TrackReceiver, rank: Rank): void {
    if (!this.isVideo) return;
    const spatialLayer = layerOfRank(rank, this.#qualitiesOf(mimes[0]!));
    thread.post({ kind: "expect-layers", receiverId, spatialLayer });
  }

  /** True exactly once: the publisher is told of its first visible subscriber. */
  tellSubscribed(): boolean {
    const isFirst = !this.#hasToldSubscribed;
    this.#hasToldSubscribed = true;
    return isFirst;
  }

  /** In another room the first one to subscribe is news again. */
  roomChanged(): void {
    this.#hasToldSubscribed = false;
  }

  setMuted(isMuted: boolean): boolean {
    if (this.info.muted === isMuted) return false;
    this.info.muted = isMuted;
    for (const { thread, receiverId } of this.receivers) {
      thread.post({ kind: "mute-receiver", receiverId, isMuted });
    }
    if (isMuted) {
      this.audioLevel = 0;
      for (const receiver of this.receivers) {
        // one that was lost stays so (spec-media 8.3)
        if (receiver.qualityScore > LOST_SCORE) receiver.qualityScore = BEST_SCORE;
      }
    } else this.dynacast?.force();
    return true;
  }

  /** What the media thread says of one receiver ends here. */
  listenerOf(receiver: TrackReceiver): ReceiverListener {
    return {
      info: this.info,
      onStreamStarted: (stream) => this.#streamStarted(receiver, stream),
      onLayersChanged: () => {},
      onVideoSize: (spatialLayer, width, height) =>
        this.#videoSize(receiver, spatialLayer, width, height),
      onAudioLevel: (level) => {
        this.audioLevel = this.info.muted ? 0 : level;
      },
      onQuality: (score) => {
        if (!this.info.muted) receiver.qualityScore = score;
      },
    };
  }

  #streamStarted(receiver: TrackReceiver, stream: StartedStream): void {
    const isPrimary = receiver === this.receivers[0];
    const isOther = this.#useCodec(receiver, mimeTypeOf(stream.codec), isPrimary);
    if (this.isVideo) {
      if (isPrimary) noteStream(this.info.layers, stream);
      noteStream(this.#entryOf(receiver.mimes[0]!)?.layers ?? [], stream);
    }
    if (isOther || stream.spatialLayer > 0 || !isPrimary) this.#options.onInfoChanged(this);
    else this.#options.onInfoCompleted(this);
    if (this.#isRegressionTarget(receiver)) this.#regress(receiver);
  }

  /** Media of the backup codec comes, and the track is to do with that one alone (spec-media 7.3). */
  #isRegressionTarget(receiver: TrackReceiver): boolean {
    const { backupCodecPolicy, codecs } = this.info;
    if (this.#regressedTo !== undefined || backupCodecPolicy === BackupCodecPolicy.SIMULCAST) {
      return false;
    }
    const target = codecs[1]?.mimeType?.toLowerCase();
    if (receiver.mimes[0]!.toLowerCase() !== target) return false;
    return backupCodecPolicy === BackupCodecPolicy.REGRESSION || this.#options.prefersRegression();
  }

  #regress(receiver: TrackReceiver): void {
    this.#regressedTo = receiver;
    this.dynacast?.regress(codecName(receiver.mimes[0]!));
    for (const subscriber of this.#subscriberList()) subscriber.onRegressed(receiver);
  }

  /** @returns false when that is what the description had promised */
  #useCodec(receiver: TrackReceiver, mime: string, isPrimary: boolean): boolean {
    const { receiverId, mimes } = receiver;
    if (mimes[0] === mime) return false;
    receiver.mimes = [mime, ...mimes.filter((other) => other !== mime)];
    if (isPrimary) this.info.mimeType = mime;
    if (receiver === this.#regressedTo) this.dynacast?.regress(codecName(mime));
    else this.dynacast?.addCodec(codecName(mime));
    for (const subscriber of this.#subscriberList()) subscriber.onReceiverCodec(receiverId, mime);
    this.#forgetCodec(mimes[0]!);
    return true;
  }

  #videoSize(receiver: TrackReceiver, spatialLayer: number, width: number, height: number): void {
    const isPrimary = receiver === this.receivers[0];
    const entry = this.#entryOf(receiver.mimes[0]!)?.layers ?? [];
    const hasChanged = [isPrimary ? this.info.layers : [], entry].filter((layers) =>
      this.#noteSize(layers[spatialLayer], width, height),
    );
    if (hasChanged.length === 0) return;
    this.#options.onInfoChanged(this);
    for (const subscriber of this.#subscriberList()) subscriber.onSizesChanged();
  }

  /**
   * Declared sizes are kept: adaptive stream and quality requests are measured by them.
   *
   * @returns whether the measured one is news
   */
  #noteSize(layer: livekit.IVideoLayer | undefined, width: number, height: number): boolean {
    if (layer === undefined) return false;
    if ((layer.width ?? 0) === 0) this.#measured.add(layer);
    const isNew = layer.width !== width || layer.height !== height;
    if (!isNew || !this.#measured.has(layer)) return false;
    layer.width = width;
    layer.height = height;
    return true;
  }

  /** Stops the media and tells the subscribers. */
  close(): void {
    this.dynacast?.close();
    for (const { thread, receiverId } of this.receivers) {
      thread.post({ kind: "remove-receiver", receiverId });
    }
    for (const subscriber of this.#subscriberList()) subscriber.onTrackClosed();
    this.#subscribers.clear();
  }
}

/** Which stream of the publisher a declared layer turned out to be. */
function noteStream(layers: readonly livekit.IVideoLayer[], stream: StartedStream): void {
  const layer = layers[stream.spatialLayer];
  if (layer === undefined) return;
  layer.ssrc = stream.ssrc;
  layer.rid = stream.rid;
  layer.spatialLayer = stream.spatialLayer;
}
