import type { Cancel } from "../../base/scheduler.ts";
import type { SendCodec } from "../../bridge/commands.ts";
import type { StreamState } from "../../bridge/events.ts";
import type { MediaThread } from "../../bridge/media-thread.ts";
import { livekit } from "../../gen/livekit.js";
import { mimeTypeOf } from "../../wire/rtp/codec.ts";
import type { PublishedTrack } from "../publication/published-track.ts";
import { randomSsrc, receiverFor, Subscription, type SubscriptionOwner } from "./subscription.ts";
import type { SubscriptionsHost } from "./subscriptions-host.ts";
import { defaultWish, downTrackSettings, type TrackWish, wishOf } from "./track-settings.ts";

const RECONCILE_MS = 3_000;
/** A wish for a track that nobody publishes is given up, and told so, after this. */
const NOT_FOUND_MS = 60_000;
const UNBOUND_MS = 15_000;
const EARLY_SETTINGS_MS = 60_000;
const SETTINGS_DEBOUNCE_MS = 100;
/** Wishes and settings that one participant may hold. */
const SUBSCRIPTIONS_MAX = 20_000;
/** No track has a longer sid: what names one is ignored, so that wishes are small as well as few. */
const SID_LENGTH_MAX = 64;

/** A track that the subscriber's transport is to make a section for. */
export type SendTrack = {
  readonly downTrackId: number;
  readonly track: PublishedTrack;
  readonly ssrc: number;
  /** 0 for audio. */
  readonly rtxSsrc: number;
  /** What the publisher sends as plain Opus goes out as RED, if the client takes it. */
  readonly prefersRed: boolean;
};

/** What the client's description took of a track's section. */
export type NegotiatedSection = {
  readonly mid: string;
  /** In its order. */
  readonly codecs: readonly SendCodec[];
  readonly cname: string;
};

/** The subscriber's peer connection, as far as subscriptions need it. */
export interface SendingTransport {
  readonly peerId: number;
  readonly thread: MediaThread;
  readonly isConnected: boolean;
  /** @returns false when it has no room for one more */
  addTrack(track: SendTrack): boolean;
  removeTrack(downTrackId: number): void;
}

/**
 * What one participant wants to receive, reconciled with what there is, what it may have and what
 * its transport can carry (spec-signalling 4.3).
 */
export class Subscriptions implements SubscriptionOwner {
  readonly host: SubscriptionsHost;
  readonly #byTrack = new Map<string, Subscription>();
  readonly #byDownTrack = new Map<number, Subscription>();
  readonly #earlyWishes = new Map<string, { wish: TrackWish; atMs: number }>();
  readonly #tick: Cancel;
  #isClosed = false;

