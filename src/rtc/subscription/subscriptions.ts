import type { Cancel } from "../../base/scheduler.ts";
import type { SendCodec } from "../../bridge/commands.ts";
import type { StreamState } from "../../bridge/events.ts";
import type { MediaThread } from "../../bridge/media-thread.ts";
import { livekit } from "../../gen/livekit.js";
import { mimeTypeOf } from "../../wire/rtp/codec.ts";
import type { PublishedTrack } from "../publication/published-track.ts";
import { EarlyWishes } from "./early-wishes.ts";
import {
  downTrackSpec,
  isOverLimit,
  randomSsrc,
  receiverFor,
  Subscription,
  type SubscriptionOwner,
} from "./subscription.ts";
import type { SubscriptionsHost } from "./subscriptions-host.ts";
import { defaultWish, isSameWish, wishOf } from "./track-settings.ts";

const RECONCILE_MS = 3_000;
/** A wish for a track that nobody publishes is given up, and told so, after this. */
const NOT_FOUND_MS = 60_000;
const UNBOUND_MS = 15_000;
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
  readonly #earlyWishes = new EarlyWishes(SUBSCRIPTIONS_MAX);
  /** Runs while there is a wish: a process that sleeps is woken for nothing else. */
  #tick: Cancel | undefined;
  #isClosed = false;

  constructor(host: SubscriptionsHost) {
    this.host = host;
  }

  #startTicks(): void {
    if (this.#isClosed) return;
    const { scheduler } = this.host;
    this.#tick ??= scheduler.every(RECONCILE_MS, () => {
      this.#earlyWishes.expire(scheduler.nowMs());
      this.reconcile();
      if (this.wishCount === 0) this.#stopTicks();
    });
  }

  #stopTicks(): void {
    this.#tick?.();
    this.#tick = undefined;
  }

  /** Tracks whose media is bound to the transport. */
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
    return this.publisherIdentities().has(publisherIdentity);
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
    const nowMs = this.host.scheduler.nowMs();
    const early = this.#earlyWishes.take(nowMs, trackSid);
    const wish = early ?? defaultWish(this.host.isAdaptiveStream);
    const subscription = new Subscription(trackSid, this, wish, nowMs);
    this.#byTrack.set(trackSid, subscription);
    this.#startTicks();
    return subscription;
  }

  /** What a client asks of its tracks; the last of several within a moment counts. */
  updateSettings(update: livekit.UpdateTrackSettings): void {
    const { scheduler } = this.host;
    for (const sid of update.trackSids) {
      const subscription = this.#byTrack.get(sid);
      if (subscription === undefined) {
        if (sid.length > SID_LENGTH_MAX) continue;
        const wish = wishOf(update, this.#earlyWishes.peek(sid));
        this.#earlyWishes.keep(scheduler.nowMs(), sid, wish);
        this.#startTicks();
        continue;
      }
      const wish = wishOf(update, subscription.wish);
      const isFollowed = wish.isDisabled === subscription.isDisabled || subscription.mime === "";
      if (isFollowed && isSameWish(wish, subscription.wish)) continue;
      const isEnabling = subscription.wish.isDisabled && !wish.isDisabled;
      subscription.wish = wish;
      subscription.settingsTimer?.();
      const apply = (): void => this.#applySettings(subscription);
      if (isEnabling) apply();
      else subscription.settingsTimer = scheduler.after(SETTINGS_DEBOUNCE_MS, apply);
    }
  }

  #applySettings(subscription: Subscription): void {
    subscription.settingsTimer = undefined;
    const { track, mime, downTrackId } = subscription;
    if (track === undefined || mime === "") return;
    const { wish, isDisabled, streamState } = subscription;
    // clients hide what is paused for lack of bandwidth: it would never be tried again
    subscription.isDisabled = wish.isDisabled && (isDisabled || streamState !== "paused");
    const settings = subscription.settingsFor(track);
    this.host.transport()?.thread.post({ kind: "set-down-track", downTrackId, settings });
    this.#reportWanted(subscription);
  }

  /** What is forwarded now counts as wanted, or the picture would freeze at a downgrade. */
  #reportWanted(subscription: Subscription): void {
    const { track, mime, downTrackId, isDisabled, currentLayer } = subscription;
    if (track === undefined || mime === "") return;
    const { maxSpatialLayer } = subscription.settingsFor(track);
    const wanted = isDisabled ? -1 : Math.max(maxSpatialLayer, currentLayer);
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
    if (transport === undefined || isOverLimit(this.host, this.#byTrack.values(), track)) return;
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
    subscription.cancelSettings();
    this.#byTrack.delete(subscription.trackSid);
  }

  #forget(subscription: Subscription): void {
    this.#byDownTrack.delete(subscription.downTrackId);
    this.host.router.removeDownTrack(subscription.downTrackId);
    subscription.reset(this.host.scheduler.nowMs());
  }

  /** The publisher ended the track; its down tracks are gone with the receiver. */
  trackClosed(subscription: Subscription): void {
    this.#drop(subscription);
    this.#unbind(subscription);
  }

  /** The publisher stops one codec: another one may serve. */
  receiverClosing(subscription: Subscription): void {
    if (this.#goOver(subscription)) return;
    this.#unbind(subscription);
    this.#reconcileOne(subscription);
  }

  /** The publisher sends one more codec: one that was waited for, maybe. */
  receiverAdded(subscription: Subscription): void {
    if (subscription.mime === "") this.#bind(subscription);
  }

  /** The track has this codec only from now on. */
  regressed(subscription: Subscription): void {
    const { mime, downTrackId } = subscription;
    if (mime === "") this.#bind(subscription);
    else if (!this.#goOver(subscription)) this.rejected(downTrackId);
  }

  /** The track is no longer in the room, though its publisher sends it on. */
  withdraw(trackSid: string): void {
    const subscription = this.#byTrack.get(trackSid);
    if (subscription === undefined) return;
    this.#drop(subscription);
    this.#detach(subscription);
  }

  /** Measured sizes of the publisher's layers are known, or others than before. */
  sizesChanged(subscription: Subscription): void {
    if (subscription.wish.width > 0) this.#applySettings(subscription);
  }

  /** The publisher goes on in another codec, in the section of the former. */
  codecChanged(subscription: Subscription, mime: string): void {
    const { track, answer, downTrackId } = subscription;
    if (track?.isVideo === true && answer?.mimes.has(mime) !== true) {
      if (!this.#goOver(subscription)) this.rejected(downTrackId);
      return;
    }
    if (track?.isVideo === true && !this.host.canChangeCodec) {
      this.#detach(subscription);
      this.#reconcileOne(subscription);
      return;
    }
    subscription.mime = mime;
    this.#reportWanted(subscription);
  }

  /**
   * Takes a subscription over to the codec that its track is sent in now: in its section, where the
   * client stands that, else in a new one (spec-media 5.9).
   *
   * @returns false when the subscriber can take none
   */
  #goOver(subscription: Subscription): boolean {
    const { track, answer, downTrackId } = subscription;
    const receiver = track && answer && receiverFor(track, answer.mimes);
    if (track === undefined || receiver === undefined) return false;
    if (receiver.receiverId === subscription.receiverId) return true;
    if (!this.host.canChangeCodec) {
      this.#detach(subscription);
      this.#reconcileOne(subscription);
      return true;
    }
    subscription.useReceiver(receiver);
    const { receiverId } = receiver;
    const settings = subscription.settingsFor(track);
    const move = { kind: "move-down-track", downTrackId, receiverId, settings } as const;
    this.host.transport()?.thread.post(move);
    this.#reportWanted(subscription);
    return true;
  }

  /** The subscriber's description took the section with these codecs. */
  negotiated(downTrackId: number, { mid, codecs, cname }: NegotiatedSection): void {
    const subscription = this.#byDownTrack.get(downTrackId);
    if (subscription === undefined || subscription.mime !== "") return;
    const mimes = new Set(codecs.map(({ codec }) => mimeTypeOf(codec)));
    subscription.answer = { mid, codecs, mimes, cname };
    this.#bind(subscription);
  }

  /** Starts what was negotiated, if the publisher sends it; else asks for it. */
  #bind(subscription: Subscription): void {
    const { track, answer, downTrackId } = subscription;
    const transport = this.host.transport();
    if (track === undefined || answer === undefined || transport === undefined) return;
    const receiver = receiverFor(track, answer.mimes);
    if (receiver === undefined) {
      if (!track.awaitCodec(downTrackId, answer.mimes)) this.rejected(downTrackId);
      return;
    }
    // an adaptive-stream client says "disabled" before it has an element: it must see the track first
    if (this.host.isAdaptiveStream) subscription.wish = { ...subscription.wish, isDisabled: false };
    subscription.isDisabled = subscription.wish.isDisabled;
    this.host.router.addDownTrack(downTrackId, subscription);
    subscription.useReceiver(receiver);
    const downTrack = {
      ...downTrackSpec(subscription, track, answer, transport.peerId),
      ...this.host.extrasOf(track),
    };
    transport.thread.post({ kind: "add-down-track", downTrack });
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
    this.#stopTicks();
    for (const subscription of this.#byTrack.values()) {
      subscription.cancelSettings();
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
