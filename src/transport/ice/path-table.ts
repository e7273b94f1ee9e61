import { IPV6_BYTES, readIpText } from "../../wire/stun/ip-address.ts";

/** Remote addresses that one peer may check from at a time; then the one heard longest ago goes. */
export const ICE_PATHS_MAX = 16;

/** Where a check came from, as the datagram port describes the path. */
export type IceRemoteAddress = {
  readonly protocol: "udp" | "tcp";
  /** Textual IPv4 or IPv6, without zone. */
  readonly address: string;
  readonly port: number;
};

const EMPTY = -1;

/** The paths on which a valid check was answered, by slot. Owned by one `IceLiteAgent`. */
export class IcePathTable {
  readonly #paths: Int32Array = new Int32Array(ICE_PATHS_MAX).fill(EMPTY);
  readonly #heardMs: Float64Array = new Float64Array(ICE_PATHS_MAX);
  readonly #nominatedMs: Float64Array = new Float64Array(ICE_PATHS_MAX);
  readonly #priorities: Float64Array = new Float64Array(ICE_PATHS_MAX);
  readonly #addressBytes: Uint8Array = new Uint8Array(ICE_PATHS_MAX);
  readonly #ports: Uint16Array = new Uint16Array(ICE_PATHS_MAX);
  /** 16 bytes per slot */
  readonly addresses: Uint8Array = new Uint8Array(ICE_PATHS_MAX * IPV6_BYTES);
  readonly #scratch: Uint8Array = new Uint8Array(IPV6_BYTES);

  /** @returns the slot of a path, or -1 */
  find(path: number): number {
    return this.#paths.indexOf(path);
  }

  /**
   * Puts a new path into a slot that `slotFor` gave.
   *
   * @returns false, and changes nothing, when the address cannot be parsed
   */
  set(slot: number, path: number, address: IceRemoteAddress): boolean {
    const addressBytes = readIpText(address.address, this.#scratch);
    if (addressBytes === 0) return false;
    this.#paths[slot] = path;
    this.#heardMs[slot] = Number.NEGATIVE_INFINITY;
    this.#nominatedMs[slot] = Number.NEGATIVE_INFINITY;
    this.#priorities[slot] = 0;
    this.#addressBytes[slot] = addressBytes;
    this.#ports[slot] = address.port;
    this.addresses.set(this.#scratch, slot * IPV6_BYTES);
    return true;
  }

  /** The slot a new path is to take: an empty one, else the longest silent that is not `keep`. */
  slotFor(keep: number): number {
    let best = -1;
    for (let slot = 0; slot < ICE_PATHS_MAX; slot++) {
      if (this.#paths[slot] === EMPTY) return slot;
      if (this.#paths[slot] === keep) continue;
      if (best < 0 || this.#heardMs[slot]! < this.#heardMs[best]!) best = slot;
    }
    return best;
  }

  pathAt(slot: number): number {
    return this.#paths[slot]!;
  }

  clear(slot: number): void {
    this.#paths[slot] = EMPTY;
  }

  addressBytesAt(slot: number): number {
    return this.#addressBytes[slot]!;
  }

  portAt(slot: number): number {
    return this.#ports[slot]!;
  }

  /** @param priority of the candidate pair, only compared within the table */
  noteCheck(slot: number, nowMs: number, priority: number): void {
    this.#heardMs[slot] = nowMs;
    this.#priorities[slot] = priority;
  }

  noteNomination(slot: number, nowMs: number): void {
    this.#nominatedMs[slot] = nowMs;
  }

  priorityAt(slot: number): number {
    return this.#priorities[slot]!;
  }

  /** When the path was last checked with USE-CANDIDATE; -Infinity if never. */
  nominatedMsAt(slot: number): number {
    return this.#nominatedMs[slot]!;
  }

  /** A new ICE generation nominates anew. */
  forgetNominations(): void {
    this.#nominatedMs.fill(Number.NEGATIVE_INFINITY);
  }

  /** The path heard of last, or -1 when the table is empty. */
  latest(): number {
    let best = -1;
    for (let slot = 0; slot < ICE_PATHS_MAX; slot++) {
      if (this.#paths[slot] === EMPTY) continue;
      if (best < 0 || this.#heardMs[slot]! > this.#heardMs[best]!) best = slot;
    }
    return best < 0 ? EMPTY : this.#paths[best]!;
  }

  count(): number {
    let count = 0;
    for (const path of this.#paths) if (path !== EMPTY) count += 1;
    return count;
  }
}
