import { DropReason } from "../../base/drop-reason.ts";
import { hmacSha1 } from "../../crypto/hmac-sha1.ts";
import {
  STUN_TRANSACTION_ID_BYTES,
  STUN_TRANSACTION_ID_OFFSET,
} from "../../wire/stun/constants.ts";
import { formatIpText } from "../../wire/stun/ip-address.ts";
import {
  CHANNEL_MAX,
  CHANNEL_MIN,
  FAMILY_IPV4,
  FAMILY_IPV6,
  TRANSPORT_UDP,
  TurnAttribute,
  TurnType,
} from "../../wire/turn/constants.ts";
import { readPeerAddress } from "../../wire/turn/turn-view.ts";
import { verifyIntegrity } from "../ice/integrity.ts";
import { Allocation } from "./allocation.ts";
import type { TurnUser } from "./credentials.ts";
import { type TurnAnswers, TurnError } from "./turn-answers.ts";
import type { TurnContext } from "./turn-context.ts";
import type { TurnLink, TurnRelayOpener } from "./turn-ports.ts";

/** RFC 8656 §3.2, §7.2. */
const LIFETIME_SECONDS_DEFAULT = 600;
const LIFETIME_SECONDS_MAX = 3600;

/** The allocations, and where the data of their peers goes. */
export interface AllocationTable {
  find(nowMs: number, client: number): Allocation | undefined;
  add(allocation: Allocation): void;
  remove(allocation: Allocation): void;
  received(
    nowMs: number,
    allocation: Allocation,
    bytes: Uint8Array,
    address: string,
    port: number,
  ): void;
}

type Peer = {
  readonly address: string;
  readonly port: number;
  readonly isOwnHost: boolean;
};

/** What asks for credentials: Allocate, Refresh, CreatePermission and ChannelBind. */
export class TurnRequests {
  readonly #link: TurnLink;
  readonly #context: TurnContext;
  readonly #answers: TurnAnswers;
  readonly #relays: TurnRelayOpener;
  readonly #table: AllocationTable;
  readonly #address: Uint8Array = new Uint8Array(16);

  constructor(
    link: TurnLink,
    context: TurnContext,
    answers: TurnAnswers,
    relays: TurnRelayOpener,
    table: AllocationTable,
  ) {
    this.#link = link;
    this.#context = context;
    this.#answers = answers;
    this.#relays = relays;
    this.#table = table;
  }

  /** The request in the view. */
  handle(nowMs: number, client: number, bytes: Uint8Array): DropReason {
    const { type } = this.#context.view.stun;
    switch (type) {
      case TurnType.Allocate:
      case TurnType.Refresh:
      case TurnType.CreatePermission:
      case TurnType.ChannelBind:
      case TurnType.Connect:
      case TurnType.ConnectionBind:
        break;
      default:
        return DropReason.Unsupported;
    }
    const user = this.#authenticate(nowMs, client, bytes);
    if (user === undefined) return DropReason.None;
    const error = this.#refusal() ?? this.#serve(nowMs, client, bytes, user);
    if (error !== undefined) this.#answers.refused(client, bytes, error, user.key);
    return DropReason.None;
  }

