import { DropReason } from "../../base/drop-reason.ts";
import type { DataPacketView } from "../../wire/datapacket/data-packet-view.ts";
import { PacketField } from "../../wire/datapacket/packet-fields.ts";
import { markGenerated } from "../../wire/datapacket/packet-values.ts";
import type { SpanList } from "../../wire/datapacket/span-list.ts";
import type { DataLink } from "./data-link.ts";
import { DataMember } from "./data-member.ts";
import { Backlog, DataChannelKind, type DataPort } from "./data-port.ts";
import { NonceMemory } from "./nonce-memory.ts";
import { FarSender, type PausablePort, type PausableSender } from "./paused-sender.ts";
import { ReplayCache } from "./replay-cache.ts";
import { RoomLinks } from "./room-links.ts";
import { nameAt, namesOf } from "./span-names.ts";
import { workOf } from "./work-budget.ts";

/** Of the server itself: no member has it. */
const SERVER_ID = 0;

export type DataRoomHost = {
  /** Scratch: what it says is of the message that is being worked on. */
  readonly view: DataPacketView;
  /** By DropReason. */
  readonly dropped: Uint32Array;
  /**
   * A sender waits for each receiver that takes what it is sent, however slowly; else it waits until
   * the first of them is ready for more.
   */
  readonly waitsForAll: boolean;
  /** The rooms' one count of messages; each has another mark. */
  nextMark(): number;
  /** @returns whether the packet, an ack or a response, was for the control thread */
  takeRpcAnswer(sender: DataMember, view: DataPacketView): boolean;
  noteSequence(sender: DataMember): void;
  noteStream(view: DataPacketView): void;
  /** A sender of this room is paused: `review` is to be called now and then. */
  paused(room: DataRoom): void;
  /** A bug of ours showed in the work for this peer. */
  broke(peerId: number, error: unknown): void;
};

/**
 * Data packets of one room: says who they are from, finds who they are for, keeps reliable ones for
 * participants whose channel is still opening, and holds senders up whose receivers cannot keep pace
 * (spec-signalling 9). Owner of the list of its members.
 */
export class DataRoom {
  readonly roomId: number;
  readonly #host: DataRoomHost;
  /** Without holes, in no order. */
  readonly #members: DataMember[] = [];
  readonly #byIdentity = new Map<string, DataMember>();
  readonly #bySid = new Map<string, DataMember>();
  readonly #nonces: NonceMemory = new NonceMemory();
  readonly #replay: ReplayCache = new ReplayCache();
  readonly #paused: PausableSender[] = [];
  readonly #links: RoomLinks;
  /** Those that are paused. */
  readonly #farSenders = new Map<number, FarSender>();
  /** Who the message at hand is for, where it names them. */
  readonly #targets: DataMember[] = [];
  #isForAll = false;
  #message: Uint8Array = new Uint8Array(0);
  #isReliable = false;
  #isNumbered = false;
  /** What clients without packets get of it, made when the first one is met; null: nothing. */
  #raw: Uint8Array | undefined | null;
  #deliveries = 0;
  #congested = 0;
  #flowing = 0;

  constructor(roomId: number, host: DataRoomHost) {
    this.roomId = roomId;
    this.#host = host;
    this.#links = new RoomLinks(roomId);
  }

  get isEmpty(): boolean {
    return this.#members.length === 0;
  }

  add(nowMs: number, member: DataMember): void {
    member.room = this;
    member.index = this.#members.length;
    this.#members.push(member);
    this.#name(member);
    member.isEstablished ||= member.spec.isOneShot;
    if (member.isEstablished) return;
    this.#replay.join(member);
    if (member.primary?.isOpen(DataChannelKind.Reliable)) this.establish(nowMs, member);
  }

  remove(nowMs: number, member: DataMember): void {
    if (!member.isEstablished) this.#replay.leave(member);
    const last = this.#members.pop()!;
    if (last !== member) {
      this.#members[member.index] = last;
      last.index = member.index;
    }
    this.#unname(member);
    member.room = undefined;
    member.forgetLinks();
    this.unpause(member);
    if (this.#paused.length > 0) this.review(nowMs);
  }

  /** Something of the member changes by `change`, maybe its names. */
  update(member: DataMember, change: () => void): void {
    this.#unname(member);
    change();
    this.#name(member);
  }

  #name(member: DataMember): void {
    this.#byIdentity.set(member.spec.identity, member);
    this.#bySid.set(member.spec.sid, member);
  }

