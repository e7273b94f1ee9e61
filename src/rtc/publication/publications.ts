import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import type { ReceiveCodec, ReceiveEncoding } from "../../bridge/commands.ts";
import { livekit } from "../../gen/livekit.js";
import { isVideoCodec, mimeTypeOf } from "../../wire/rtp/codec.ts";
import type { MediaRouter } from "../media/media-router.ts";
import type { PeerTransport } from "../transport/peer-transport.ts";
import { Dynacast } from "./dynacast.ts";
import { PublishedTrack } from "./published-track.ts";
import { type TrackInfoContext, trackInfoOf } from "./track-info.ts";

const Reason = livekit.RequestResponse.Reason;
const { TrackSource, TrackType } = livekit;

/** More than this many announced but unpublished tracks are refused. */
const PENDING_MAX = 20;
const QUEUED_PER_CID_MAX = 3;
/** A track announced this long ago, with the publisher connected, is considered abandoned. */
const ABANDONED_MS = 30_000;
/** Published media tracks of one participant. */
const PUBLISHED_MAX = 128;

type Pending = { info: livekit.TrackInfo; sinceMs: number; queued: livekit.TrackInfo[] };

/** What an offer says of one media section that the client sends on. */
export type OfferedMedia = {
  readonly mid: string;
  readonly kind: "audio" | "video";
  /** Track id of the section's msid. */
  readonly cid: string;
  /** The client sends; false once it stopped. */
  readonly isActive: boolean;
  readonly codecs: readonly ReceiveCodec[];
  readonly encodings: readonly ReceiveEncoding[];
};

export type PublicationsHost = {
  readonly sid: string;
  readonly identity: string;
  readonly router: MediaRouter;
  readonly scheduler: Scheduler;
  readonly dynacastPauseDelayMs: number;
  canPublish(source: livekit.TrackSource): boolean;
  trackInfoContext(): TrackInfoContext;
  /** The peer connection that carries the client's media. */
  transport(): PeerTransport;
  send(message: livekit.ISignalResponse): void;
  /** A `request_response` about a track request. */
  refuse(
    reason: livekit.RequestResponse.Reason,
    message: string,
    echo: livekit.IRequestResponse,
  ): void;
  onPublished(track: PublishedTrack): void;
  onUnpublished(track: PublishedTrack): void;
  onInfoChanged(track: PublishedTrack): void;
};

/** One participant's media tracks: announced ones by client id, published ones by sid. */
export class Publications {
  readonly #host: PublicationsHost;
  readonly #pending = new Map<string, Pending>();
  readonly #published = new Map<string, PublishedTrack>();
  readonly #speakingTimers = new Set<Cancel>();

  constructor(host: PublicationsHost) {
    this.#host = host;
  }

  tracks(): PublishedTrack[] {
    return [...this.#published.values()];
  }

  track(sid: string): PublishedTrack | undefined {
    return this.#published.get(sid);
  }

  /** Published or announced: what `sync_state` may name. */
  isKnown(sid: string): boolean {
    if (this.#published.has(sid)) return true;
    for (const { info, queued } of this.#pending.values()) {
      if (info.sid === sid || queued.some((other) => other.sid === sid)) return true;
    }
    return false;
  }

  /** Answers an `add_track` (spec-signalling 4.1, checks in its order). */
  addTrack(raw: livekit.IAddTrackRequest): void {
    const request = new livekit.AddTrackRequest(raw);
    const host = this.#host;
    const refuse = (reason: livekit.RequestResponse.Reason, message: string) =>
      host.refuse(reason, message, { addTrack: raw });
    if (!host.canPublish(request.source)) {
      refuse(Reason.NOT_ALLOWED, "does not have permission to publish");
      return;
    }
    if (request.type !== TrackType.AUDIO && request.type !== TrackType.VIDEO) {
      refuse(Reason.UNSUPPORTED_TYPE, `unsupported track type ${request.type}`);
      return;
    }
    if (request.sid !== "") {
      this.#addBackupCodec(request, refuse);
      return;
    }
    this.#releaseAbandoned();
    if (this.#pending.size >= PENDING_MAX || this.#published.size >= PUBLISHED_MAX) {
      const message = `too many pending tracks, rejecting new track, numPendingTracks: ${this.#pending.size}`;
      refuse(Reason.LIMIT_EXCEEDED, message);
      return;
    }
    const info = trackInfoOf(request, host.trackInfoContext());
    const pending = this.#pending.get(request.cid);
    const isBusy = pending !== undefined || this.#publishedByCid(request.cid) !== undefined;
    if (!isBusy) {
      this.#pending.set(request.cid, { info, sinceMs: host.scheduler.nowMs(), queued: [] });
      this.#announce(request.cid, info);
      return;
    }
    const queue = pending ?? { info, sinceMs: host.scheduler.nowMs(), queued: [] };
    const queuedCount = pending === undefined ? 0 : pending.queued.length;
    if (queuedCount >= QUEUED_PER_CID_MAX) {
      const message = `too many pending queued tracks, rejecting new track, numPendingTracksQueued: ${queuedCount}`;
      refuse(Reason.LIMIT_EXCEEDED, message);
      return;
    }
    if (pending === undefined)
      this.#waiting.set(request.cid, [...this.#waitingFor(request.cid), info]);
    else queue.queued.push(info);
    refuse(Reason.QUEUED, "a track with the same cid is being published, it is queued");
  }

  /** Announcements that wait for a published track of the same cid to end. */
  readonly #waiting = new Map<string, livekit.TrackInfo[]>();

  #waitingFor(cid: string): livekit.TrackInfo[] {
    return this.#waiting.get(cid) ?? [];
  }

  #announce(cid: string, track: livekit.TrackInfo): void {
    this.#host.send({ trackPublished: { cid, track } });
  }

