import type { Scheduler } from "../base/scheduler.ts";
import { livekit } from "../gen/livekit.js";
import { ForwardedParticipant } from "../rtc/room/forwarded-participant.ts";
import type { RoomMember } from "../rtc/room/room-member.ts";
import type { RoomObserver } from "../rtc/room/room-observer.ts";
import type { RoomMetrics } from "../telemetry/metrics/room-metrics.ts";

const { DisconnectReason } = livekit;

/** Those who leave so are no sign of a connection that did not work. */
const CANCELED: ReadonlySet<livekit.DisconnectReason> = new Set([
  DisconnectReason.CLIENT_INITIATED,
  DisconnectReason.DUPLICATE_IDENTITY,
  DisconnectReason.ROOM_DELETED,
  DisconnectReason.ROOM_CLOSED,
  DisconnectReason.MIGRATION,
]);
/** Whoever closes the signal connection so soon did not wait in vain. */
const QUICK_CLOSE_MS = 3_000;

/** Counts what happens in rooms. Participants that another room forwards are counted at home. */
export function roomMetricsObserver(metrics: RoomMetrics, scheduler: Scheduler): RoomObserver {
  const activeMs = new WeakMap<RoomMember, number>();
  return {
    roomCreated: () => {},
    participantActive(_room, participant) {
      if (isGuest(participant) || activeMs.has(participant)) return;
      const nowMs = scheduler.nowMs();
      activeMs.set(participant, nowMs);
      const sinceMs = scheduler.wallMs() - participant.joinedAtMs;
      metrics.sessionStarted(participant.client.protocol, sinceMs);
    },
    participantClosed(_room, participant) {
      // who moves to another room goes on there
      if (isGuest(participant) || participant.disconnectReason === DisconnectReason.MIGRATION)
        return;
      // so that there is a value, as the reference has one, when nobody ever gave up
      metrics.subscribeCanceled(0);
      const nowMs = scheduler.nowMs();
      const sinceMs = activeMs.get(participant);
      if (sinceMs !== undefined) {
        metrics.sessionEnded(participant.client.protocol, nowMs - sinceMs);
        return;
      }
      const isQuick =
        participant.disconnectReason === DisconnectReason.SIGNAL_CLOSE &&
        scheduler.wallMs() - participant.joinedAtMs < QUICK_CLOSE_MS;
      const isCanceled = isQuick || CANCELED.has(participant.disconnectReason);
      metrics.countJoin(isCanceled ? "rtc_canceled" : "rtc_failure");
    },
    trackPublished(_room, participant, { info }) {
      if (!isGuest(participant)) metrics.published(info.type);
    },
    trackUnpublished(_room, participant, { info }) {
      if (!isGuest(participant)) metrics.unpublished(info.type);
    },
    roomClosed(room) {
      metrics.roomEnded((scheduler.wallMs() - room.createdAtMs) / 1000);
    },
  };
}

function isGuest(member: RoomMember): boolean {
  return member instanceof ForwardedParticipant;
}
