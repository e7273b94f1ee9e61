/** Runs in a tab: one end of a byte stream. Everything that the load calls is a method of `globalThis.client`. */
import { type ByteStreamReader, Room } from "livekit-client";
import { CHUNK_BYTES, chunkContent } from "../../../load/chunk-pattern.ts";

const TOPIC = "bulk";

class BulkClient {
  readonly #room = new Room();
  #bytes = 0;
  #corrupt = 0;
  #isRunning = false;
  #isEnded = false;

  async join(url: string, token: string): Promise<void> {
    this.#room.registerByteStreamHandler(TOPIC, (reader) => this.#read(reader));
    await this.#room.connect(url, token);
  }

  /** Sends until it is told to stop; a chunk when the library has taken the one before. */
  start(bytesPerSecond: number): void {
    this.#isRunning = true;
    this.#send(bytesPerSecond).catch((error: unknown) => reportError(error));
  }

  stop(): void {
    this.#isRunning = false;
  }

  report(): { bytes: number; corrupt: number; isEnded: boolean } {
    return { bytes: this.#bytes, corrupt: this.#corrupt, isEnded: this.#isEnded };
  }

  /** @param bytesPerSecond 0 for as fast as it goes */
  async #send(bytesPerSecond: number): Promise<void> {
    const writer = await this.#room.localParticipant.streamBytes({ name: "bulk", topic: TOPIC });
    const startMs = performance.now();
    while (this.#isRunning) {
      await writer.write(chunkContent(this.#bytes / CHUNK_BYTES));
      this.#bytes += CHUNK_BYTES;
      if (bytesPerSecond === 0) continue;
      const earlyMs = startMs + (this.#bytes * 1000) / bytesPerSecond - performance.now();
      if (earlyMs > 1) await new Promise((resolve) => setTimeout(resolve, earlyMs));
    }
    await writer.close();
    this.#isEnded = true;
  }

  async #read(reader: ByteStreamReader): Promise<void> {
    for await (const piece of reader) {
      for (let i = 0; i < piece.length; i += CHUNK_BYTES) {
        const expected = chunkContent(Math.floor((this.#bytes + i) / CHUNK_BYTES));
        const length = Math.min(CHUNK_BYTES, piece.length - i);
        for (let at = 0; at < length; at++) {
          if (piece[i + at] === expected[at]) continue;
          this.#corrupt += 1;
          break;
        }
      }
      this.#bytes += piece.length;
    }
    this.#isEnded = true;
  }
}

Object.assign(globalThis, { client: new BulkClient() });
