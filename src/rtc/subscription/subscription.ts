import type { Cancel } from "../../base/scheduler.ts";
import type { DownTrackSettings, DownTrackSpec, SendCodec } from "../../bridge/commands.ts";
import type { StreamState } from "../../bridge/events.ts";
import type { livekit } from "../../gen/livekit.js";
import type { DownTrackListener } from "../media/media-router.ts";
import type {
  PublishedTrack,
  TrackReceiver,
  TrackSubscriber,
} from "../publication/published-track.ts";
import { downTrackSettings, type TrackWish } from "./track-settings.ts";

/** Of a track that is held back for lack of bandwidth (spec-media 8.3). */
const PAUSED_SCORE = 30;

/** Who keeps the subscriptions of one participant, and acts on what happens to them. */
export interface SubscriptionOwner {
  trackClosed(subscription: Subscription): void;
  receiverAdded(subscription: Subscription): void;
  receiverClosing(subscription: Subscription): void;
  regressed(subscription: Subscription): void;
  sizesChanged(subscription: Subscription): void;
  codecChanged(subscription: Subscription, mime: string): void;
  forwardingChanged(subscription: Subscription, spatialLayer: number, state: StreamState): void;
}

/** A media section of the subscriber's description. */
export type TakenSection = {
  readonly mid: string;
  readonly codecs: readonly SendCodec[];
  /** The same by name. */
  readonly mimes: ReadonlySet<string>;
  readonly cname: string;
};

/** One wish for one track, and what has come of it. */
export class Subscription implements TrackSubscriber, DownTrackListener {
  readonly trackSid: string;
  readonly #owner: SubscriptionOwner;
  isDesired = false;
  wish: TrackWish;
  sinceMs: number;
  /** When it was wished for last, or lost what it had. */
  requestedMs: number;
  /** How often media began to flow. */
  successes = 0;
  /** A picture was sent. */
  hasFrames = false;
  track: PublishedTrack | undefined;
  downTrackId = 0;
  ssrc = 0;
  rtxSsrc = 0;
  receiverId = 0;
  /** What the subscriber's description took; undefined before. */
  answer: TakenSection | undefined;
  /** The codec that it is sent; "" until the description took one that is there. */
  mime = "";
  isFlowing = false;
  hasReportedError = false;
  permission: boolean | undefined;
  currentLayer = -1;
  streamState: StreamState = "inactive";
  /** The wish to be disabled has been followed. */
  isDisabled = false;
  qualityScore = 100;
  settingsTimer: Cancel | undefined;

  constructor(trackSid: string, owner: SubscriptionOwner, wish: TrackWish, nowMs: number) {
    this.trackSid = trackSid;
    this.#owner = owner;
    this.wish = wish;
    this.sinceMs = nowMs;
    this.requestedMs = nowMs;
  }

  get info(): livekit.TrackInfo | undefined {
    return this.track?.info;
  }

  /** It is sent this codec of its track from now on. */
  useReceiver(receiver: TrackReceiver): void {
    this.receiverId = receiver.receiverId;
    this.mime = receiver.mimes[0]!;
    this.currentLayer = -1;
  }

  /** What is asked of the media thread, of the codec that it is sent. */
  settingsFor(track: PublishedTrack): DownTrackSettings {
    return downTrackSettings({ ...this.wish, isDisabled: this.isDisabled }, track, this.mime);
  }

  cancelSettings(): void {
    this.settingsTimer?.();
    this.settingsTimer = undefined;
  }

  /** Nothing of the track is there any more; the wish stays. */
  reset(nowMs: number): void {
    this.cancelSettings();
    this.track = undefined;
    this.receiverId = 0;
    this.answer = undefined;
    this.mime = "";
    this.isFlowing = false;
    this.currentLayer = -1;
    this.streamState = "inactive";
    this.isDisabled = false;
    this.qualityScore = 100;
    this.sinceMs = nowMs;
    this.requestedMs = nowMs;
  }

  onTrackClosed(): void {
    this.#owner.trackClosed(this);
  }

  onReceiverAdded(): void {
    this.#owner.receiverAdded(this);
  }

  onReceiverClosing(receiverId: number): void {
    if (receiverId === this.receiverId) this.#owner.receiverClosing(this);
  }

  onRegressed(): void {
    this.#owner.regressed(this);
  }

  onSizesChanged(): void {
    this.#owner.sizesChanged(this);
  }

  onReceiverCodec(receiverId: number, mime: string): void {
    if (receiverId === this.receiverId) this.#owner.codecChanged(this, mime);
  }

  onForwarding(spatialLayer: number, state: StreamState): void {
    // held back is poor at once; the next report says so too
    if (state === "paused") this.qualityScore = Math.min(this.qualityScore, PAUSED_SCORE);
    this.#owner.forwardingChanged(this, spatialLayer, state);
  }

  onQuality(score: number): void {
    this.qualityScore = score;
  }
}

/**
 * The codec of a track that a subscriber can be sent: what the publisher sends must be among what it
 * took. RED is the exception, since the Opus in it can be sent alone, unless it is encrypted.
 */
export function receiverFor(
  track: PublishedTrack,
  taken: ReadonlySet<string>,
): TrackReceiver | undefined {
  // what is encrypted end to end cannot be taken out of RED
  const isFixed = track.isVideo || track.isEncrypted;
  return track.offeredReceivers.find(({ mimes }) =>
    isFixed ? taken.has(mimes[0]!) : mimes.some((mime) => taken.has(mime)),
  );
}

/** Whether the subscriber has as many tracks of a kind as it may. */
export function isOverLimit(
  limits: { readonly videoLimit: number; readonly audioLimit: number },
  subscriptions: Iterable<Subscription>,
  { isVideo }: PublishedTrack,
): boolean {
  const limit = isVideo ? limits.videoLimit : limits.audioLimit;
  if (limit <= 0) return false;
  let count = 0;
  for (const { track } of subscriptions) if (track?.isVideo === isVideo) count += 1;
  return count >= limit;
}

/** What carries a subscription on the media thread. */
export function downTrackSpec(
  subscription: Subscription,
  track: PublishedTrack,
  { mid, codecs, cname }: TakenSection,
  peerId: number,
): DownTrackSpec {
  const { downTrackId, receiverId, ssrc, rtxSsrc } = subscription;
  return {
    downTrackId,
    peerId,
    receiverId,
    ssrc,
    rtxSsrc,
    codecs,
    cname,
    isScreenShare: track.isScreenShare,
    settings: subscription.settingsFor(track),
    mid,
  };
}

/** RFC 3550 §8.1: random, and not 0, which probes use. */
export function randomSsrc(): number {
  const draw = new Uint32Array(1);
  do crypto.getRandomValues(draw);
  while (draw[0] === 0);
  return draw[0]!;
}
