import { expect, test } from "bun:test";
import fc from "fast-check";
import { SctpLink, seededRandom } from "../../../test/support/sctp-link.ts";
import { SctpAssociation } from "./sctp-association.ts";

const STREAMS = 4;
const PPID = 53;
const NO_LIMIT = Number.POSITIVE_INFINITY;

const MESSAGE = fc.record({
  isFromA: fc.boolean(),
  streamId: fc.nat(STREAMS),
  size: fc.oneof(fc.integer({ min: 4, max: 300 }), fc.integer({ min: 4, max: 5_000 })),
  isUnordered: fc.boolean(),
  retransmits: fc.constantFrom(NO_LIMIT, NO_LIMIT, 0, 1),
  lifetimeMs: fc.constantFrom(NO_LIMIT, 0, 50, 400),
  afterMs: fc.oneof(fc.constant(0), fc.nat(30), fc.nat(800)),
});

const LINK = fc.record({
  seed: fc.integer(),
  delayMs: fc.integer({ min: 1, max: 60 }),
  jitterMs: fc.constantFrom(0, 20, 60),
  loss: fc.constantFrom(0, 0.05, 0.2, 0.35),
  isInterleaving: fc.boolean(),
  receiveBufferBytes: fc.constantFrom(1024 * 1024, 16_384, 9_000),
});

test("whatever expires on whatever link, in the end nothing waits, and nobody has more to say", () => {
  fc.assert(
    fc.property(fc.array(MESSAGE, { minLength: 1, maxLength: 50 }), LINK, (messages, options) => {
      const { isInterleaving, receiveBufferBytes, ...path } = options;
      const [a, b] = [1, 2].map(
        (seed) =>
          new SctpAssociation({
            random: seededRandom(seed),
            interleaving: isInterleaving,
            zeroChecksum: true,
            receiveBufferBytes,
          }),
      ) as [SctpAssociation, SctpAssociation];
      let isClean = false;
      const dice = seededRandom(path.seed);
      const { loss, ...rest } = path;
      const link = new SctpLink(a, b, {
        ...rest,
        asksOnlyWhenTold: true,
        passes: () => isClean || dice() / 2 ** 32 >= loss,
      });
      link.onStep = () => {
        for (const end of [a, b]) while (end.mayHaveEvents && end.pollEvent() !== undefined);
      };
      a.connect(0);
      for (const message of messages) {
        link.run(link.nowMs + message.afterMs);
        const { isFromA, streamId, size, isUnordered, retransmits, lifetimeMs } = message;
        const bytes = new Uint8Array(size);
        const sender = isFromA ? a : b;
        sender.send(link.nowMs, streamId, PPID, bytes, isUnordered, retransmits, lifetimeMs);
        link.pump();
      }
      isClean = true;
      link.run(link.nowMs + 60_000);
      for (const end of [a, b]) {
        expect(end.isConnected).toBe(true);
        expect(end.bufferedBytes).toBe(0);
        expect(end.mayTransmit).toBe(false);
        expect(end.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
      }
    }),
    { numRuns: 1_000 },
  );
});
