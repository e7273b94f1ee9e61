import { expect, test } from "bun:test";
import { hasChunk, hasData, SctpLink, seededRandom } from "../../../test/support/sctp-link.ts";
import { u16 } from "../../wire/bytes.ts";
import { ChunkType } from "../../wire/sctp/chunk-type.ts";
import { SctpAssociation } from "./sctp-association.ts";

for (const interleaving of [false, true]) {
  const mode = interleaving ? "interleaved" : "in sequence";

  test(`A message that expires before any of it has left takes no number, ${mode}`, () => {
    const a = new SctpAssociation({ random: seededRandom(1), interleaving });
    const b = new SctpAssociation({ random: seededRandom(2), interleaving });
    const notices: Uint8Array[] = [];
    let isCut = false;
    const link = new SctpLink(a, b, {
      delayMs: 10,
      passes: (packet, isFromA) => {
        const type = packet[12];
        if (type === ChunkType.ForwardTsn || type === ChunkType.IForwardTsn) notices.push(packet);
        return !(isCut && isFromA && hasData(packet));
      },
    });
    const received: number[] = [];
    link.onStep = () => {
      for (let event = b.pollEvent(); event; event = b.pollEvent()) {
        if (event.kind === "message" && event.streamId === 2) received.push(event.bytes[0]!);
      }
    };
    a.connect(0);
    link.run(100);
    // Ten packets are the window: it is full when the message comes to its turn.
    isCut = true;
    for (let i = 0; i < 12; i++) a.send(100, 1, 53, new Uint8Array(1000));
    link.run(100);
    a.send(100, 2, 53, Uint8Array.of(1), false, Number.POSITIVE_INFINITY, 50);
    a.send(100, 2, 53, Uint8Array.of(2));
    link.run(1000);
    isCut = false;
    link.run(10_000);
    expect(received).toEqual([2]);
    expect(notices.map((packet) => u16(packet, 14))).toEqual([]);
    expect(a.bufferedBytes).toBe(0);
  });
}

test("A stream that was reset reports nothing more, though its SACK comes later than the answer", () => {
  const a = new SctpAssociation({ random: seededRandom(1) });
  const b = new SctpAssociation({ random: seededRandom(2) });
  const kinds: string[] = [];
  const link = new SctpLink(a, b, {
    delayMs: 10,
    passes: (packet, isFromA) => {
      const isSack = hasChunk(packet, ChunkType.Sack) && !hasChunk(packet, ChunkType.Reconfig);
      return link.nowMs < 100 || link.nowMs > 150 || isFromA || !isSack;
    },
  });
  link.onStep = () => {
    for (let event = a.pollEvent(); event; event = a.pollEvent()) kinds.push(event.kind);
  };
  a.connect(0);
  link.run(100);
  a.setBufferedLow(1, 0);
  a.send(100, 1, 53, new Uint8Array(1000));
  a.resetStream(1);
  link.run(160);
  expect(a.bufferedBytes).toBe(1000);
  link.run(2000);
  expect(a.bufferedBytes).toBe(0);
  expect(kinds).toEqual(["connected", "streams-reset"]);
});

test("What is buffered is the sum of the streams' at any time, and nothing in the end", () => {
  for (let seed = 0; seed < 40; seed++) {
    const random = seededRandom(seed + 77);
    const interleaving = seed % 2 === 0;
    const receiveBufferBytes = 60_000;
    const a = new SctpAssociation({ random: seededRandom(seed), interleaving });
    const b = new SctpAssociation({ random: seededRandom(seed), interleaving, receiveBufferBytes });
    const link = new SctpLink(a, b, {
      seed,
      delayMs: 5 + (random() % 40),
      jitterMs: random() % 30,
      loss: (random() % 30) / 100,
      duplication: (random() % 10) / 100,
      bytesPerMs: 200 + (random() % 2000),
      queueMs: 5 + (random() % 50),
    });
    let isPaused = false;
    link.onStep = () => {
      let sum = 0;
      for (let id = 0; id < 6; id++) sum += a.streamBufferedBytes(id);
      expect(a.bufferedBytes).toBe(sum);
      while (a.pollEvent() !== undefined);
      while (!isPaused && b.pollEvent() !== undefined);
    };
    a.connect(0);
    for (let i = 0; i < 100; i++) {
      link.run(link.nowMs + (random() % 20));
      isPaused = random() % 4 === 0;
      const bytes = new Uint8Array(1 + (random() % (random() % 2 ? 200 : 20_000)));
      const maxRetransmits = [Number.POSITIVE_INFINITY, 0, 2][random() % 3]!;
      const lifetimeMs = random() % 3 === 0 ? random() % 80 : Number.POSITIVE_INFINITY;
      const unordered = random() % 2 === 0;
      a.send(link.nowMs, random() % 6, 53, bytes, unordered, maxRetransmits, lifetimeMs);
    }
    isPaused = false;
    link.run(link.nowMs + 60_000, () => a.bufferedBytes === 0);
    link.run(link.nowMs + 3000);
    expect(a.bufferedBytes).toBe(0);
    expect(a.debugInfo()["sender"]).toMatchObject({ flightBytes: 0 });
    expect(b.debugInfo()["rwndBytes"]).toBe(receiveBufferBytes);
  }
});
