import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  DtlsContent,
  fragmentHandshake,
  HandshakeInbox,
  type HandshakeMessage,
  ReplayWindow,
  readDtlsRecords,
  writeDtlsRecord,
} from "./dtls-records.ts";

test("readDtlsRecords reads back what writeDtlsRecord wrote, several to a datagram", () => {
  const sequence = 0x1234_5678_9abc;
  const first = writeDtlsRecord(DtlsContent.Handshake, 0, 7, Uint8Array.of(1, 2, 3));
  const second = writeDtlsRecord(DtlsContent.ApplicationData, 1, sequence, new Uint8Array(0));
  const records = readDtlsRecords(Buffer.concat([first, second]));
  expect(records.map(({ type, epoch, sequence: sn }) => [type, epoch, sn])).toEqual([
    [22, 0, 7],
    [23, 1, sequence],
  ]);
  expect([...records[0]!.payload]).toEqual([1, 2, 3]);
});

test("readDtlsRecords keeps what stands before a malformed record", () => {
  const record = writeDtlsRecord(DtlsContent.Handshake, 0, 0, new Uint8Array(20));
  for (let cut = 1; cut < record.length; cut++) {
    const datagram = Buffer.concat([record, record.subarray(0, cut)]);
    expect(readDtlsRecords(datagram)).toHaveLength(1);
  }
  record[1] = 3; // TLS
  expect(readDtlsRecords(record)).toEqual([]);
});

test("HandshakeInbox gives messages in order, however their fragments arrive", () => {
  const bodies = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 6 });
  const setups = fc.tuple(bodies, fc.integer({ min: 13, max: 100 })).chain(([all, bytesMax]) => {
    const messages = all.map((body, seq): HandshakeMessage => ({ type: seq + 1, seq, body }));
    const fragments = messages.flatMap((message) => fragmentHandshake(message, bytesMax));
    const order = fc.shuffledSubarray(fragments, { minLength: fragments.length });
    return fc.tuple(fc.constant(messages), order);
  });
  fc.assert(
    fc.property(setups, ([messages, fragments]) => {
      const inbox = new HandshakeInbox();
      for (const fragment of fragments) {
        expect(inbox.push(fragment, false)).toBe(false);
        inbox.push(fragment, false); // each of them twice
      }
      for (const message of messages) {
        expect(inbox.peek()).toEqual(message);
        inbox.advance();
      }
      expect(inbox.peek()).toBeUndefined();
      expect(inbox.push(fragments[0]!, false)).toBe(true);
    }),
  );
});

test("HandshakeInbox drops what is too large, too far ahead or out of its bounds", () => {
  const inbox = new HandshakeInbox();
  const push = (seq: number, length: number, offset: number, part: number): void => {
    const fragment = new Uint8Array(12 + part);
    fragment.set([1, length >> 16, length >> 8, length, seq >> 8, seq, 0, offset >> 8, offset]);
    fragment.set([0, part >> 8, part], 9);
    inbox.push(fragment, false);
  };
  push(0, 9000, 0, 10);
  push(8, 10, 0, 10);
  push(0, 10, 5, 10);
  expect(inbox.peek()).toBeUndefined();
  push(0, 10, 0, 5);
  push(0, 10, 5, 5);
  expect(inbox.peek()?.body).toHaveLength(10);
  inbox.discard();
  expect(inbox.peek()).toBeUndefined();
});

test("ReplayWindow takes each number once, up to 63 behind the newest", () => {
  const window = new ReplayWindow();
  for (const sequence of [0, 5, 3, 100]) {
    expect(window.isNew(sequence)).toBe(true);
    window.note(sequence);
    expect(window.isNew(sequence)).toBe(false);
  }
  expect(window.isNew(37)).toBe(true);
  expect(window.isNew(36)).toBe(false);
  expect(window.isNew(5)).toBe(false);
});