  constructor(host: SubscriptionsHost) {
    this.host = host;
    this.#tick = host.scheduler.every(RECONCILE_MS, () => {
      this.#expireEarlyWishes();
      this.reconcile();
    });
  }

  /** Sids of tracks whose media is bound to the transport. */
  subscribedTracks(): PublishedTrack[] {
    const tracks: PublishedTrack[] = [];
    for (const { track, mime } of this.#byTrack.values()) {
      if (track !== undefined && mime !== "") tracks.push(track);
    }
    return tracks;
  }

  /** The transport makes a section for the track, or has one. */
  isPlaced(trackSid: string): boolean {
    return this.#byTrack.get(trackSid)?.track !== undefined;
  }

  /** Wishes and settings for tracks that need not exist, as many as they are. */
  get wishCount(): number {
    return this.#byTrack.size + this.#earlyWishes.size;
  }

  isSubscribedTo(publisherIdentity: string): boolean {
    for (const { track, mime } of this.#byTrack.values()) {
      if (mime !== "" && track?.publisherIdentity === publisherIdentity) return true;
    }
    return false;
  }

  /** Whose media is bound to the transport. */
  publisherIdentities(): Set<string> {
    return new Set(this.subscribedTracks().map(({ publisherIdentity }) => publisherIdentity));
  }

  /** The worst way from us to this participant, 0..100; undefined without subscriptions. */
  worstQuality(): number | undefined {
    let worst: number | undefined;
    for (const { mime, qualityScore, wish, track } of this.#byTrack.values()) {
      // what nobody is meant to get is as good as can be
      if (mime === "" || wish.isDisabled || track?.info.muted === true) continue;
      if (worst === undefined || qualityScore < worst) worst = qualityScore;
    }
    return worst;
  }

  request(trackSids: readonly string[], isDesired: boolean): void {
    if (this.#isClosed) return;
    for (const sid of new Set(trackSids)) {
      const subscription = isDesired ? this.#entry(sid) : this.#byTrack.get(sid);
      if (subscription === undefined) continue;
      if (isDesired && !subscription.isDesired) {
        subscription.sinceMs = this.host.scheduler.nowMs();
        subscription.hasReportedError = false;
        subscription.requestedMs = subscription.sinceMs;
        this.host.onRequested();
      }
      subscription.isDesired = isDesired;
      this.#reconcileOne(subscription);
    }
  }

  #entry(trackSid: string): Subscription | undefined {
    const known = this.#byTrack.get(trackSid);
    if (known !== undefined) return known;
    if (this.#byTrack.size >= SUBSCRIPTIONS_MAX || trackSid.length > SID_LENGTH_MAX) {
      return undefined;
    }
    const early = this.#earlyWishes.get(trackSid);
    this.#earlyWishes.delete(trackSid);
    const nowMs = this.host.scheduler.nowMs();
    const isFresh = early !== undefined && nowMs - early.atMs < EARLY_SETTINGS_MS;
    const wish = isFresh ? early.wish : defaultWish(this.host.isAdaptiveStream);
    const subscription = new Subscription(trackSid, this, wish, nowMs);
    this.#byTrack.set(trackSid, subscription);
    return subscription;
  }

  updateSettings(update: livekit.UpdateTrackSettings): void {
    for (const sid of update.trackSids) {
      const subscription = this.#byTrack.get(sid);
      if (subscription === undefined) {
        this.#keepEarly(sid, wishOf(update, this.#earlyWishes.get(sid)?.wish));
        continue;
      }
      const wish = wishOf(update, subscription.wish);
      const isEnabling = subscription.wish.isDisabled && !wish.isDisabled;
      subscription.wish = wish;
      subscription.settingsTimer?.();
      if (isEnabling) this.#applySettings(subscription);
      else {
        subscription.settingsTimer = this.host.scheduler.after(SETTINGS_DEBOUNCE_MS, () =>
          this.#applySettings(subscription),
        );
      }
    }
  }

  /** In order of age, so that the old ones are found first. */
  #keepEarly(sid: string, wish: TrackWish): void {
    this.#earlyWishes.delete(sid);
    if (this.#earlyWishes.size >= SUBSCRIPTIONS_MAX || sid.length > SID_LENGTH_MAX) return;
    this.#earlyWishes.set(sid, { wish, atMs: this.host.scheduler.nowMs() });
  }

  #expireEarlyWishes(): void {
    const sinceMs = this.host.scheduler.nowMs() - EARLY_SETTINGS_MS;
    for (const [sid, { atMs }] of this.#earlyWishes) {
      if (atMs > sinceMs) break;
      this.#earlyWishes.delete(sid);
    }
  }

  #applySettings(subscription: Subscription): void {
    subscription.settingsTimer = undefined;
    const { track, mime, downTrackId } = subscription;
    if (track === undefined || mime === "") return;
    const { wish, isDisabled, streamState } = subscription;
    // clients hide what is paused for lack of bandwidth: it would never be tried again
    subscription.isDisabled = wish.isDisabled && (isDisabled || streamState !== "paused");
    const settings = downTrackSettings({ ...wish, isDisabled: subscription.isDisabled }, track);
    this.host.transport()?.thread.post({ kind: "set-down-track", downTrackId, settings });
    this.#reportWanted(subscription);
  }

  /** What is forwarded now counts as wanted, or the picture would freeze at a downgrade. */
  #reportWanted(subscription: Subscription): void {
    const { track, mime, downTrackId, wish, isDisabled } = subscription;
    if (track === undefined || mime === "" || !track.isVideo) return;
    const settings = downTrackSettings(wish, track);
    const wanted = isDisabled ? -1 : Math.max(settings.maxSpatialLayer, subscription.currentLayer);
    track.setWantedLayer(downTrackId, mime, wanted);
  }

  /** Brings what is into line with what is wanted. Cheap when nothing is to do. */
  reconcile(): void {
    if (this.#isClosed) return;
    for (const subscription of [...this.#byTrack.values()]) this.#reconcileOne(subscription);
  }

  #reconcileOne(subscription: Subscription): void {
    const { host } = this;
    const track = subscription.track ?? host.findTrack(subscription.trackSid);
    if (!subscription.isDesired || !host.canSubscribe()) {
      this.#detach(subscription);
      if (!subscription.isDesired) this.#giveUp(subscription);
      // the time in which the track must turn up begins when it may be had again
      else subscription.sinceMs = host.scheduler.nowMs();
      return;
    }
    if (track === undefined) {
      this.#missing(subscription);
      return;
    }
    const isAllowed = host.isAllowed(track);
    if (subscription.permission !== isAllowed) {
      subscription.permission = isAllowed;
      host.send({
        subscriptionPermissionUpdate: {
          participantSid: host.publisherSid(track),
          trackSid: track.sid,
          allowed: isAllowed,
        },
      });
    }
    if (!isAllowed) {
      this.#detach(subscription);
    } else if (subscription.track === undefined) this.#attach(subscription, track);
    else this.#checkBound(subscription);
  }

  #missing(subscription: Subscription): void {
    if (this.host.scheduler.nowMs() - subscription.sinceMs < NOT_FOUND_MS) return;
    this.#fail(subscription, livekit.SubscriptionError.SE_TRACK_NOTFOUND);
    this.#drop(subscription);
  }

  #fail({ trackSid }: Subscription, err: livekit.SubscriptionError): void {
    this.host.onFailed(err);
    this.host.send({ subscriptionResponse: { trackSid, err } });
  }

  #checkBound(subscription: Subscription): void {
    if (subscription.mime !== "" || subscription.hasReportedError) return;
    if (this.host.transport()?.isConnected !== true) return;
    if (this.host.scheduler.nowMs() - subscription.sinceMs < UNBOUND_MS) return;
    subscription.hasReportedError = true;
    this.#fail(subscription, livekit.SubscriptionError.SE_UNKNOWN);
  }

  #attach(subscription: Subscription, track: PublishedTrack): void {
    const transport = this.host.transport();
    if (transport === undefined || this.#isOverLimit(track)) return;
    const downTrackId = this.host.router.newId();
    const ssrc = randomSsrc();
    const rtxSsrc = track.isVideo ? randomSsrc() : 0;
    const prefersRed = this.host.extrasOf(track).encodesRed === true;
    if (!transport.addTrack({ downTrackId, track, ssrc, rtxSsrc, prefersRed })) {
      this.#checkBound(subscription);
      return;
    }
    subscription.track = track;
    subscription.downTrackId = downTrackId;
    subscription.ssrc = ssrc;
    subscription.rtxSsrc = rtxSsrc;
    subscription.sinceMs = this.host.scheduler.nowMs();
    this.#byDownTrack.set(downTrackId, subscription);
    track.addSubscriber(downTrackId, subscription);
    this.host.introduce(track);
  }

  #isOverLimit(track: PublishedTrack): boolean {
    const limit = track.isVideo ? this.host.videoLimit : this.host.audioLimit;
    if (limit <= 0) return false;
    let count = 0;
    for (const other of this.#byTrack.values()) {
      if (other.track?.isVideo === track.isVideo) count += 1;
    }
    return count >= limit;
  }

  #detach(subscription: Subscription): void {
    const { downTrackId, mime } = subscription;
    const transport = this.host.transport();
    if (mime !== "") transport?.thread.post({ kind: "remove-down-track", downTrackId });
    this.#unbind(subscription);
  }

  /** Takes the track off the transport; what carried it on the media thread is gone already. */
  #unbind(subscription: Subscription): void {
    const { track, downTrackId, isFlowing } = subscription;
    if (track === undefined) return;
    track.removeSubscriber(downTrackId);
    this.#forget(subscription);
    this.host.transport()?.removeTrack(downTrackId);
    if (isFlowing) this.host.onUnsubscribed(track);
  }

  #giveUp(subscription: Subscription): void {
    if (subscription.successes === 0) this.host.onCanceled();
    this.#drop(subscription);
  }

  /** The wish for the track is over. */
  #drop(subscription: Subscription): void {
    this.#cancelSettings(subscription);
    this.#byTrack.delete(subscription.trackSid);
  }

  #cancelSettings(subscription: Subscription): void {
    subscription.settingsTimer?.();
    subscription.settingsTimer = undefined;
  }

  #forget(subscription: Subscription): void {
    this.#cancelSettings(subscription);
    this.#byDownTrack.delete(subscription.downTrackId);
    this.host.router.removeDownTrack(subscription.downTrackId);
    subscription.track = undefined;
    subscription.receiverId = 0;
    subscription.mime = "";
    subscription.isFlowing = false;
    subscription.currentLayer = -1;
    subscription.streamState = "inactive";
    subscription.isDisabled = false;
    subscription.qualityScore = 100;
    subscription.sinceMs = this.host.scheduler.nowMs();
    subscription.requestedMs = subscription.sinceMs;
  }

  /** The publisher ended the track; its down tracks are gone with the receiver. */
  trackClosed(subscription: Subscription): void {
    this.#drop(subscription);
    this.#unbind(subscription);
  }

  /** The publisher stopped one codec: another one may serve. */
  receiverClosed(subscription: Subscription): void {
    this.#unbind(subscription);
    this.#reconcileOne(subscription);
  }

  /** The track is no longer in the room, though its publisher sends it on. */
  withdraw(trackSid: string): void {
    const subscription = this.#byTrack.get(trackSid);
    if (subscription === undefined) return;
    this.#drop(subscription);
    this.#detach(subscription);
  }

  codecChanged(subscription: Subscription, mime: string): void {
    if (subscription.track?.isVideo === true && !subscription.taken.has(mime)) {
      this.rejected(subscription.downTrackId);
      return;
    }
    if (subscription.track?.isVideo === true && !this.host.canChangeCodec) {
      this.#detach(subscription);
      this.#reconcileOne(subscription);
      return;
    }
    subscription.mime = mime;
    this.#reportWanted(subscription);
  }

  /** The subscriber's description took the section with these codecs. */
  negotiated(downTrackId: number, { mid, codecs, cname }: NegotiatedSection): void {
    const subscription = this.#byDownTrack.get(downTrackId);
    const transport = this.host.transport();
    const track = subscription?.track;
    if (subscription === undefined || transport === undefined || track === undefined) return;
    if (subscription.mime !== "") return;
    const taken = new Set(codecs.map(({ codec }) => mimeTypeOf(codec)));
    const receiver = receiverFor(track, taken);
    if (receiver === undefined) {
      this.rejected(downTrackId);
      return;
    }
    subscription.receiverId = receiver.receiverId;
    subscription.taken = taken;
    subscription.mime = receiver.mimes[0]!;
    // an adaptive-stream client says "disabled" before it has an element: it must see the track first
    if (this.host.isAdaptiveStream) subscription.wish = { ...subscription.wish, isDisabled: false };
    subscription.isDisabled = subscription.wish.isDisabled;
    this.host.router.addDownTrack(downTrackId, subscription);
    transport.thread.post({
      kind: "add-down-track",
      downTrack: {
        downTrackId,
        peerId: transport.peerId,
        receiverId: receiver.receiverId,
        ssrc: subscription.ssrc,
        rtxSsrc: subscription.rtxSsrc,
        codecs,
        cname,
        isScreenShare: track.isScreenShare,
        settings: downTrackSettings(subscription.wish, track),
        mid,
        ...this.host.extrasOf(track),
      },
    });
    this.#reportWanted(subscription);
    this.#beginFlow(subscription);
  }

  /** The subscriber can take none of the track's codecs. */
  rejected(downTrackId: number): void {
    const subscription = this.#byDownTrack.get(downTrackId);
    if (subscription === undefined) return;
    subscription.isDesired = false;
    this.#detach(subscription);
    this.#drop(subscription);
    this.#fail(subscription, livekit.SubscriptionError.SE_CODEC_UNSUPPORTED);
  }

  /** The transport came up: what was negotiated before flows from now on. */
  transportConnected(): void {
    for (const subscription of this.#byTrack.values()) {
      if (subscription.mime === "") subscription.sinceMs = this.host.scheduler.nowMs();
      this.#beginFlow(subscription);
    }
  }

  #beginFlow(subscription: Subscription): void {
    const { track } = subscription;
    if (subscription.isFlowing || track === undefined || subscription.mime === "") return;
    if (this.host.transport()?.isConnected !== true) return;
    subscription.isFlowing = true;
    subscription.successes += 1;
    const nowMs = this.host.scheduler.nowMs();
    this.host.onSubscribed(track, nowMs - subscription.requestedMs, subscription.successes);
  }

  forwardingChanged(subscription: Subscription, spatialLayer: number, state: StreamState): void {
    subscription.currentLayer = spatialLayer;
    if (spatialLayer >= 0 && !subscription.hasFrames && subscription.track !== undefined) {
      subscription.hasFrames = true;
      const sinceMs = this.host.scheduler.nowMs() - subscription.requestedMs;
      this.host.onFirstFrame(subscription.track, sinceMs);
    }
    const { track, streamState } = subscription;
    subscription.streamState = state;
    // the engine mutes nothing that it has paused
    if (state === "paused") subscription.isDisabled = false;
    this.#reportWanted(subscription);
    if (state === streamState || state === "inactive" || track === undefined) return;
    this.host.onStreamState(track, state === "paused");
  }

  /** The participant leaves its room: nothing of there is wanted or sent any more. */
  clear(): void {
    for (const trackSid of [...this.#byTrack.keys()]) this.withdraw(trackSid);
    this.#earlyWishes.clear();
  }

  close(): void {
    this.#isClosed = true;
    this.#tick();
    for (const subscription of this.#byTrack.values()) {
      this.#cancelSettings(subscription);
      const { track, downTrackId, isFlowing, successes } = subscription;
      if (successes === 0) this.host.onCanceled();
      if (track === undefined) continue;
      if (isFlowing) this.host.onUnsubscribed(track);
      track.removeSubscriber(downTrackId);
      this.#forget(subscription);
    }
    this.#byTrack.clear();
    this.#earlyWishes.clear();
  }
}
