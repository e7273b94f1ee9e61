import { SOCKADDR_SLOT_BYTES, writeSockaddr } from "./udp-address.ts";

/** Remote addresses that one port can tell apart. */
export const PATHS_MAX = 65_536;
/** Released numbers rest until so many others were released, so that a late use hits nobody. */
const RESTING_MAX = 1024;

const LIVE = 1;
const USED = 2;

/**
 * Small numbers for remote addresses, and the socket address of each. Owned by one port.
 *
 * Bounded: when all numbers are taken, an address that nobody holds makes room, the longest
 * unseen first as far as a clock hand can tell. Addresses that are held stay; if all are, the
 * newcomer is turned away.
 */
export class UdpPathTable {
  readonly #isIpv6Socket: boolean;
  readonly #pathsMax: number;
  readonly #onForget: (path: number) => void;
  readonly #byAddress: Map<string, Map<number, number>> = new Map();
  readonly #addresses: string[] = [];
  readonly #ports: Uint16Array;
  readonly #states: Uint8Array;
  readonly #holds: Uint32Array;
  /** Resting numbers, first released first: a ring. */
  readonly #resting: Uint32Array;
  #restingAt = 0;
  #restingCount = 0;
  #issuedCount = 0;
  #heldCount = 0;
  #liveCount = 0;
  #hand = 0;
  #lastAddress = "";
  #lastPort = -1;
  #lastPath = -1;

  /** `SOCKADDR_SLOT_BYTES` for each path. Its memory never moves. */
  readonly sockaddrs: Uint8Array;
  readonly sockaddrBytes: Uint8Array;
  /** Largest datagram that went out in a segmented message; 0 is no limit known. */
  readonly segmentBytesMax: Uint16Array;

  /** @param onForget called before a number loses its address */
  constructor(isIpv6Socket: boolean, pathsMax: number, onForget: (path: number) => void) {
    this.#isIpv6Socket = isIpv6Socket;
    this.#pathsMax = pathsMax;
    this.#onForget = onForget;
    this.#ports = new Uint16Array(pathsMax);
    this.#states = new Uint8Array(pathsMax);
    this.#holds = new Uint32Array(pathsMax);
    this.#resting = new Uint32Array(pathsMax);
    this.sockaddrs = new Uint8Array(new ArrayBuffer(pathsMax * SOCKADDR_SLOT_BYTES));
    this.sockaddrBytes = new Uint8Array(pathsMax);
    this.segmentBytesMax = new Uint16Array(pathsMax);
  }

  get liveCount(): number {
    return this.#liveCount;
  }

  get heldCount(): number {
    return this.#heldCount;
  }

  /**
   * The number of a remote address, known or new. Runs once per received datagram.
   *
   * @returns -1 when the address cannot be sent to, or all numbers are held
   */
  intern(address: string, port: number): number {
    if (port === this.#lastPort && address === this.#lastAddress) return this.#lastPath;
    const known = this.#byAddress.get(address)?.get(port);
    const path = known ?? this.#insert(address, port);
    if (path < 0) return -1;
    this.#states[path] = LIVE | USED;
    this.#lastAddress = address;
    this.#lastPort = port;
    this.#lastPath = path;
    return path;
  }

  isLive(path: number): boolean {
    return (this.#states[path] ?? 0) !== 0;
  }

  address(path: number): string {
    return this.isLive(path) ? this.#addresses[path]! : "";
  }

  port(path: number): number {
    return this.isLive(path) ? this.#ports[path]! : 0;
  }

  hold(path: number): void {
    if (!this.isLive(path)) return;
    if (this.#holds[path] === 0) this.#heldCount += 1;
    this.#holds[path] = this.#holds[path]! + 1;
  }

  /** Ends one hold. Without any left the address is forgotten. */
  release(path: number): void {
    if (!this.isLive(path)) return;
    if (this.#holds[path]! > 0) {
      this.#holds[path] = this.#holds[path]! - 1;
      if (this.#holds[path]! > 0) return;
      this.#heldCount -= 1;
    }
    this.#forget(path);
    this.#resting[(this.#restingAt + this.#restingCount) % this.#pathsMax] = path;
    this.#restingCount += 1;
  }

  #insert(address: string, port: number): number {
    if (port === 0) return -1;
    const path = this.#takeNumber();
    if (path < 0) return -1;
    const slot = path * SOCKADDR_SLOT_BYTES;
    const length = writeSockaddr(this.sockaddrs, slot, address, port, this.#isIpv6Socket);
    if (length === 0) {
      this.#resting[(this.#restingAt + this.#restingCount) % this.#pathsMax] = path;
      this.#restingCount += 1;
      return -1;
    }
    this.sockaddrBytes[path] = length;
    this.segmentBytesMax[path] = 0;
    this.#addresses[path] = address;
    this.#ports[path] = port;
    this.#liveCount += 1;
    let ports = this.#byAddress.get(address);
    if (ports === undefined) {
      ports = new Map();
      this.#byAddress.set(address, ports);
    }
    ports.set(port, path);
    return path;
  }

  #takeNumber(): number {
    const isAllIssued = this.#issuedCount === this.#pathsMax;
    if (this.#restingCount > (isAllIssued ? 0 : RESTING_MAX)) {
      const path = this.#resting[this.#restingAt]!;
      this.#restingAt = (this.#restingAt + 1) % this.#pathsMax;
      this.#restingCount -= 1;
      return path;
    }
    if (!isAllIssued) {
      this.#issuedCount += 1;
      return this.#issuedCount - 1;
    }
    return this.#evict();
  }

  /** Two rounds of the hand at most: the first takes the marks of use away. */
  #evict(): number {
    if (this.#heldCount === this.#pathsMax) return -1;
    for (;;) {
      const path = this.#hand;
      this.#hand = (this.#hand + 1) % this.#pathsMax;
      if (this.#holds[path]! > 0) continue;
      if ((this.#states[path]! & USED) === 0) {
        this.#forget(path);
        return path;
      }
      this.#states[path] = LIVE;
    }
  }

  #forget(path: number): void {
    this.#onForget(path);
    const address = this.#addresses[path]!;
    const ports = this.#byAddress.get(address);
    ports?.delete(this.#ports[path]!);
    if (ports?.size === 0) this.#byAddress.delete(address);
    this.#addresses[path] = "";
    this.#states[path] = 0;
    this.#liveCount -= 1;
    if (path === this.#lastPath) this.#lastPort = -1;
  }
}
