import { expect, test } from "bun:test";
import fc from "fast-check";
import { DropReason } from "../../base/drop-reason.ts";
import {
  FragmentView,
  type HandshakeMessage,
  readFragment,
  writeFragment,
} from "../../wire/dtls/handshake.ts";
import { HandshakeInbox } from "./handshake-inbox.ts";
import { ReplayWindow } from "./replay-window.ts";

/** A message in pieces of at most so many bytes. */
function cut(message: HandshakeMessage, partBytesMax: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let offset = 0;
  do {
    const length = Math.min(partBytesMax, message.body.length - offset);
    const piece = new Uint8Array(12 + length);
    writeFragment(piece, 0, message, offset, length);
    pieces.push(piece);
    offset += length;
  } while (offset < message.body.length);
  return pieces;
}

function push(inbox: HandshakeInbox, piece: Uint8Array, isSealed: boolean = false): DropReason {
  const fragment = new FragmentView();
  if (readFragment(piece, 0, piece.length, fragment) < 0) return DropReason.Malformed;
  return inbox.push(piece, fragment, isSealed);
}

test("HandshakeInbox gives messages in order, however their fragments arrive", () => {
  const bodies = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 6 });
  const setups = fc.tuple(bodies, fc.integer({ min: 1, max: 90 })).chain(([all, partBytes]) => {
    const messages = all.map((body, seq): HandshakeMessage => ({ type: seq + 1, seq, body }));
    const pieces = messages.flatMap((message) => cut(message, partBytes));
    const order = fc.shuffledSubarray(pieces, { minLength: pieces.length });
    return fc.tuple(fc.constant(messages), order);
  });
  fc.assert(
    fc.property(setups, ([messages, pieces]) => {
      const inbox = new HandshakeInbox();
      for (const piece of pieces) {
        expect(push(inbox, piece)).toBe(DropReason.None);
        push(inbox, piece); // each of them twice
      }
      for (const message of messages) {
        expect(inbox.peek()).toEqual(message);
        inbox.advance();
      }
      expect(inbox.peek()).toBeUndefined();
      expect(push(inbox, pieces[0]!)).toBe(DropReason.Duplicate);
    }),
  );
});

test("HandshakeInbox drops what is too large or too far ahead", () => {
  const inbox = new HandshakeInbox();
  const large = { type: 1, seq: 0, body: new Uint8Array(8193) };
  expect(push(inbox, cut(large, 10)[0]!)).toBe(DropReason.Full);
  const early = { type: 1, seq: 8, body: new Uint8Array(10) };
  expect(push(inbox, cut(early, 10)[0]!)).toBe(DropReason.Full);
  expect(inbox.peek()).toBeUndefined();
});

test("HandshakeInbox takes Finished only out of sealed records, and nothing else there", () => {
  const inbox = new HandshakeInbox();
  const [finished] = cut({ type: 20, seq: 0, body: new Uint8Array(12) }, 12);
  const [hello] = cut({ type: 1, seq: 0, body: new Uint8Array(12) }, 12);
  expect(push(inbox, finished!)).toBe(DropReason.WrongState);
  expect(push(inbox, hello!, true)).toBe(DropReason.WrongState);
  expect(inbox.peek()).toBeUndefined();
  expect(push(inbox, finished!, true)).toBe(DropReason.None);
  expect(inbox.peek()?.type).toBe(20);
});

test("HandshakeInbox lets a better message take the place of one that was discarded", () => {
  const inbox = new HandshakeInbox();
  push(inbox, cut({ type: 1, seq: 0, body: Uint8Array.of(1) }, 10)[0]!);
  expect(inbox.peek()?.body).toEqual(Uint8Array.of(1));
  inbox.discard();
  expect(inbox.peek()).toBeUndefined();
  // half of a message that is never completed
  push(inbox, cut({ type: 1, seq: 0, body: new Uint8Array(20) }, 10)[0]!);
  push(inbox, cut({ type: 1, seq: 0, body: Uint8Array.of(2) }, 10)[0]!);
  expect(inbox.peek()?.body).toEqual(Uint8Array.of(2));
});

test("ReplayWindow takes each number once, up to 63 behind the newest", () => {
  const window = new ReplayWindow();
  for (const sequence of [0, 5, 3, 100, 2 ** 40]) {
    expect(window.check(sequence)).toBe(DropReason.None);
    window.note(sequence);
    expect(window.check(sequence)).toBe(DropReason.Duplicate);
  }
  expect(window.check(2 ** 40 - 63)).toBe(DropReason.None);
  expect(window.check(2 ** 40 - 64)).toBe(DropReason.TooOld);
  expect(window.check(100)).toBe(DropReason.TooOld);
});

test("ReplayWindow remembers what it has seen, in whatever steps the numbers come", () => {
  const steps = fc.array(
    fc.oneof(fc.integer({ min: -70, max: 5 }), fc.integer({ min: -10, max: 130 })),
  );
  fc.assert(
    fc.property(steps, (all) => {
      const window = new ReplayWindow();
      const seen = new Set<number>();
      let highest = 0;
      for (const step of all) {
        const sequence = Math.max(0, highest + step);
        const isOld = seen.size > 0 && sequence <= highest - 64;
        const known = seen.has(sequence) ? DropReason.Duplicate : DropReason.None;
        expect(window.check(sequence)).toBe(isOld ? DropReason.TooOld : known);
        if (isOld || known !== DropReason.None) continue;
        window.note(sequence);
        seen.add(sequence);
        highest = Math.max(highest, sequence);
      }
    }),
  );
});