  #unname(member: DataMember): void {
    const { identity, sid } = member.spec;
    if (this.#byIdentity.get(identity) === member) this.#byIdentity.delete(identity);
    if (this.#bySid.get(sid) === member) this.#bySid.delete(sid);
  }

  /** Its reliable channel is open: what it missed since it joined goes out, then what comes. */
  establish(nowMs: number, member: DataMember): void {
    if (member.isEstablished) return;
    const missed = this.#replay.missedBy(nowMs, member);
    this.#replay.leave(member);
    member.isEstablished = true;
    for (const bytes of missed) member.primary?.send(nowMs, DataChannelKind.Reliable, bytes);
  }

  /**
   * A message of a member on one of its channels.
   *
   * @returns what it has cost, in units of `WorkBudget`
   */
  received(
    nowMs: number,
    sender: DataMember,
    port: DataPort,
    channel: DataChannelKind,
    bytes: Uint8Array,
  ): number {
    if (!sender.spec.canPublishData) {
      this.#drop(DropReason.WrongState);
      return 1;
    }
    let names = 0;
    if (channel === DataChannelKind.Other) {
      this.#prepareRaw(sender, bytes);
    } else if (this.#preparePacket(sender, channel === DataChannelKind.Lossy, bytes)) {
      const { destinations, destinationSids } = this.#host.view;
      names = destinations.count + destinationSids.count;
    } else {
      return workOf(0, bytes.length);
    }
    if (this.#isNumbered && this.#replay.isNeeded) this.#remember(nowMs, sender.memberId);
    this.#fanOut(nowMs, sender);
    const far = this.#links.isEmpty ? 0 : this.#relay(nowMs, sender, port, names);
    if (this.#congested > 0 && this.#isToWait(this.#congested, this.#flowing)) {
      this.#pause(sender, port);
    }
    return workOf(this.#deliveries + far, this.#message.length, names);
  }

  /** Sends the message to other media threads, unless all whom it names are here. @returns receivers */
  #relay(nowMs: number, sender: DataMember, port: DataPort, names: number): number {
    if (!this.#isForAll && this.#targets.length >= names) return 0;
    const links = this.#links;
    const far = links.send(nowMs, sender.memberId, this.#isReliable, this.#message);
    if (this.#isReliable) sender.noteRelayed(port);
    if (!this.#isForAll) {
      const isBehind = this.#isReliable && links.noteBehind(nowMs, sender.behindLinks);
      if (isBehind) this.#hold(sender, port);
      return 1;
    }
    if (this.#isReliable) {
      links.count(nowMs, sender);
      this.#congested += links.congested;
      this.#flowing += links.flowing;
    }
    return far;
  }

  /** A packet of the server's own; its sender is whom it names, or nobody. */
  sendAsServer(nowMs: number, bytes: Uint8Array): void {
    const { view } = this.#host;
    if (view.read(bytes)) this.#deliverRead(nowMs, SERVER_ID, !view.isLossy, bytes);
  }

  /**
   * A message of a member of another media thread.
   *
   * @returns what it has cost, in units of `WorkBudget`
   */
  relayed(
    nowMs: number,
    link: DataLink,
    senderId: number,
    isReliable: boolean,
    bytes: Uint8Array,
  ): number {
    const { view } = this.#host;
    if (!view.read(bytes) || !this.#deliverRead(nowMs, senderId, isReliable, bytes)) {
      return workOf(0, bytes.length);
    }
    if (isReliable && this.#isForAll) this.#links.tellFlow(link, this.#flowing > 0);
    if (isReliable && this.#isToWait(this.#congested, this.#flowing)) {
      const sender = this.#farSenders.get(senderId) ?? new FarSender(senderId, link);
      this.#farSenders.set(senderId, sender);
      sender.isForAll = this.#isForAll;
      this.#pause(sender, sender.port);
    }
    const { destinations, destinationSids } = view;
    return workOf(this.#deliveries, bytes.length, destinations.count + destinationSids.count);
  }

  /** The message that the view has read goes to whom it is for. @returns false when it came before */
  #deliverRead(nowMs: number, senderId: number, isReliable: boolean, bytes: Uint8Array): boolean {
    if (this.#isRepeat()) return false;
    this.#isReliable = isReliable;
    this.#message = bytes;
    this.#address();
    if (this.#isNumbered && this.#replay.isNeeded) this.#remember(nowMs, senderId);
    this.#fanOut(nowMs, undefined);
    return true;
  }

  #drop(reason: DropReason): void {
    this.#host.dropped[reason]! += 1;
  }

  #prepareRaw(sender: DataMember, bytes: Uint8Array): void {
    this.#message = sender.envelope.wrap(bytes);
    this.#raw = bytes;
    this.#isReliable = true;
    this.#isNumbered = false;
    this.#isForAll = true;
    this.#targets.length = 0;
  }

  /** @returns whether the packet is to be forwarded */
  #preparePacket(sender: DataMember, isLossy: boolean, bytes: Uint8Array): boolean {
    const { view } = this.#host;
    if (!view.read(bytes)) {
      this.#drop(DropReason.Malformed);
      return false;
    }
    if (!isLossy && !this.#acceptSequence(sender)) return false;
    if (!this.#isAllowed(sender) || this.#isRepeat()) return false;
    this.#isReliable = !isLossy;
    this.#address();
    this.#message = this.#inTheNameOf(sender, isLossy);
    if (view.value === PacketField.StreamHeader) this.#host.noteStream(view);
    return true;
  }

  /** Numbered reliable messages are taken once, in growing order (spec-signalling 9.1). */
  #acceptSequence(sender: DataMember): boolean {
    const { sequence } = this.#host.view;
    if (sequence === 0) return true;
    if (sequence <= sender.highestSequence) {
      this.#drop(DropReason.Duplicate);
      return false;
    }
    sender.highestSequence = sequence;
    if (!sender.isSequenceNew) this.#host.noteSequence(sender);
    return true;
  }

  #isAllowed(sender: DataMember): boolean {
    const { view } = this.#host;
    switch (view.value) {
      case PacketField.Transcription:
        return sender.spec.isAgent;
      case PacketField.Metrics:
        return false;
      case PacketField.RpcAck:
      case PacketField.RpcResponse:
        return !this.#host.takeRpcAnswer(sender, view);
      default:
        return true;
    }
  }

  #isRepeat(): boolean {
    const { bytes, nonceStart } = this.#host.view;
    if (nonceStart < 0 || !this.#nonces.isRepeat(bytes, nonceStart)) return false;
    this.#drop(DropReason.Duplicate);
    return true;
  }

  /** Reads whom the packet is for. */
  #address(): void {
    const { view } = this.#host;
    this.#raw = undefined;
    this.#isNumbered = this.#isReliable && view.sequence > 0;
    this.#isForAll = view.isForAll;
    if (this.#targets.length > 0) this.#targets.length = 0; // to set it is slow, also to what it is
    if (this.#isForAll) return;
    const mark = this.#host.nextMark();
    this.#addTargets(view.destinations, this.#byIdentity, mark);
    this.#addTargets(view.destinationSids, this.#bySid, mark);
  }

  #addTargets(names: SpanList, members: Map<string, DataMember>, mark: number): void {
    const { bytes } = this.#host.view;
    for (let i = 0; i < names.count; i++) {
      const member = members.get(nameAt(bytes, names.start(i), names.end(i)));
      if (member === undefined || member.mark === mark) continue;
      member.mark = mark;
      this.#targets.push(member);
    }
  }

  /** The message with its sender; an agent may speak for another in what people read. */
  #inTheNameOf(sender: DataMember, isLossy: boolean): Uint8Array {
    const { view } = this.#host;
    if (sender.spec.isAgent && view.identityEnd > view.identityStart) {
      const { value, bytes, identityStart, identityEnd } = view;
      const isText = value === PacketField.ChatMessage || value === PacketField.StreamHeader;
      const claimed = nameAt(bytes, identityStart, identityEnd);
      const generated =
        isText && claimed !== sender.spec.identity ? markGenerated(bytes) : undefined;
      if (generated !== undefined && view.read(generated)) {
        return sender.envelopeFor(claimed).write(view, isLossy);
      }
    }
    return sender.envelope.write(view, isLossy);
  }

  #remember(nowMs: number, senderId: number): void {
    const { view } = this.#host;
    const identities = namesOf(view.bytes, view.destinations);
    const sids = namesOf(view.bytes, view.destinationSids);
    this.#replay.remember(nowMs, this.#message, senderId, identities, sids);
  }

  #fanOut(nowMs: number, sender: DataMember | undefined): void {
    this.#deliveries = 0;
    this.#congested = 0;
    this.#flowing = 0;
    const members = this.#isForAll ? this.#members : this.#targets;
    const { length } = members;
    for (let i = 0; i < length; i++) {
      const member = members[i]!;
      const port = member.primary;
      if (member === sender || port === undefined) continue;
      try {
        this.#deliver(nowMs, member, port);
      } catch (error) {
        this.#host.broke(port.peerId, error);
      }
    }
  }

  #deliver(nowMs: number, member: DataMember, port: DataPort): void {
    this.#deliveries += 1;
    if (member.spec.isOneShot) {
      const raw = this.#rawPayload();
      if (raw !== null) port.sendRaw(nowMs, raw);
    } else if (!this.#isReliable) {
      port.send(nowMs, DataChannelKind.Lossy, this.#message);
    } else if (member.isEstablished) {
      port.send(nowMs, DataChannelKind.Reliable, this.#message);
      this.#countBacklog(port.backlog(nowMs));
    } else if (!this.#isNumbered && !this.#replay.hold(member, this.#message)) {
      this.#drop(DropReason.Full);
    }
  }

  #countBacklog(backlog: Backlog): void {
    if (backlog === Backlog.None) this.#flowing += 1;
    else if (backlog === Backlog.Congested) this.#congested += 1;
  }

  #rawPayload(): Uint8Array | null {
    if (this.#raw === undefined) {
      const { value, bytes, payloadStart, payloadEnd } = this.#host.view;
      this.#raw =
        value === PacketField.User
          ? new Uint8Array(bytes.subarray(payloadStart, payloadEnd))
          : null;
    }
    return this.#raw;
  }

  /** Whether a sender with so many receivers of either kind is to wait. */
  #isToWait(congested: number, flowing: number): boolean {
    return congested > 0 && (this.#host.waitsForAll || flowing === 0);
  }

  /** It reads no more of the channel; of others it goes on until a message there has to wait, too. */
  #pause(sender: PausableSender, port: PausablePort): void {
    const { pausedPorts, waitsFor } = sender;
    const isForAll =
      this.#targets.length === 0 || (pausedPorts.length > 0 && waitsFor.length === 0);
    if (isForAll) waitsFor.length = 0;
    else for (let i = 0; i < this.#targets.length; i++) waitsFor.push(this.#targets[i]!);
    this.#hold(sender, port);
  }

  #hold(sender: PausableSender, port: PausablePort, channelId?: number): void {
    const { pausedPorts } = sender;
    if (pausedPorts.length === 0) {
      this.#paused.push(sender);
      this.#host.paused(this);
    }
    if (!pausedPorts.includes(port)) pausedPorts.push(port);
    port.pauseReading(channelId);
  }

