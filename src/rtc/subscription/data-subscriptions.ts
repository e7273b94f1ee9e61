import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import type { MediaThread } from "../../bridge/media-thread.ts";
import type { livekit } from "../../gen/livekit.js";
import type { PublishedDataTrack } from "../publication/published-data-track.ts";

/** A wish for a track that nobody publishes is given up after this, without a word. */
const NOT_FOUND_MS = 60_000;
/** The list of handles, which is told in whole, goes out at most this often. */
const TELL_MS = 50;
/** Wishes of one participant, fewer than there are handles: more are ignored. */
const SUBSCRIPTIONS_MAX = 20_000;
/** No track has a longer sid. */
const SID_LENGTH_MAX = 64;
const HANDLE_MAX = 65_535;
/** The first handle is one more than a random number below this. */
const FIRST_HANDLES = 256;

/** What the data subscriptions of a participant may ask of it and tell it. */
export type DataSubscriptionsHost = {
  readonly scheduler: Scheduler;
  /** A number for what lives on a media thread. */
  newId(): number;
  canSubscribe(): boolean;
  /** What the participant is sent data on. */
  transport(): { readonly peerId: number; readonly thread: MediaThread };
  /** A track of another participant that is in the room. */
  findTrack(sid: string): PublishedDataTrack | undefined;
  publisherSid(track: PublishedDataTrack): string;
  /** The publisher's permissions let this participant have the track. */
  isAllowed(track: PublishedDataTrack): boolean;
  /** The client must know a publisher before its data comes. */
  introduce(track: PublishedDataTrack): void;
  send(message: livekit.ISignalResponse): void;
};

/** A wish for one data track, and what has come of it. */
type DataSubscription = {
  readonly trackSid: string;
  /** Frames a second that the subscriber asks for; kept, and not enforced. */
  targetFps: number | undefined;
  /** Since when it waits for a track that is not there. */
  sinceMs: number;
  permission: boolean | undefined;
  /** What is sent now, if anything. */
  granted: Granted | undefined;
};

type Granted = {
  readonly track: PublishedDataTrack;
  readonly subscriptionId: number;
  /** What the client knows the track by. */
  readonly handle: number;
  readonly publisherSid: string;
};

/**
 * The data tracks that one participant wants, reconciled with what there is and what it may have
 * (spec-signalling 4.9, 9.7). After every change the client is told all its handles.
 */
export class DataSubscriptions {
  readonly #host: DataSubscriptionsHost;
  readonly #byTrack = new Map<string, DataSubscription>();
  readonly #byHandle = new Map<number, Granted>();
  #lastHandle: number;
  /** Undefined: nothing was ever told. */
  #toldMs: number | undefined;
  #tellTimer: Cancel | undefined;
  #notFoundTimer: Cancel | undefined;
  #isClosed = false;

  constructor(host: DataSubscriptionsHost) {
    this.#host = host;
    this.#lastHandle = crypto.getRandomValues(new Uint32Array(1))[0]! % FIRST_HANDLES;
  }

  /** Of the client. What it says last of a track counts: to and fro costs nothing. */
  update({ updates }: livekit.IUpdateDataSubscription): void {
    let isChanged = false;
    const last = new Map(updates?.map((update) => [update.trackSid ?? "", update]));
    for (const [sid, { subscribe, options }] of last) {
      const change =
        subscribe === true
          ? this.#subscribe(sid, options?.targetFps ?? undefined)
          : this.#unsubscribe(sid);
      if (change) isChanged = true;
    }
    if (isChanged) this.#tell();
  }

