import type { DataMemberSpec } from "../../bridge/data-commands.ts";
import { PacketEnvelope } from "../../wire/datapacket/packet-envelope.ts";
import type { DataPort } from "./data-port.ts";
import type { DataRoom } from "./data-room.ts";

/** A reliable message that waits for a channel that is still opening. */
export type HeldMessage = { readonly order: number; readonly bytes: Uint8Array };

/** One participant of a room, in all that concerns its data. Changed by its room and the hub. */
export class DataMember {
  readonly memberId: number;
  spec: DataMemberSpec;
  /** Of messages in its own name. */
  envelope: PacketEnvelope;
  room: DataRoom | undefined = undefined;
  /** In the room's list. */
  index = 0;
  /** What it is sent goes this way. */
  primary: DataPort | undefined = undefined;
  ports: readonly DataPort[] = [];
  /** Of the last message that it was found in, so that who is named twice gets it once. */
  mark = 0;
  /** The newest of its numbered reliable messages that was taken. */
  highestSequence = 0;
  /** The control side has yet to hear of `highestSequence`. */
  isSequenceNew = false;
  /** Its reliable channel has been open: nothing is kept for it any more. */
  isEstablished = false;
  /** From which message of the room on it is to hear what it missed. */
  replayFrom = 0;
  readonly held: HeldMessage[] = [];
  heldBytes = 0;
  /** With channels whose messages are not read for now. */
  readonly pausedPorts: DataPort[] = [];
  /** Whom it waits for, while it is paused; empty: everybody. Who is named on two channels is in it twice. */
  readonly waitsFor: DataMember[] = [];

  constructor(spec: DataMemberSpec) {
    this.memberId = spec.memberId;
    this.spec = spec;
    this.envelope = envelopeOf(spec, spec.identity);
  }

  update(spec: DataMemberSpec): void {
    this.spec = spec;
    this.envelope = envelopeOf(spec, spec.identity);
  }

  /** Of messages in which it speaks for somebody else. */
  envelopeFor(identity: string): PacketEnvelope {
    return envelopeOf(this.spec, identity, identity);
  }
}

function envelopeOf(
  { sid, isHidden }: DataMemberSpec,
  identity: string,
  claimed?: string,
): PacketEnvelope {
  return new PacketEnvelope({
    sid,
    identity: claimed ?? (isHidden ? "" : identity),
    userSid: isHidden ? "" : sid,
  });
}
