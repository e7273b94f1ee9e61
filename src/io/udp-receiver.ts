import { ptr } from "bun:ffi";
import {
  FLAGS_AT,
  HEADER_WORDS,
  LENGTH_AT,
  NAME_AT,
  NAME_BYTES_AT,
  VECTOR_AT,
  VECTOR_COUNT_AT,
  VECTOR_WORDS,
  writeAddress,
} from "./message-headers.ts";
import type { NativeWait } from "./native-wait.ts";
import { SOCKADDR_SLOT_BYTES } from "./udp-address.ts";

/** Datagrams that one system call brings at most. */
const BATCH = 64;
/** What is longer is cut, and marked: no media is. */
const SLOT_BYTES = 2048;

/** `MSG_TRUNC` of Linux. */
const TRUNCATED = 0x20;

/**
 * Receives datagrams of any socket in batches by `recvmmsg`, into memory that is used again for the
 * next batch. One per thread serves all its sockets.
 */
export class UdpReceiver {
  readonly #native: NativeWait;
  readonly #bytes: Uint8Array = new Uint8Array(new ArrayBuffer(BATCH * SLOT_BYTES));
  readonly #headers: Uint32Array = new Uint32Array(new ArrayBuffer(BATCH * HEADER_WORDS * 4));
  readonly #headersAddress: number = ptr(this.#headers);
  readonly #vectors: Uint32Array = new Uint32Array(new ArrayBuffer(BATCH * VECTOR_WORDS * 4));
  /** By place in the batch: a view as long as the last datagram there. */
  readonly #views: (Uint8Array | undefined)[] = new Array<undefined>(BATCH).fill(undefined);
  /** Socket addresses of the senders, SOCKADDR_SLOT_BYTES for each datagram of the batch. */
  readonly names: Uint8Array = new Uint8Array(new ArrayBuffer(BATCH * SOCKADDR_SLOT_BYTES));

  constructor(native: NativeWait) {
    this.#native = native;
    const names = ptr(this.names);
    const vectors = ptr(this.#vectors);
    const bytes = ptr(this.#bytes);
    for (let i = 0; i < BATCH; i++) {
      const header = i * HEADER_WORDS;
      writeAddress(this.#headers, header + NAME_AT, names + i * SOCKADDR_SLOT_BYTES);
      writeAddress(this.#headers, header + VECTOR_AT, vectors + i * VECTOR_WORDS * 4);
      this.#headers[header + VECTOR_COUNT_AT] = 1;
      writeAddress(this.#vectors, i * VECTOR_WORDS, bytes + i * SLOT_BYTES);
      this.#vectors[i * VECTOR_WORDS + 2] = SLOT_BYTES;
    }
  }

  /** How many datagrams one call brings at most. */
  get batchMax(): number {
    return BATCH;
  }

  /** @returns how many datagrams were waiting: 0..batchMax; the former ones are overwritten */
  receive(fd: number): number {
    const headers = this.#headers;
    for (let i = NAME_BYTES_AT; i < headers.length; i += HEADER_WORDS) {
      headers[i] = SOCKADDR_SLOT_BYTES; // the system writes how much it used
    }
    return Math.max(0, this.#native.receiveMessages(fd, this.#headersAddress, BATCH));
  }

  /** A view of the datagram, good until the next `receive`. It may be changed. */
  datagram(index: number): Uint8Array {
    const length = this.#headers[index * HEADER_WORDS + LENGTH_AT]!;
    const known = this.#views[index];
    if (known !== undefined && known.length === length) return known;
    const at = index * SLOT_BYTES;
    const view = this.#bytes.subarray(at, at + length);
    this.#views[index] = view;
    return view;
  }

  isTruncated(index: number): boolean {
    return (this.#headers[index * HEADER_WORDS + FLAGS_AT]! & TRUNCATED) !== 0;
  }
}
