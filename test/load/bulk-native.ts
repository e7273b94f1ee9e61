/** One end of a byte stream, by @livekit/rtc-node; started by `run-data-bulk.ts`. */
import { parseArgs } from "node:util";
import { type ByteStreamReader, Room } from "@livekit/rtc-node";
import { joinToken } from "../../src/loadtest/access-token.ts";
import { required, SERVER_OPTIONS, serverOf } from "./arguments.ts";
import { type BulkReport, type BulkWorker, serveBulkOrders } from "./bulk-protocol.ts";
import { CHUNK_BYTES, chunkContent } from "./chunk-pattern.ts";
import { isSame } from "./data-messages.ts";

const TOPIC = "bulk";

/** Writes a chunk when the library has taken the one before. */
class NativeSender implements BulkWorker {
  readonly #room: Room;
  #chunks = 0;
  #isRunning = false;
  #isEnded = false;

  constructor(room: Room) {
    this.#room = room;
  }

  start(bytesPerSecond: number | undefined): void {
    this.#isRunning = true;
    this.#send(bytesPerSecond ?? Number.POSITIVE_INFINITY).catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  }

  stop(): void {
    this.#isRunning = false;
  }

  report(): BulkReport {
    const chunks = this.#chunks;
    const bytes = chunks * CHUNK_BYTES;
    return { chunks, bytes, duplicates: 0, disordered: 0, corrupt: 0, isEnded: this.#isEnded };
  }

  async #send(bytesPerSecond: number): Promise<void> {
    const writer = await this.#room.localParticipant!.streamBytes({ name: "bulk", topic: TOPIC });
    const startMs = performance.now();
    while (this.#isRunning) {
      await writer.write(chunkContent(this.#chunks));
      this.#chunks += 1;
      const dueMs = startMs + (this.#chunks * CHUNK_BYTES * 1000) / bytesPerSecond;
      if (dueMs > performance.now() + 1) await Bun.sleep(dueMs - performance.now());
    }
    await writer.close();
    this.#isEnded = true;
  }
}

/** Compares every byte; the library cuts the stream as it likes. */
class NativeReceiver implements BulkWorker {
  #bytes = 0;
  #corrupt = 0;
  #isEnded = false;

  constructor(room: Room) {
    room.registerByteStreamHandler(TOPIC, (reader) => {
      this.#read(reader).catch((error: unknown) => console.error(error));
    });
  }

  start(): void {}

  stop(): void {}

  report(): BulkReport {
    return {
      chunks: Math.floor(this.#bytes / CHUNK_BYTES),
      bytes: this.#bytes,
      duplicates: 0,
      disordered: 0,
      corrupt: this.#corrupt,
      isEnded: this.#isEnded,
    };
  }

  async #read(reader: ByteStreamReader): Promise<void> {
    for await (const piece of reader) {
      for (let at = 0; at < piece.length; ) {
        const within = this.#bytes % CHUNK_BYTES;
        const length = Math.min(CHUNK_BYTES - within, piece.length - at);
        const expected = chunkContent(Math.floor(this.#bytes / CHUNK_BYTES));
        const got = piece.subarray(at, at + length);
        if (!isSame(got, expected.subarray(within, within + length))) this.#corrupt += 1;
        this.#bytes += length;
        at += length;
      }
    }
    this.#isEnded = true;
  }
}

const { values } = parseArgs({
  options: {
    ...SERVER_OPTIONS,
    role: { type: "string" },
    room: { type: "string" },
    address: { type: "string" },
  },
});
const server = serverOf(values);
const role = required(values.role, "role");
const room = new Room();
const worker = role === "sender" ? new NativeSender(room) : new NativeReceiver(room);
const token = await joinToken(server, required(values.room, "room"), role);
await room.connect(server.url, token, { autoSubscribe: true, dynacast: false });
serveBulkOrders(worker);
