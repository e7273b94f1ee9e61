import { expect, test } from "bun:test";
import { SctpLink, seededRandom } from "../../../test/support/sctp-link.ts";
import { DropReason } from "../../base/drop-reason.ts";
import { u16, u32 } from "../../wire/bytes.ts";
import { ChunkType, ParamType } from "../../wire/sctp/chunk-type.ts";
import { hasZeroChecksum, isChecksumRight, writeChecksum } from "../../wire/sctp/packet.ts";
import { SctpAssociation } from "./sctp-association.ts";

/** Chunk types that left with and without a checksum, after a handshake and messages both ways. */
function run(aOffers: boolean, bOffers: boolean, change: (packet: Uint8Array) => void = () => {}) {
  const a = new SctpAssociation({ random: seededRandom(1), zeroChecksum: aOffers });
  const b = new SctpAssociation({ random: seededRandom(2), zeroChecksum: bOffers });
  const without = new Set<number>();
  const link = new SctpLink(a, b, {
    passes: (packet) => {
      if (hasZeroChecksum(packet)) without.add(packet[12]!);
      else expect(isChecksumRight(packet)).toBe(true);
      change(packet);
      return true;
    },
  });
  a.connect(0);
  b.connect(0);
  a.send(0, 1, 53, new Uint8Array(5000));
  b.send(0, 1, 53, new Uint8Array(5000));
  link.run(2000);
  const isDelivered = a.bufferedBytes === 0 && b.bufferedBytes === 0;
  return { a, b, without, isDelivered };
}

test("Checksums are left out when both offer it, and never beside INIT and COOKIE ECHO", () => {
  const { without, isDelivered } = run(true, true);
  expect(isDelivered).toBe(true);
  expect(without.has(ChunkType.IData)).toBe(true);
  for (const type of [ChunkType.Init, ChunkType.InitAck, ChunkType.CookieEcho]) {
    expect(without.has(type)).toBe(false);
  }
});

test("One side's offer leaves all checksums in", () => {
  for (const [a, b] of [
    [true, false],
    [false, true],
    [false, false],
  ] as const) {
    const { without, isDelivered } = run(a, b);
    expect(isDelivered).toBe(true);
    expect([...without]).toEqual([]);
  }
});

test("An offer for another way of detecting errors than DTLS is none", () => {
  const { without, isDelivered } = run(true, true, (packet) => {
    if (packet[12] !== ChunkType.Init && packet[12] !== ChunkType.InitAck) return;
    for (let at = 32; at + 8 <= packet.length; at += 4) {
      if (u16(packet, at) === ParamType.ZeroChecksum && u32(packet, at + 4) === 1)
        packet[at + 7] = 2;
    }
    packet.fill(0, 8, 12);
    writeChecksum(packet, packet.length);
  });
  expect(isDelivered).toBe(true);
  expect([...without]).toEqual([]);
});

test("INIT and COOKIE ECHO without checksum are dropped by a side that offers it", () => {
  const a = new SctpAssociation({ random: seededRandom(1), zeroChecksum: true });
  const b = new SctpAssociation({ random: seededRandom(2), zeroChecksum: true });
  const out = new Uint8Array(a.packetBytesMax);
  a.connect(0);
  const init = out.slice(0, a.pollTransmit(0, out));
  expect(b.handlePacket(0, zeroed(init))).toBe(DropReason.BadTag);
  expect(b.handlePacket(0, init)).toBe(DropReason.None);
  a.handlePacket(0, out.slice(0, b.pollTransmit(0, out)));
  const cookie = out.slice(0, a.pollTransmit(0, out));
  expect(cookie[12]).toBe(ChunkType.CookieEcho);
  expect(b.handlePacket(0, zeroed(cookie))).toBe(DropReason.BadTag);
  expect(b.isConnected).toBe(false);
  expect(b.handlePacket(0, cookie)).toBe(DropReason.None);
  expect(b.isConnected).toBe(true);
});

function zeroed(packet: Uint8Array): Uint8Array {
  return packet.slice().fill(0, 8, 12);
}
