/** RFC 3174 §2. */
const BLOCK_BYTES = 64;
/** Longer ones would have to be hashed first (RFC 2104 §2). */
export const SHORT_KEY_BYTES_MAX: number = BLOCK_BYTES;
const STATE_WORDS = 5;
const ROUNDS = 80;
/** RFC 2104 §2. */
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

const words: Int32Array = new Int32Array(ROUNDS);
const state: Int32Array = new Int32Array(STATE_WORDS);
/** A padded block: the key's, or the last one of a message. */
const block: Uint8Array = new Uint8Array(BLOCK_BYTES);

/**
 * HMAC-SHA1 (RFC 2104) of a message of a few blocks. A digest by the runtime makes a dozen objects, and on a
 * thread that has just woken their memory costs more than the sum itself.
 *
 * @param key `SHORT_KEY_BYTES_MAX` bytes at most
 * @param out its first 20 bytes are written
 */
export function shortHmacSha1(
  key: Uint8Array,
  bytes: Uint8Array,
  offset: number,
  length: number,
  out: Uint8Array,
): void {
  begin(key, INNER_PAD);
  update(bytes, offset, length);
  takeDigest(out);
  begin(key, OUTER_PAD);
  update(out, 0, STATE_WORDS * 4);
  takeDigest(out);
}

function begin(key: Uint8Array, pad: number): void {
  state[0] = 0x67452301;
  state[1] = 0xefcdab89;
  state[2] = 0x98badcfe;
  state[3] = 0x10325476;
  state[4] = 0xc3d2e1f0;
  for (let i = 0; i < BLOCK_BYTES; i++) block[i] = (i < key.length ? key[i]! : 0) ^ pad;
  compress(block, 0);
}

/** All that comes behind the key's block. */
function update(bytes: Uint8Array, offset: number, length: number): void {
  let at = 0;
  for (; at + BLOCK_BYTES <= length; at += BLOCK_BYTES) compress(bytes, offset + at);
  const rest = length - at;
  for (let i = 0; i < BLOCK_BYTES; i++) block[i] = i < rest ? bytes[offset + at + i]! : 0;
  block[rest] = 0x80;
  if (rest + 1 > BLOCK_BYTES - 8) {
    compress(block, 0);
    block.fill(0);
  }
  const bits = (BLOCK_BYTES + length) * 8;
  block[60] = bits >>> 24;
  block[61] = bits >>> 16;
  block[62] = bits >>> 8;
  block[63] = bits;
  compress(block, 0);
}

function takeDigest(out: Uint8Array): void {
  for (let i = 0; i < STATE_WORDS; i++) {
    const word = state[i]!;
    out[i * 4] = word >>> 24;
    out[i * 4 + 1] = word >>> 16;
    out[i * 4 + 2] = word >>> 8;
    out[i * 4 + 3] = word;
  }
}

/** RFC 3174 §6.1. */
function compress(bytes: Uint8Array, offset: number): void {
  for (let i = 0; i < 16; i++) {
    const at = offset + i * 4;
    words[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  }
  for (let i = 16; i < ROUNDS; i++) {
    const word = words[i - 3]! ^ words[i - 8]! ^ words[i - 14]! ^ words[i - 16]!;
    words[i] = (word << 1) | (word >>> 31);
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  for (let i = 0; i < ROUNDS; i++) {
    let mixed: number;
    if (i < 20) mixed = ((b & c) | (~b & d)) + 0x5a827999;
    else if (i < 40) mixed = (b ^ c ^ d) + 0x6ed9eba1;
    else if (i < 60) mixed = ((b & c) | (b & d) | (c & d)) - 0x70e44324;
    else mixed = (b ^ c ^ d) - 0x359d3e2a;
    const next = (((a << 5) | (a >>> 27)) + mixed + e + words[i]!) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  state[0] = (state[0]! + a) | 0;
  state[1] = (state[1]! + b) | 0;
  state[2] = (state[2]! + c) | 0;
  state[3] = (state[3]! + d) | 0;
  state[4] = (state[4]! + e) | 0;
}
