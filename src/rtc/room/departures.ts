import { livekit } from "../../gen/livekit.js";
import type { RoomMember } from "./room-member.ts";

const DEPARTURES_MAX = 1_000;

export type Departure = {
  readonly atMs: number;
  readonly identity: string;
  /** A ParticipantInfo, encoded. */
  readonly info: Uint8Array;
};

/** Who left a room lately, for those who resume: the oldest are forgotten when there are too many. */
export class Departures {
  readonly #departures: Departure[] = [];

  add(nowMs: number, member: RoomMember): void {
    const { identity } = member;
    const info = livekit.ParticipantInfo.encode({
      sid: member.sid,
      identity,
      state: livekit.ParticipantInfo.State.DISCONNECTED,
      version: member.info().version,
      disconnectReason: member.disconnectReason,
    }).finish();
    this.#departures.push({ atMs: nowMs, identity, info });
    if (this.#departures.length > DEPARTURES_MAX) this.#departures.shift();
  }

  since(sinceMs: number): Departure[] {
    return this.#departures.filter(({ atMs }) => atMs >= sinceMs);
  }
}