  /** Its messages are read again, if they were not. */
  unpause(sender: PausableSender): void {
    const { pausedPorts } = sender;
    if (pausedPorts.length === 0) return;
    sender.waitsFor.length = 0;
    if (sender instanceof DataMember) sender.behindLinks.length = 0;
    this.#paused.splice(this.#paused.indexOf(sender), 1);
    if (sender instanceof FarSender) this.#farSenders.delete(sender.memberId);
    for (const port of pausedPorts.splice(0)) port.resumeReading();
  }

  /** The other media threads that have members of the room, all of them. */
  setLinks(
    nowMs: number,
    others: readonly { readonly link: DataLink; readonly members: number }[],
  ): void {
    for (const link of this.#links.set(others)) {
      for (const member of this.#members) member.forgetLink(link);
    }
    this.review(nowMs);
  }

  /** Receivers on another media thread of what the member sends are behind. */
  pausedByLink(nowMs: number, sender: DataMember, link: DataLink, isForAll: boolean): void {
    const links = isForAll ? sender.pausedLinks : sender.waitsForLinks;
    if (!links.includes(link)) links.push(link);
    const port = sender.relayPort;
    if (port === undefined || !sender.ports.includes(port)) return;
    if (this.#mustWait(nowMs, sender)) this.#hold(sender, port, sender.relayChannel);
  }

  /** They have taken enough of it. */
  resumedByLink(nowMs: number, sender: DataMember, link: DataLink): void {
    sender.forgetLink(link);
    this.review(nowMs);
  }

  /** Nobody is here any more. */
  close(): void {
    this.#links.set([]);
    for (const sender of [...this.#paused]) this.unpause(sender);
  }

  /**
   * Reads on of senders that need not wait any more: a receiver has taken what it was sent, is gone, or
   * takes nothing at all.
   *
   * @returns whether some are still paused
   */
  review(nowMs: number): boolean {
    for (let i = this.#paused.length - 1; i >= 0; i--) {
      const sender = this.#paused[i]!;
      if (!this.#mustWait(nowMs, sender)) this.unpause(sender);
    }
    return this.#paused.length > 0;
  }

  #mustWait(nowMs: number, sender: PausableSender): boolean {
    const isMember = sender instanceof DataMember;
    if (isMember && sender.isHeldByLink(nowMs)) return true;
    const receivers = sender.waitsFor.length > 0 ? sender.waitsFor : this.#members;
    // the first of those who decide is enough: many may wait for many
    const { waitsForAll } = this.#host;
    let isCongested = false;
    for (const receiver of receivers) {
      if (receiver === sender || receiver.room !== this || receiver.spec.isOneShot) continue;
      if (!receiver.isEstablished) continue;
      const backlog = receiver.primary?.backlog(nowMs) ?? Backlog.Stalled;
      if (backlog === Backlog.None && !waitsForAll) return false;
      if (backlog !== Backlog.Congested) continue;
      if (waitsForAll) return true;
      isCongested = true;
    }
    if (!isMember || sender.waitsFor.length > 0 || this.#links.isEmpty) return isCongested;
    this.#links.count(nowMs, sender);
    const { congested, flowing } = this.#links;
    return this.#isToWait(congested + (isCongested ? 1 : 0), flowing);
  }

  debugInfo(): object {
    return {
      roomId: this.roomId,
      members: this.#members.length,
      paused: this.#paused.map(({ sid }) => sid),
    };
  }
}
