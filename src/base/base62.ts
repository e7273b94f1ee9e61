const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/** Six bits whose upper five are 1111x stand for five: 62 letters cannot name 64 values. */
const SHORT_MASK = 0b011110;
const FIVE_BITS = 0b011111;

/**
 * Base62 as clients of the reference's TURN server find it in their credentials: bits are taken
 * from the end of the bytes, six at a time, and five where six would give no letter.
 */
export function encodeBase62(bytes: Uint8Array): string {
  let text = "";
  let bits = bytes.length * 8;
  while (bits > 0) {
    let value = sixBits(bytes, bits);
    let taken = 6;
    if ((value & SHORT_MASK) === SHORT_MASK) {
      if (bits > 6 || value > FIVE_BITS) taken = 5;
      value &= FIVE_BITS;
    }
    text += LETTERS[value];
    bits -= taken;
  }
  return text;
}

/** The six bits that end at bit `end`, counted from the first byte; fewer at the very start. */
function sixBits(bytes: Uint8Array, end: number): number {
  const index = (end - 1) >> 3;
  const used = ((end - 1) & 7) + 1;
  let value = bytes[index]! >> (8 - used);
  if (used < 6 && index > 0) value |= bytes[index - 1]! << used;
  return value & 0x3f;
}

/** @returns undefined when a character is none of the alphabet */
export function decodeBase62(text: string): Uint8Array | undefined {
  const out = new Uint8Array(Math.ceil((text.length * 6) / 8) + 1);
  let at = out.length;
  let pending = 0;
  let bits = 0;
  for (let i = 0; i < text.length; i++) {
    const value = LETTERS.indexOf(text[i]!);
    if (value < 0) return undefined;
    pending |= value << bits;
    if (i === text.length - 1) bits += 32 - Math.clz32(value);
    else bits += (value & SHORT_MASK) === SHORT_MASK ? 5 : 6;
    if (bits < 8) continue;
    at -= 1;
    out[at] = pending;
    pending >>= 8;
    bits -= 8;
  }
  if (bits > 0) {
    at -= 1;
    out[at] = pending;
  }
  return out.slice(at);
}
