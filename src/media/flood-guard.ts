/** Packets are counted over this time, ms. */
const WINDOW_MS = 100;
/**
 * From the address of a peer, a window: 100,000 packets a second. A client that uploads 60 MB/s on a
 * data channel sends half as many, 100 Mbit/s of screen share are 12,000.
 */
export const PEER_PACKETS_MAX = 10_000;
/**
 * As low goes the bound while the thread is overloaded, halved each time it is looked at: above any
 * publisher of video, and cheap to bear. It is doubled again when the thread is not.
 */
export const PEER_PACKETS_MIN = 1_500;
/** STUN from one address, a window. Checks come 20 to 50 a second while a client connects. */
export const STUN_PACKETS_MAX = 50;
/** STUN of all addresses that are no peer's, a window: a thousand clients that connect at once. */
export const STRANGER_PACKETS_MAX = 2_000;
/** Routes that are told apart; those above share a count with one below. A power of two. */
const ROUTES_MAX = 1 << 20;
const ROUTES_AT_FIRST = 1_024;
/** STUN is counted eight bits higher, so that one number holds both counts. */
const STUN_UNIT = 1 << 24;
const PACKETS_MASK = STUN_UNIT - 1;

/**
 * Bounds what one remote address can make a thread do, before anything is deciphered or looked up.
 * Runs once per received packet, allocates nothing but its tables' growth. What is not admitted is
 * dropped, as a full socket buffer would drop it, but of the one who sends too much.
 *
 * Bounded by the routes of the thread: 8 bytes each.
 */
export class FloodGuard {
  /** By route: the window that the counts are of. */
  #windows: Uint32Array = new Uint32Array(ROUTES_AT_FIRST);
  /** By route: packets of the window, and STUN among them. */
  #counts: Uint32Array = new Uint32Array(ROUTES_AT_FIRST);
  #window = 0;
  #windowEndMs = Number.NEGATIVE_INFINITY;
  #strangers = 0;
  #peerMax = PEER_PACKETS_MAX;

  /**
   * @param isPeers the route belongs to a peer
   * @returns whether the packet may be looked at
   */
  admits(nowMs: number, route: number, isPeers: boolean, isStun: boolean): boolean {
    if (nowMs >= this.#windowEndMs) this.#nextWindow(nowMs);
    // what is of no peer and no STUN leads nowhere, which is the cheapest way to drop it
    if (!isPeers && !isStun) return true;
    const slot = route & (ROUTES_MAX - 1);
    if (slot >= this.#counts.length) this.#grow(slot);
    if (this.#windows[slot] !== this.#window) {
      this.#windows[slot] = this.#window;
      this.#counts[slot] = 0;
    }
    const count = this.#counts[slot]!;
    const packets = count & PACKETS_MASK;
    if (packets >= this.#peerMax) return false;
    if (!isStun) {
      this.#counts[slot] = count + 1;
      return true;
    }
    if (count >>> 24 >= STUN_PACKETS_MAX) return false;
    if (!isPeers) {
      if (this.#strangers >= STRANGER_PACKETS_MAX) return false;
      this.#strangers += 1;
    }
    this.#counts[slot] = count + STUN_UNIT + 1;
    return true;
  }

  /** A few times a second. @param isOverloaded the thread has more to do than it can */
  adapt(isOverloaded: boolean): void {
    const wanted = isOverloaded ? this.#peerMax / 2 : this.#peerMax * 2;
    this.#peerMax = Math.min(Math.max(wanted, PEER_PACKETS_MIN), PEER_PACKETS_MAX);
  }

  #nextWindow(nowMs: number): void {
    this.#window = (this.#window + 1) >>> 0;
    this.#windowEndMs = nowMs + WINDOW_MS;
    this.#strangers = 0;
  }

  #grow(slot: number): void {
    let length = this.#counts.length;
    while (length <= slot) length *= 2;
    const windows = new Uint32Array(length);
    windows.set(this.#windows);
    const counts = new Uint32Array(length);
    counts.set(this.#counts);
    this.#windows = windows;
    this.#counts = counts;
  }
}
