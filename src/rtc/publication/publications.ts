import type { Scheduler } from "../../base/scheduler.ts";
import type { ReceiveCodec, ReceiveEncoding } from "../../bridge/commands.ts";
import { livekit } from "../../gen/livekit.js";
import { mimeTypeOf } from "../../wire/rtp/codec.ts";
import type { MediaRouter } from "../media/media-router.ts";
import type { PeerTransport } from "../transport/peer-transport.ts";
import { AnnouncedTracks } from "./announced-tracks.ts";
import { audioDemand, videoDemand } from "./demand-update.ts";
import { Dynacast } from "./dynacast.ts";
import { MediaNews } from "./media-news.ts";
import { codecName, PublishedTrack, type TrackReceiver } from "./published-track.ts";
import {
  codecEntryOf,
  FEATURES_MAX,
  layerModeOf,
  layersOf,
  type TrackInfoContext,
  trackInfoOf,
} from "./track-info.ts";
import { oversizeOf } from "./track-request-limits.ts";

const Reason = livekit.RequestResponse.Reason;
const { AudioTrackFeature, TrackSource, TrackType } = livekit;

/** More than this many announced but unpublished tracks are refused. */
const PENDING_MAX = 20;
/** A track announced this long ago, with the publisher connected, is considered abandoned. */
const ABANDONED_MS = 30_000;
/** Published media tracks of one participant. */
const PUBLISHED_MAX = 128;

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

/** What `add_track` said of the track that a section carries, for the codec that it carries. */
export type Declared = {
  readonly info: livekit.TrackInfo;
  /** "" when none was asked for. */
  readonly mime: string;
  readonly layers: readonly livekit.IVideoLayer[];
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
  /** A track was announced and may come. */
  onRequested(info: livekit.TrackInfo): void;
  /** Its publisher left before it came. */
  onCanceled(info: livekit.TrackInfo): void;
  /** @param sinceMs how long ago it was announced */
  onPublished(track: PublishedTrack, sinceMs: number): void;
  onUnpublished(track: PublishedTrack): void;
  onInfoChanged(track: PublishedTrack): void;
  /** As `onInfoChanged`, but nobody is told now: those who come later are. */
  onInfoCompleted(track: PublishedTrack): void;
  /** See `PublishedTrackOptions`. */
  prefersRegression(): boolean;
};

type Refuse = (reason: livekit.RequestResponse.Reason, message: string) => void;

/** One participant's media tracks: announced ones by client id, published ones by sid. */
export class Publications {
  readonly #host: PublicationsHost;
  readonly #news: MediaNews;
  readonly #announced = new AnnouncedTracks();
  readonly #published = new Map<string, PublishedTrack>();
  #connectedAtMs: number | undefined;

  constructor(host: PublicationsHost) {
    this.#host = host;
    this.#news = new MediaNews(host);
  }

  tracks(): PublishedTrack[] {
    return [...this.#published.values()];
  }

  track(sid: string): PublishedTrack | undefined {
    return this.#published.get(sid);
  }

  /** Published or announced: what `sync_state` may name. */
  isKnown(sid: string): boolean {
    return this.#published.has(sid) || this.#announced.find(sid) !== undefined;
  }

  /** The publisher's transport came up: announced tracks should follow. */
  transportConnected(): void {
    this.#connectedAtMs ??= this.#host.scheduler.nowMs();
  }

  /** Answers an `add_track` (spec-signalling 4.1, checks in its order). */
  addTrack(raw: livekit.IAddTrackRequest): void {
    const request = new livekit.AddTrackRequest(raw);
    const host = this.#host;
    const refuse: Refuse = (reason, message) => host.refuse(reason, message, { addTrack: raw });
    if (!host.canPublish(request.source)) {
      refuse(Reason.NOT_ALLOWED, "does not have permission to publish");
      return;
    }
    if (request.type !== TrackType.AUDIO && request.type !== TrackType.VIDEO) {
      refuse(Reason.UNSUPPORTED_TYPE, `unsupported track type ${request.type}`);
      return;
    }
    const oversize = oversizeOf(request);
    if (oversize !== undefined) {
      refuse(oversize.reason, oversize.message);
      return;
    }
    if (request.sid !== "") {
      this.#addBackupCodec(request, refuse);
      return;
    }
    this.#releaseAbandoned();
    if (!this.#hasPlace(refuse)) return;
    const { cid } = request;
    const info = trackInfoOf(request, host.trackInfoContext());
    host.onRequested(info);
    if (!this.#isBusy(cid)) {
      this.#announce(cid, info);
    } else if (this.#announced.enqueue(cid, info)) {
      refuse(Reason.QUEUED, "a track with the same cid is being published, it is queued");
    } else {
      const count = this.#announced.queuedCount(cid);
      const message = `too many pending queued tracks, rejecting new track, numPendingTracksQueued: ${count}`;
      refuse(Reason.LIMIT_EXCEEDED, message);
    }
  }

  #hasPlace(refuse: Refuse): boolean {
    const { pendingCount } = this.#announced;
    if (pendingCount >= PENDING_MAX) {
      const message = `too many pending tracks, rejecting new track, numPendingTracks: ${pendingCount}`;
      refuse(Reason.LIMIT_EXCEEDED, message);
      return false;
    }
    if (this.#published.size >= PUBLISHED_MAX) {
      refuse(Reason.LIMIT_EXCEEDED, `more than ${PUBLISHED_MAX} tracks are published`);
      return false;
    }
    return true;
  }

  #isBusy(cid: string): boolean {
    return this.#announced.isPending(cid) || this.#publishedByCid(cid) !== undefined;
  }

