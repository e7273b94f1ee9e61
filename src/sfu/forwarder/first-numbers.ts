/**
 * First numbers of a stream lie in 4096..20479: far enough from the wrap that a subscriber who
 * loses the first packets still guesses the SRTP roll-over counter right (RFC 3711 §3.3.1).
 */
const FIRST_SN_MIN = 4096;
const FIRST_SN_MASK = 0x3fff;
const TS_CIRCLE = 2 ** 32;

/** With what number a stream begins whose source is at `extSn`. */
export function firstSn(extSn: number): number {
  return FIRST_SN_MIN + (extSn & FIRST_SN_MASK);
}

/** The same for timestamps: one circle up, so that those of late packets stay positive. */
export function firstTs(extTs: number): number {
  return (extTs % TS_CIRCLE) + TS_CIRCLE;
}
