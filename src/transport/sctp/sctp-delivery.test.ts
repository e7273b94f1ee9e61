import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  hasChunk,
  type LinkOptions,
  SctpLink,
  seededRandom,
} from "../../../test/support/sctp-link.ts";
import { ChunkType } from "../../wire/sctp/chunk-type.ts";
import { SctpAssociation } from "./sctp-association.ts";
import type { SctpOptions } from "./sctp-options.ts";

type Sent = {
  readonly streamId: number;
  readonly size: number;
  readonly unordered: boolean;
  /** Sent this long after the one before. */
  readonly afterMs: number;
};

const STREAMS = 4;
const ALL = Number.POSITIVE_INFINITY;

const MESSAGES: fc.Arbitrary<Sent[]> = fc.array(
  fc.record({
    streamId: fc.nat(STREAMS - 1),
    size: fc.oneof(
      fc.integer({ min: 4, max: 200 }),
      fc.integer({ min: 1140, max: 1200 }),
      fc.integer({ min: 1000, max: 9000 }),
      fc.constantFrom(30_000, 65_535),
    ),
    unordered: fc.boolean(),
    afterMs: fc.oneof(fc.constant(0), fc.constant(0), fc.nat(200)),
  }),
  { minLength: 1, maxLength: 60 },
);

const BAD_LINK: fc.Arbitrary<LinkOptions> = fc.record({
  seed: fc.integer(),
  delayMs: fc.integer({ min: 1, max: 80 }),
  jitterMs: fc.integer({ min: 0, max: 60 }),
  loss: fc.double({ min: 0, max: 0.25, noNaN: true }),
  duplication: fc.double({ min: 0, max: 0.2, noNaN: true }),
});

function create(seed: number, options: Partial<SctpOptions>): SctpAssociation {
  return new SctpAssociation({ random: seededRandom(seed), ...options });
}

/** Its first four bytes are its number, the rest follows from it. */
function createMessage(index: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size).fill(index * 7);
  new DataView(bytes.buffer).setUint32(0, index);
  return bytes;
}

/**
 * Sends all of it both ways; returns the numbers that arrived at each side, in order.
 *
 * @param limits how often messages of each stream may be sent again
 */
function exchange(
  sent: readonly Sent[],
  linkOptions: LinkOptions,
  limits: readonly number[],
  options: Partial<SctpOptions>,
): { atB: number[]; atA: number[]; drained: boolean } {
  const a = create(1, options);
  const b = create(2, options);
  const link = new SctpLink(a, b, linkOptions);
  const arrived = new Map([
    [a, [] as number[]],
    [b, [] as number[]],
  ]);
  link.onStep = () => {
    for (const [association, numbers] of arrived) {
      while (association.mayHaveEvents) {
        const event = association.pollEvent();
        if (event === undefined) break;
        if (event.kind !== "message") continue;
        const index = new DataView(event.bytes.buffer).getUint32(0);
        expect(event.streamId).toBe(sent[index]!.streamId);
        expect(event.unordered).toBe(sent[index]!.unordered);
        expect(event.bytes).toEqual(createMessage(index, sent[index]!.size));
        numbers.push(index);
      }
    }
  };
  a.connect(0);
  b.connect(0);
  for (const [index, { streamId, size, unordered, afterMs }] of sent.entries()) {
    if (afterMs > 0) link.run(link.nowMs + afterMs);
    const bytes = createMessage(index, size);
    for (const association of [a, b]) {
      const limit = limits[streamId] ?? ALL;
      expect(association.send(link.nowMs, streamId, 53, bytes, unordered, limit)).toBe("sent");
    }
  }
  const isDrained = () => a.isConnected && b.isConnected && a.bufferedBytes + b.bufferedBytes === 0;
  link.run(10 * 60_000, isDrained);
  const drained = isDrained();
  link.run(link.nowMs + 1000);
  return { atA: arrived.get(a)!, atB: arrived.get(b)!, drained };
}

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((value, i) => i === 0 || numbers[i - 1]! < value);
}

/** Each once, and the ordered ones of a stream in order; of reliable streams all. */
function judge(sent: readonly Sent[], numbers: readonly number[], limits: readonly number[]): void {
  expect(new Set(numbers).size).toBe(numbers.length);
  for (let streamId = 0; streamId < STREAMS; streamId++) {
    const got = numbers.filter((i) => sent[i]!.streamId === streamId);
    expect(isAscending(got.filter((i) => !sent[i]!.unordered))).toBe(true);
    if (limits[streamId] !== ALL) continue;
    const all = [...sent.keys()].filter((i) => sent[i]!.streamId === streamId);
    expect(got.sort((x, y) => x - y)).toEqual(all);
  }
}

