import { livekit } from "../../gen/livekit.js";
import type { SubscribeError, TrackTiming } from "../../telemetry/metrics/room-metrics.ts";
import { mayPublish } from "../permission/permission.ts";
import type { PublicationsHost } from "../publication/publications.ts";
import type { PublishedTrack } from "../publication/published-track.ts";
import type { DataSubscriptionsHost } from "../subscription/data-subscriptions.ts";
import type { SubscriptionsHost } from "../subscription/subscriptions-host.ts";
import { downTrackExtras } from "./down-track-extras.ts";
import type { Participant } from "./participant.ts";

const { SubscriptionError } = livekit;

/** As the reference names them in its metrics. */
const FAILURES: { readonly [error in livekit.SubscriptionError]: SubscribeError } = {
  [SubscriptionError.SE_UNKNOWN]: "track not bound",
  [SubscriptionError.SE_TRACK_NOTFOUND]: "track cannot be found",
  [SubscriptionError.SE_CODEC_UNSUPPORTED]:
    "unable to start track, codec is not supported by remote",
};

/** What a participant's publications may ask of it and of its room, whichever that is by then. */
export function publicationsHost(participant: Participant): PublicationsHost {
  const { identity, services } = participant;
  return {
    get sid() {
      return participant.sid;
    },
    identity,
    router: services.router,
    scheduler: services.scheduler,
    dynacastPauseDelayMs: services.settings.dynacastPauseDelayMs,
    canPublish: (source) => mayPublish(participant.grant, source),
    trackInfoContext: () => ({
      enabledMimes: participant.transports.publishCodecs.map(({ mime }) => mime),
      isObs: participant.client.capabilities.isObs,
    }),
    transport: () => participant.transports.publisher.peer,
    send: (message) => participant.sendUnpublishAware(message),
    refuse: (reason, message, echo) => participant.respond(0, reason, message, echo),
    onRequested: ({ type }) => services.metrics.publishRequested(type),
    onCanceled: ({ type }) => services.metrics.publishCanceled(type),
    onPublished: (track, sinceMs) => {
      services.metrics.trackTook(timingOf(participant, track, "publish", 1), sinceMs);
      participant.becamePublisher();
      participant.room.trackPublished(participant, track);
    },
    onUnpublished: (track) => participant.room.trackUnpublished(participant, track),
    onInfoChanged: () => participant.changed("tracks"),
    onInfoCompleted: () => participant.changed("details"),
    prefersRegression: () => {
      const threshold = services.settings.codecRegressionThreshold;
      return threshold === 0 || participant.room.participants().length < threshold;
    },
  };
}

/** The same for its subscriptions. */
export function subscriptionsHost(participant: Participant): SubscriptionsHost {
  const { identity, services, connection } = participant;
  return {
    identity,
    isAdaptiveStream: connection.isAdaptiveStream,
    canChangeCodec: participant.client.capabilities.canChangeCodec,
    router: services.router,
    scheduler: services.scheduler,
    videoLimit: services.settings.subscriptionLimitVideo,
    audioLimit: services.settings.subscriptionLimitAudio,
    canSubscribe: () => participant.grant.canSubscribe,
    transport: () => participant.transports.sending,
    findTrack: (sid) => participant.room.findTrack(sid),
    publisherSid: (track) => publisherSid(participant, track),
    extrasOf: (track) => downTrackExtras(participant, track),
    isAllowed: (track) => isAllowed(participant, track),
    send: (message) => participant.send(message),
    introduce: (track) => participant.room.introduce(participant, track),
    onRequested: () => services.metrics.subscribeRequested(),
    onFailed: (error) => services.metrics.subscribeFailed(FAILURES[error]),
    onCanceled: () => services.metrics.subscribeCanceled(),
    onSubscribed: (track, sinceMs, count) => {
      services.metrics.subscribed(track.info.type);
      services.metrics.trackTook(timingOf(participant, track, "subscribe", count), sinceMs);
      participant.room.trackSubscribed(participant, track);
    },
    onFirstFrame: (track, sinceMs) =>
      services.metrics.trackTook(
        timingOf(participant, track, "subscribe-stream-start", 1),
        sinceMs,
      ),
    onUnsubscribed: (track) => {
      services.metrics.unsubscribed(track.info.type);
      participant.room.trackUnsubscribed(participant, track);
    },
    onStreamState: (track, isPaused) => sendStreamState(participant, track, isPaused),
  };
}

/** The same for its data subscriptions. Its own tracks are none that it can have. */
export function dataSubscriptionsHost(participant: Participant): DataSubscriptionsHost {
  const { identity, services } = participant;
  return {
    scheduler: services.scheduler,
    newId: () => services.router.newId(),
    canSubscribe: () => participant.grant.canSubscribe,
    transport: () => participant.transports.primary,
    findTrack: (sid) => {
      const track = participant.room.dataTracks.find(sid);
      return track?.publisherIdentity === identity ? undefined : track;
    },
    publisherSid: (track) => participant.room.findMember(track.publisherIdentity)?.sid ?? "",
    isAllowed: (track) => isAllowed(participant, track),
    introduce: (track) => participant.room.introduce(participant, track),
    send: (message) => participant.send(message),
  };
}

/** A forwarded participant has another sid in each room that shows it. */
export function publisherSid(participant: Participant, track: PublishedTrack): string {
  return participant.room.findMember(track.publisherIdentity)?.sid ?? track.publisherSid;
}

function isAllowed(
  participant: Participant,
  track: Pick<PublishedTrack, "sid" | "publisherIdentity">,
): boolean {
  if (participant.grant.recorder) return true;
  const publisher = participant.room.findMember(track.publisherIdentity);
  return publisher?.permissions.isAllowed(participant.identity, track.sid) ?? false;
}

function sendStreamState(participant: Participant, track: PublishedTrack, isPaused: boolean): void {
  participant.send({
    streamStateUpdate: {
      streamStates: [
        {
          participantSid: publisherSid(participant, track),
          trackSid: track.sid,
          state: isPaused ? livekit.StreamState.PAUSED : livekit.StreamState.ACTIVE,
        },
      ],
    },
  });
}

function timingOf(
  { client, fields }: Participant,
  { info }: PublishedTrack,
  direction: TrackTiming["direction"],
  count: number,
): TrackTiming {
  const { source, type } = info;
  return { direction, source, type, sdk: client.info.sdk, kind: fields.kind, count };
}
