/** Length of the tag that ends what is sealed. */
export const AEAD_TAG_BYTES = 16;
/** Length of every nonce. */
export const AEAD_NONCE_BYTES = 12;

/** Authenticated encryption of one packet a call, in place, with one key for life. */
export interface Aead {
  /**
   * Encrypts `length` bytes at `offset` in place and writes the tag behind them.
   *
   * @param nonce 12 bytes, never used before with this key
   * @param aad bytes that are authenticated only
   * @param bytes has room for 16 bytes behind `offset + length`
   * @returns `length` + 16
   */
  seal(
    nonce: Uint8Array,
    aad: Uint8Array,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): number;

  /**
   * Checks the tag that ends the `length` bytes at `offset`, and decrypts the rest in place.
   * With a wrong tag the bytes are afterwards as they were.
   *
   * @param length ciphertext and tag; below 16 there is no tag, hence a wrong one
   * @returns plaintext length, or -1 when the tag is wrong
   */
  open(
    nonce: Uint8Array,
    aad: Uint8Array,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): number;

  /** Forgets the key. Again is harmless; to seal or open afterwards is a bug, and asserted. */
  close(): void;
}

/** @param key 16 or 32 bytes, copied */
export type AeadFactory = (key: Uint8Array) => Aead;
