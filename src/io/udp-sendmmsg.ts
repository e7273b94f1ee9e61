import { ptr } from "bun:ffi";
import {
  CONTROL_AT,
  CONTROL_BYTES_AT,
  HEADER_WORDS,
  NAME_AT,
  NAME_BYTES_AT,
  VECTOR_AT,
  VECTOR_COUNT_AT,
  VECTOR_WORDS,
  writeAddress,
} from "./message-headers.ts";
import { Errno, type NativeSend } from "./native-libc.ts";
import { SOCKADDR_SLOT_BYTES } from "./udp-address.ts";
import { BATCH_DATAGRAMS_MAX, type UdpBatch } from "./udp-batch.ts";
import { UdpCounter } from "./udp-counters.ts";
import type { UdpPathTable } from "./udp-path-table.ts";
import type { UdpBackend } from "./udp-send-many.ts";

/** `UDP_MAX_SEGMENTS` of the kernels that allow fewest. */
const SEGMENTS_MAX = 64;
/** A segmented message must fit one IP packet before it is cut. */
const MESSAGE_BYTES_MAX = 65_000;
/** How often a full socket buffer is tried again, at once, before what is left is dropped. */
const RETRIES_MAX = 3;

// struct cmsghdr with one 16-bit value: length, level, type, value, padded to 24 bytes.
const CONTROL_WORDS = 6;
const CONTROL_BYTES = 24;
const CONTROL_LENGTH = 18;
const LEVEL_UDP = 17;
const UDP_SEGMENT = 103;

/** Messages for one `sendmmsg`, and which vectors each has. */
class MessageTable {
  readonly words: Uint32Array;
  readonly address: number;
  readonly firstVectors: Uint32Array;
  readonly vectorCounts: Uint32Array;
  readonly #control: Uint32Array;
  readonly #controlAddress: number;
  count = 0;

  constructor(messagesMax: number) {
    this.words = new Uint32Array(new ArrayBuffer(messagesMax * HEADER_WORDS * 4));
    this.address = ptr(this.words);
    this.firstVectors = new Uint32Array(messagesMax);
    this.vectorCounts = new Uint32Array(messagesMax);
    this.#control = new Uint32Array(new ArrayBuffer(messagesMax * CONTROL_BYTES));
    this.#controlAddress = ptr(this.#control);
    for (let message = 0; message < messagesMax; message++) {
      const at = message * CONTROL_WORDS;
      this.#control[at] = CONTROL_LENGTH;
      this.#control[at + 2] = LEVEL_UDP;
      this.#control[at + 3] = UDP_SEGMENT;
    }
  }

  /** @param segmentBytes what the message is cut into; 0 for a single datagram */
  push(
    nameAddress: number,
    nameBytes: number,
    vectorAddress: number,
    firstVector: number,
    vectorCount: number,
    segmentBytes: number,
  ): void {
    const message = this.count;
    this.count = message + 1;
    this.firstVectors[message] = firstVector;
    this.vectorCounts[message] = vectorCount;
    const at = message * HEADER_WORDS;
    writeAddress(this.words, at + NAME_AT, nameAddress);
    this.words[at + NAME_BYTES_AT] = nameBytes;
    writeAddress(this.words, at + VECTOR_AT, vectorAddress);
    this.words[at + VECTOR_COUNT_AT] = vectorCount;
    if (segmentBytes > 0) {
      writeAddress(this.words, at + CONTROL_AT, this.#controlAddress + message * CONTROL_BYTES);
      this.words[at + CONTROL_BYTES_AT] = CONTROL_BYTES;
      this.#control[message * CONTROL_WORDS + 4] = segmentBytes;
    } else {
      writeAddress(this.words, at + CONTROL_AT, 0);
      this.words[at + CONTROL_BYTES_AT] = 0;
    }
  }
}

/**
 * `sendmmsg` of Linux on the socket's descriptor. Datagrams of one size to one path leave as one
 * message that the kernel (or the network card) cuts: UDP_SEGMENT, udp(7), a quarter of the cost.
 * Order holds for each path; between paths it is that of their first datagrams.
 */
export class SendmmsgBackend implements UdpBackend {
  readonly #native: NativeSend;
  readonly #fd: number;
  readonly #paths: UdpPathTable;
  readonly #counters: Float64Array;
  readonly #messages: MessageTable = new MessageTable(BATCH_DATAGRAMS_MAX);
  /** The datagrams of one message that was refused as a whole. */
  readonly #singles: MessageTable = new MessageTable(SEGMENTS_MAX);
  readonly #vectors: Uint32Array;
  readonly #vectorsAddress: number;
  /** By vector: the datagram's place in the batch. */
  readonly #entries: Uint32Array = new Uint32Array(BATCH_DATAGRAMS_MAX);
  readonly #namesAddress: number;
  #arenaAddress = 0;
  #segments: boolean;
  #vectorCount = 0;

  constructor(
    native: NativeSend,
    fd: number,
    paths: UdpPathTable,
    counters: Float64Array,
    isSegmenting: boolean,
  ) {
    this.#native = native;
    this.#fd = fd;
    this.#paths = paths;
    this.#counters = counters;
    this.#segments = isSegmenting;
    this.#vectors = new Uint32Array(new ArrayBuffer(BATCH_DATAGRAMS_MAX * VECTOR_WORDS * 4));
    this.#vectorsAddress = ptr(this.#vectors);
    this.#namesAddress = ptr(paths.sockaddrs);
  }

