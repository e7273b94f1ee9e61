import { readSockaddr, SOCKADDR_SLOT_BYTES, writeSockaddr } from "./udp-address.ts";

/** Remote addresses that one port can tell apart. */
export const PATHS_MAX = 65_536;
/** Released numbers rest until so many others were released, so that a late use hits nobody. */
const RESTING_MAX = 1024;

/** Paths that are found by their socket address at once. A power of two. */
const RECENT_SLOTS = 16_384;

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
  /** By hash of the socket address: a path, one more than its number; 0 for none. */
  readonly #recent: Int32Array = new Int32Array(RECENT_SLOTS);

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

  /**
   * The same for a socket address as the system wrote it, in SOCKADDR_SLOT_BYTES.
   *
   * @returns -1 when the address cannot be sent to, or all numbers are held
   */
  internSockaddr(bytes: Uint8Array, offset: number): number {
    const slot = hashSockaddr(bytes, offset) & (RECENT_SLOTS - 1);
    const recent = this.#recent[slot]! - 1;
    if (recent >= 0 && this.isLive(recent) && this.#hasSockaddr(recent, bytes, offset)) {
      this.#states[recent] = LIVE | USED;
      return recent;
    }
    const { address, port } = readSockaddr(bytes, offset);
    const path = this.intern(address, port);
    this.#recent[slot] = path + 1;
    return path;
  }

  #hasSockaddr(path: number, bytes: Uint8Array, offset: number): boolean {
    const own = path * SOCKADDR_SLOT_BYTES;
    // port, address and zone; what lies between them in an IPv6 one is a label of the flow
    for (let i = 0; i < (this.#isIpv6Socket ? 4 : 8); i++) {
      if (this.sockaddrs[own + i] !== bytes[offset + i]) return false;
    }
    if (!this.#isIpv6Socket) return true;
    for (let i = 8; i < 28; i++) if (this.sockaddrs[own + i] !== bytes[offset + i]) return false;
    return true;
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

/** Over port and address of either family. */
function hashSockaddr(bytes: Uint8Array, offset: number): number {
  let hash = (bytes[offset + 2]! << 8) | bytes[offset + 3]!;
  for (let i = offset + 4; i < offset + 24; i += 4) {
    const word = (bytes[i]! << 24) | (bytes[i + 1]! << 16) | (bytes[i + 2]! << 8) | bytes[i + 3]!;
    hash = Math.imul(hash ^ word, 0x9e37_79b1);
  }
  return hash ^ (hash >>> 15);
}
