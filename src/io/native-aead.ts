import { dlopen, FFIType, ptr } from "bun:ffi";
import { platform } from "node:process";
import { assert } from "../base/assert.ts";
import type { Aead, AeadFactory } from "../crypto/aead.ts";
import { passesKnownAnswers } from "./aead-known-answers.ts";

/** A library's name for the dynamic loader, and for the log. */
export type LibcryptoName = { readonly file: string; readonly name: string };

/** Best first. macOS aborts a process that loads the system's own, so there it is not tried. */
const LIBCRYPTO_NAMES: Readonly<Record<string, readonly LibcryptoName[]>> = {
  linux: [
    { file: "libcrypto.so.3", name: "libcrypto 3" },
    { file: "libcrypto.so.1.1", name: "libcrypto 1.1" },
  ],
};

const TAG_BYTES = 16;
const NONCE_BYTES = 12;
/** `EVP_CTRL_AEAD_GET_TAG` and `EVP_CTRL_AEAD_SET_TAG`. */
const GET_TAG = 0x10;
const SET_TAG = 0x11;
/** `OPENSSL_INIT_NO_ATEXIT`. */
const NO_ATEXIT = 0x0008_0000;

/** Context, cipher, engine, key, nonce: null leaves a thing as it is. */
const INIT = {
  args: [FFIType.ptr, FFIType.ptr, FFIType.ptr, FFIType.ptr, FFIType.ptr],
  returns: FFIType.i32,
} as const;
/** Context, output (null for additional data), output's length, input, input's length. */
const UPDATE = {
  args: [FFIType.ptr, FFIType.ptr, FFIType.ptr, FFIType.ptr, FFIType.i32],
  returns: FFIType.i32,
} as const;
/** Context, output, output's length. */
const FINAL = { args: [FFIType.ptr, FFIType.ptr, FFIType.ptr], returns: FFIType.i32 } as const;

const SYMBOLS = {
  OPENSSL_init_crypto: { args: [FFIType.u64_fast, FFIType.ptr], returns: FFIType.i32 },
  EVP_aes_128_gcm: { args: [], returns: FFIType.ptr },
  EVP_aes_256_gcm: { args: [], returns: FFIType.ptr },
  EVP_CIPHER_CTX_new: { args: [], returns: FFIType.ptr },
  EVP_CIPHER_CTX_free: { args: [FFIType.ptr], returns: FFIType.void },
  // context, command, number, data
  EVP_CIPHER_CTX_ctrl: {
    args: [FFIType.ptr, FFIType.i32, FFIType.i32, FFIType.ptr],
    returns: FFIType.i32,
  },
  EVP_EncryptInit_ex: INIT,
  EVP_DecryptInit_ex: INIT,
  EVP_EncryptUpdate: UPDATE,
  EVP_DecryptUpdate: UPDATE,
  EVP_EncryptFinal_ex: FINAL,
  EVP_DecryptFinal_ex: FINAL,
} as const;

/** An address, or an array whose bytes lie still for the length of the call. */
type Native = number | Uint8Array;

/** The functions above. Bun's own type of pointers knows no arithmetic. */
type Libcrypto = {
  OPENSSL_init_crypto(options: number, settings: number): number;
  EVP_aes_128_gcm(): number | null;
  EVP_aes_256_gcm(): number | null;
  EVP_CIPHER_CTX_new(): number | null;
  EVP_CIPHER_CTX_free(context: number): void;
  EVP_CIPHER_CTX_ctrl(context: number, command: number, count: number, data: number): number;
  EVP_EncryptInit_ex: InitCall;
  EVP_DecryptInit_ex: InitCall;
  EVP_EncryptUpdate: UpdateCall;
  EVP_DecryptUpdate: UpdateCall;
  EVP_EncryptFinal_ex(context: number, out: number, outLength: number): number;
  EVP_DecryptFinal_ex(context: number, out: number, outLength: number): number;
};
type InitCall = (
  context: number,
  cipher: number,
  engine: number,
  key: Native,
  nonce: Native,
) => number;
type UpdateCall = (
  context: number,
  out: number,
  outLength: number,
  input: Native,
  inputBytes: number,
) => number;

/**
 * The system's AES-GCM, or null where there is none that gives right answers.
 *
 * @param names libraries to try, in this order
 */
export function loadNativeAead(
  names: readonly LibcryptoName[] = LIBCRYPTO_NAMES[platform] ?? [],
): { name: string; create: AeadFactory } | null {
  for (const { file, name } of names) {
    const create = loadFactory(file);
    if (create !== null && passesKnownAnswers(create)) return { name, create };
  }
  return null;
}

function loadFactory(file: string): AeadFactory | null {
  try {
    const library = dlopen(file, SYMBOLS).symbols as unknown as Libcrypto;
    // Without its own clean-up at exit, which would pull the ground from under threads that still
    // run. It has to be told before any other call.
    if (library.OPENSSL_init_crypto(NO_ATEXIT, 0) !== 1) return null;
    const buffers = new NativeBuffers();
    return (key) => new LibcryptoGcm(library, buffers, key);
  } catch {
    return null; // not under this name, or without these functions
  }
}

