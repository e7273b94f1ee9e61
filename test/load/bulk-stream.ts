import { livekit } from "../../src/gen/livekit.js";
import type { ClientData } from "../../src/loadtest/client-data.ts";
import { DataReceipts } from "../../src/loadtest/data-receipts.ts";
import type { BulkReport, BulkWorker } from "./bulk-protocol.ts";
import { CHUNK_BYTES, chunkContent } from "./chunk-pattern.ts";
import { isSame, streamChunk, streamHeader, streamTrailer } from "./data-messages.ts";

const LABEL = "_reliable";
const STREAM_ID = "bulk";
/** The sender fills its buffer up to here, and again when it has fallen to the lower mark. */
const HIGH_BYTES = 2 * 1024 * 1024;
const LOW_BYTES = 1024 * 1024;
const PACE_TICK_MS = 2;

/** Sends one byte stream: header, chunks until told to stop, trailer. */
export class BulkSender implements BulkWorker {
  readonly #data: ClientData;
  #chunks = 0;
  #sequence = 0;
  #isRunning = false;
  #isEnded = false;
  #bytesPerSecond: number = Number.POSITIVE_INFINITY;
  #startMs = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(data: ClientData) {
    this.#data = data;
  }

  start(bytesPerSecond: number | undefined): void {
    this.#bytesPerSecond = bytesPerSecond ?? Number.POSITIVE_INFINITY;
    this.#startMs = performance.now();
    this.#isRunning = true;
    this.#send(streamHeader(this.#nextSequence(), STREAM_ID));
    this.#data.setBufferedLow(LABEL, LOW_BYTES);
    this.#data.onBufferedLow = () => this.#fill();
    if (bytesPerSecond !== undefined) {
      this.#timer = setInterval(() => this.#fillAndFlush(), PACE_TICK_MS);
    }
    this.#fillAndFlush();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#isRunning = false;
    this.#send(streamTrailer(this.#nextSequence(), STREAM_ID));
    this.#isEnded = true;
    this.#data.flush(performance.now());
  }

  report(): BulkReport {
    const chunks = this.#chunks;
    const bytes = chunks * CHUNK_BYTES;
    return { chunks, bytes, duplicates: 0, disordered: 0, corrupt: 0, isEnded: this.#isEnded };
  }

  #fillAndFlush(): void {
    this.#fill();
    this.#data.flush(performance.now());
  }

  #fill(): void {
    if (!this.#isRunning) return;
    const due = ((performance.now() - this.#startMs) * this.#bytesPerSecond) / 1000;
    while (this.#data.bufferedBytes(LABEL) < HIGH_BYTES && this.#chunks * CHUNK_BYTES < due) {
      this.#send(streamChunk(this.#nextSequence(), STREAM_ID, this.#chunks));
      this.#chunks += 1;
    }
  }

  #nextSequence(): number {
    this.#sequence += 1;
    return this.#sequence;
  }

  #send(packet: Uint8Array): void {
    if (!this.#data.send(performance.now(), LABEL, packet)) {
      throw new Error("The sender's channel takes no more");
    }
  }
}

/** Receives one byte stream and compares every byte. */
export class BulkReceiver implements BulkWorker {
  readonly #receipts = new DataReceipts();
  #isEnded = false;

  constructor(data: ClientData) {
    data.onMessage = (_label, bytes) => this.#receive(livekit.DataPacket.decode(bytes));
  }

  start(): void {}

  stop(): void {}

  report(): BulkReport {
    const { received, bytes, duplicates, disordered, corrupt } = this.#receipts;
    return { chunks: received, bytes, duplicates, disordered, corrupt, isEnded: this.#isEnded };
  }

  #receive({ streamChunk: chunk, streamTrailer: trailer }: livekit.DataPacket): void {
    if (trailer) this.#isEnded = true;
    if (!chunk) return;
    const index = Number(chunk.chunkIndex);
    const content = chunk.content ?? new Uint8Array(0);
    if (isSame(content, chunkContent(index))) this.#receipts.add(index, content.length);
    else this.#receipts.corrupt += 1;
  }
}