for (const interleaving of [true, false]) {
  const mode = interleaving ? "interleaved" : "one after another";

  test(`Over any bad link every reliable message arrives once, in order, ${mode}`, () => {
    fc.assert(
      fc.property(MESSAGES, BAD_LINK, (sent, linkOptions) => {
        const limits = new Array<number>(STREAMS).fill(ALL);
        const { atA, atB, drained } = exchange(sent, linkOptions, limits, { interleaving });
        expect(drained).toBe(true);
        judge(sent, atA, limits);
        judge(sent, atB, limits);
      }),
      { numRuns: 60 },
    );
  });

  test(`Reliable streams lose nothing beside partly reliable ones, ${mode}`, () => {
    const limit = fc.constantFrom(ALL, 0, 1, 2);
    const limitsOf = fc.array(limit, { minLength: STREAMS, maxLength: STREAMS });
    fc.assert(
      fc.property(MESSAGES, BAD_LINK, limitsOf, (sent, linkOptions, limits) => {
        const { atA, atB, drained } = exchange(sent, linkOptions, limits, { interleaving });
        expect(drained).toBe(true);
        judge(sent, atA, limits);
        judge(sent, atB, limits);
      }),
      { numRuns: 60 },
    );
  });

  test(`Without loss every partly reliable message arrives, ${mode}`, () => {
    fc.assert(
      fc.property(MESSAGES, (sent) => {
        const limits = new Array<number>(STREAMS).fill(0);
        const { atA, atB } = exchange(sent, { delayMs: 5 }, limits, { interleaving });
        expect(atA).toHaveLength(sent.length);
        expect(atB).toHaveLength(sent.length);
      }),
      { numRuns: 20 },
    );
  });

  test(`20 MB in 64 KB messages cross a link that loses one packet in a hundred, ${mode}`, () => {
    const a = create(1, { interleaving });
    const b = create(2, { interleaving });
    const link = new SctpLink(a, b, { loss: 0.01, delayMs: 2, seed: 5 });
    const chunk = createMessage(1, 65_535);
    const total = 320;
    let sent = 0;
    let received = 0;
    link.onStep = () => {
      while (sent < total && a.bufferedBytes < 1_000_000) {
        if (a.send(link.nowMs, 1, 53, chunk) !== "sent") break;
        sent += 1;
      }
      for (let event = b.pollEvent(); event; event = b.pollEvent()) {
        if (event.kind === "message" && event.bytes.length === chunk.length) received += 1;
      }
    };
    a.connect(0);
    link.run(10 * 60_000, () => received === total);
    expect(received).toBe(total);
  });
}

test("Only where both sides offer it are messages interleaved", () => {
  for (const [ours, theirs] of [
    [true, true],
    [true, false],
    [false, true],
  ] as const) {
    const a = create(1, { interleaving: ours });
    const b = create(2, { interleaving: theirs });
    const link = new SctpLink(a, b);
    b.connect(0);
    link.run(100);
    for (const association of [a, b]) {
      expect(association.debugInfo()["isInterleaved"]).toBe(ours && theirs);
    }
  }
});

test("A short message does not wait behind a long one of another stream", () => {
  const arrivals: Record<string, number[]> = {};
  for (const interleaving of [true, false]) {
    const a = create(1, { interleaving });
    const b = create(2, { interleaving });
    const link = new SctpLink(a, b, { delayMs: 10, bytesPerMs: 100 });
    const order: number[] = [];
    link.onStep = () => {
      for (let event = b.pollEvent(); event; event = b.pollEvent()) {
        if (event.kind === "message") order.push(event.streamId);
      }
    };
    a.connect(0);
    link.run(100);
    for (let i = 0; i < 2; i++) a.send(100, 1, 53, new Uint8Array(65_535));
    link.run(200);
    a.send(200, 2, 53, new Uint8Array(100));
    link.run(5000);
    arrivals[String(interleaving)] = order;
  }
  expect(arrivals).toEqual({ true: [2, 1, 1], false: [1, 2, 1] });
});

test("Long messages of all streams arrive although each is longer than its share of the window", () => {
  const a = create(1, {});
  const b = create(2, { receiveBufferBytes: 300_000 });
  const link = new SctpLink(a, b, { delayMs: 5, loss: 0.05, seed: 2 });
  let received = 0;
  link.onStep = () => {
    for (let event = b.pollEvent(); event; event = b.pollEvent()) {
      if (event.kind === "message") received += 1;
    }
  };
  a.connect(0);
  for (let i = 0; i < 40; i++) a.send(0, i % 4, 53, new Uint8Array(65_535));
  link.run(60_000, () => received === 40);
  expect(received).toBe(40);
});

test("Data says that the cookie was taken, when no COOKIE ACK arrives", () => {
  const a = create(1, {});
  const b = create(2, {});
  const passes = (packet: Uint8Array): boolean => !hasChunk(packet, ChunkType.CookieAck);
  const link = new SctpLink(a, b, { passes });
  for (const association of [a, b]) association.send(0, 1, 53, createMessage(0, 30_000));
  a.connect(0);
  link.run(10_000);
  expect([a.isConnected, a.bufferedBytes, b.bufferedBytes]).toEqual([true, 0, 0]);
});

test("A SACK after many lost ones is no measure of the round trip", () => {
  let isOpen = true;
  const a = create(1, {});
  const b = create(2, {});
  const passes = (_packet: Uint8Array, isFromA: boolean): boolean => isFromA || isOpen;
  const link = new SctpLink(a, b, { delayMs: 20, passes });
  a.connect(0);
  for (let i = 0; i < 10; i++) {
    a.send(link.nowMs, 1, 53, createMessage(i, 1000));
    link.run(link.nowMs + 300);
  }
  isOpen = false;
  for (let i = 10; i < 15; i++) a.send(link.nowMs, 1, 53, createMessage(i, 1000));
  link.run(link.nowMs + 4_000);
  isOpen = true;
  link.run(link.nowMs + 4_000);
  expect(a.bufferedBytes).toBe(0);
  const { timeoutMs } = a.debugInfo()["sender"] as { timeoutMs: number };
  // else four seconds of an outage would have it wait for five from here on, and a lossy path that
  // loses nine in a row would count as gone
  expect(timeoutMs).toBeLessThan(1_600);
});
