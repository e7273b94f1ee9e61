import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import { SHORT_KEY_BYTES_MAX, shortHmacSha1 } from "./short-hmac-sha1.ts";

export const SHA1_BYTES = 20;
/** A STUN message with its user name, and what signs a nonce: up to here the runtime takes longer. */
const SHORT_BYTES_MAX = 160;

/** @returns 20 bytes over `data`, for a key that is used just now and not kept */
export function hmacSha1(key: Uint8Array, data: Uint8Array): Uint8Array {
  if (isShort(key, data.length)) return shortDigest(key, data, 0, data.length);
  return createHmac("sha1", key).update(data).digest();
}

/** HMAC-SHA1 (RFC 2104) under one key, for SRTP tags and STUN integrity. */
export class HmacSha1 {
  readonly #key: Uint8Array;
  /** The same for the runtime, once it is needed. */
  #object: KeyObject | undefined;

  /** @param key any length, copied */
  constructor(key: Uint8Array) {
    this.#key = new Uint8Array(key); // the slice of a Buffer would be a view
  }

  /** @returns 20 bytes over `length` bytes at `offset` */
  digest(bytes: Uint8Array, offset: number, length: number): Uint8Array {
    return isShort(this.#key, length)
      ? shortDigest(this.#key, bytes, offset, length)
      : this.#runtimeDigest(bytes, offset, length);
  }

  #runtimeDigest(bytes: Uint8Array, offset: number, length: number): Uint8Array {
    this.#object ??= createSecretKey(this.#key);
    const message = new Uint8Array(bytes.buffer, bytes.byteOffset + offset, length);
    return createHmac("sha1", this.#object).update(message).digest();
  }

  /**
   * As `digest`, over the bytes and behind them the 32-bit `word`, most significant byte first.
   *
   * @param bytes its four bytes behind the message hold the word meanwhile, and are put back
   */
  digestWithWord(bytes: Uint8Array, offset: number, length: number, word: number): Uint8Array {
    const at = offset + length;
    const byte0 = bytes[at]!;
    const byte1 = bytes[at + 1]!;
    const byte2 = bytes[at + 2]!;
    const byte3 = bytes[at + 3]!;
    bytes[at] = word >>> 24;
    bytes[at + 1] = word >>> 16;
    bytes[at + 2] = word >>> 8;
    bytes[at + 3] = word;
    const digest = this.#runtimeDigest(bytes, offset, length + 4);
    bytes[at] = byte0;
    bytes[at + 1] = byte1;
    bytes[at + 2] = byte2;
    bytes[at + 3] = byte3;
    return digest;
  }
}

function isShort(key: Uint8Array, length: number): boolean {
  return length <= SHORT_BYTES_MAX && key.length <= SHORT_KEY_BYTES_MAX;
}

function shortDigest(
  key: Uint8Array,
  bytes: Uint8Array,
  offset: number,
  length: number,
): Uint8Array {
  const digest = new Uint8Array(SHA1_BYTES);
  shortHmacSha1(key, bytes, offset, length, digest);
  return digest;
}
