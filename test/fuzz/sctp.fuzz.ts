import { expect, test } from "bun:test";
import { DataChannels } from "../../src/transport/datachannel/data-channels.ts";
import { putU32 } from "../../src/wire/bytes.ts";
import { ChunkType } from "../../src/wire/sctp/chunk-type.ts";
import {
  createDataChannelOpen,
  readDataChannelMessage,
} from "../../src/wire/sctp/data-channel-message.ts";
import { hasZeroChecksum, writeChecksum } from "../../src/wire/sctp/packet.ts";
import { runMutations } from "../support/mutate.ts";
import { SctpLink, seededRandom } from "../support/sctp-link.ts";

const SEED = 20_260_101;
/** A peer's changes must not pile up for ever: a fresh pair after so many packets. */
const PACKETS_EACH = 200;
const HELD_BYTES_MAX = 16 * 1024 * 1024;

function create(dtlsRole: "server" | "client", interleaving: boolean): DataChannels {
  const random = seededRandom(dtlsRole === "server" ? 1 : 2);
  return new DataChannels({ random, dtlsRole, interleaving });
}

/**
 * A connected pair in the middle of things: channels open, data unacknowledged on both sides. The
 * same random numbers each time, so that recorded packets fit.
 */
function createPair(
  interleaving: boolean,
  record?: (packet: Uint8Array) => void,
): {
  server: DataChannels;
  link: SctpLink;
} {
  const server = create("server", interleaving);
  const client = create("client", interleaving);
  const link = new SctpLink(server, client, {
    loss: 0.1,
    seed: 3,
    passes: (packet, isFromA) => {
      if (!isFromA) record?.(packet.slice());
      return true;
    },
  });
  server.connect(0);
  client.connect(0);
  const lossy = { label: "_lossy", ordered: false, maxRetransmits: 0 };
  const reliable = client.open({ label: "_reliable", ordered: true });
  const unreliable = client.open(lossy);
  const ours = server.open(lossy);
  const partial = client.open({ label: "partial", ordered: true, maxRetransmits: 0 });
  link.run(1000);
  for (let i = 0; i < 20; i++) {
    for (const id of [reliable, unreliable, partial]) {
      client.send(link.nowMs, id, new Uint8Array(i * 150), i % 2 === 0);
    }
    server.send(link.nowMs, ours, new Uint8Array(i * 150), false);
  }
  link.run(1500);
  client.closeChannel(unreliable);
  link.run(1600);
  for (let i = 0; i < 50; i++) server.send(link.nowMs, ours, new Uint8Array(1000), false);
  return { server, link };
}

function drain(server: DataChannels, nowMs: number, out: Uint8Array): void {
  while (server.pollEvent() !== undefined);
  for (let packets = 0; server.pollTransmit(nowMs, out) > 0; packets++) {
    expect(packets).toBeLessThan(10_000);
  }
}

test.each([{ interleaving: true }, { interleaving: false }])(
  "Data channels take any packet without throwing, looping or holding more than their bounds, $interleaving",
  ({ interleaving }) => {
    const corpus: Uint8Array[] = [];
    createPair(interleaving, (packet) => corpus.push(packet));
    expect(corpus.length).toBeGreaterThan(30);
    const kinds = new Set(corpus.map((packet) => packet[12]));
    const data = interleaving ? ChunkType.IData : ChunkType.Data;
    const forward = interleaving ? ChunkType.IForwardTsn : ChunkType.ForwardTsn;
    for (const type of [ChunkType.Init, data, ChunkType.Sack, forward]) {
      expect(kinds).toContain(type);
    }

    const out = new Uint8Array(2048);
    let count = 0;
    let server = createPair(interleaving).server;
    let nowMs = 2000;
    runMutations(corpus, 20_000, SEED, (bytes) => {
      if (count++ % PACKETS_EACH === 0) {
        server = createPair(interleaving).server;
        nowMs = 2000;
      }
      // A right checksum, or nothing would come past it; now and then the mutated one.
      if (bytes.length >= 12 && count % 16 !== 0 && !hasZeroChecksum(bytes)) {
        putU32(bytes, 8, 0);
        writeChecksum(bytes, bytes.length);
      }
      server.handlePacket(nowMs, bytes);
      drain(server, nowMs, out);
      nowMs += count % 50 === 0 ? 400 : 1;
      if (nowMs >= server.pollTimeout()) {
        server.handleTimeout(nowMs);
        drain(server, nowMs, out);
      }
      expect(server.totalBufferedBytes).toBeGreaterThanOrEqual(0);
      expect(server.totalBufferedBytes).toBeLessThan(HELD_BYTES_MAX);
    });
  },
);

test("Channel messages are read without throwing", () => {
  const open = { ordered: false, maxRetransmits: 3, maxLifetimeMs: undefined };
  const corpus = ["", "_reliable", "grüße"].map((label) =>
    createDataChannelOpen({ ...open, label, protocol: label }),
  );
  runMutations([...corpus, Uint8Array.of(2)], 5000, SEED, (bytes) => {
    const message = readDataChannelMessage(bytes);
    if (message !== undefined && message !== "ack") expect(message.label.length).toBeLessThan(1025);
  });
});
