import type { DataMemberSpec } from "../../bridge/data-commands.ts";
import { PacketEnvelope } from "../../wire/datapacket/packet-envelope.ts";
import type { DataLink } from "./data-link.ts";
import { Backlog, type DataPort } from "./data-port.ts";
import type { DataRoom } from "./data-room.ts";
import type { PausablePort, PausableSender } from "./paused-sender.ts";

/** A reliable message that waits for a channel that is still opening. */
export type HeldMessage = { readonly order: number; readonly bytes: Uint8Array };

/** One participant of a room, in all that concerns its data. Changed by its room and the hub. */
export class DataMember implements PausableSender {
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
  readonly pausedPorts: PausablePort[] = [];
  readonly waitsFor: DataMember[] = [];
  /** Media threads whose receivers of what it sends to all are behind. */
  readonly pausedLinks: DataLink[] = [];
  /** Media threads whose receivers that it named are behind: it waits for them. */
  readonly waitsForLinks: DataLink[] = [];
  /** Media threads that were behind when it named somebody there: it waits until they are not. */
  readonly behindLinks: DataLink[] = [];
  /** Where its last reliable message to another media thread came from. */
  relayPort: DataPort | undefined = undefined;
  relayChannel = 0;

  constructor(spec: DataMemberSpec) {
    this.memberId = spec.memberId;
    this.spec = spec;
    this.envelope = envelopeOf(spec, spec.identity);
  }

  get sid(): string {
    return this.spec.sid;
  }

  update(spec: DataMemberSpec): void {
    this.spec = spec;
    this.envelope = envelopeOf(spec, spec.identity);
  }

  /** Whom it named on other media threads have yet to take what they were sent. */
  isHeldByLink(nowMs: number): boolean {
    if (this.waitsForLinks.length > 0) return true;
    return this.behindLinks.some((link) => link.backlog(nowMs) === Backlog.Congested);
  }

  /** The message at hand, a reliable one, went to other media threads. */
  noteRelayed(port: DataPort): void {
    this.relayPort = port;
    this.relayChannel = port.readingId;
  }

  forgetLinks(): void {
    for (const links of [this.pausedLinks, this.waitsForLinks, this.behindLinks]) links.length = 0;
  }

  /** The media thread's receivers are no reason to wait any more. */
  forgetLink(link: DataLink): void {
    for (const links of [this.pausedLinks, this.waitsForLinks, this.behindLinks]) {
      const index = links.indexOf(link);
      if (index >= 0) links.splice(index, 1);
    }
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
