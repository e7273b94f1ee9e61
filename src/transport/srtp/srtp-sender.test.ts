import { expect, test } from "bun:test";
import fc from "fast-check";
import { createAead } from "../../../test/support/aeads.ts";
import { createTestKeys, swapSides } from "../../../test/support/srtp.ts";
import { DropReason } from "../../base/drop-reason.ts";
import type { AeadFactory } from "../../crypto/aead.ts";
import type { SrtpProfile } from "../dtls/dtls-session.ts";
import { SrtpReceiver } from "./srtp-receiver.ts";
import { SrtpSender } from "./srtp-sender.ts";

const PROFILES: readonly SrtpProfile[] = ["AEAD_AES_128_GCM", "AES128_CM_HMAC_SHA1_80"];
const OVERHEAD_BYTES = 32;

/** `value` is all of the payload. */
function packet(ssrc: number, sn: number, value = sn): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x8060);
  view.setUint16(2, sn & 0xffff);
  view.setUint32(8, ssrc);
  view.setUint32(12, value);
  return bytes;
}

/** @returns the sealed packet, or minus the reason */
function protect(
  sender: Pick<SrtpSender, "protectRtp">,
  plain: Uint8Array,
  isRepeatable = false,
): string | number {
  const bytes = new Uint8Array(plain.length + OVERHEAD_BYTES);
  bytes.set(plain);
  const length = sender.protectRtp(bytes, 0, plain.length, isRepeatable);
  return length < 0 ? length : bytes.toHex().slice(0, length * 2);
}

/** Remembers what it sealed under each nonce. */
function watchNonces(): { create: AeadFactory; contents: Map<string, Set<string>> } {
  const contents = new Map<string, Set<string>>();
  const create: AeadFactory = (key) => {
    const aead = createAead(key);
    return {
      seal: (nonce, aad, bytes, offset, length) => {
        const id = key.toHex() + nonce.toHex();
        const sealed = contents.get(id) ?? new Set();
        sealed.add(`${aad.toHex()} ${bytes.subarray(offset, offset + length).toHex()}`);
        contents.set(id, sealed);
        return aead.seal(nonce, aad, bytes, offset, length);
      },
      open: (nonce, aad, bytes, offset, length) => aead.open(nonce, aad, bytes, offset, length),
      close: () => aead.close(),
    };
  };
  return { create, contents };
}

const mostUnderOneNonce = (contents: Map<string, Set<string>>): number =>
  Math.max(...[...contents.values()].map(({ size }) => size));

test("no sequence of packets uses a nonce for two of them", () => {
  const steps = fc.array(
    fc.record({
      ssrc: fc.integer({ min: 1, max: 3 }),
      step: fc.oneof(
        fc.integer({ min: -4, max: 4 }),
        fc.integer({ min: -3_000, max: 3_000 }),
        fc.integer({ min: -65_536, max: 65_536 }),
      ),
      keepsStream: fc.boolean(),
      ends: fc.integer({ min: 0, max: 9 }).map((value) => value === 0),
    }),
    { maxLength: 120 },
  );
  fc.assert(
    fc.property(steps, (sent) => {
      const { create, contents } = watchNonces();
      const sender = new SrtpSender(createTestKeys("AEAD_AES_128_GCM"), create);
      let sn = 60_000;
      for (const [i, { ssrc, step, keepsStream, ends }] of sent.entries()) {
        sn += step;
        protect(keepsStream ? sender.streamOf(ssrc)! : sender, packet(ssrc, sn, i));
        if (ends) sender.retireStream(ssrc);
      }
      expect(contents.size === 0 ? 1 : mostUnderOneNonce(contents)).toBe(1);
    }),
    { numRuns: 60 },
  );
});

