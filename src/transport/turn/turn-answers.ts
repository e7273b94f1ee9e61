import { hmacSha1 } from "../../crypto/hmac-sha1.ts";
import { StunAttribute } from "../../wire/stun/constants.ts";
import { readIpText } from "../../wire/stun/ip-address.ts";
import type { StunWriter } from "../../wire/stun/stun-writer.ts";
import { ERROR_CLASS, SUCCESS_CLASS, TurnAttribute, TurnType } from "../../wire/turn/constants.ts";
import { writeIntegrity } from "../ice/integrity.ts";
import type { Allocation } from "./allocation.ts";
import { TURN_REALM } from "./credentials.ts";
import type { TurnContext } from "./turn-context.ts";
import type { TurnLink } from "./turn-ports.ts";

/** Of all answers the longest names eight unknown attributes, the realm and a nonce. */
const ANSWER_BYTES_MAX = 256;

/** RFC 8489 §14.8, RFC 8656 §19. */
export const TurnError = {
  BadRequest: [400, "Bad Request"],
  Unauthorized: [401, "Unauthorized"],
  Forbidden: [403, "Forbidden"],
  UnknownAttribute: [420, "Unknown Attribute"],
  AllocationMismatch: [437, "Allocation Mismatch"],
  StaleNonce: [438, "Stale Nonce"],
  FamilyUnsupported: [440, "Address Family not Supported"],
  WrongCredentials: [441, "Wrong Credentials"],
  TransportUnsupported: [442, "Unsupported Transport Protocol"],
  FamilyMismatch: [443, "Peer Address Family Mismatch"],
  QuotaReached: [486, "Allocation Quota Reached"],
  InsufficientCapacity: [508, "Insufficient Capacity"],
} as const;
export type TurnError = (typeof TurnError)[keyof typeof TurnError];

const REALM = new TextEncoder().encode(TURN_REALM);

/** Answers to one listener's clients. Each is written into the link and queued. */
export class TurnAnswers {
  readonly #link: TurnLink;
  readonly #context: TurnContext;
  readonly #writer: StunWriter;
  readonly #address: Uint8Array = new Uint8Array(16);

  constructor(link: TurnLink, context: TurnContext) {
    this.#link = link;
    this.#context = context;
    this.#writer = context.writer;
  }

  /** To the request in the view, from a user whose credentials were right. */
  success(client: number, bytes: Uint8Array, key: Uint8Array): void {
    const { type, offset } = this.#context.view.stun;
    this.#begin(type | SUCCESS_CLASS, bytes, offset + 8);
    this.#finish(client, key);
  }

  /** To a Refresh. */
  refreshed(client: number, bytes: Uint8Array, key: Uint8Array, lifetimeSeconds: number): void {
    const { type, offset } = this.#context.view.stun;
    this.#begin(type | SUCCESS_CLASS, bytes, offset + 8);
    this.#writer.uint32(TurnAttribute.Lifetime, lifetimeSeconds);
    this.#finish(client, key);
  }

  /** To the Allocate that made this allocation; its relay is open. */
  allocated(allocation: Allocation): void {
    const { client, user, transaction, relay, lifetimeSeconds } = allocation;
    if (relay === undefined) return;
    this.#begin(TurnType.Allocate | SUCCESS_CLASS, transaction, 0);
    const { address, port } = relay;
    this.#writer.xorAddress(TurnAttribute.XorRelayedAddress, address, 0, address.length, port);
    this.#writer.uint32(TurnAttribute.Lifetime, lifetimeSeconds);
    this.#mappedAddress(client);
    this.#finish(client, user.key);
  }

  /** Allocate failed after all. */
  notAllocated({ client, user, transaction }: Allocation, [code, reason]: TurnError): void {
    this.#begin(TurnType.Allocate | ERROR_CLASS, transaction, 0);
    this.#writer.errorCode(code, reason);
    this.#finish(client, user.key);
  }

  /** To a Binding request, which needs no credentials. */
  bound(client: number, bytes: Uint8Array): void {
    const { type, offset } = this.#context.view.stun;
    this.#begin(type | SUCCESS_CLASS, bytes, offset + 8);
    this.#mappedAddress(client);
    this.#writer.fingerprint();
    this.#commit(client);
  }

  /** @param key of the user; undefined when nobody has proven to be one */
  refused(
    client: number,
    bytes: Uint8Array,
    [code, reason]: TurnError,
    key: Uint8Array | undefined,
  ): void {
    const { stun, unknown, unknownCount } = this.#context.view;
    this.#begin(stun.type | ERROR_CLASS, bytes, stun.offset + 8);
    this.#writer.errorCode(code, reason);
    if (code === 420) this.#writer.unknownAttributes(unknown, unknownCount);
    if (key === undefined) this.#commit(client);
    else this.#finish(client, key);
  }

  /** 401 or 438: asks to come again with this nonce. Kept short, since anybody can ask for it. */
  challenge(client: number, bytes: Uint8Array, [code, reason]: TurnError, nonce: Uint8Array): void {
    const { type, offset } = this.#context.view.stun;
    this.#begin(type | ERROR_CLASS, bytes, offset + 8);
    this.#writer.errorCode(code, reason);
    this.#writer.bytes(StunAttribute.Realm, REALM);
    this.#writer.bytes(StunAttribute.Nonce, nonce);
    this.#commit(client);
  }

  #mappedAddress(client: number): void {
    const { address, port } = this.#link.pathAddress(client);
    const length = readIpText(address, this.#address);
    if (length > 0) this.#writer.xorMappedAddress(this.#address, 0, length, port);
  }

  #begin(type: number, transaction: Uint8Array, transactionOffset: number): void {
    const offset = this.#link.reserve(ANSWER_BYTES_MAX);
    this.#writer.begin(this.#link.arena, offset, type, transaction, transactionOffset);
  }

  #finish(client: number, key: Uint8Array): void {
    writeIntegrity(this.#writer, key, hmacSha1);
    this.#commit(client);
  }

  #commit(client: number): void {
    if (this.#writer.length > 0) this.#link.commit(client, this.#writer.length);
  }
}
