import { STUN_TRANSACTION_ID_BYTES } from "../../wire/stun/constants.ts";
import { formatIpText, readIpText } from "../../wire/stun/ip-address.ts";
import type { TurnUser } from "./credentials.ts";
import type { TurnRelay } from "./turn-ports.ts";

/** RFC 8656 §9, §12. */
export const PERMISSION_LIFETIME_MS: number = 5 * 60 * 1000;
export const CHANNEL_LIFETIME_MS: number = 10 * 60 * 1000;
/** Peers' addresses that one allocation may know; a server's candidates are a few. */
export const PERMISSIONS_MAX = 128;
export const CHANNELS_MAX = 128;

/** A peer's address that may be talked to. */
export type Permission = {
  /** As it is handed to the relay. */
  readonly address: string;
  readonly isOwnHost: boolean;
  expiresMs: number;
  /** By port. */
  readonly channels: Map<number, Channel>;
};

export type Channel = {
  readonly number: number;
  readonly permission: Permission;
  readonly port: number;
  /** This host's own, and no media port: what is sent there is dropped. */
  readonly isShut: boolean;
  expiresMs: number;
};

/**
 * One client's allocation: what it may send where, and until when (RFC 8656 §3.2). Owned by the
 * TurnListener that the client came to.
 */
export class Allocation {
  readonly client: number;
  readonly user: TurnUser;
  /** Counted against the limits under this address. */
  readonly countedAddress: string | undefined;
  /** The Allocate request that made it: its repetition gets the same answer. */
  readonly transaction: Uint8Array;
  lifetimeSeconds: number;
  expiresMs: number;
  /** undefined while it is being opened. */
  relay: TurnRelay | undefined;
  isClosed = false;
  readonly #permissions = new Map<string, Permission>();
  /** Other ways in which systems write a peer's IPv6 address; no more than permissions. */
  readonly #aliases = new Map<string, Permission>();
  readonly #channels = new Map<number, Channel>();

  constructor(
    client: number,
    user: TurnUser,
    countedAddress: string | undefined,
    transaction: Uint8Array,
    lifetimeSeconds: number,
    expiresMs: number,
  ) {
    this.client = client;
    this.user = user;
    this.countedAddress = countedAddress;
    this.transaction = transaction;
    this.lifetimeSeconds = lifetimeSeconds;
    this.expiresMs = expiresMs;
    this.relay = undefined;
  }

  get permissionCount(): number {
    return this.#permissions.size;
  }

  get channelCount(): number {
    return this.#channels.size;
  }

  isRepeated(bytes: Uint8Array, offset: number): boolean {
    for (let i = 0; i < STUN_TRANSACTION_ID_BYTES; i++) {
      if (bytes[offset + i] !== this.transaction[i]) return false;
    }
    return true;
  }

  /** Whether so many more permissions fit, when what has expired makes room. */
  hasRoomFor(nowMs: number, addresses: readonly string[]): boolean {
    const added = (): number =>
      addresses.filter((address) => !this.#permissions.has(address)).length;
    if (this.#permissions.size + added() > PERMISSIONS_MAX) this.expire(nowMs);
    return this.#permissions.size + added() <= PERMISSIONS_MAX;
  }

  /** Installs or refreshes; there is room. */
  permit(nowMs: number, address: string, isOwnHost: boolean): Permission {
    let permission = this.#permissions.get(address);
    if (permission === undefined) {
      permission = { address, isOwnHost, expiresMs: 0, channels: new Map() };
      this.#permissions.set(address, permission);
    }
    permission.expiresMs = nowMs + PERMISSION_LIFETIME_MS;
    return permission;
  }

  /** A permission, fresh or expired, of a peer as the system writes its address. */
  peer(address: string): Permission | undefined {
    return this.#permissions.get(address) ?? this.#aliases.get(address) ?? this.#learn(address);
  }

  /** @returns undefined when it is not bound, or not any more */
  channel(nowMs: number, number: number): Channel | undefined {
    const channel = this.#channels.get(number);
    return channel !== undefined && channel.expiresMs > nowMs ? channel : undefined;
  }

  /**
   * Whether the number may be bound to this peer: "taken" when either is bound to another one
   * (RFC 8656 §12.2).
   */
  bindable(
    nowMs: number,
    number: number,
    address: string,
    port: number,
  ): "free" | "bound" | "taken" | "full" {
    const present = this.channel(nowMs, number);
    const ofPeer = this.#permissions.get(address)?.channels.get(port);
    const isPeerBound = ofPeer !== undefined && ofPeer.expiresMs > nowMs;
    if (present !== undefined) return present === ofPeer ? "bound" : "taken";
    if (isPeerBound) return "taken";
    if (this.#channels.size >= CHANNELS_MAX) this.expire(nowMs);
    return this.#channels.size < CHANNELS_MAX ? "free" : "full";
  }

  /** Binds or refreshes what `bindable` found free or bound. */
  bind(nowMs: number, number: number, permission: Permission, port: number, isShut: boolean): void {
    let channel = this.channel(nowMs, number);
    if (channel === undefined) {
      this.#unbind(this.#channels.get(number));
      this.#unbind(permission.channels.get(port));
      channel = { number, permission, port, isShut, expiresMs: 0 };
      this.#channels.set(number, channel);
      permission.channels.set(port, channel);
    }
    channel.expiresMs = nowMs + CHANNEL_LIFETIME_MS;
  }

  /** Forgets what has expired. */
  expire(nowMs: number): void {
    for (const channel of this.#channels.values()) {
      if (channel.expiresMs <= nowMs) this.#unbind(channel);
    }
    for (const [address, permission] of this.#permissions) {
      if (permission.expiresMs > nowMs || permission.channels.size > 0) continue;
      this.#permissions.delete(address);
    }
    this.#aliases.clear();
  }

  #unbind(channel: Channel | undefined): void {
    if (channel === undefined) return;
    this.#channels.delete(channel.number);
    channel.permission.channels.delete(channel.port);
  }

  #learn(address: string): Permission | undefined {
    if (!address.includes(":") || this.#aliases.size >= PERMISSIONS_MAX) return undefined;
    const bytes = new Uint8Array(16);
    const length = readIpText(address, bytes);
    const permission = this.#permissions.get(formatIpText(bytes, 0, length));
    if (length > 0 && permission !== undefined) this.#aliases.set(address, permission);
    return permission;
  }
}
