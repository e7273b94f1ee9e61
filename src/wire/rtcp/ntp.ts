/** NTP timestamps as RTCP carries them: seconds since 1900 and a fraction of 2^32 (RFC 3550 §4). */

/** From the NTP epoch, 1900, to the Unix epoch. */
export const NTP_EPOCH_OFFSET_SECONDS = 2_208_988_800;
const FRACTION = 4_294_967_296;

/** Milliseconds since 1900; exact to about half a microsecond. */
export function ntpToMs(seconds: number, fraction: number): number {
  return seconds * 1000 + (fraction * 1000) / FRACTION;
}

/** Whole seconds of `ntpMs`, milliseconds since 1900. Wraps in 2036, as the wire does. */
export function ntpSecondsOf(ntpMs: number): number {
  return Math.floor(ntpMs / 1000) % FRACTION;
}

/** Fraction of `ntpMs`, 32 bits. */
export function ntpFractionOf(ntpMs: number): number {
  return Math.floor(((ntpMs % 1000) / 1000) * FRACTION) >>> 0;
}

/** Milliseconds since 1900 of a Unix time in milliseconds. */
export function ntpMsOfWall(wallMs: number): number {
  return wallMs + NTP_EPOCH_OFFSET_SECONDS * 1000;
}

/** Middle 32 bits, in units of 1/65536 s: what LSR and LRR fields hold. */
export function compactNtp(seconds: number, fraction: number): number {
  return (((seconds & 0xffff) << 16) | (fraction >>> 16)) >>> 0;
}

/** A span of 1/65536 s in milliseconds. */
export function compactNtpToMs(span: number): number {
  return (span * 1000) / 65536;
}