  #announce(cid: string, track: livekit.TrackInfo): void {
    this.#announced.add(cid, track, this.#host.scheduler.nowMs());
    this.#host.send({ trackPublished: { cid, track } });
  }

  #publishedByCid(cid: string): PublishedTrack | undefined {
    if (cid === "") return undefined;
    return this.tracks().find(
      (track) =>
        track.announcedCid === cid || track.receivers.some((receiver) => receiver.cid === cid),
    );
  }

  /** Client ids and layers for codecs that the track was announced with; others are ignored. */
  #addBackupCodec(request: livekit.AddTrackRequest, refuse: Refuse): void {
    const track = this.#published.get(request.sid);
    if (track === undefined) {
      refuse(Reason.NOT_FOUND, `track ${request.sid} is not published`);
      return;
    }
    for (const asked of request.simulcastCodecs) {
      const kind = track.isVideo ? "video" : "audio";
      const entry = codecEntryOf(track.info, asked.codec ?? "", kind);
      if (entry === undefined) continue;
      entry.cid = asked.cid ?? "";
      if ((asked.layers ?? []).length > 0) entry.layers = layersOf(asked.layers ?? []);
    }
    this.#host.send({ trackPublished: { cid: request.cid, track: track.info } });
    this.#host.onInfoChanged(track);
  }

  /** What was declared for the track that an offered section carries. */
  declared(cid: string, kind: "audio" | "video"): Declared | undefined {
    const info = this.#declaredInfo(cid, kind);
    if (info === undefined) return undefined;
    const entry = cid === "" ? undefined : info.codecs.find((codec) => codec.cid === cid);
    const layers = entry?.layers ?? [];
    return {
      info,
      mime: entry?.mimeType || info.mimeType,
      layers: layers.length > 0 ? layers : info.layers,
    };
  }

  #declaredInfo(cid: string, kind: "audio" | "video"): livekit.TrackInfo | undefined {
    const track = this.#publishedByCid(cid) ?? this.#withCodecCid(cid);
    if (track !== undefined) return track.info;
    const announced = this.#announced.exactCid(cid) ?? this.#announced.fallbackCid(cid, kind);
    return announced === undefined ? undefined : this.#announced.pendingInfo(announced);
  }

  #withCodecCid(cid: string): PublishedTrack | undefined {
    if (cid === "") return undefined;
    return this.tracks().find((track) => track.info.codecs.some((codec) => codec.cid === cid));
  }

  /**
   * The publisher's description was applied: publishes what is new, updates what changed, ends what
   * is no longer sent. A section that names its track goes before one that has to be guessed.
   */
  applyMedia(media: readonly OfferedMedia[]): void {
    const sections = new Map(media.filter((item) => item.isActive).map((item) => [item.mid, item]));
    for (const track of this.tracks()) this.#applyToTrack(track, sections);
    const guesses: OfferedMedia[] = [];
    for (const item of sections.values()) {
      if (item.codecs.length > 0 && !this.#applyExact(item)) guesses.push(item);
    }
    for (const item of guesses) {
      const namesake = this.#publishedByCid(item.cid);
      // an msid without track id names the stream: sound and picture share it
      if (namesake !== undefined && namesake.isVideo === (item.kind === "video")) continue;
      const cid = this.#announced.fallbackCid(item.cid, item.kind);
      if (cid !== undefined) this.#publish(cid, item);
    }
  }

  /** Takes the sections that carry on with this track out of `sections`. */
  #applyToTrack(track: PublishedTrack, sections: Map<string, OfferedMedia>): void {
    const live = track.receivers.filter((receiver) => {
      const item = sections.get(receiver.mid);
      return item !== undefined && this.#isSameTrack(track, receiver, item);
    });
    if (live.length === 0) {
      this.#unpublish(track);
      return;
    }
    for (const receiver of track.receivers.filter((one) => !live.includes(one))) {
      this.#removeReceiver(track, receiver);
      this.#host.onInfoChanged(track);
    }
    for (const receiver of live) {
      const item = sections.get(receiver.mid)!;
      sections.delete(receiver.mid);
      receiver.cid = item.cid;
      receiver.thread.post({
        kind: "update-receiver",
        receiverId: receiver.receiverId,
        codecs: item.codecs,
        encodings: item.encodings,
      });
    }
  }

  /** A section may change its track id, by replaceTrack in some browsers, unless the id is announced. */
  #isSameTrack(track: PublishedTrack, receiver: TrackReceiver, item: OfferedMedia): boolean {
    if (item.codecs.length === 0 || (item.kind === "video") !== track.isVideo) return false;
    if (item.cid === receiver.cid) return true;
    return (
      this.#announced.exactCid(item.cid) === undefined && this.#withCodecCid(item.cid) === undefined
    );
  }

  #applyExact(item: OfferedMedia): boolean {
    const backup = this.#withCodecCid(item.cid);
    if (backup?.receivers.every(({ cid }) => cid !== item.cid)) {
      if (backup.isVideo !== (item.kind === "video")) return false;
      this.#addReceiver(backup, item);
      this.#host.onInfoChanged(backup);
      return true;
    }
    const cid = this.#announced.exactCid(item.cid);
    if (cid === undefined) return false;
    const type = item.kind === "video" ? TrackType.VIDEO : TrackType.AUDIO;
    if (this.#announced.pendingInfo(cid)?.type !== type) return false;
    this.#publish(cid, item);
    return true;
  }

  #publish(cid: string, item: OfferedMedia): void {
    const host = this.#host;
    const nowMs = host.scheduler.nowMs();
    const sinceMs = nowMs - (this.#announced.pendingSinceMs(cid) ?? nowMs);
    const info = this.#announced.take(cid);
    if (info === undefined) return;
    if (!host.canPublish(info.source)) {
      host.send({ trackUnpublished: { trackSid: info.sid } });
      this.#ended([cid, item.cid]);
      return;
    }
    const track = new PublishedTrack(info, host, {
      announcedCid: cid,
      onInfoChanged: (changed) => this.#news.changed(changed),
      onInfoCompleted: (completed) => host.onInfoCompleted(completed),
      prefersRegression: () => host.prefersRegression(),
    });
    track.info.mimeType = mimeTypeOf(item.codecs[0]!.codec);
    track.info.mid = item.mid;
    // of sound, only which of several codecs is wanted is ever told
    if (track.isVideo || info.codecs.length > 1) track.dynacast = this.#dynacastOf(track);
    this.#published.set(track.sid, track);
    this.#addReceiver(track, item);
    host.onPublished(track, sinceMs);
  }

  #dynacastOf(track: PublishedTrack): Dynacast {
    const host = this.#host;
    const { info, sid, isVideo } = track;
    const update = isVideo ? videoDemand : audioDemand;
    return new Dynacast({
      codecs: [codecName(info.mimeType)],
      pauseDelayMs: isVideo ? host.dynacastPauseDelayMs : 0,
      scheduler: host.scheduler,
      isMuted: () => info.muted,
      send: (ranks) => host.send(update(sid, ranks)),
      onCommitted: (codec, rank) => track.expectLayers(codec, rank),
    });
  }

  #addReceiver(track: PublishedTrack, item: OfferedMedia): void {
    const { router } = this.#host;
    const transport = this.#host.transport();
    const mimes = item.codecs.map(({ codec }) => mimeTypeOf(codec));
    const receiver: TrackReceiver = {
      receiverId: router.newId(),
      thread: transport.thread,
      mid: item.mid,
      cid: item.cid,
      mimes,
      qualityScore: 100,
    };
    const layerMode = track.isVideo ? layerModeOf(track.info, mimes[0]!) : undefined;
    router.addReceiver(receiver.receiverId, track.listenerOf(receiver));
    transport.addReceiver({
      receiverId: receiver.receiverId,
      mid: item.mid,
      media: item.kind,
      codecs: item.codecs,
      encodings: item.encodings,
      isScreenShare: track.isScreenShare,
      observeAudioLevel: track.info.source === TrackSource.MICROPHONE,
      isMuted: track.info.muted,
      ...(layerMode === undefined ? {} : { layerMode }),
    });
    track.addReceiver(receiver);
  }

  #removeReceiver(track: PublishedTrack, receiver: TrackReceiver): void {
    this.#host.router.removeReceiver(receiver.receiverId);
    track.removeReceiver(receiver);
    this.#announced.release(receiver.cid);
  }

  /** A publisher answer was sent: browsers re-activate what dynacast had paused. */
  answered(): void {
    for (const track of this.#published.values()) track.dynacast?.answered();
  }

  /** Client or API mutes; @returns false when the sid is unknown. */
  setMuted(sid: string, isMuted: boolean): boolean {
    const track = this.#published.get(sid);
    if (track === undefined) {
      return this.#announced.setMuted(sid, isMuted, this.#host.scheduler.nowMs());
    }
    if (track.setMuted(isMuted)) this.#host.onInfoChanged(track);
    return true;
  }

  /** @returns false when the sid is unknown */
  setAudioFeatures(sid: string, features: readonly livekit.AudioTrackFeature[]): boolean {
    const track = this.#published.get(sid);
    const info = track?.info ?? this.#announced.find(sid);
    if (info === undefined) return false;
    info.audioFeatures = [...new Set(features.slice(0, FEATURES_MAX))];
    info.stereo = features.includes(AudioTrackFeature.TF_STEREO);
    info.disableDtx = features.includes(AudioTrackFeature.TF_NO_DTX);
    if (track !== undefined) this.#host.onInfoChanged(track);
    return true;
  }

  /** @returns false when no such track is published */
  setVideoSize(sid: string, width: number, height: number): boolean {
    const track = this.#published.get(sid);
    if (track === undefined) return false;
    track.info.width = width;
    track.info.height = height;
    this.#host.onInfoChanged(track);
    return true;
  }

  /** Ends what the permissions no longer allow, and tells the publisher. */
  applyPermissions(): void {
    for (const track of this.tracks()) {
      if (this.#host.canPublish(track.info.source)) continue;
      this.#host.send({ trackUnpublished: { trackSid: track.sid } });
      this.#unpublish(track);
    }
  }

  #unpublish(track: PublishedTrack): void {
    const cids = [track.announcedCid, ...track.receivers.map(({ cid }) => cid)];
    this.#end(track);
    this.#ended(cids);
  }

  #end(track: PublishedTrack): void {
    this.#published.delete(track.sid);
    for (const { receiverId } of track.receivers) this.#host.router.removeReceiver(receiverId);
    track.close();
    this.#host.onUnpublished(track);
  }

  /** A track of these client ids ended: the next one announced with one of them has its turn. */
  #ended(cids: readonly string[]): void {
    for (const cid of new Set(cids)) {
      this.#announced.release(cid);
      if (this.#isBusy(cid)) continue;
      const next = this.#announced.dequeue(cid);
      if (next !== undefined) this.#announce(cid, next);
    }
  }

  #releaseAbandoned(): void {
    if (this.#announced.pendingCount < PENDING_MAX || this.#connectedAtMs === undefined) return;
    const sinceMs = this.#host.scheduler.nowMs() - ABANDONED_MS;
    if (this.#connectedAtMs > sinceMs) return;
    for (const cid of this.#announced.abandoned(sinceMs)) {
      const info = this.#announced.take(cid);
      if (info === undefined) continue;
      this.#host.send({ trackUnpublished: { trackSid: info.sid } });
      this.#ended([cid]);
    }
  }

  close(): void {
    this.#news.close();
    for (const info of this.#announced.infos()) this.#host.onCanceled(info);
    this.#announced.clear();
    for (const track of this.tracks()) this.#end(track);
  }
}