test.each([...PROFILES])("a repeat leaves as it did, or not at all, %s", (profile) => {
  const sender = new SrtpSender(createTestKeys(profile), createAead);
  const first = protect(sender, packet(1, 70), true);
  expect(first).toBeString();
  protect(sender, packet(1, 71), true);
  expect(protect(sender, packet(1, 70), true)).toBe(first);
  expect(protect(sender, packet(1, 70, 5), true)).toBe(-DropReason.Duplicate);
  const otherHeader = packet(1, 70);
  otherHeader[1] = 0xe0;
  expect(protect(sender, otherHeader, true)).toBe(-DropReason.Duplicate);
  expect(protect(sender, packet(1, 70), true)).toBe(first);
  expect(sender.debugInfo().refused).toBe(2);
});

test("what was not said to be repeated is not", () => {
  const sender = new SrtpSender(createTestKeys("AEAD_AES_128_GCM"), createAead);
  protect(sender, packet(1, 70));
  expect(protect(sender, packet(1, 70))).toBe(-DropReason.Duplicate);
});

test("late packets leave, those of long ago do not", () => {
  const keys = createTestKeys("AEAD_AES_128_GCM");
  const sender = new SrtpSender(keys, createAead);
  const receiver = new SrtpReceiver(swapSides(keys), createAead);
  for (const sn of [65_000, 65_536 + 500, 65_010, 65_536 + 499]) {
    const sealed = Uint8Array.fromHex(protect(sender, packet(1, sn)) as string);
    expect(receiver.unprotectRtp(sealed, sealed.length)).toBe(16);
  }
  expect(protect(sender, packet(1, 60_000))).toBe(-DropReason.TooOld);
});

test("a stream that was looked up goes on where packets by SSRC are, and ends with the keys", () => {
  const keys = createTestKeys("AEAD_AES_128_GCM");
  const sender = new SrtpSender(keys, createAead);
  const receiver = new SrtpReceiver(swapSides(keys), createAead);
  const ssrc = 0xdead_beef;
  const stream = sender.streamOf(ssrc)!;
  for (const [i, by] of [stream, sender, stream, stream, sender].entries()) {
    const sealed = Uint8Array.fromHex(protect(by, packet(ssrc, 70 + i)) as string);
    expect(receiver.unprotectRtp(sealed, sealed.length)).toBe(16);
  }
  expect(protect(stream, packet(ssrc, 74))).toBe(-DropReason.Duplicate);
  expect(protect(stream, packet(1, 75))).toBe(-DropReason.Unknown);
  expect(sender.streamOf(ssrc)).toBe(stream);
  expect(sender.debugInfo()).toMatchObject({ ssrcs: 1, refused: 2 });
  sender.close();
  expect(() => protect(stream, packet(ssrc, 75))).toThrow("closed");
});

test("a stream is never forgotten: one too many is refused", () => {
  const { create, contents } = watchNonces();
  const sender = new SrtpSender(createTestKeys("AEAD_AES_128_GCM"), create, 8);
  let sn = 5_000;
  for (let i = 0; i < 70_000; i++) protect(sender, packet(1, sn++, i));
  for (let ssrc = 2; ssrc <= 8; ssrc++) expect(protect(sender, packet(ssrc, 5_000))).toBeString();
  expect(protect(sender, packet(9, 5_000))).toBe(-DropReason.Full);
  expect(sender.streamOf(9)).toBeUndefined();
  for (let i = 0; i < 10; i++) expect(protect(sender, packet(1, sn++, i))).toBeString();
  expect(mostUnderOneNonce(contents)).toBe(1);
  expect(sender.debugInfo()).toMatchObject({ ssrcs: 8, refused: 1 });
});

test("an SSRC that is used again after its stream ended goes on above it", () => {
  const { create, contents } = watchNonces();
  const sender = new SrtpSender(createTestKeys("AEAD_AES_128_GCM"), create);
  const ssrc = 0xdead_beef;
  for (let i = 0; i < 100; i++) protect(sender, packet(ssrc, 5_000 + i, i));
  sender.retireStream(ssrc);
  sender.retireStream(77);
  expect(protect(sender, packet(ssrc, 5_099, 1))).toBe(-DropReason.TooOld);
  expect(protect(sender, packet(ssrc, 5_100, 1))).toBeString();
  expect(mostUnderOneNonce(contents)).toBe(1);
});
