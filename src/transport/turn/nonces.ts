import { equalBytes } from "../../crypto/equal-bytes.ts";
import { HmacSha1 } from "../../crypto/hmac-sha1.ts";

/** RFC 8656 §5 and spec-media 1.12. */
export const NONCE_LIFETIME_MS: number = 60 * 60 * 1000;
export const NONCE_KEY_BYTES = 20;

const TIME_BYTES = 4;
const TAG_BYTES = 8;
/** In hexadecimal digits: quoted text, as RFC 8489 §14.10 wants it, and short. */
export const NONCE_LENGTH: number = (TIME_BYTES + TAG_BYTES) * 2;

/**
 * Nonces that need no table: the time they were made, and a tag that only we can make. Each is good
 * for the client address that it was given to, so that nobody uses another one's.
 */
export class TurnNonces {
  readonly #hmac: HmacSha1;

  /** @param key NONCE_KEY_BYTES random bytes */
  constructor(key: Uint8Array) {
    this.#hmac = new HmacSha1(key);
  }

  /** @param client protocol, address and port, as text; @returns NONCE_LENGTH ASCII bytes */
  create(nowMs: number, client: string): Uint8Array {
    const seconds = Math.floor(nowMs / 1000) >>> 0;
    const tag = this.#tag(seconds, client);
    const bytes = new Uint8Array(TIME_BYTES + TAG_BYTES);
    for (let i = 0; i < TIME_BYTES; i++) bytes[i] = seconds >>> (24 - 8 * i);
    bytes.set(tag.subarray(0, TAG_BYTES), TIME_BYTES);
    return new TextEncoder().encode(bytes.toHex());
  }

  /** Whether these bytes are a nonce of ours for this client that is not too old. */
  isValid(
    nowMs: number,
    client: string,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): boolean {
    if (length !== NONCE_LENGTH) return false;
    let seconds = 0;
    for (let i = 0; i < TIME_BYTES * 2; i++) {
      const digit = hexDigit(bytes[offset + i]!);
      if (digit < 0) return false;
      seconds = seconds * 16 + digit;
    }
    const ageMs = nowMs - seconds * 1000;
    if (ageMs < 0 || ageMs > NONCE_LIFETIME_MS) return false;
    const tag = this.#tag(seconds, client).subarray(0, TAG_BYTES).toHex();
    const wanted = new TextEncoder().encode(tag);
    return equalBytes(bytes, offset + TIME_BYTES * 2, wanted, TAG_BYTES * 2);
  }

  #tag(seconds: number, client: string): Uint8Array {
    const message = new TextEncoder().encode(`${seconds} ${client}`);
    return this.#hmac.digest(message, 0, message.length);
  }
}

function hexDigit(char: number): number {
  if (char >= 48 && char <= 57) return char - 48;
  return char >= 97 && char <= 102 ? char - 87 : -1;
}
