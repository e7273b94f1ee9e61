import { expect, test } from "bun:test";
import { RtpHeader, SrtcpSession, SrtpSession } from "werift";
import { createAead } from "../../../test/support/aeads.ts";
import { createTestKeys, rtpPacket, senderReport, swapSides } from "../../../test/support/srtp.ts";
import type { SrtpProfile } from "../dtls/dtls-session.ts";
import { SrtpReceiver } from "./srtp-receiver.ts";
import { SrtpSender } from "./srtp-sender.ts";

// werift, an implementation of other hands, is the measure. It lacks the 256-bit profile, for
// which the vectors of RFC 7714 stand in gcm-cipher.test.ts.
const PROFILES: readonly { profile: SrtpProfile; id: number }[] = [
  { profile: "AES128_CM_HMAC_SHA1_80", id: 1 },
  { profile: "AEAD_AES_128_GCM", id: 7 },
];

function weriftConfig(
  profile: SrtpProfile,
  id: number,
): ConstructorParameters<typeof SrtpSession>[0] {
  const keys = swapSides(createTestKeys(profile));
  return {
    profile: id,
    keys: {
      localMasterKey: Buffer.from(keys.localKey),
      localMasterSalt: Buffer.from(keys.localSalt),
      remoteMasterKey: Buffer.from(keys.remoteKey),
      remoteMasterSalt: Buffer.from(keys.remoteSalt),
    },
  };
}

/** Crosses a roll-over, and visits payload lengths around every block border. */
const SAMPLES = Array.from({ length: 120 }, (_, i) => ({
  sn: (65_480 + i) & 0xffff,
  payloadBytes: [0, 1, 15, 16, 17, 63, 64, 65, 160, 1200][i % 10]!,
}));

test.each(PROFILES)("werift opens RTP that SrtpSender protects, $profile", ({ profile, id }) => {
  const sender = new SrtpSender(createTestKeys(profile), createAead);
  const peer = new SrtpSession(weriftConfig(profile, id));
  for (const { sn, payloadBytes } of SAMPLES) {
    const plain = rtpPacket({ sn, ssrc: 0xdead_beef, payloadBytes, extensionWords: sn % 3 });
    const bytes = new Uint8Array(5 + plain.length + 16);
    bytes.set(plain, 5);
    const length = sender.protectRtp(bytes, 5, plain.length);
    const opened = peer.decrypt(Buffer.from(bytes.subarray(5, 5 + length)));
    expect(opened.toString("hex")).toBe(plain.toHex());
  }
});

test.each(PROFILES)("SrtpReceiver opens RTP that werift protects, $profile", ({ profile, id }) => {
  const receiver = new SrtpReceiver(createTestKeys(profile), createAead);
  const peer = new SrtpSession(weriftConfig(profile, id));
  for (const { sn, payloadBytes } of SAMPLES) {
    const plain = rtpPacket({ sn, ssrc: 7, payloadBytes, extensionWords: sn % 3 });
    const header = RtpHeader.deSerialize(Buffer.from(plain));
    const payload = Buffer.from(plain.subarray(plain.length - payloadBytes));
    const bytes = Uint8Array.from(peer.encrypt(payload, header));
    expect(receiver.unprotectRtp(bytes, bytes.length)).toBe(plain.length);
    expect(bytes.subarray(0, plain.length).toHex()).toBe(plain.toHex());
  }
});

test.each(PROFILES)("RTCP crosses to werift and back, $profile", ({ profile, id }) => {
  const keys = createTestKeys(profile);
  const sender = new SrtpSender(keys, createAead);
  const receiver = new SrtpReceiver(keys, createAead);
  const peer = new SrtcpSession(weriftConfig(profile, id));
  for (let i = 0; i < 20; i++) {
    const plain = senderReport(0x1234_5678 + i, i);
    const bytes = new Uint8Array(plain.length + 20);
    bytes.set(plain);
    const length = sender.protectRtcp(bytes, 0, plain.length);
    const atPeer = peer.decrypt(Buffer.from(bytes.subarray(0, length)));
    expect(atPeer.toString("hex")).toBe(plain.toHex());
    const back = Uint8Array.from(peer.encrypt(Buffer.from(plain)));
    expect(receiver.unprotectRtcp(back, back.length)).toBe(plain.length);
    expect(back.subarray(0, plain.length).toHex()).toBe(plain.toHex());
  }
});
