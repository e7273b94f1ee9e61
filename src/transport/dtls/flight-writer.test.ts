import { expect, test } from "bun:test";
import fc from "fast-check";
import { createAesGcm } from "../../crypto/aes-gcm.ts";
import { FragmentView, type HandshakeMessage, readFragment } from "../../wire/dtls/handshake.ts";
import { RecordView, readRecord } from "../../wire/dtls/record.ts";
import { FLIGHT_DATAGRAM_BYTES, sendFlight } from "./flight-writer.ts";
import { HandshakeInbox } from "./handshake-inbox.ts";
import { openedAt, RecordLayer } from "./record-layer.ts";

const KEYS = {
  client: { key: new Uint8Array(16).fill(1), fixedNonce: new Uint8Array(4).fill(2) },
  server: { key: new Uint8Array(16).fill(3), fixedNonce: new Uint8Array(4).fill(4) },
};

test("a flight of any messages arrives whole, in datagrams of at most 1200 bytes", () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 4_000 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(lengths, fc.boolean(), (bodies, hasFinished) => {
      const messages: HandshakeMessage[] = bodies.map((length, seq) => ({
        type: 11,
        seq,
        body: new Uint8Array(length).map((_, i) => i + seq),
      }));
      if (hasFinished) {
        messages.push({ type: 20, seq: messages.length, body: new Uint8Array(12).fill(9) });
      }
      const records = new RecordLayer(createAesGcm);
      records.setKeys(KEYS, "client");
      const datagrams: Uint8Array[] = [];
      const out = new Uint8Array(FLIGHT_DATAGRAM_BYTES);
      sendFlight(messages, records, out, (datagram) => datagrams.push(datagram.slice()));

      const peer = new RecordLayer(createAesGcm);
      peer.setKeys(KEYS, "server");
      const inbox = new HandshakeInbox();
      const record = new RecordView();
      const fragment = new FragmentView();
      for (const datagram of datagrams) {
        expect(datagram.length).toBeLessThanOrEqual(1_200);
        for (let at = 0; at < datagram.length; ) {
          at = readRecord(datagram, at, record);
          expect(at).toBeGreaterThan(0);
          if (record.type !== 22) continue;
          const isSealed = record.epoch === 1;
          if (isSealed) expect(peer.open(datagram, record)).toBe(0);
          const from = isSealed ? openedAt(record) : record.payloadAt;
          const end = from + (isSealed ? peer.openedBytes : record.payloadBytes);
          expect(readFragment(datagram, from, end, fragment)).toBe(end);
          expect(inbox.push(datagram, fragment, isSealed)).toBe(0);
        }
      }
      for (const message of messages) {
        expect(inbox.peek()).toEqual(message);
        inbox.advance();
      }
      const bytes = bodies.reduce((sum, length) => sum + length + 25, 0);
      expect(datagrams.length).toBeLessThanOrEqual(2 * Math.ceil(bytes / 1_175) + 1);
    }),
  );
});