  get name(): string {
    return this.#segments ? "sendmmsg+gso" : "sendmmsg";
  }

  send(batch: UdpBatch): void {
    if (this.#arenaAddress === 0) this.#arenaAddress = ptr(batch.arena);
    this.#messages.count = 0;
    this.#vectorCount = 0;
    for (let i = 0; i < batch.pathCount; i++) this.#addPath(batch, batch.firsts[i]!);
    this.#sendTable(batch, this.#messages);
  }

  /** Cuts the datagrams of one path into runs of equal size; a shorter one may end a run. */
  #addPath(batch: UdpBatch, first: number): void {
    const path = batch.paths[first]!;
    const limit = this.#paths.segmentBytesMax[path]!;
    let entry = first;
    while (entry >= 0) {
      const size = batch.lengths[entry]!;
      const countMax = this.#segments && (limit === 0 || size <= limit) ? SEGMENTS_MAX : 1;
      const firstVector = this.#vectorCount;
      let count = 0;
      let total = 0;
      let isOpen = true;
      while (isOpen && entry >= 0 && count < countMax) {
        const length = batch.lengths[entry]!;
        if (length > size || total + length > MESSAGE_BYTES_MAX) break;
        this.#addVector(batch, entry);
        count += 1;
        total += length;
        isOpen = length === size;
        entry = batch.next[entry]!;
      }
      this.#pushMessage(this.#messages, path, firstVector, count, count > 1 ? size : 0);
    }
  }

  #addVector(batch: UdpBatch, entry: number): void {
    const vector = this.#vectorCount;
    this.#vectorCount = vector + 1;
    this.#entries[vector] = entry;
    const at = vector * VECTOR_WORDS;
    writeAddress(this.#vectors, at, this.#arenaAddress + batch.offsets[entry]!);
    this.#vectors[at + 2] = batch.lengths[entry]!;
  }

  #pushMessage(
    table: MessageTable,
    path: number,
    firstVector: number,
    vectorCount: number,
    segmentBytes: number,
  ): void {
    table.push(
      this.#namesAddress + path * SOCKADDR_SLOT_BYTES,
      this.#paths.sockaddrBytes[path]!,
      this.#vectorsAddress + firstVector * VECTOR_WORDS * 4,
      firstVector,
      vectorCount,
      segmentBytes,
    );
  }

  /** Ends after at most one call for each message and its retries: it never waits. */
  #sendTable(batch: UdpBatch, table: MessageTable): void {
    let message = 0;
    let retries = 0;
    while (message < table.count) {
      const start = table.address + message * HEADER_WORDS * 4;
      const taken = this.#native.sendMessages(this.#fd, start, table.count - message);
      const errno = taken > 0 ? 0 : this.#native.errno();
      this.#count(UdpCounter.SendCalls, 1);
      if (taken > 0) {
        this.#countSent(batch, table, message, taken);
        message += taken;
        retries = 0;
      } else if (isPassing(errno) && retries < RETRIES_MAX) {
        retries += 1;
      } else if (isPassing(errno)) {
        this.#countLeft(UdpCounter.Dropped, table, message, table.count);
        return;
      } else {
        this.#refuse(batch, table, message, errno);
        message += 1;
        retries = 0;
      }
    }
  }

  /** A segmented message goes again datagram by datagram, in its place; a single one is lost. */
  #refuse(batch: UdpBatch, table: MessageTable, message: number, errno: number): void {
    const count = table.vectorCounts[message]!;
    if (count === 1) {
      this.#count(UdpCounter.Refused, 1);
      return;
    }
    const firstVector = table.firstVectors[message]!;
    const firstEntry = this.#entries[firstVector]!;
    const path = batch.paths[firstEntry]!;
    if (errno === Errno.Io || errno === Errno.NotSupported) {
      this.#segments = false; // the device cannot compute checksums: it never will
    } else if (errno === Errno.Invalid || errno === Errno.MessageTooLong) {
      this.#paths.segmentBytesMax[path] = batch.lengths[firstEntry]! - 1; // over this path's MTU
    }
    this.#singles.count = 0;
    for (let vector = firstVector; vector < firstVector + count; vector++) {
      this.#pushMessage(this.#singles, path, vector, 1, 0);
    }
    this.#sendTable(batch, this.#singles);
  }

  #countSent(batch: UdpBatch, table: MessageTable, message: number, taken: number): void {
    this.#countLeft(UdpCounter.Sent, table, message, message + taken);
    let bytes = 0;
    const last = message + taken - 1;
    const end = table.firstVectors[last]! + table.vectorCounts[last]!;
    for (let vector = table.firstVectors[message]!; vector < end; vector++) {
      bytes += batch.lengths[this.#entries[vector]!]!;
    }
    this.#count(UdpCounter.SentBytes, bytes);
  }

  #countLeft(counter: UdpCounter, table: MessageTable, from: number, to: number): void {
    let datagrams = 0;
    for (let message = from; message < to; message++) datagrams += table.vectorCounts[message]!;
    this.#count(counter, datagrams);
  }

  #count(counter: UdpCounter, amount: number): void {
    this.#counters[counter] = this.#counters[counter]! + amount;
  }
}

/** Nothing is wrong with the message: the buffers are full, or a signal came in between. */
function isPassing(errno: number): boolean {
  return errno === Errno.Again || errno === Errno.NoBuffers || errno === Errno.Interrupted;
}
