import { expect, test } from "bun:test";
import fc from "fast-check";
import { createAead } from "../../../test/support/aeads.ts";
import { createTestKeys, rtpPacket, senderReport, swapSides } from "../../../test/support/srtp.ts";
import { DropReason } from "../../base/drop-reason.ts";
import type { SrtpProfile } from "../dtls/dtls-session.ts";
import { createSrtpCipher } from "./create-srtp-cipher.ts";
import { SrtpReceiver } from "./srtp-receiver.ts";
import { SrtpSender } from "./srtp-sender.ts";

const PROFILES: readonly SrtpProfile[] = [
  "AEAD_AES_256_GCM",
  "AEAD_AES_128_GCM",
  "AES128_CM_HMAC_SHA1_80",
];

function pair(
  profile: SrtpProfile,
  ssrcsMax?: number,
): { sender: SrtpSender; receiver: SrtpReceiver } {
  const keys = createTestKeys(profile);
  return {
    sender: new SrtpSender(keys, createAead),
    receiver: new SrtpReceiver(swapSides(keys), createAead, ssrcsMax),
  };
}

function protect(sender: SrtpSender, plain: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(plain.length + 16);
  bytes.set(plain);
  return bytes.slice(0, sender.protectRtp(bytes, 0, plain.length));
}

/** A packet of the stream with this packet index, as a sender that keeps perfect count makes it. */
function packetAt(profile: SrtpProfile, index: number, ssrc = 1): Uint8Array {
  const keys = createTestKeys(profile);
  const plain = rtpPacket({ sn: index % 65_536, ssrc, payloadBytes: 20 });
  const bytes = new Uint8Array(plain.length + 16);
  bytes.set(plain);
  const cipher = createSrtpCipher(profile, keys.localKey, keys.localSalt, createAead);
  return bytes.slice(0, cipher.sealRtp(bytes, 0, 12, plain.length, Math.floor(index / 65_536)));
}

function open(receiver: SrtpReceiver, sealed: Uint8Array): number {
  return receiver.unprotectRtp(sealed.slice(), sealed.length);
}

test.each([...PROFILES])(
  "a packet comes back as it was, and again as a duplicate, %s",
  (profile) => {
    const { sender, receiver } = pair(profile);
    for (const payloadBytes of [0, 1, 160, 1200]) {
      const plain = rtpPacket({
        sn: payloadBytes,
        ssrc: 0xffff_ffff,
        payloadBytes,
        extensionWords: 2,
      });
      const sealed = protect(sender, plain);
      for (let copy = 0; copy < 2; copy++) {
        const bytes = sealed.slice();
        expect(receiver.unprotectRtp(bytes, bytes.length)).toBe(plain.length);
        expect<Uint8Array>(bytes.subarray(0, plain.length)).toEqual(plain);
      }
    }
  },
);

test.each([...PROFILES])(
  "no changed bit of a packet gets through, and no byte is touched, %s",
  (profile) => {
    const { sender, receiver } = pair(profile);
    const sealed = protect(
      sender,
      rtpPacket({ sn: 1, ssrc: 9, payloadBytes: 9, extensionWords: 1 }),
    );
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const forged = sealed.slice();
      forged[bit >> 3] = forged[bit >> 3]! ^ (1 << (bit & 7));
      const before = forged.slice();
      expect(receiver.unprotectRtp(forged, forged.length)).toBeLessThan(0);
      expect(forged).toEqual(before);
    }
    expect(receiver.debugInfo().ssrcs).toBe(0);
  },
);

test.each([...PROFILES])(
  "the roll-over counter survives wraps, reordering and loss, %s",
  (profile) => {
    const gaps = fc.array(fc.integer({ min: 1, max: 12_000 }), { minLength: 1, maxLength: 60 });
    const distances = fc.array(fc.integer({ min: 0, max: 15_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 65_535 }), gaps, distances, (start, steps, lateBy) => {
        const receiver = new SrtpReceiver(swapSides(createTestKeys(profile)), createAead);
        let index = start;
        expect(open(receiver, packetAt(profile, index))).toBeGreaterThan(0);
        for (const [i, step] of steps.entries()) {
          index += step;
          expect(open(receiver, packetAt(profile, index))).toBeGreaterThan(0);
          const late = index - (lateBy[i] ?? 0);
          if (late >= start) expect(open(receiver, packetAt(profile, late))).toBeGreaterThan(0);
        }
      }),
      { numRuns: 40 },
    );
  },
);

test.each([...PROFILES])(
  "sender and receiver agree across wraps from any first number, %s",
  (profile) => {
    const { sender, receiver } = pair(profile);
    for (let index = 65_530; index < 3 * 65_536; index += 4999) {
      const sealed = protect(sender, rtpPacket({ sn: index & 0xffff, ssrc: 3, payloadBytes: 4 }));
      expect(open(receiver, sealed)).toBe(16);
    }
  },
);

