import type { MediaThread } from "../../bridge/media-thread.ts";
import { livekit } from "../../gen/livekit.js";
import { mimeTypeOf } from "../../wire/rtp/codec.ts";
import type { ReceiverListener, StartedStream } from "../media/media-router.ts";
import type { Dynacast } from "./dynacast.ts";
import { layerForQuality, layerOfRank, QUALITIES, type Rank, rankOf } from "./video-quality.ts";

const BEST_SCORE = 100;
const LOST_SCORE = 20;

/** Who subscribes to a track, as the track needs to know it. */
export interface TrackSubscriber {
  /** The track is gone: its media has stopped already. */
  onTrackClosed(): void;
  /** One codec of the track is gone, and with it what this subscriber had of it. */
  onReceiverClosed(receiverId: number): void;
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
};

/** How signalling names a codec for dynacast: `vp8`, `h264`, `vp9`, `av1`, `h265`, `opus`. */
export function codecName(mime: string): string {
  return mime.toLowerCase().replace(/^(video|audio)\//, "");
}

/** A published media track: TrackInfo, receivers, who subscribes. Owned by its publisher. */
export class PublishedTrack {
  readonly info: livekit.TrackInfo;
  readonly publisherIdentity: string;
  readonly announcedCid: string;
  readonly receivers: TrackReceiver[] = [];
  readonly #subscribers = new Map<number, TrackSubscriber>();
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

  /** What subscribers may be offered, primary codec first. */
  get mimes(): string[] {
    return [...new Set(this.receivers.flatMap((receiver) => receiver.mimes))];
  }

  /** The worst of its codecs, 0..100. */
  get qualityScore(): number {
    return Math.min(BEST_SCORE, ...this.receivers.map((receiver) => receiver.qualityScore));
  }

  /** Declared qualities, ascending; those that a client made up are left out. */
  get qualities(): livekit.VideoQuality[] {
    return QUALITIES.filter((quality) =>
      this.info.layers.some((layer) => (layer.quality ?? livekit.VideoQuality.LOW) === quality),
    );
  }

  /** @returns 0..2 */
  spatialLayerFor(quality: livekit.VideoQuality): number {
    return layerForQuality(quality, this.qualities);
  }

  /** Media of one more codec arrives, and its thread knows: the codec's entry in the track info says where. */
  addReceiver(receiver: TrackReceiver): void {
    this.receivers.push(receiver);
    const mime = receiver.mimes[0]!;
    const { codecs } = this.info;
    const entry =
      codecs.find((codec) => codec.mimeType?.toLowerCase() === mime.toLowerCase()) ??
      codecs.find((codec) => codec.mimeType === "");
    if (entry !== undefined) {
      entry.mimeType = mime;
      entry.mid = receiver.mid;
      entry.cid = receiver.cid;
    }
    const codec = codecName(mime);
    const rank = this.dynacast?.committedRank(codec);
    if (rank === undefined) this.dynacast?.addCodec(codec);
    else this.#expectLayersOf(receiver, rank);
  }

  /** The client stopped sending one of the codecs. */
  removeReceiver(receiver: TrackReceiver): void {
    const index = this.receivers.indexOf(receiver);
    if (index < 0) return;
    this.receivers.splice(index, 1);
    const { receiverId, thread } = receiver;
    thread.post({ kind: "remove-receiver", receiverId });
    for (const subscriber of this.#subscriberList()) subscriber.onReceiverClosed(receiverId);
    this.#forgetCodec(receiver.mimes[0]!);
  }

  #forgetCodec(mime: string): void {
    const isStillSent = this.receivers.some(({ mimes }) => mimes[0] === mime);
    if (!isStillSent) this.dynacast?.removeCodec(codecName(mime));
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
    const rank = rankOf(spatialLayer, this.qualities);
    this.dynacast?.setSubscriber(downTrackId, codecName(mime), rank);
  }

  /** The publisher is asked for this much of a codec from now on. */
  expectLayers(codec: string, rank: Rank): void {
    for (const receiver of this.receivers) {
      if (codecName(receiver.mimes[0]!) === codec) this.#expectLayersOf(receiver, rank);
    }
  }

  #expectLayersOf({ thread, receiverId }: TrackReceiver, rank: Rank): void {
    const spatialLayer = layerOfRank(rank, this.qualities);
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
      onVideoSize: (spatialLayer, width, height) => this.#videoSize(spatialLayer, width, height),
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
    const layer = isPrimary ? this.info.layers[stream.spatialLayer] : undefined;
    if (layer !== undefined && this.isVideo) {
      layer.ssrc = stream.ssrc;
      layer.rid = stream.rid;
      layer.spatialLayer = stream.spatialLayer;
    }
    const isOther = this.#useCodec(receiver, mimeTypeOf(stream.codec), isPrimary);
    if (isOther || stream.spatialLayer > 0 || !isPrimary) this.#options.onInfoChanged(this);
  }

  /** @returns false when that is what the description had promised */
  #useCodec(receiver: TrackReceiver, mime: string, isPrimary: boolean): boolean {
    const { receiverId, mimes } = receiver;
    if (mimes[0] === mime) return false;
    receiver.mimes = [mime, ...mimes.filter((other) => other !== mime)];
    if (isPrimary) this.info.mimeType = mime;
    this.dynacast?.addCodec(codecName(mime));
    for (const subscriber of this.#subscriberList()) subscriber.onReceiverCodec(receiverId, mime);
    this.#forgetCodec(mimes[0]!);
    return true;
  }

  #videoSize(spatialLayer: number, width: number, height: number): void {
    const layer = this.info.layers[spatialLayer];
    if (layer === undefined || (layer.width === width && layer.height === height)) return;
    // declared sizes are kept: adaptive stream and quality requests are measured by them
    if ((layer.width ?? 0) > 0) return;
    layer.width = width;
    layer.height = height;
    this.#options.onInfoChanged(this);
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