/** What the contexts of one thread share. */
class NativeBuffers {
  /** Where the library writes how much it wrote: always what it was given, so nobody reads it. */
  readonly #outLength: Int32Array = new Int32Array(new ArrayBuffer(4));
  readonly outLengthAddress: number = ptr(this.#outLength);
  #bytes: Uint8Array = new Uint8Array(new ArrayBuffer(1));
  #address: number = ptr(this.#bytes);

  /**
   * The address of an array that is likely to come again, as the arena of a port does. It stays
   * valid as long as the array is known here and has its length.
   */
  addressOf(bytes: Uint8Array): number {
    if (bytes !== this.#bytes) {
      // The first look at its buffer moves a small array out of the collected heap, for good.
      assert(bytes.buffer.byteLength >= bytes.length, "A view lies in its buffer");
      this.#address = ptr(bytes);
      this.#bytes = bytes;
    }
    return this.#address;
  }
}

/**
 * AES-GCM by OpenSSL's libcrypto. One context for the life of the key: a packet brings a nonce
 * only, and allocates nothing. AES-GCM uses the cipher one way, so the context seals and opens.
 */
class LibcryptoGcm implements Aead {
  readonly #library: Libcrypto;
  readonly #buffers: NativeBuffers;
  /** 0 once closed: its memory is the library's. */
  #context: number;

  constructor(library: Libcrypto, buffers: NativeBuffers, key: Uint8Array) {
    assert(key.length === 16 || key.length === 32, "An AES-GCM key has 16 or 32 bytes");
    this.#library = library;
    this.#buffers = buffers;
    const cipher = key.length === 16 ? library.EVP_aes_128_gcm() : library.EVP_aes_256_gcm();
    const context = library.EVP_CIPHER_CTX_new();
    assert(cipher !== null && context !== null, "libcrypto has no memory for a cipher");
    this.#context = context;
    if (library.EVP_EncryptInit_ex(context, cipher, 0, key, 0) !== 1) {
      this.close();
      assert(false, "libcrypto refuses an AES-GCM key");
    }
  }

  seal(
    nonce: Uint8Array,
    aad: Uint8Array,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): number {
    const context = this.#context;
    assert(context !== 0, "A closed AEAD seals nothing");
    assert(nonce.length === NONCE_BYTES, "A nonce of AES-GCM has 12 bytes");
    assertWithin(bytes, offset, length + TAG_BYTES);
    const library = this.#library;
    const unused = this.#buffers.outLengthAddress;
    const at = this.#buffers.addressOf(bytes) + offset;
    const tagAt = at + length;
    const isDone =
      library.EVP_EncryptInit_ex(context, 0, 0, 0, nonce) === 1 &&
      (aad.length === 0 || library.EVP_EncryptUpdate(context, 0, unused, aad, aad.length) === 1) &&
      (length === 0 || library.EVP_EncryptUpdate(context, at, unused, at, length) === 1) &&
      library.EVP_EncryptFinal_ex(context, tagAt, unused) === 1 &&
      library.EVP_CIPHER_CTX_ctrl(context, GET_TAG, TAG_BYTES, tagAt) === 1;
    assert(isDone, "libcrypto refuses to seal");
    return length + TAG_BYTES;
  }

  open(
    nonce: Uint8Array,
    aad: Uint8Array,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): number {
    const context = this.#context;
    assert(context !== 0, "A closed AEAD opens nothing");
    assert(nonce.length === NONCE_BYTES, "A nonce of AES-GCM has 12 bytes");
    const textLength = length - TAG_BYTES;
    if (textLength < 0) return -1;
    assertWithin(bytes, offset, length);
    const library = this.#library;
    const unused = this.#buffers.outLengthAddress;
    const at = ptr(bytes) + offset; // a datagram has bytes of its own: nothing to remember
    const tagAt = at + textLength;
    const isDone =
      library.EVP_DecryptInit_ex(context, 0, 0, 0, nonce) === 1 &&
      library.EVP_CIPHER_CTX_ctrl(context, SET_TAG, TAG_BYTES, tagAt) === 1 &&
      (aad.length === 0 || library.EVP_DecryptUpdate(context, 0, unused, aad, aad.length) === 1) &&
      (textLength === 0 || library.EVP_DecryptUpdate(context, at, unused, at, textLength) === 1);
    assert(isDone, "libcrypto refuses to open");
    if (library.EVP_DecryptFinal_ex(context, tagAt, unused) === 1) return textLength;
    if (textLength > 0) this.#restore(nonce, at, textLength);
    return -1;
  }

  /** The key stream once more: what it changed it changes back. Cheaper than to copy each packet. */
  #restore(nonce: Uint8Array, at: number, length: number): void {
    const isDone =
      this.#library.EVP_DecryptInit_ex(this.#context, 0, 0, 0, nonce) === 1 &&
      this.#library.EVP_DecryptUpdate(
        this.#context,
        at,
        this.#buffers.outLengthAddress,
        at,
        length,
      ) === 1;
    assert(isDone, "libcrypto refuses to restore");
  }

  close(): void {
    if (this.#context === 0) return;
    this.#library.EVP_CIPHER_CTX_free(this.#context);
    this.#context = 0;
  }
}

/** Native code sees addresses only. */
function assertWithin(bytes: Uint8Array, offset: number, length: number): void {
  assert(
    offset >= 0 && length >= TAG_BYTES && offset + length <= bytes.length,
    "A packet to seal or open lies within its array",
  );
}
