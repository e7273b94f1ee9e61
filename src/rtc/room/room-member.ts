import type { Participant } from "../participant/participant.ts";

/** Who is in a room, as the others see it: a participant, or one that another room forwards. */
export type RoomMember = Pick<
  Participant,
  | "sid"
  | "identity"
  | "state"
  | "joinedAtMs"
  | "isHidden"
  | "isDependent"
  | "isClosed"
  | "isPublisher"
  | "disconnectReason"
  | "grant"
  | "client"
  | "publications"
  | "subscriptions"
  | "permissions"
  | "log"
  | "info"
  | "changed"
  | "send"
>;
