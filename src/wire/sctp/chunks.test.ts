import { expect, test } from "bun:test";
import fc from "fast-check";
import { DropReason } from "../../base/drop-reason.ts";
import { ChunkType, DATA_BEGIN, DATA_END } from "./chunk-type.ts";
import {
  DataChunk,
  readDataChunk,
  readInterleavedChunk,
  writeDataHeader,
  writeInterleavedHeader,
} from "./data-chunk.ts";
import { type InitChunk, readInitChunk, writeInitChunk } from "./init-chunk.ts";
import { hasZeroChecksum, isChecksumRight, writeChecksum, writePacketHeader } from "./packet.ts";
import {
  ReconfigResult,
  readReconfigParam,
  writeOutgoingReset,
  writeReconfigResponse,
} from "./reconfig-chunk.ts";
import {
  readSackCumulativeTsn,
  readSackGapCount,
  readSackGapEnd,
  readSackGapStart,
  readSackRwnd,
  writeForwardTsnHeader,
} from "./sack-chunk.ts";

const INIT: InitChunk = {
  tag: 0x0102_0304,
  rwndBytes: 0x0010_0000,
  outboundStreams: 1024,
  inboundStreamsMax: 1024,
  initialTsn: 0xa0b0_c0d0,
  cookie: new Uint8Array(0),
  forwardTsn: true,
  reconfig: true,
  interleaving: true,
  zeroChecksum: true,
  unrecognized: new Uint8Array(0),
};

test("An INIT has the bytes that RFC 9260, 3758, 5061, 8260 and 9653 lay out", () => {
  const out = new Uint8Array(64);
  const end = writeInitChunk(out, 0, ChunkType.Init, INIT);
  // Header, tag, window, streams, initial TSN; zero checksum over DTLS; FORWARD-TSN; the
  // extensions 130, 192, 64 and 194.
  expect(out.subarray(0, end).toHex()).toBe(
    "01000028010203040010000004000400a0b0c0d08001000800000001c00000048008000882c040c2",
  );
});

test("An INIT ACK gives its cookie and the reported parameters back", () => {
  const cookie = Uint8Array.of(1, 2, 3, 4, 5);
  // A parameter type 0xC123 of 6 bytes, padded.
  const unrecognized = Uint8Array.fromHex("c1230006aabb0000");
  const out = new Uint8Array(128);
  const end = writeInitChunk(out, 4, ChunkType.InitAck, { ...INIT, cookie, unrecognized });
  expect(end % 4).toBe(0);
  expect(out.subarray(4, end).toHex()).toContain("0008000ac1230006aabb0000");
  const length = (out[6]! << 8) | out[7]!;
  expect(readInitChunk(out, 4, length)).toMatchObject({
    tag: INIT.tag,
    initialTsn: INIT.initialTsn,
    cookie,
    forwardTsn: true,
    reconfig: true,
    zeroChecksum: true,
  });
});

test.each([
  { title: "a zero tag", change: { tag: 0 } },
  { title: "no outgoing streams", change: { outboundStreams: 0 } },
  { title: "no incoming streams", change: { inboundStreamsMax: 0 } },
])("An INIT with $title is malformed", ({ change }) => {
  const out = new Uint8Array(64);
  const end = writeInitChunk(out, 0, ChunkType.Init, { ...INIT, ...change });
  expect(readInitChunk(out, 0, end)).toBe(DropReason.Malformed);
});

test("Unknown INIT parameters are skipped, reported or the last, as their high bits say", () => {
  const base = "0100000001020304001000000400040000000001";
  const forward = "c0000004";
  const read = (params: string) => {
    const bytes = Uint8Array.fromHex(base + params);
    const init = readInitChunk(bytes, 0, bytes.length);
    if (typeof init === "number") throw new Error(`dropped: ${init}`);
    return { forwardTsn: init.forwardTsn, unrecognized: init.unrecognized.toHex() };
  };
  expect(read(`80770004${forward}`)).toEqual({ forwardTsn: true, unrecognized: "" });
  expect(read(`c0770005ee000000${forward}`)).toEqual({
    forwardTsn: true,
    unrecognized: "c0770005ee000000",
  });
  expect(read(`00770004${forward}`)).toEqual({ forwardTsn: false, unrecognized: "" });
  expect(read(`40770004${forward}`)).toEqual({ forwardTsn: false, unrecognized: "40770004" });
});

