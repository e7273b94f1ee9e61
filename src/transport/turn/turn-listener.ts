import { DropReason } from "../../base/drop-reason.ts";
import { StunType } from "../../wire/stun/constants.ts";
import { formatIpText, readIpText } from "../../wire/stun/ip-address.ts";
import {
  CHANNEL_HEADER_BYTES,
  CLASS_MASK,
  DATA_INDICATION_OVERHEAD_BYTES,
  TurnAttribute,
  TurnType,
} from "../../wire/turn/constants.ts";
import { readPeerAddress, readTurn } from "../../wire/turn/turn-view.ts";
import type { Allocation, Permission } from "./allocation.ts";
import { TurnAnswers } from "./turn-answers.ts";
import type { TurnContext } from "./turn-context.ts";
import type { TurnLink, TurnRelayOpener } from "./turn-ports.ts";
import { TurnRequests } from "./turn-requests.ts";

/** Transaction ids of Data indications: nobody answers those, so they need not be unique. */
const NO_TRANSACTION = new Uint8Array(12);

/**
 * The server's end of TURN on one socket (RFC 8656): requests are answered, data of clients goes to
 * their peers, and that of peers to clients. Owns its clients' allocations.
 *
 * Per packet it allocates nothing, but for Send indications, which clients use until their channel
 * is bound.
 */
export class TurnListener {
  readonly #link: TurnLink;
  readonly #context: TurnContext;
  readonly #requests: TurnRequests;
  readonly #answers: TurnAnswers;
  readonly #allocations = new Map<number, Allocation>();
  readonly #address: Uint8Array = new Uint8Array(16);
  /** Whose allocation was found to have run out while its message is handled; -1: nobody's. */
  #expiredClient = -1;

