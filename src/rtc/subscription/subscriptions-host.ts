import type { Scheduler } from "../../base/scheduler.ts";
import type { DownTrackExtras } from "../../bridge/commands.ts";
import type { livekit } from "../../gen/livekit.js";
import type { MediaRouter } from "../media/media-router.ts";
import type { PublishedTrack } from "../publication/published-track.ts";
import type { SendingTransport } from "./subscriptions.ts";

/** What the subscriptions of a participant may ask of it and tell it. */
export type SubscriptionsHost = {
  readonly identity: string;
  readonly isAdaptiveStream: boolean;
  /** The video of a track may change its codec; otherwise it comes in a section of its own. */
  readonly canChangeCodec: boolean;
  readonly router: MediaRouter;
  readonly scheduler: Scheduler;
  readonly videoLimit: number;
  readonly audioLimit: number;
  canSubscribe(): boolean;
  /** undefined while the participant has no transport to receive on. */
  transport(): SendingTransport | undefined;
  findTrack(sid: string): PublishedTrack | undefined;
  /** Of the participant that the room shows as the track's publisher. */
  publisherSid(track: PublishedTrack): string;
  /** How this participant is sent a track, beyond the ordinary. */
  extrasOf(track: PublishedTrack): DownTrackExtras;
  /** The publisher's permissions let this participant have the track. */
  isAllowed(track: PublishedTrack): boolean;
  send(message: livekit.ISignalResponse): void;
  /** The client must know a publisher before its media comes. */
  introduce(track: PublishedTrack): void;
  /** A wish for a track, which may not exist. */
  onRequested(): void;
  /** A wish that could not be met is over. */
  onFailed(error: livekit.SubscriptionError): void;
  /** A wish ended before there was anything to have. */
  onCanceled(): void;
  /**
   * Media of the track has begun to flow to a connected transport.
   *
   * @param sinceMs how long ago it was wished for
   * @param count how often it has come to that for this wish, this time included
   */
  onSubscribed(track: PublishedTrack, sinceMs: number, count: number): void;
  /** The first picture was sent. */
  onFirstFrame(track: PublishedTrack, sinceMs: number): void;
  onUnsubscribed(track: PublishedTrack): void;
  onStreamState(track: PublishedTrack, isPaused: boolean): void;
};
