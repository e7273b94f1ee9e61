const TWO_POW_32 = 4_294_967_296;

// struct mmsghdr of a 64-bit Linux, in 32-bit words. msg_namelen is half a long, then padding.
export const HEADER_WORDS = 16;
export const NAME_AT = 0;
export const NAME_BYTES_AT = 2;
export const VECTOR_AT = 4;
export const VECTOR_COUNT_AT = 6;
export const CONTROL_AT = 8;
export const CONTROL_BYTES_AT = 10;
export const FLAGS_AT = 12;
export const LENGTH_AT = 14;
/** struct iovec: base, length. */
export const VECTOR_WORDS = 4;

/** A 64-bit address below 2^53, in two words. */
export function writeAddress(words: Uint32Array, at: number, address: number): void {
  words[at] = address;
  words[at + 1] = address / TWO_POW_32;
}
