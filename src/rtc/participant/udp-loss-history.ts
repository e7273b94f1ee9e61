/** Of 255, as receiver reports have it: a quarter (spec-media 1.6). */
const LOSSY_FRACTION_MIN = 63;
const LOSSY_REPORTS_MIN = 20;
/** A signal connection that is slower than the media path by more would make media no better. */
const RTT_RATIO_MAX = 1.3;

export type LossReport = {
  /** The worst of all streams, 0..255. */
  readonly fractionLost: number;
  /** Of the media path, 0 while it is not known. */
  readonly rttMs: number;
};

/** Remembers which of the last 32 reports, one a second, told of heavy losses over UDP. */
export class UdpLossHistory {
  /** The newest report is the lowest bit. */
  #history = 0;

  /**
   * @param signalRttMs of the signal connection, which TCP would fare like
   * @param signalRttMaxMs from which TCP is no help
   * @returns whether TCP would do better; the history starts again then
   */
  isUnstable(
    { fractionLost, rttMs }: LossReport,
    signalRttMs: number,
    signalRttMaxMs: number,
  ): boolean {
    const isLossy = fractionLost >= LOSSY_FRACTION_MIN;
    this.#history = ((this.#history << 1) | (isLossy ? 1 : 0)) >>> 0;
    if (!isLossy || ones(this.#history) < LOSSY_REPORTS_MIN) return false;
    if (rttMs <= 0 || signalRttMs >= rttMs * RTT_RATIO_MAX) return false;
    if (signalRttMs >= signalRttMaxMs) return false;
    this.#history = 0;
    return true;
  }
}

function ones(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest = (rest & (rest - 1)) >>> 0) count += 1;
  return count;
}
