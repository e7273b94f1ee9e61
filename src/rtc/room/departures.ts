import { livekit } from "../../gen/livekit.js";
import type { RoomMember } from "./room-member.ts";

const DEPARTURES_MAX = 1_000;

/** Who left a room lately, for those who resume: the oldest are forgotten when there are too many. */
export class Departures {
  readonly #departures: { atMs: number; info: livekit.ParticipantInfo }[] = [];

  add(nowMs: number, member: RoomMember): void {
    const info = new livekit.ParticipantInfo({
      sid: member.sid,
      identity: member.identity,
      state: livekit.ParticipantInfo.State.DISCONNECTED,
      version: member.info().version,
      disconnectReason: member.disconnectReason,
    });
    this.#departures.push({ atMs: nowMs, info });
    if (this.#departures.length > DEPARTURES_MAX) this.#departures.shift();
  }

  since(sinceMs: number): livekit.ParticipantInfo[] {
    return this.#departures.filter(({ atMs }) => atMs >= sinceMs).map(({ info }) => info);
  }
}
