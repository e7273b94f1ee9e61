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
/** What a context has before it is used, as long as the longest key. */
const NO_KEY = new Uint8Array(new ArrayBuffer(32));
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
    const contexts = {
      16: new ContextPair(library, library.EVP_aes_128_gcm()),
      32: new ContextPair(library, library.EVP_aes_256_gcm()),
    } as const;
    return (key) => {
      assert(key.length === 16 || key.length === 32, "An AES-GCM key has 16 or 32 bytes");
      return new LibcryptoGcm(library, buffers, contexts[key.length], key);
    };
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

/** A context of the library, which has the key of whoever used it last. */
class SharedContext {
  readonly address: number;
  holder: LibcryptoGcm | undefined;

  constructor(address: number) {
    this.address = address;
  }
}

/** Contexts for all keys of one length, each for its own direction: an echo changes no keys. */
class ContextPair {
  readonly sealing: SharedContext;
  readonly opening: SharedContext;

  constructor(library: Libcrypto, cipher: number | null) {
    this.sealing = new SharedContext(newContext(library, cipher));
    this.opening = new SharedContext(newContext(library, cipher));
  }
}

function newContext(library: Libcrypto, cipher: number | null): number {
  const context = library.EVP_CIPHER_CTX_new();
  assert(cipher !== null && context !== null, "libcrypto has no memory for a cipher");
  const isReady = library.EVP_EncryptInit_ex(context, cipher, 0, NO_KEY, 0) === 1;
  assert(isReady, "libcrypto refuses an AES-GCM key");
  return context;
}

/**
 * AES-GCM by OpenSSL's libcrypto. The keys of a thread take turns in one context: to set one up anew
 * is some 0.15 us of arithmetic, while a context for each key would be a kilobyte, 18 cache lines,
 * that one packet in a fan-out waits for longer. Packets in a row under one key set it up once.
 */
class LibcryptoGcm implements Aead {
  readonly #library: Libcrypto;
  readonly #buffers: NativeBuffers;
  readonly #contexts: ContextPair;
  /** 0 once closed. */
  #keyAddress: number;
  /** Where that address leads. Lies still, having a buffer of its own from the first. */
  readonly #key: Uint8Array;

  constructor(library: Libcrypto, buffers: NativeBuffers, contexts: ContextPair, key: Uint8Array) {
    this.#library = library;
    this.#buffers = buffers;
    this.#contexts = contexts;
    this.#key = new Uint8Array(new ArrayBuffer(key.length));
    this.#key.set(key);
    this.#keyAddress = ptr(this.#key);
  }

  seal(
    nonce: Uint8Array,
    aad: Uint8Array,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): number {
    assert(this.#keyAddress !== 0, "A closed AEAD seals nothing");
    assert(nonce.length === NONCE_BYTES, "A nonce of AES-GCM has 12 bytes");
    assertWithin(bytes, offset, length + TAG_BYTES);
    const library = this.#library;
    const shared = this.#contexts.sealing;
    const context = shared.address;
    const unused = this.#buffers.outLengthAddress;
    const at = this.#buffers.addressOf(bytes) + offset;
    const tagAt = at + length;
    const isDone =
      library.EVP_EncryptInit_ex(context, 0, 0, this.#takeTurn(shared), nonce) === 1 &&
      (aad.length === 0 || library.EVP_EncryptUpdate(context, 0, unused, aad, aad.length) === 1) &&
      (length === 0 || library.EVP_EncryptUpdate(context, at, unused, at, length) === 1) &&
      library.EVP_EncryptFinal_ex(context, tagAt, unused) === 1 &&
      library.EVP_CIPHER_CTX_ctrl(context, GET_TAG, TAG_BYTES, tagAt) === 1;
    assert(isDone, "libcrypto refuses to seal");
    shared.holder = this;
    return length + TAG_BYTES;
  }

  open(
    nonce: Uint8Array,
    aad: Uint8Array,
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): number {
    assert(this.#keyAddress !== 0, "A closed AEAD opens nothing");
    assert(nonce.length === NONCE_BYTES, "A nonce of AES-GCM has 12 bytes");
    const textLength = length - TAG_BYTES;
    if (textLength < 0) return -1;
    assertWithin(bytes, offset, length);
    const library = this.#library;
    const shared = this.#contexts.opening;
    const context = shared.address;
    const unused = this.#buffers.outLengthAddress;
    const at = ptr(bytes) + offset; // a datagram has bytes of its own: nothing to remember
    const tagAt = at + textLength;
    const isDone =
      library.EVP_DecryptInit_ex(context, 0, 0, this.#takeTurn(shared), nonce) === 1 &&
      library.EVP_CIPHER_CTX_ctrl(context, SET_TAG, TAG_BYTES, tagAt) === 1 &&
      (aad.length === 0 || library.EVP_DecryptUpdate(context, 0, unused, aad, aad.length) === 1) &&
      (textLength === 0 || library.EVP_DecryptUpdate(context, at, unused, at, textLength) === 1);
    assert(isDone, "libcrypto refuses to open");
    shared.holder = this;
    if (library.EVP_DecryptFinal_ex(context, tagAt, unused) === 1) return textLength;
    if (textLength > 0) this.#restore(context, nonce, at, textLength);
    return -1;
  }

  /** The key stream once more: what it changed it changes back. Cheaper than to copy each packet. */
  #restore(context: number, nonce: Uint8Array, at: number, length: number): void {
    const isDone =
      this.#library.EVP_DecryptInit_ex(context, 0, 0, 0, nonce) === 1 &&
      this.#library.EVP_DecryptUpdate(context, at, this.#buffers.outLengthAddress, at, length) ===
        1;
    assert(isDone, "libcrypto refuses to restore");
  }

  /**
   * The key that the context is to be given: null leaves it the one it has. Until the caller says
   * that all went well nobody holds it, so that a key half set up is never used.
   */
  #takeTurn(shared: SharedContext): number {
    if (shared.holder === this) return 0;
    shared.holder = undefined;
    return this.#keyAddress;
  }

  close(): void {
    if (this.#keyAddress === 0) return;
    this.#keyAddress = 0;
    this.#key.fill(0);
    this.#leave(this.#contexts.sealing);
    this.#leave(this.#contexts.opening);
  }

  /** What the library made of the key goes as well. */
  #leave(shared: SharedContext): void {
    if (shared.holder !== this) return;
    shared.holder = undefined;
    const isDone = this.#library.EVP_EncryptInit_ex(shared.address, 0, 0, this.#key, 0) === 1;
    assert(isDone, "libcrypto refuses to forget a key");
  }
}

/** Native code sees addresses only. */
function assertWithin(bytes: Uint8Array, offset: number, length: number): void {
  assert(
    offset >= 0 && length >= TAG_BYTES && offset + length <= bytes.length,
    "A packet to seal or open lies within its array",
  );
}
