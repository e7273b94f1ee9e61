import { livekit } from "../../src/gen/livekit.js";
import type { SimClient } from "./sim-client.ts";
import type { SimEngine } from "./sim-engine.ts";

export const CHUNK_BYTES = 15_000;
/** What a client lets wait on its own side before it sends more, as the SDKs do. */
export const CLIENT_BUFFER_BYTES: number = 256 * 1024;
/** What waits for a receiver that is behind, and a few messages more. */
export const SERVER_BUFFER_BYTES_MAX: number = 512 * 1024 + 4 * CHUNK_BYTES;

export function chunkTo(identity: string, index: number): Uint8Array {
  const content = new Uint8Array(CHUNK_BYTES);
  return livekit.DataPacket.encode({
    destinationIdentities: identity === "" ? [] : [identity],
    sequence: index + 1,
    streamChunk: { streamId: "file", chunkIndex: index, content },
  }).finish();
}

/** Sends a file as fast as its channel takes it; call `step` again and again. */
export class FileSender {
  readonly #client: SimClient;
  readonly #chunks: readonly Uint8Array[];
  sent = 0;

  constructor(client: SimClient, to: string, chunks: number) {
    this.#client = client;
    this.#chunks = Array.from({ length: chunks }, (_, index) => chunkTo(to, index));
  }

  step(nowMs: number): void {
    const { channels, channelIds } = this.#client;
    const id = channelIds.get("_reliable")!;
    while (this.sent < this.#chunks.length && channels.bufferedBytes(id) < CLIENT_BUFFER_BYTES) {
      if (channels.send(nowMs, id, this.#chunks[this.sent]!, false) !== "sent") return;
      this.sent += 1;
    }
  }
}

/** Reads one message of the reliable channel at a time; what waits fills its receive window. */
export class SlowReader {
  readonly indices: number[] = [];
  readonly #client: SimClient;
  readonly #id: number;

  constructor(client: SimClient) {
    this.#client = client;
    this.#id = client.channelIds.get("_reliable")!;
    client.channels.setReadPaused(this.#id, true);
    client.onMessage = () => false;
  }

  readOne(nowMs: number): void {
    const { channels } = this.#client;
    channels.setReadPaused(this.#id, false);
    const event = channels.pollEvent();
    channels.setReadPaused(this.#id, true);
    if (event?.kind === "message") {
      const { streamChunk } = livekit.DataPacket.decode(event.bytes);
      this.indices.push(Number(streamChunk?.chunkIndex));
    }
    this.#client.pumpData(nowMs);
  }
}

export function bufferedFor(engine: SimEngine, peerId: number): number {
  const info = engine.node.debugInfo() as {
    peers: { peerId: number; data: { channels: { bufferedBytes: number }[] } }[];
  };
  const channels = info.peers.find((peer) => peer.peerId === peerId)?.data.channels ?? [];
  return channels.reduce((sum, { bufferedBytes }) => sum + bufferedBytes, 0);
}

/** Counts what a client gets, and forgets it. */
export function tally(client: SimClient): { count: number; latest: number } {
  const counted = { count: 0, latest: -1 };
  client.onMessage = (bytes) => {
    const { streamChunk, chatMessage } = livekit.DataPacket.decode(bytes);
    if (streamChunk !== null || chatMessage !== null) counted.count += 1;
    if (streamChunk) counted.latest = Number(streamChunk.chunkIndex);
    return false;
  };
  return counted;
}
