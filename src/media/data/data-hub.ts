import { unreachable } from "../../base/assert.ts";
import { DropReason } from "../../base/drop-reason.ts";
import type { DataCommand, DataMemberSpec } from "../../bridge/data-commands.ts";
import type { DataEvent, StartedDataStream } from "../../bridge/data-events.ts";
import type { SetRoomThreads } from "../../bridge/relay-commands.ts";
import { DataPacketView } from "../../wire/datapacket/data-packet-view.ts";
import { readStreamHeader } from "../../wire/datapacket/packet-values.ts";
import type { DataLink } from "./data-link.ts";
import { DataMember } from "./data-member.ts";
import type { DataChannelKind, DataPort } from "./data-port.ts";
import { DataRoom, type DataRoomHost } from "./data-room.ts";
import { RpcAnswers } from "./rpc-answers.ts";

/**
 * How long the control side may be behind with what it is told now and then, and how often paused
 * senders are looked at.
 */
const TICK_MS = 100;
/** Who resumes sends again what it sent since: duplicates, which are dropped. */
const SEQUENCES_MS = 1_000;
/** Streams that the metric hears of in that time; more are not counted. */
const STREAMS_MAX = 256;

export type DataHubHost = {
  /** By DropReason. */
  readonly dropped: Uint32Array;
  readonly waitsForAll: boolean;
  portOf(peerId: number): DataPort | undefined;
  emit(event: DataEvent): void;
  /** A bug of ours showed in the work for this peer. */
  broke(peerId: number, error: unknown): void;
};

/**
 * Data of one media thread: its rooms, their members, and which peer is whose. Follows commands of the
 * control side, which knows who there is and what they may. Owner of these tables.
 */
export class DataHub {
  readonly #host: DataHubHost;
  readonly #rooms = new Map<number, DataRoom>();
  readonly #members = new Map<number, DataMember>();
  readonly #rpc: RpcAnswers = new RpcAnswers();
  readonly #roomHost: DataRoomHost;
  #newSequences: DataMember[] = [];
  #streams: StartedDataStream[] = [];
  readonly #pausedRooms = new Set<DataRoom>();
  #mark = 0;
  #tickMs = Number.POSITIVE_INFINITY;
  /** Of the call that is being worked on. */
  #nowMs = 0;

