import { expect, test } from "bun:test";
import fc from "fast-check";
import { type LinkOptions, SctpLink, seededRandom } from "../../../test/support/sctp-link.ts";
import { SctpAssociation } from "./sctp-association.ts";

type Sent = { readonly streamId: number; readonly size: number; readonly unordered: boolean };

const MESSAGES: fc.Arbitrary<Sent[]> = fc.array(
  fc.record({
    streamId: fc.nat(3),
    size: fc.oneof(fc.integer({ min: 4, max: 200 }), fc.integer({ min: 1000, max: 9000 })),
    unordered: fc.boolean(),
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

function create(seed: number): SctpAssociation {
  return new SctpAssociation({ random: seededRandom(seed) });
}

/** Its first four bytes are its number, the rest follows from it. */
function createMessage(index: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size).fill(index * 7);
  new DataView(bytes.buffer).setUint32(0, index);
  return bytes;
}

/** Sends all of it both ways; returns the numbers that arrived at each side, by stream. */
function exchange(
  sent: readonly Sent[],
  options: LinkOptions,
  maxRetransmits: number,
): { atB: number[]; atA: number[]; drained: boolean } {
  const a = create(1);
  const b = create(2);
  const link = new SctpLink(a, b, options);
  const arrived = new Map([
    [a, [] as number[]],
    [b, [] as number[]],
  ]);
  link.onStep = () => {
    for (const [association, numbers] of arrived) {
      for (let event = association.pollEvent(); event; event = association.pollEvent()) {
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
  for (const [index, { streamId, size, unordered }] of sent.entries()) {
    const bytes = createMessage(index, size);
    for (const association of [a, b]) {
      expect(association.send(0, streamId, 53, bytes, unordered, maxRetransmits)).toBe("sent");
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

test("Over any bad link every reliable message arrives once, the ordered ones in order", () => {
  fc.assert(
    fc.property(MESSAGES, BAD_LINK, (sent, options) => {
      const { atA, atB, drained } = exchange(sent, options, Number.POSITIVE_INFINITY);
      expect(drained).toBe(true);
      for (const numbers of [atA, atB]) {
        expect([...numbers].sort((x, y) => x - y)).toEqual(sent.map((_, i) => i));
        for (let streamId = 0; streamId < 4; streamId++) {
          const ordered = numbers.filter(
            (i) => sent[i]!.streamId === streamId && !sent[i]!.unordered,
          );
          expect(isAscending(ordered)).toBe(true);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("Partly reliable messages arrive at most once, in order, and never block what follows", () => {
  fc.assert(
    fc.property(MESSAGES, BAD_LINK, fc.nat(2), (sent, options, maxRetransmits) => {
      const { atA, atB, drained } = exchange(sent, options, maxRetransmits);
      expect(drained).toBe(true);
      for (const numbers of [atA, atB]) {
        expect(new Set(numbers).size).toBe(numbers.length);
        for (let streamId = 0; streamId < 4; streamId++) {
          const ordered = numbers.filter(
            (i) => sent[i]!.streamId === streamId && !sent[i]!.unordered,
          );
          expect(isAscending(ordered)).toBe(true);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("Without loss every partly reliable message arrives", () => {
  fc.assert(
    fc.property(MESSAGES, (sent) => {
      const { atA, atB } = exchange(sent, { delayMs: 5 }, 0);
      expect(atA).toHaveLength(sent.length);
      expect(atB).toHaveLength(sent.length);
    }),
    { numRuns: 20 },
  );
});

test("20 MB in 64 KB messages cross a link that loses one packet in a hundred", () => {
  const a = create(1);
  const b = create(2);
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
