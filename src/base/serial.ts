/** Serial number arithmetic on 16- and 32-bit counters that wrap (RFC 1982, RFC 3550 appendix A.1). */

/** Signed distance from `from` to `to` on a 16-bit circle: -32768..32767. */
export function diff16(to: number, from: number): number {
  return ((to - from) << 16) >> 16;
}

/** Signed distance from `from` to `to` on a 32-bit circle: -2^31..2^31-1. */
export function diff32(to: number, from: number): number {
  return (to - from) | 0;
}

/** The extended number nearest to `extReference` whose low 16 bits are `sn`. May be negative near the start. */
export function unwrap16(sn: number, extReference: number): number {
  return extReference + diff16(sn, extReference % 65536);
}

/** The extended number nearest to `extReference` whose low 32 bits are `ts`. */
export function unwrap32(ts: number, extReference: number): number {
  return extReference + diff32(ts, extReference % 4294967296);
}