  constructor(host: DataHubHost) {
    this.#host = host;
    this.#roomHost = {
      view: new DataPacketView(),
      dropped: host.dropped,
      waitsForAll: host.waitsForAll,
      nextMark: () => {
        this.#mark += 1;
        return this.#mark;
      },
      takeRpcAnswer: (sender, view) => {
        const fate = this.#rpc.take(sender.memberId, view);
        if (typeof fate === "object") host.emit(fate);
        return fate !== "forward";
      },
      noteSequence: (sender) => {
        sender.isSequenceNew = true;
        this.#newSequences.push(sender);
        this.#wakeAfter(SEQUENCES_MS);
      },
      noteStream: (view) => this.#noteStream(view),
      paused: (room) => {
        this.#pausedRooms.add(room);
        this.#wakeAfter(TICK_MS);
      },
      broke: (peerId, error) => host.broke(peerId, error),
    };
  }

  handleCommand(nowMs: number, command: DataCommand): void {
    this.#nowMs = nowMs;
    switch (command.kind) {
      case "set-data-member":
        this.#set(nowMs, command.roomId, command.member);
        break;
      case "remove-data-member":
        this.#remove(nowMs, command.memberId);
        break;
      case "send-server-data":
        this.#rooms.get(command.roomId)?.sendAsServer(nowMs, command.bytes);
        break;
      case "await-rpc":
        this.#rpc.expect(command.requestId, command.memberId);
        break;
      case "forget-rpc":
        this.#rpc.forget(command.requestId);
        break;
      default:
        unreachable(command);
    }
  }

  #set(nowMs: number, roomId: number, spec: DataMemberSpec): void {
    const known = this.#members.get(spec.memberId);
    const member = known ?? new DataMember(spec);
    this.#members.set(spec.memberId, member);
    const room = this.#roomOf(roomId);
    if (member.room === room) {
      room.update(member, () => this.#assign(member, spec));
      return;
    }
    if (member.room !== undefined) this.#leave(nowMs, member, member.room);
    this.#assign(member, spec);
    room.add(nowMs, member);
  }

  #assign(member: DataMember, spec: DataMemberSpec): void {
    for (const port of member.ports) if (port.member === member) port.member = undefined;
    member.update(spec);
    member.ports = spec.peerIds.flatMap((peerId) => this.#host.portOf(peerId) ?? []);
    member.primary = this.#host.portOf(spec.primaryPeerId);
    for (const port of member.ports) port.member = member;
  }

  #roomOf(roomId: number): DataRoom {
    const known = this.#rooms.get(roomId);
    if (known !== undefined) return known;
    const room = new DataRoom(roomId, this.#roomHost);
    this.#rooms.set(roomId, room);
    return room;
  }

  #remove(nowMs: number, memberId: number): void {
    const member = this.#members.get(memberId);
    if (member === undefined) return;
    this.#members.delete(memberId);
    for (const port of member.ports) if (port.member === member) port.member = undefined;
    member.primary = undefined;
    if (member.room !== undefined) this.#leave(nowMs, member, member.room);
  }

  #leave(nowMs: number, member: DataMember, room: DataRoom): void {
    room.remove(nowMs, member);
    if (!room.isEmpty) return;
    this.#rooms.delete(room.roomId);
    this.#pausedRooms.delete(room);
    room.close();
  }

  /** @param linkTo undefined where nothing leads to the thread */
  setRoomThreads(
    nowMs: number,
    { roomId, others }: SetRoomThreads,
    linkTo: (thread: number) => DataLink | undefined,
  ): void {
    const links = others.flatMap(({ thread, members }) => {
      const link = linkTo(thread);
      return link === undefined ? [] : [{ link, members }];
    });
    this.#rooms.get(roomId)?.setLinks(nowMs, links);
  }

  /** As `received`, of a member of another media thread. */
  relayed(
    nowMs: number,
    link: DataLink,
    roomId: number,
    senderId: number,
    isReliable: boolean,
    bytes: Uint8Array,
  ): number {
    this.#nowMs = nowMs;
    return this.#rooms.get(roomId)?.relayed(nowMs, link, senderId, isReliable, bytes) ?? 1;
  }

  /** Receivers on another media thread of what this member sends are behind. */
  pausedByLink(nowMs: number, link: DataLink, memberId: number, isForAll: boolean): void {
    this.#nowMs = nowMs;
    const member = this.#members.get(memberId);
    member?.room?.pausedByLink(nowMs, member, link, isForAll);
  }

  resumedByLink(nowMs: number, link: DataLink, memberId: number): void {
    const member = this.#members.get(memberId);
    member?.room?.resumedByLink(nowMs, member, link);
  }

  /** On another media thread some members of the room take what they are sent, or none does any more. */
  flowChanged(nowMs: number, roomId: number): void {
    const room = this.#rooms.get(roomId);
    if (room !== undefined && this.#pausedRooms.has(room)) room.review(nowMs);
  }

  /** The peer is closed; its member may have others. */
  portClosed(nowMs: number, port: DataPort): void {
    this.#nowMs = nowMs;
    const { member } = port;
    if (member === undefined) return;
    port.member = undefined;
    member.ports = member.ports.filter((other) => other !== port);
    if (member.pausedPorts.includes(port)) member.room?.unpause(member);
    if (member.primary !== port) return;
    member.primary = undefined;
    member.room?.review(nowMs);
  }

  /** A channel of ours opened: once it is the one for reliable messages, nothing waits any more. */
  reliableOpened(nowMs: number, port: DataPort): void {
    const { member } = port;
    if (member?.primary === port) member.room?.establish(nowMs, member);
  }

  /** A receiver has taken most of what it was sent. */
  backlogCleared(nowMs: number, port: DataPort): void {
    const room = port.member?.room;
    if (room !== undefined && this.#pausedRooms.has(room)) room.review(nowMs);
  }

  /**
   * A message of a client, on any channel but the one for data tracks.
   *
   * @returns what it has cost, in units of `WorkBudget`
   */
  received(nowMs: number, port: DataPort, channel: DataChannelKind, bytes: Uint8Array): number {
    this.#nowMs = nowMs;
    const { member } = port;
    if (member?.room === undefined) {
      this.#host.dropped[DropReason.WrongState]! += 1;
      return 1;
    }
    return member.room.received(nowMs, member, port, channel, bytes);
  }

  #noteStream({ bytes, valueStart, valueEnd, destinations }: DataPacketView): void {
    if (this.#streams.length >= STREAMS_MAX) return;
    const header = readStreamHeader(bytes.subarray(valueStart, valueEnd));
    if (header === undefined) return;
    this.#streams.push({ ...header, destinations: destinations.count });
    this.#wakeAfter(TICK_MS);
  }

  #wakeAfter(ms: number): void {
    this.#tickMs = Math.min(this.#tickMs, this.#nowMs + ms);
  }

  /** When `handleTimeout` next has work, monotonic ms; Infinity: not without input. */
  pollTimeout(): number {
    return this.#tickMs;
  }

  handleTimeout(nowMs: number): void {
    if (nowMs < this.#tickMs) return;
    this.#nowMs = nowMs;
    this.#tickMs = Number.POSITIVE_INFINITY;
    this.#tellSequences();
    if (this.#streams.length > 0) {
      this.#host.emit({ kind: "data-streams-started", streams: this.#streams });
      this.#streams = [];
    }
    for (const room of this.#pausedRooms) if (!room.review(nowMs)) this.#pausedRooms.delete(room);
    if (this.#pausedRooms.size > 0) this.#wakeAfter(TICK_MS);
  }

  #tellSequences(): void {
    const members = this.#newSequences;
    if (members.length === 0) return;
    this.#newSequences = [];
    for (const member of members) member.isSequenceNew = false;
    this.#host.emit({
      kind: "data-sequences",
      memberIds: members.map(({ memberId }) => memberId),
      highest: members.map(({ highestSequence }) => highestSequence),
    });
  }

  debugInfo(): object {
    return {
      members: this.#members.size,
      rooms: [...this.#rooms.values()].map((room) => room.debugInfo()),
    };
  }
}