  #publishedByCid(cid: string): PublishedTrack | undefined {
    return this.tracks().find((track) => track.receivers.some((receiver) => receiver.cid === cid));
  }

  #addBackupCodec(
    request: livekit.AddTrackRequest,
    refuse: (reason: livekit.RequestResponse.Reason, message: string) => void,
  ): void {
    const track = this.#published.get(request.sid);
    if (track === undefined) {
      refuse(Reason.NOT_FOUND, `track ${request.sid} is not published`);
      return;
    }
    const named = trackInfoOf(request, this.#host.trackInfoContext()).codecs;
    for (const codec of named) {
      const known = track.info.codecs.find(
        (other) => (other.mimeType ?? "").toLowerCase() === (codec.mimeType ?? "").toLowerCase(),
      );
      if (known === undefined) track.info.codecs.push(codec);
      else known.cid = codec.cid ?? "";
    }
    this.#announce(request.cid, track.info);
  }

  /** What was declared for the track that an offered section carries. */
  declared(cid: string, kind: "audio" | "video"): livekit.TrackInfo | undefined {
    return (
      this.#publishedByCid(cid)?.info ??
      this.#pending.get(cid)?.info ??
      this.#pendingByCodecCid(cid)?.[1].info ??
      this.#firstPending(kind)?.[1].info
    );
  }

  #pendingByCodecCid(cid: string): [string, Pending] | undefined {
    return [...this.#pending].find(([, { info }]) =>
      info.codecs.some((codec) => codec.cid === cid),
    );
  }

  #firstPending(kind: "audio" | "video"): [string, Pending] | undefined {
    const type = kind === "audio" ? TrackType.AUDIO : TrackType.VIDEO;
    return [...this.#pending].find(([, { info }]) => info.type === type);
  }

  /**
   * The publisher's description was applied: publishes what is new, updates what changed, ends what
   * is no longer sent.
   */
  applyMedia(media: readonly OfferedMedia[]): void {
    const sentMids = new Map(media.filter((item) => item.isActive).map((item) => [item.mid, item]));
    for (const track of this.tracks()) {
      const live = track.receivers.filter(
        (receiver) => sentMids.get(receiver.mid)?.cid === receiver.cid,
      );
      if (live.length === 0) this.#unpublish(track);
    }
    for (const item of sentMids.values()) this.#applySection(item);
  }

  #applySection(item: OfferedMedia): void {
    const owner = this.tracks().find((track) =>
      track.receivers.some((receiver) => receiver.mid === item.mid && receiver.cid === item.cid),
    );
    if (owner !== undefined) {
      const receiver = owner.receivers.find(({ mid }) => mid === item.mid)!;
      receiver.thread.post({
        kind: "update-receiver",
        receiverId: receiver.receiverId,
        codecs: item.codecs,
        encodings: item.encodings,
      });
      return;
    }
    if (item.codecs.length === 0) return;
    const backup = this.tracks().find((track) =>
      track.info.codecs.some((codec) => codec.cid === item.cid),
    );
    if (backup !== undefined) {
      this.#addReceiver(backup, item);
      this.#host.onInfoChanged(backup);
      return;
    }
    const pending = this.#pending.has(item.cid)
      ? ([item.cid, this.#pending.get(item.cid)!] as const)
      : (this.#pendingByCodecCid(item.cid) ?? this.#firstPending(item.kind));
    if (pending !== undefined) this.#publish(pending[0], pending[1], item);
  }

  #publish(cid: string, pending: Pending, item: OfferedMedia): void {
    const host = this.#host;
    this.#pending.delete(cid);
    if (pending.queued.length > 0) this.#waiting.set(cid, pending.queued);
    if (!host.canPublish(pending.info.source)) {
      host.send({ trackUnpublished: { trackSid: pending.info.sid } });
      return;
    }
    const track = new PublishedTrack(pending.info, host, {
      onInfoChanged: (changed) => host.onInfoChanged(changed),
    });
    const mime = mimeTypeOf(item.codecs[0]!.codec);
    track.info.mimeType = mime;
    track.info.mid = item.mid;
    const entry = track.info.codecs.find(
      (codec) => codec.mimeType === "" || codec.mimeType?.toLowerCase() === mime.toLowerCase(),
    );
    if (entry !== undefined) {
      entry.mimeType = mime;
      entry.mid = item.mid;
      entry.cid = item.cid;
    }
    if (track.isVideo) {
      track.dynacast = new Dynacast({
        trackSid: track.sid,
        codecs: [mime.toLowerCase().replace(/^video\//, "")],
        pauseDelayMs: host.dynacastPauseDelayMs,
        scheduler: host.scheduler,
        isMuted: () => track.info.muted,
        send: (subscribedQualityUpdate) => host.send({ subscribedQualityUpdate }),
      });
    }
    this.#published.set(track.sid, track);
    this.#addReceiver(track, item);
    host.onPublished(track);
  }

  #addReceiver(track: PublishedTrack, item: OfferedMedia): void {
    const { router } = this.#host;
    const transport = this.#host.transport();
    const receiverId = router.newId();
    const mimes = item.codecs.map(({ codec }) => mimeTypeOf(codec));
    const primary = mimes[0]!;
    if (isVideoCodec(item.codecs[0]!.codec)) {
      track.dynacast?.addCodec(primary.toLowerCase().replace(/^video\//, ""));
    }
    track.receivers.push({
      receiverId,
      thread: transport.thread,
      mid: item.mid,
      cid: item.cid,
      mimes,
    });
    router.addReceiver(receiverId, track);
    transport.addReceiver({
      receiverId,
      mid: item.mid,
      media: item.kind,
      codecs: item.codecs,
      encodings: item.encodings,
      isScreenShare: track.isScreenShare,
      observeAudioLevel: track.info.source === TrackSource.MICROPHONE,
      isMuted: track.info.muted,
    });
  }

  /** A publisher answer was sent: browsers re-activate what dynacast had paused. */
  answered(): void {
    for (const track of this.#published.values()) track.dynacast?.answered();
  }

  /** Client or API mutes; @returns false when the sid is unknown. */
  setMuted(sid: string, isMuted: boolean): boolean {
    const track = this.#published.get(sid);
    if (track !== undefined) {
      if (track.setMuted(isMuted)) this.#host.onInfoChanged(track);
      return true;
    }
    for (const { info, queued } of this.#pending.values()) {
      for (const announced of [info, ...queued]) {
        if (announced.sid !== sid) continue;
        announced.muted = isMuted;
        return true;
      }
    }
    return false;
  }

  /** Ends what the permissions no longer allow, and tells the publisher. */
  applyPermissions(): void {
    for (const track of this.tracks()) {
      if (this.#host.canPublish(track.info.source)) continue;
      this.#unpublish(track);
      this.#host.send({ trackUnpublished: { trackSid: track.sid } });
    }
  }

  #unpublish(track: PublishedTrack): void {
    if (!this.#published.delete(track.sid)) return;
    for (const { receiverId } of track.receivers) this.#host.router.removeReceiver(receiverId);
    track.close();
    this.#host.onUnpublished(track);
    for (const { cid } of track.receivers) this.#promote(cid);
  }

  /** The track with this cid ended: the next one announced with it has its turn. */
  #promote(cid: string): void {
    const queued = this.#waitingFor(cid);
    const [next, ...rest] = queued;
    this.#waiting.delete(cid);
    if (next === undefined || this.#pending.has(cid)) return;
    this.#pending.set(cid, { info: next, sinceMs: this.#host.scheduler.nowMs(), queued: rest });
    this.#announce(cid, next);
  }

  #releaseAbandoned(): void {
    if (this.#pending.size < PENDING_MAX || !this.#host.transport().isConnected) return;
    const beforeMs = this.#host.scheduler.nowMs() - ABANDONED_MS;
    for (const [cid, { info, sinceMs }] of this.#pending) {
      if (sinceMs > beforeMs || info.muted) continue;
      this.#pending.delete(cid);
      this.#host.send({ trackUnpublished: { trackSid: info.sid } });
    }
  }

  close(): void {
    for (const cancel of this.#speakingTimers) cancel();
    for (const track of this.tracks()) {
      this.#published.delete(track.sid);
      for (const { receiverId } of track.receivers) this.#host.router.removeReceiver(receiverId);
      track.close();
      this.#host.onUnpublished(track);
    }
    this.#pending.clear();
    this.#waiting.clear();
  }
}