  /** Wishes for tracks as by auto-subscription. */
  subscribe(trackSids: Iterable<string>): void {
    let isChanged = false;
    for (const sid of trackSids) if (this.#subscribe(sid, undefined)) isChanged = true;
    if (isChanged) this.#tell();
  }

  #subscribe(trackSid: string, targetFps: number | undefined): boolean {
    if (this.#isClosed) return false;
    let subscription = this.#byTrack.get(trackSid);
    if (subscription === undefined) {
      if (this.#byTrack.size >= SUBSCRIPTIONS_MAX || trackSid.length > SID_LENGTH_MAX) return false;
      const sinceMs = this.#host.scheduler.nowMs();
      subscription = { trackSid, targetFps, sinceMs, permission: undefined, granted: undefined };
      this.#byTrack.set(trackSid, subscription);
    }
    subscription.targetFps = targetFps;
    return this.#reconcileOne(subscription);
  }

  /** The end of a wish is told even when there was nothing to have. */
  #unsubscribe(trackSid: string): boolean {
    const subscription = this.#byTrack.get(trackSid);
    if (subscription === undefined) return false;
    this.#detach(subscription);
    return this.#byTrack.delete(trackSid);
  }

  /** A track came into the room: it may have been waited for. */
  published({ sid }: PublishedDataTrack): void {
    const subscription = this.#byTrack.get(sid);
    if (subscription !== undefined && this.#reconcileOne(subscription)) this.#tell();
  }

  /**
   * A track is no longer in the room; the wish for it ends too.
   *
   * @param livesOn its publisher took it to another room
   */
  trackEnded({ sid }: PublishedDataTrack, livesOn: boolean): void {
    const subscription = this.#byTrack.get(sid);
    if (subscription === undefined) return;
    this.#byTrack.delete(sid);
    const isChanged = livesOn ? this.#detach(subscription) : this.#forget(subscription);
    if (isChanged) this.#tell();
  }

  /** Permissions changed: brings what is into line with what is wanted. */
  reconcile(): void {
    let isChanged = false;
    for (const subscription of this.#byTrack.values()) {
      if (this.#reconcileOne(subscription)) isChanged = true;
    }
    if (isChanged) this.#tell();
  }

  /** @returns whether there is something to tell */
  #reconcileOne(subscription: DataSubscription): boolean {
    const host = this.#host;
    if (!host.canSubscribe()) {
      subscription.sinceMs = host.scheduler.nowMs();
      return this.#detach(subscription);
    }
    const { granted, trackSid } = subscription;
    const track = granted?.track ?? host.findTrack(trackSid);
    if (track === undefined) {
      this.#notFoundTimer ??= host.scheduler.after(NOT_FOUND_MS, () => this.#giveUpMissing());
      return false;
    }
    const allowed = host.isAllowed(track);
    if (subscription.permission !== allowed) {
      subscription.permission = allowed;
      const participantSid = host.publisherSid(track);
      host.send({ subscriptionPermissionUpdate: { participantSid, trackSid, allowed } });
    }
    if (!allowed) return this.#detach(subscription);
    if (granted === undefined) this.#attach(subscription, track);
    return granted === undefined;
  }

  #giveUpMissing(): void {
    const { scheduler, findTrack } = this.#host;
    const nowMs = scheduler.nowMs();
    let nextMs = Number.POSITIVE_INFINITY;
    for (const { trackSid, granted, sinceMs } of this.#byTrack.values()) {
      if (granted !== undefined || findTrack(trackSid) !== undefined) continue;
      if (nowMs - sinceMs >= NOT_FOUND_MS) this.#byTrack.delete(trackSid);
      else nextMs = Math.min(nextMs, sinceMs + NOT_FOUND_MS);
    }
    this.#notFoundTimer = Number.isFinite(nextMs)
      ? scheduler.after(nextMs - nowMs, () => this.#giveUpMissing())
      : undefined;
  }

  #attach(subscription: DataSubscription, track: PublishedDataTrack): void {
    const host = this.#host;
    const { peerId, thread } = host.transport();
    const { dataTrackId } = track;
    const subscriptionId = host.newId();
    const handle = this.#nextHandle();
    const granted = { track, subscriptionId, handle, publisherSid: host.publisherSid(track) };
    subscription.granted = granted;
    this.#byHandle.set(handle, granted);
    host.introduce(track);
    thread.post({ kind: "subscribe-data-track", subscriptionId, dataTrackId, peerId, handle });
  }

  /** One more than the last one, and none that is in use: there are more than subscriptions. */
  #nextHandle(): number {
    do this.#lastHandle = (this.#lastHandle % HANDLE_MAX) + 1;
    while (this.#byHandle.has(this.#lastHandle));
    return this.#lastHandle;
  }

  /** @returns false when nothing was sent */
  #detach(subscription: DataSubscription): boolean {
    const { granted } = subscription;
    if (granted === undefined) return false;
    const { subscriptionId } = granted;
    this.#host.transport().thread.post({ kind: "unsubscribe-data-track", subscriptionId });
    return this.#forget(subscription);
  }

  /** On the media thread it is gone already. */
  #forget(subscription: DataSubscription): boolean {
    const { granted } = subscription;
    if (granted === undefined) return false;
    this.#byHandle.delete(granted.handle);
    subscription.granted = undefined;
    subscription.sinceMs = this.#host.scheduler.nowMs();
    return true;
  }

  /** At once, unless it was told a moment ago: a list for each of many changes would be too much. */
  #tell(): void {
    if (this.#isClosed || this.#tellTimer !== undefined) return;
    const { scheduler } = this.#host;
    const waitMs = (this.#toldMs ?? Number.NEGATIVE_INFINITY) + TELL_MS - scheduler.nowMs();
    if (waitMs <= 0) this.#sendHandles();
    else this.#tellTimer = scheduler.after(waitMs, () => this.#sendHandles());
  }

  #sendHandles(): void {
    this.#tellTimer?.();
    this.#tellTimer = undefined;
    this.#toldMs = this.#host.scheduler.nowMs();
    const subHandles: Record<string, livekit.DataTrackSubscriberHandles.IPublishedDataTrack> = {};
    for (const [handle, { track, publisherSid }] of this.#byHandle) {
      const { publisherIdentity, sid } = track;
      subHandles[handle] = { publisherIdentity, publisherSid, trackSid: sid };
    }
    this.#host.send({ dataTrackSubscriberHandles: { subHandles } });
  }

  /** The client is back: what it was told meanwhile did not reach it. */
  resumed(): void {
    if (this.#toldMs !== undefined) this.#sendHandles();
  }

  /** The participant leaves its room: nothing of there is wanted or sent any more. */
  clear(): void {
    let isChanged = false;
    for (const subscription of this.#byTrack.values()) {
      if (this.#detach(subscription)) isChanged = true;
    }
    this.#byTrack.clear();
    if (!isChanged) return;
    // first it is to hear where it is now
    this.#toldMs = this.#host.scheduler.nowMs();
    this.#tell();
  }

  /** Its transport closes, and takes all on the media thread with it. */
  close(): void {
    this.#isClosed = true;
    this.#tellTimer?.();
    this.#notFoundTimer?.();
    this.#byTrack.clear();
    this.#byHandle.clear();
  }

  /** Of tracks that are sent. */
  debugInfo(): object[] {
    return [...this.#byTrack.values()].flatMap(({ trackSid, targetFps, granted }) =>
      granted === undefined ? [] : [{ track: trackSid, handle: granted.handle, targetFps }],
    );
  }
}