test("forged packets with far numbers do not move the roll-over counter", () => {
  const profile = "AEAD_AES_128_GCM";
  const receiver = new SrtpReceiver(swapSides(createTestKeys(profile)), createAead);
  expect(open(receiver, packetAt(profile, 65_000))).toBeGreaterThan(0);
  for (let sn = 0; sn < 65_536; sn += 997) {
    const forged = packetAt(profile, sn);
    forged[forged.length - 1] = forged[forged.length - 1]! ^ 1;
    expect(open(receiver, forged)).toBe(-DropReason.BadTag);
  }
  expect(open(receiver, packetAt(profile, 65_001))).toBeGreaterThan(0);
  expect(open(receiver, packetAt(profile, 65_536 + 5))).toBeGreaterThan(0);
});

test("a stream whose packets before the first wrap were all lost is followed", () => {
  const profile = "AES128_CM_HMAC_SHA1_80";
  const receiver = new SrtpReceiver(swapSides(createTestKeys(profile)), createAead);
  expect(open(receiver, packetAt(profile, 65_536 + 2))).toBeGreaterThan(0);
  expect(open(receiver, packetAt(profile, 65_536 + 3))).toBeGreaterThan(0);
  expect(open(receiver, packetAt(profile, 65_535))).toBeGreaterThan(0);
});

test("a full table of streams forgets the one that was longest unused", () => {
  const profile = "AEAD_AES_128_GCM";
  const receiver = new SrtpReceiver(swapSides(createTestKeys(profile)), createAead, 16);
  const second = 65_536 + 40_000;
  for (let ssrc = 0; ssrc < 16; ssrc++) {
    for (const index of [40_000, 65_000, 85_000, second]) {
      expect(open(receiver, packetAt(profile, index, ssrc))).toBeGreaterThan(0);
    }
  }
  expect(open(receiver, packetAt(profile, second, 0))).toBeGreaterThan(0);
  expect(open(receiver, packetAt(profile, 5, 99))).toBeGreaterThan(0);
  expect(receiver.debugInfo().ssrcs).toBe(16);
  expect(open(receiver, packetAt(profile, second, 0))).toBeGreaterThan(0);
  expect(open(receiver, packetAt(profile, second, 2))).toBeGreaterThan(0);
  expect(open(receiver, packetAt(profile, second, 1))).toBe(-DropReason.BadTag);
});

test.each([
  { title: "an empty datagram", bytes: [], reason: DropReason.Truncated },
  {
    title: "a header without a tag",
    bytes: [0x80, 96, ...Array(19).fill(0)],
    reason: DropReason.Truncated,
  },
  {
    title: "another version",
    bytes: [0x40, 96, ...Array(40).fill(0)],
    reason: DropReason.Malformed,
  },
  {
    title: "CSRCs behind the end",
    bytes: [0x8f, 96, ...Array(40).fill(0)],
    reason: DropReason.Truncated,
  },
  {
    title: "an extension behind the end",
    bytes: [0x90, 96, ...Array(12).fill(0), 0xff, 0xff, ...Array(40).fill(0)],
    reason: DropReason.Truncated,
  },
  { title: "a wrong tag", bytes: [0x80, 96, ...Array(40).fill(0)], reason: DropReason.BadTag },
])("$title is dropped by its reason", ({ bytes, reason }) => {
  for (const profile of PROFILES) {
    const { receiver } = pair(profile);
    expect(receiver.unprotectRtp(Uint8Array.from(bytes), bytes.length)).toBe(-reason);
  }
});

test.each([...PROFILES])(
  "RTCP comes back, numbered anew each time, and forgeries do not, %s",
  (profile) => {
    const { sender, receiver } = pair(profile);
    const plain = senderReport(5, 6);
    const seen = new Set<string>();
    for (let i = 0; i < 3; i++) {
      const bytes = new Uint8Array(plain.length + 20);
      bytes.set(plain);
      const sealed = bytes.slice(0, sender.protectRtcp(bytes, 0, plain.length));
      seen.add(sealed.toHex());
      for (let bit = 0; bit < sealed.length * 8; bit += 3) {
        const forged = sealed.slice();
        forged[bit >> 3] = forged[bit >> 3]! ^ (1 << (bit & 7));
        expect(receiver.unprotectRtcp(forged, forged.length)).toBeLessThan(0);
      }
      expect(receiver.unprotectRtcp(sealed, sealed.length)).toBe(plain.length);
      expect<Uint8Array>(sealed.subarray(0, plain.length)).toEqual(plain);
    }
    expect(seen.size).toBe(3);
  },
);

test("what is no RTP or RTCP is not protected", () => {
  const { sender } = pair("AEAD_AES_128_GCM");
  expect(sender.protectRtp(new Uint8Array(40), 0, 11)).toBe(-DropReason.Truncated);
  expect(sender.protectRtp(new Uint8Array(40), 0, 20)).toBe(-DropReason.Malformed);
  expect(sender.protectRtcp(new Uint8Array(40), 0, 7)).toBe(-DropReason.Truncated);
});