test("A DATA chunk has the bytes of RFC 9260 §3.3.1 and reads back", () => {
  const out = new Uint8Array(24);
  const payload = writeDataHeader(out, 4, DATA_BEGIN | DATA_END, 0xfffffffe, 7, 513, 51, 3);
  out.set([0x61, 0x62, 0x63], payload);
  expect(out.subarray(4).toHex()).toBe("00030013fffffffe000702010000003361626300");
  const chunk = new DataChunk();
  expect(readDataChunk(out, 4, 19, chunk)).toBe(DropReason.None);
  expect({ ...chunk }).toEqual({
    flags: 3,
    tsn: 0xfffffffe,
    streamId: 7,
    ssn: 513,
    mid: 0,
    fsn: 0,
    ppid: 51,
    payloadOffset: 20,
    payloadBytes: 3,
  });
});

test("I-DATA chunks have the bytes of RFC 8260 §2.1 and read back", () => {
  const out = new Uint8Array(24);
  const chunk = new DataChunk();
  writeInterleavedHeader(out, 0, DATA_BEGIN, 0xfffffffe, 7, 0x01020304, 51, 4);
  expect(out.toHex()).toBe("40020018fffffffe00070000010203040000003300000000");
  expect(readInterleavedChunk(out, 0, 24, chunk)).toBe(DropReason.None);
  expect(chunk).toMatchObject({ tsn: 0xfffffffe, streamId: 7, mid: 0x01020304, fsn: 0, ppid: 51 });
  expect(chunk).toMatchObject({ flags: 2, payloadOffset: 20, payloadBytes: 4 });
  writeInterleavedHeader(out, 0, DATA_END, 0, 7, 5, 70_000, 4);
  expect(readInterleavedChunk(out, 0, 24, chunk)).toBe(DropReason.None);
  expect(chunk).toMatchObject({ flags: 1, mid: 5, fsn: 70_000, ppid: 0 });
  expect(readInterleavedChunk(out, 0, 20, chunk)).toBe(DropReason.Truncated);
});

test("A DATA chunk without user data is refused", () => {
  expect(readDataChunk(new Uint8Array(32), 0, 16, new DataChunk())).toBe(DropReason.Truncated);
});

test("A SACK reads as its known bytes say", () => {
  // The example of RFC 9260 §3.3.4: received up to 12, then 14 and 15, then 17.
  const bytes = Uint8Array.fromHex(
    "03000018" + "0000000c" + "00001234" + "00020000" + "00020003" + "00050005",
  );
  expect(readSackCumulativeTsn(bytes, 0)).toBe(12);
  expect(readSackRwnd(bytes, 0)).toBe(4660);
  expect(readSackGapCount(bytes, 0)).toBe(2);
  expect([readSackGapStart(bytes, 0, 0), readSackGapEnd(bytes, 0, 0)]).toEqual([2, 3]);
  expect([readSackGapStart(bytes, 0, 1), readSackGapEnd(bytes, 0, 1)]).toEqual([5, 5]);
});

test("A FORWARD-TSN header has the bytes of RFC 3758 §3.2", () => {
  const out = new Uint8Array(12);
  expect(writeForwardTsnHeader(out, 0, ChunkType.ForwardTsn, 0x0a0b0c0d, 4)).toBe(12);
  expect(out.toHex()).toBe("c000000c0a0b0c0d00000000");
});

test("RE-CONFIG requests and responses have the bytes of RFC 6525 and read back", () => {
  const out = new Uint8Array(32);
  const end = writeOutgoingReset(out, 0, 10, 9, 77, [1, 3, 5]);
  expect(out.subarray(0, end).toHex()).toBe(
    "8200001a" + "000d0016" + "0000000a" + "00000009" + "0000004d" + "000100030005" + "0000",
  );
  expect(readReconfigParam(out, 4, 22)).toEqual({
    kind: "outgoing-reset",
    requestSequence: 10,
    responseSequence: 9,
    lastTsn: 77,
    streamIds: [1, 3, 5],
  });
  expect(writeReconfigResponse(out, 0, 10, ReconfigResult.Performed)).toBe(16);
  expect(out.subarray(0, 16).toHex()).toBe("82000010" + "0010000c" + "0000000a" + "00000001");
  expect(readReconfigParam(out, 4, 12)).toEqual({
    kind: "response",
    responseSequence: 10,
    result: ReconfigResult.Performed,
  });
});

test("A packet's checksum notices every flipped bit", () => {
  const packet = new Uint8Array(40).fill(0x17);
  writePacketHeader(packet, 5000, 5000, 0x12345678);
  expect(hasZeroChecksum(packet)).toBe(true);
  writeChecksum(packet, packet.length);
  expect(isChecksumRight(packet)).toBe(true);
  fc.assert(
    fc.property(fc.nat(packet.length * 8 - 1), (bit) => {
      const changed = packet.slice();
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(isChecksumRight(changed)).toBe(false);
    }),
  );
});