  /** The long-term credential mechanism (RFC 8489 §9.2.4). @returns undefined when it has answered */
  #authenticate(nowMs: number, client: number, bytes: Uint8Array): TurnUser | undefined {
    const { view, nonces, credentials } = this.#context;
    const { stun } = view;
    const { address, port } = this.#link.pathAddress(client);
    const name = `${this.#link.protocol} ${address} ${port}`;
    const challenge = (error: TurnError): undefined => {
      this.#answers.challenge(client, bytes, error, nonces.create(nowMs, name));
    };
    if (stun.integrityOffset < 0) return challenge(TurnError.Unauthorized);
    if (stun.usernameOffset < 0 || view.realmOffset < 0 || view.nonceOffset < 0) {
      this.#answers.refused(client, bytes, TurnError.BadRequest, undefined);
      return undefined;
    }
    if (!nonces.isValid(nowMs, name, bytes, view.nonceOffset, view.nonceBytes)) {
      return challenge(TurnError.StaleNonce);
    }
    const user = credentials.find(asciiOf(bytes, stun.usernameOffset, stun.usernameBytes));
    if (user === undefined || !verifyIntegrity(bytes, stun, user.key, hmacSha1)) {
      return challenge(TurnError.Unauthorized);
    }
    // what runs goes on beyond the expiry: long calls outlive it (spec-media 1.12)
    const isExpired = this.#context.wallMs() / 1000 > user.expirySeconds;
    if (isExpired && stun.type === TurnType.Allocate) return challenge(TurnError.Unauthorized);
    return user;
  }

  #refusal(): TurnError | undefined {
    const { view } = this.#context;
    if (view.isMalformed) return TurnError.BadRequest;
    if (view.hasDontFragment && view.stun.type === TurnType.Allocate) {
      // not ours to promise: RFC 8656 §7.2 has it treated as an attribute that is not known
      view.unknown[0] = TurnAttribute.DontFragment;
      view.unknownCount = Math.max(1, view.unknownCount);
    }
    return view.unknownCount > 0 ? TurnError.UnknownAttribute : undefined;
  }

  /** @returns why not; undefined when the answer was given or will be */
  #serve(nowMs: number, client: number, bytes: Uint8Array, user: TurnUser): TurnError | undefined {
    const { type } = this.#context.view.stun;
    if (type === TurnType.Allocate) return this.#allocate(nowMs, client, bytes, user);
    // relays over TCP (RFC 6062) are not to be had
    if (type === TurnType.Connect || type === TurnType.ConnectionBind) return TurnError.Forbidden;
    const allocation = this.#table.find(nowMs, client);
    if (allocation?.relay === undefined) return TurnError.AllocationMismatch;
    if (allocation.user.username !== user.username) return TurnError.WrongCredentials;
    if (type === TurnType.Refresh) return this.#refresh(nowMs, allocation, bytes);
    const error =
      type === TurnType.CreatePermission
        ? this.#permit(nowMs, allocation, bytes)
        : this.#bind(nowMs, allocation, bytes);
    if (error === undefined) this.#answers.success(client, bytes, user.key);
    return error;
  }

  /** RFC 8656 §7.2. The answer follows when the relay is open. */
  #allocate(
    nowMs: number,
    client: number,
    bytes: Uint8Array,
    user: TurnUser,
  ): TurnError | undefined {
    const { view, limits } = this.#context;
    const transactionAt = view.stun.offset + STUN_TRANSACTION_ID_OFFSET;
    const present = this.#table.find(nowMs, client);
    if (present !== undefined) {
      if (!present.isRepeated(bytes, transactionAt)) return TurnError.AllocationMismatch;
      this.#answers.allocated(present); // the first answer was lost, or is still to come
      return undefined;
    }
    const refusal = this.#transportRefusal();
    if (refusal !== undefined) return refusal;
    const address = this.#link.hidesClients ? undefined : this.#link.pathAddress(client).address;
    const taken = limits.take(user.participantId, address);
    if (taken === "quota") return TurnError.QuotaReached;
    if (taken === "full") return TurnError.InsufficientCapacity;
    const lifetimeSeconds = lifetimeOf(view.lifetimeSeconds);
    const transaction = bytes.slice(transactionAt, transactionAt + STUN_TRANSACTION_ID_BYTES);
    const expiresMs = nowMs + lifetimeSeconds * 1000;
    const allocation = new Allocation(
      client,
      user,
      address,
      transaction,
      lifetimeSeconds,
      expiresMs,
    );
    this.#table.add(allocation);
    this.#open(allocation, view.hasEvenPort);
    return undefined;
  }

  #transportRefusal(): TurnError | undefined {
    const { view } = this.#context;
    if (view.transport < 0) return TurnError.BadRequest;
    if (view.transport !== TRANSPORT_UDP) return TurnError.TransportUnsupported;
    if (view.hasReservationToken && (view.hasEvenPort || view.family >= 0)) {
      return TurnError.BadRequest;
    }
    const family = this.#relays.family === 4 ? FAMILY_IPV4 : FAMILY_IPV6;
    // without the attribute IPv4 is meant, but who asks for nothing is glad of what there is
    if (view.family >= 0 && view.family !== family) return TurnError.FamilyUnsupported;
    // no port is kept for later, so no token can be right either (RFC 8656 §7.2)
    if (view.reservesNextPort || view.hasReservationToken) return TurnError.InsufficientCapacity;
    return undefined;
  }

  #open(allocation: Allocation, isEven: boolean): void {
    this.#relays.open(
      {
        opened: (_nowMs, relay) => {
          if (allocation.isClosed) {
            relay.close();
            return;
          }
          allocation.relay = relay;
          this.#answers.allocated(allocation);
        },
        failed: () => {
          if (allocation.isClosed) return;
          this.#answers.notAllocated(allocation, TurnError.InsufficientCapacity);
          this.#table.remove(allocation);
        },
        received: (nowMs, bytes, address, port) =>
          this.#table.received(nowMs, allocation, bytes, address, port),
      },
      isEven,
    );
  }

  /** RFC 8656 §8.2. */
  #refresh(nowMs: number, allocation: Allocation, bytes: Uint8Array): TurnError | undefined {
    const { lifetimeSeconds, family } = this.#context.view;
    if (family >= 0 && family !== (this.#relays.family === 4 ? FAMILY_IPV4 : FAMILY_IPV6)) {
      return TurnError.FamilyMismatch;
    }
    const { client, user } = allocation;
    if (lifetimeSeconds === 0) {
      this.#answers.refreshed(client, bytes, user.key, 0);
      this.#table.remove(allocation);
      return undefined;
    }
    allocation.lifetimeSeconds = lifetimeOf(lifetimeSeconds);
    allocation.expiresMs = nowMs + allocation.lifetimeSeconds * 1000;
    this.#answers.refreshed(client, bytes, user.key, allocation.lifetimeSeconds);
    return undefined;
  }

  /** RFC 8656 §10.2: all of the addresses, or none. */
  #permit(nowMs: number, allocation: Allocation, bytes: Uint8Array): TurnError | undefined {
    const { peerCount } = this.#context.view;
    if (peerCount === 0) return TurnError.BadRequest;
    const peers: Peer[] = [];
    for (let i = 0; i < peerCount; i++) {
      const peer = this.#peer(bytes, i);
      if (!("address" in peer)) return peer;
      peers.push(peer);
    }
    const addresses = [...new Set(peers.map(({ address }) => address))];
    if (!allocation.hasRoomFor(nowMs, addresses)) return TurnError.InsufficientCapacity;
    for (const { address, isOwnHost } of peers) allocation.permit(nowMs, address, isOwnHost);
    return undefined;
  }

  /** RFC 8656 §12.2. */
  #bind(nowMs: number, allocation: Allocation, bytes: Uint8Array): TurnError | undefined {
    const { peerCount, channel } = this.#context.view;
    if (peerCount !== 1 || channel < CHANNEL_MIN || channel > CHANNEL_MAX) {
      return TurnError.BadRequest;
    }
    const peer = this.#peer(bytes, 0);
    if (!("address" in peer)) return peer;
    const { address, port, isOwnHost } = peer;
    const state = allocation.bindable(nowMs, channel, address, port);
    if (state === "taken") return TurnError.BadRequest;
    if (state === "full" || !allocation.hasRoomFor(nowMs, [address])) {
      return TurnError.InsufficientCapacity;
    }
    const permission = allocation.permit(nowMs, address, isOwnHost);
    const isShut = isOwnHost && !this.#context.ownHost.isMediaPort(port);
    allocation.bind(nowMs, channel, permission, port, isShut);
    return undefined;
  }

  /** A peer that the client names, when it may talk to it. */
  #peer(bytes: Uint8Array, index: number): Peer | TurnError {
    const { view, filter, ownHost } = this.#context;
    const length = readPeerAddress(bytes, view, index, this.#address);
    if (length !== (this.#relays.family === 4 ? 4 : 16)) return TurnError.FamilyMismatch;
    if (!filter.isAllowed(this.#address, length)) return TurnError.Forbidden;
    return {
      address: formatIpText(this.#address, 0, length),
      port: view.peerPorts[index]!,
      isOwnHost: ownHost.isOwnAddress(this.#address, length),
    };
  }
}

/** @param asked seconds, -1 when the client has not asked for any */
function lifetimeOf(asked: number): number {
  return Math.min(Math.max(asked, LIFETIME_SECONDS_DEFAULT), LIFETIME_SECONDS_MAX);
}

/** Our user names are ASCII; a byte beyond makes a text that is none of them. */
function asciiOf(bytes: Uint8Array, offset: number, length: number): string {
  let text = "";
  for (let i = 0; i < length; i++) text += String.fromCharCode(bytes[offset + i]!);
  return text;
}
