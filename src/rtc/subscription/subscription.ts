import type { Cancel } from "../../base/scheduler.ts";
import type { StreamState } from "../../bridge/events.ts";
import type { livekit } from "../../gen/livekit.js";
import type { DownTrackListener } from "../media/media-router.ts";
import type {
  PublishedTrack,
  TrackReceiver,
  TrackSubscriber,
} from "../publication/published-track.ts";
import type { TrackWish } from "./track-settings.ts";

/** Of a track that is held back for lack of bandwidth (spec-media 8.3). */
const PAUSED_SCORE = 30;

/** Who keeps the subscriptions of one participant, and acts on what happens to them. */
export interface SubscriptionOwner {
  trackClosed(subscription: Subscription): void;
  receiverClosed(subscription: Subscription): void;
  codecChanged(subscription: Subscription, mime: string): void;
  forwardingChanged(subscription: Subscription, spatialLayer: number, state: StreamState): void;
}

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
  /** Codecs that the subscriber's answer took. */
  taken: ReadonlySet<string> = new Set();
  /** "" until the subscriber's answer took a codec. */
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

  onTrackClosed(): void {
    this.#owner.trackClosed(this);
  }

  onReceiverClosed(receiverId: number): void {
    if (receiverId === this.receiverId) this.#owner.receiverClosed(this);
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
  return track.receivers.find(({ mimes }) =>
    isFixed ? taken.has(mimes[0]!) : mimes.some((mime) => taken.has(mime)),
  );
}

/** RFC 3550 §8.1: random, and not 0, which probes use. */
export function randomSsrc(): number {
  const draw = new Uint32Array(1);
  do crypto.getRandomValues(draw);
  while (draw[0] === 0);
  return draw[0]!;
}
