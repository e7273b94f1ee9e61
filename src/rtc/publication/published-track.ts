import type { MediaThread } from "../../bridge/media-thread.ts";
import { livekit } from "../../gen/livekit.js";
import type { Codec } from "../../wire/rtp/codec.ts";
import { mimeTypeOf } from "../../wire/rtp/codec.ts";
import type { ReceiverListener } from "../media/media-router.ts";
import type { Dynacast, Rank } from "./dynacast.ts";
import { layerForQuality, qualityForLayer } from "./video-quality.ts";

/** Who subscribes to a track, as the track needs to know it. */
export interface TrackSubscriber {
  readonly subscriberIdentity: string;
  readonly isSubscriberHidden: boolean;
  /** The track is gone: its media has stopped already. */
  onTrackClosed(): void;
  /** Whether this subscriber may receive it has to be looked at again. */
  onPermissionChanged(): void;
}

/** One codec of a track: a receiver on the publisher's media thread. */
export type TrackReceiver = {
  readonly receiverId: number;
  readonly thread: MediaThread;
  readonly mid: string;
  readonly cid: string;
  /** In preference order; the first is what the publisher sends, unless its packets say otherwise. */
  readonly mimes: readonly string[];
};

export type PublishedTrackEvents = {
  /** TrackInfo changed in a way that participants are told of. */
  onInfoChanged(track: PublishedTrack): void;
};

/** A published media track: TrackInfo, receivers, who subscribes. Owned by its publisher. */
export class PublishedTrack implements ReceiverListener {
  readonly info: livekit.TrackInfo;
  readonly publisherSid: string;
  readonly publisherIdentity: string;
  readonly receivers: TrackReceiver[] = [];
  readonly #subscribers = new Map<number, TrackSubscriber>();
  readonly #events: PublishedTrackEvents;
  dynacast: Dynacast | undefined;
  /** Linear smoothed level, 0 when silent; microphones only. */
  audioLevel = 0;
  /** 0..100, of the way from the publisher to us. */
  qualityScore = 100;
  #hasToldSubscribed = false;

  constructor(
    info: livekit.TrackInfo,
    publisher: { readonly sid: string; readonly identity: string },
    events: PublishedTrackEvents,
  ) {
    this.info = info;
    this.publisherSid = publisher.sid;
    this.publisherIdentity = publisher.identity;
    this.#events = events;
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

  get isEncrypted(): boolean {
    return this.info.encryption !== livekit.Encryption.Type.NONE;
  }

  /** What subscribers may be offered, primary codec first. */
  get mimes(): string[] {
    return [...new Set(this.receivers.flatMap((receiver) => receiver.mimes))];
  }

  /** Declared qualities, ascending. */
  get qualities(): livekit.VideoQuality[] {
    const qualities = this.info.layers.map((layer) => layer.quality ?? livekit.VideoQuality.LOW);
    return [...new Set(qualities)].sort((a, b) => a - b);
  }

  spatialLayerFor(quality: livekit.VideoQuality): number {
    return layerForQuality(quality, this.qualities);
  }

  get subscriberCount(): number {
    return this.#subscribers.size;
  }

  addSubscriber(downTrackId: number, subscriber: TrackSubscriber): void {
    this.#subscribers.set(downTrackId, subscriber);
  }

  removeSubscriber(downTrackId: number): void {
    this.#subscribers.delete(downTrackId);
    this.dynacast?.removeSubscriber(downTrackId);
  }

  subscribers(): TrackSubscriber[] {
    return [...this.#subscribers.values()];
  }

  /** What a subscriber wants at most now; -1 while it is disabled. */
  setWantedLayer(downTrackId: number, mime: string, spatialLayer: number): void {
    const codec = mime.toLowerCase().replace(/^video\//, "");
    const rank = spatialLayer < 0 ? -1 : (qualityForLayer(spatialLayer, this.qualities) as Rank);
    this.dynacast?.setSubscriber(downTrackId, codec, rank);
  }

  /** True exactly once: the publisher is told of its first visible subscriber. */
  tellSubscribed(): boolean {
    const isFirst = !this.#hasToldSubscribed;
    this.#hasToldSubscribed = true;
    return isFirst;
  }

  setMuted(isMuted: boolean): boolean {
    if (this.info.muted === isMuted) return false;
    this.info.muted = isMuted;
    for (const { thread, receiverId } of this.receivers) {
      thread.post({ kind: "mute-receiver", receiverId, isMuted });
    }
    if (isMuted) this.audioLevel = 0;
    else this.dynacast?.force();
    return true;
  }

  onStreamStarted(stream: { spatialLayer: number; rid: string; ssrc: number; mime: Codec }): void {
    const layer = this.info.layers[stream.spatialLayer];
    if (layer !== undefined && this.isVideo) {
      layer.ssrc = stream.ssrc;
      layer.rid = stream.rid;
      layer.spatialLayer = stream.spatialLayer;
    }
    const mime = mimeTypeOf(stream.mime);
    if (this.info.mimeType === "") {
      this.info.mimeType = mime;
      this.#events.onInfoChanged(this);
    } else if (stream.spatialLayer > 0) {
      this.#events.onInfoChanged(this);
    }
  }

  onLayersChanged(): void {}

  onVideoSize(spatialLayer: number, width: number, height: number): void {
    const layer = this.info.layers[spatialLayer];
    if (layer === undefined || (layer.width === width && layer.height === height)) return;
    // declared sizes are kept: adaptive stream and quality requests are measured by them
    if ((layer.width ?? 0) > 0) return;
    layer.width = width;
    layer.height = height;
    this.#events.onInfoChanged(this);
  }

  onAudioLevel(level: number): void {
    this.audioLevel = this.info.muted ? 0 : level;
  }

  onQuality(score: number): void {
    this.qualityScore = score;
  }

  /** Stops the media and tells the subscribers. */
  close(): void {
    this.dynacast?.close();
    for (const { thread, receiverId } of this.receivers) {
      thread.post({ kind: "remove-receiver", receiverId });
    }
    for (const subscriber of this.subscribers()) subscriber.onTrackClosed();
    this.#subscribers.clear();
  }
}
