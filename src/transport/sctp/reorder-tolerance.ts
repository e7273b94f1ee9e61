/** Packets that may overtake one before it counts as lost (RFC 9002 §6.1.1; RFC 9260 §7.2.4). */
const PACKETS_MIN = 3;
const PACKETS_MAX = 256;
/** How much longer than a round trip an overtaken packet may take (RFC 8985 §6.2, RACK_reo_wnd). */
const FRACTION_STEP = 0.25;
const FRACTION_MAX = 1;
/** Timers are no finer than this. */
const DELAY_MS_MIN = 2;

/** How far packets overtake each other on this path, learned from those wrongly taken for lost. */
export class ReorderTolerance {
  #packets = PACKETS_MIN;
  #fraction = FRACTION_STEP;

  get packets(): number {
    return this.#packets;
  }

  /** Since when a packet must have left to be lost, when a later one has arrived. */
  lossDelayMs(smoothedRttMs: number, latestRttMs: number): number {
    const rttMs = Math.max(smoothedRttMs, latestRttMs, 0);
    return Math.max(rttMs * (1 + this.#fraction), DELAY_MS_MIN);
  }

  /** A packet arrived that many packets late. */
  onReordering(packetCount: number): void {
    if (packetCount < this.#packets) return;
    this.#packets = Math.min(packetCount + 1, PACKETS_MAX);
  }

  /** Something was sent again that had arrived. */
  onSpurious(): void {
    this.#packets = Math.min(this.#packets * 2, PACKETS_MAX);
    this.#fraction = Math.min(this.#fraction + FRACTION_STEP, FRACTION_MAX);
  }
}
