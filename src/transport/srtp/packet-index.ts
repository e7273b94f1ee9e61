const SN_HALF = 0x8000;
const SN_RANGE = 0x1_0000;

/**
 * The packet index (roll-over counter × 2^16 + sequence number, 48 bits) most likely meant by `sn`:
 * the one nearest to the highest known (RFC 3711 §3.3.1 and appendix A). As long as the stream is
 * in its first half circle there is no earlier one, and the number is taken as it is.
 */
export function estimateIndex(highest: number, sn: number): number {
  if (highest <= SN_HALF) return sn;
  const highestSn = highest % SN_RANGE;
  const rocBase = highest - highestSn;
  if (highestSn < SN_HALF) {
    return sn - highestSn > SN_HALF ? rocBase - SN_RANGE + sn : rocBase + sn;
  }
  return highestSn - SN_HALF > sn ? rocBase + SN_RANGE + sn : rocBase + sn;
}
