import type { DownTrackSettings } from "../bridge/commands.ts";
import { type DownTrack, WriteResult } from "../sfu/downtrack/down-track.ts";
import type { MediaPacket } from "../sfu/packet/media-packet.ts";
import type { DownTrackPort } from "../sfu/receiver/down-track-port.ts";
import { EventPace } from "./event-pace.ts";
import type { PeerMedia } from "./peer-media.ts";
import type { TrackReceiver } from "./track-receiver.ts";
import type { ShedStream } from "./video-shedder.ts";

/** A down track between its receiver, which feeds it, and the subscriber's peer, which owns it. */
export class Subscriber implements DownTrackPort, ShedStream {
  readonly downTrack: DownTrack;
  readonly #pace: EventPace = new EventPace();
  #hasNews = false;
  #source: TrackReceiver;
  readonly #owner: PeerMedia;

  constructor(downTrack: DownTrack, source: TrackReceiver, owner: PeerMedia) {
    this.downTrack = downTrack;
    this.#source = source;
    this.#owner = owner;
  }

  get downTrackId(): number {
    return this.downTrack.id;
  }

  get peerId(): number {
    return this.#owner.peerId;
  }

  get isVideo(): boolean {
    return this.downTrack.isVideo;
  }

  /** It was closed: nothing is forwarded any more. */
  isEnded = false;

  get costBps(): number {
    return this.downTrack.allocation.usageBps;
  }

  get lowerSpatial(): number {
    return this.downTrack.allocation.lowerSpatial;
  }

  get isScreenShare(): boolean {
    return this.downTrack.allocation.isScreenShare;
  }

  /** When `takeNews` has something, monotonic ms, maybe past; Infinity: never. */
  get newsDueMs(): number {
    return this.#hasNews ? this.#pace.dueMs : Number.POSITIVE_INFINITY;
  }

  /** Whether the control thread is to be told now what is forwarded. */
  takeNews(nowMs: number): boolean {
    if (this.downTrack.pollForwardingChange()) this.#hasNews = true;
    if (!this.#hasNews || !this.#pace.take(nowMs)) return false;
    this.#hasNews = false;
    return true;
  }

  /** As `#guard`, without a closure for each packet. */
  write(packets: readonly MediaPacket[], count: number, nowMs: number): void {
    const { downTrack } = this;
    try {
      for (let i = 0; i < count; i++) {
        if (downTrack.write(packets[i]!, nowMs) === WriteResult.Changed) {
          this.#owner.forwardingChanged(this);
        }
      }
    } catch (error) {
      this.#owner.broke(error);
    }
  }

  handleStreamReset(spatialLayer: number, _nowMs: number): void {
    this.#guard(() => {
      this.downTrack.handleStreamReset(spatialLayer);
      this.#owner.trackChanged();
    });
  }

  fractionLost(nowMs: number): number {
    return this.downTrack.stats.newFractionLost(nowMs);
  }

  setSettings(nowMs: number, settings: DownTrackSettings): void {
    this.downTrack.setSettings(nowMs, settings);
    this.#owner.forwardingChanged(this);
  }

  /** Another codec of the track feeds it from now on. */
  moveTo(nowMs: number, source: TrackReceiver, settings: DownTrackSettings): void {
    this.#source.removeSubscriber(this);
    this.#source = source;
    this.downTrack.changeSource(nowMs, source.receiver, settings);
    source.addSubscriber(this);
    this.#owner.forwardingChanged(this);
  }

  setPublisherMuted(nowMs: number, isMuted: boolean): void {
    this.#guard(() => {
      this.downTrack.setPublisherMuted(nowMs, isMuted);
      this.#owner.forwardingChanged(this);
    });
  }

  limitLayers(nowMs: number, maxSpatial: number): void {
    this.#guard(() => {
      this.downTrack.limitLayers(nowMs, maxSpatial);
      this.#owner.forwardingChanged(this);
    });
  }

  handleLayersChanged(nowMs: number): void {
    this.#guard(() => {
      this.downTrack.handleLayersChanged(nowMs);
      this.#owner.forwardingChanged(this);
    });
  }

  /** Evaluates the window since the last call: 0..100. */
  updateScore(nowMs: number): number {
    return this.downTrack.updateScore(nowMs);
  }

  /** Stops taking packets; silence or black frames may follow for a moment. */
  close(nowMs: number): void {
    this.isEnded = true;
    this.#source.removeSubscriber(this);
    this.#owner.forget(this);
    this.#guard(() => {
      this.downTrack.close(nowMs, true);
    });
  }

  /** The subscriber's peer is gone: nothing can follow. */
  abandon(nowMs: number): void {
    this.isEnded = true;
    this.#source.removeSubscriber(this);
    this.downTrack.close(nowMs, false);
  }

  /** For calls on behalf of somebody else: a bug of ours here is the owner's trouble, not theirs. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#owner.broke(error);
    }
  }
}
