import { livekit } from "../../gen/livekit.js";
import type { ClientProfile } from "./client.ts";

const { RECONNECT, RESUME } = livekit.LeaveRequest.Action;

/**
 * What a client is told when its session ends or has to be resumed (spec-signalling 7.6). Older
 * clients know no actions: whether they may join again is all they hear, and of a resume nothing.
 */
export function leaveMessage(
  client: ClientProfile,
  action: livekit.LeaveRequest.Action,
  reason: livekit.DisconnectReason,
): livekit.ILeaveRequest | undefined {
  if (client.knowsLeaveActions) return { action, reason };
  return action === RESUME ? undefined : { canReconnect: action === RECONNECT, reason };
}
