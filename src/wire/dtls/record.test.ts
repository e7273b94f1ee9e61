import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  DtlsContent,
  RECORD_HEADER_BYTES,
  RECORD_SEQUENCE_MAX,
  RecordView,
  readRecord,
  writeRecordHeader,
} from "./record.ts";

test("readRecord reads back what writeRecordHeader wrote, one behind the other", () => {
  const records = fc.array(
    fc.record({
      type: fc.integer({ min: 0, max: 255 }),
      epoch: fc.integer({ min: 0, max: 65_535 }),
      sequence: fc.integer({ min: 0, max: RECORD_SEQUENCE_MAX }),
      payloadBytes: fc.integer({ min: 0, max: 400 }),
    }),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(records, (written) => {
      const bytes = new Uint8Array(5 * 413);
      let end = 0;
      for (const { type, epoch, sequence, payloadBytes } of written) {
        writeRecordHeader(bytes, end, type, epoch, sequence, payloadBytes);
        end += RECORD_HEADER_BYTES + payloadBytes;
      }
      const datagram = bytes.subarray(0, end);
      const view = new RecordView();
      let at = 0;
      for (const record of written) {
        const next = readRecord(datagram, at, view);
        expect(view).toMatchObject({ ...record, version: 0xfefd, payloadAt: at + 13 });
        expect(next).toBe(at + RECORD_HEADER_BYTES + record.payloadBytes);
        at = next;
      }
      expect(at).toBe(end);
      expect(readRecord(datagram, at, view)).toBe(-1);
    }),
  );
});

test("readRecord refuses what is cut off, and other versions than DTLS 1.0 and 1.2", () => {
  const view = new RecordView();
  const record = new Uint8Array(20);
  writeRecordHeader(record, 0, DtlsContent.Handshake, 0, 0, 7);
  for (let cut = 0; cut < record.length; cut++) {
    expect(readRecord(record.subarray(0, cut), 0, view)).toBe(-1);
  }
  expect(readRecord(record, 0, view)).toBe(20);
  record[2] = 0xff;
  expect(readRecord(record, 0, view)).toBe(20);
  record[2] = 0xfc;
  expect(readRecord(record, 0, view)).toBe(-1);
  record.set([3, 3], 1); // TLS
  expect(readRecord(record, 0, view)).toBe(-1);
});