  constructor(link: TurnLink, context: TurnContext, relays: TurnRelayOpener) {
    this.#link = link;
    this.#context = context;
    this.#answers = new TurnAnswers(link, context);
    this.#requests = new TurnRequests(link, context, this.#answers, relays, {
      find: (nowMs, client) => this.#find(nowMs, client),
      add: (allocation) => this.#add(allocation),
      remove: (allocation) => this.#remove(allocation),
      received: (nowMs, allocation, bytes, address, port) =>
        this.#toClient(nowMs, allocation, bytes, address, port),
    });
  }

  get allocationCount(): number {
    return this.#allocations.size;
  }

  /** One message of a client: a datagram, or what a stream was cut into. */
  handleMessage(nowMs: number, client: number, bytes: Uint8Array): DropReason {
    const reason =
      bytes.length > 0 && (bytes[0]! & 0xc0) === 0x40
        ? this.#handleChannelData(nowMs, client, bytes)
        : this.#handleStun(nowMs, client, bytes);
    if (this.#expiredClient >= 0) {
      this.#link.releasePath(this.#expiredClient);
      this.#expiredClient = -1;
    }
    if (reason !== DropReason.None) {
      this.#context.drops[reason] = this.#context.drops[reason]! + 1;
    }
    return reason;
  }

  /** The client's connection is gone: so is its allocation (RFC 8656 §5). */
  handleClosed(client: number): void {
    const allocation = this.#allocations.get(client);
    if (allocation !== undefined) this.#remove(allocation);
  }

  /** Removes what has expired. To be called every few seconds. */
  handleTimeout(nowMs: number): void {
    for (const allocation of this.#allocations.values()) {
      if (allocation.expiresMs <= nowMs) this.#remove(allocation);
      else allocation.expire(nowMs);
    }
  }

  close(): void {
    for (const allocation of this.#allocations.values()) this.#remove(allocation);
  }

  #find(nowMs: number, client: number): Allocation | undefined {
    const allocation = this.#allocations.get(client);
    if (allocation === undefined || allocation.expiresMs > nowMs) return allocation;
    this.#end(allocation);
    // the link may give the number of a released path to another client: this one is answered first
    this.#expiredClient = client;
    return undefined;
  }

  #add(allocation: Allocation): void {
    this.#allocations.set(allocation.client, allocation);
    this.#link.holdPath(allocation.client);
  }

  #remove(allocation: Allocation): void {
    if (allocation.isClosed) return;
    this.#end(allocation);
    this.#link.releasePath(allocation.client);
  }

  #end(allocation: Allocation): void {
    allocation.isClosed = true;
    this.#allocations.delete(allocation.client);
    allocation.relay?.close();
    this.#context.limits.giveBack(allocation.user.participantId, allocation.countedAddress);
  }

  #handleStun(nowMs: number, client: number, bytes: Uint8Array): DropReason {
    const { view } = this.#context;
    const reason = readTurn(bytes, 0, bytes.length, view);
    if (reason !== DropReason.None) return reason;
    const { type } = view.stun;
    if (type === TurnType.SendIndication) return this.#handleSend(nowMs, client, bytes);
    if ((type & CLASS_MASK) !== 0) return DropReason.Unsupported;
    if (type === StunType.BindingRequest) {
      this.#answers.bound(client, bytes);
      return DropReason.None;
    }
    return this.#requests.handle(nowMs, client, bytes);
  }

  #handleChannelData(nowMs: number, client: number, bytes: Uint8Array): DropReason {
    if (bytes.length < CHANNEL_HEADER_BYTES) return DropReason.Truncated;
    const length = (bytes[2]! << 8) | bytes[3]!;
    if (CHANNEL_HEADER_BYTES + length > bytes.length) return DropReason.Truncated;
    const allocation = this.#find(nowMs, client);
    const channel = allocation?.channel(nowMs, (bytes[0]! << 8) | bytes[1]!);
    if (channel === undefined || allocation?.relay === undefined) return DropReason.Unknown;
    if (channel.isShut) return DropReason.Unsupported;
    const { address } = channel.permission;
    allocation.relay.send(bytes, CHANNEL_HEADER_BYTES, length, address, channel.port);
    return DropReason.None;
  }

  #handleSend(nowMs: number, client: number, bytes: Uint8Array): DropReason {
    const { view, ownHost } = this.#context;
    if (view.isMalformed || view.peerCount !== 1 || view.dataOffset < 0) {
      return DropReason.Malformed;
    }
    // to fragment or not is nothing that we could ask of a socket for one datagram
    if (view.unknownCount > 0 || view.hasDontFragment) return DropReason.Unsupported;
    const allocation = this.#find(nowMs, client);
    if (allocation?.relay === undefined) return DropReason.Unknown;
    const length = readPeerAddress(bytes, view, 0, this.#address);
    const permission = allocation.peer(formatIpText(this.#address, 0, length));
    if (permission === undefined || permission.expiresMs <= nowMs) return DropReason.WrongState;
    const port = view.peerPorts[0]!;
    if (permission.isOwnHost && !ownHost.isMediaPort(port)) return DropReason.Unsupported;
    allocation.relay.send(bytes, view.dataOffset, view.dataBytes, permission.address, port);
    return DropReason.None;
  }

  #toClient(
    nowMs: number,
    allocation: Allocation,
    bytes: Uint8Array,
    address: string,
    port: number,
  ): void {
    const reason = this.#fromPeer(nowMs, allocation, bytes, address, port);
    if (reason !== DropReason.None) {
      this.#context.drops[reason] = this.#context.drops[reason]! + 1;
    }
  }

  #fromPeer(
    nowMs: number,
    allocation: Allocation,
    bytes: Uint8Array,
    address: string,
    port: number,
  ): DropReason {
    if (allocation.isClosed || allocation.expiresMs <= nowMs) return DropReason.WrongState;
    const permission = allocation.peer(address);
    if (permission === undefined) return DropReason.Unknown;
    const channel = permission.channels.get(port);
    if (channel === undefined || channel.expiresMs <= nowMs) {
      return this.#indicate(nowMs, allocation, permission, bytes, port);
    }
    const link = this.#link;
    const { length } = bytes;
    const offset = link.reserve(CHANNEL_HEADER_BYTES + length);
    const out = link.arena;
    out[offset] = channel.number >> 8;
    out[offset + 1] = channel.number;
    out[offset + 2] = length >> 8;
    out[offset + 3] = length;
    out.set(bytes, offset + CHANNEL_HEADER_BYTES);
    link.commit(allocation.client, CHANNEL_HEADER_BYTES + length);
    return DropReason.None;
  }

  #indicate(
    nowMs: number,
    { client }: Allocation,
    permission: Permission,
    bytes: Uint8Array,
    port: number,
  ): DropReason {
    if (permission.expiresMs <= nowMs) return DropReason.WrongState;
    const { writer } = this.#context;
    const link = this.#link;
    const offset = link.reserve(DATA_INDICATION_OVERHEAD_BYTES + bytes.length + 3);
    writer.begin(link.arena, offset, TurnType.DataIndication, NO_TRANSACTION, 0);
    const length = readIpText(permission.address, this.#address);
    writer.xorAddress(TurnAttribute.XorPeerAddress, this.#address, 0, length, port);
    writer.bytes(TurnAttribute.Data, bytes);
    link.commit(client, writer.length);
    return DropReason.None;
  }
}
