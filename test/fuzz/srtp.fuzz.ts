import { test } from "bun:test";
import type { SrtpProfile } from "../../src/transport/dtls/dtls-session.ts";
import { SrtpReceiver } from "../../src/transport/srtp/srtp-receiver.ts";
import { SrtpSender } from "../../src/transport/srtp/srtp-sender.ts";
import { createAead } from "../support/aeads.ts";
import { runMutations } from "../support/mutate.ts";
import { createTestKeys, rtpPacket, senderReport, swapSides } from "../support/srtp.ts";

const SEED = 7714;

test.each<SrtpProfile>(["AEAD_AES_128_GCM", "AES128_CM_HMAC_SHA1_80"])(
  "mutated SRTP and SRTCP neither throw nor authenticate, %s",
  (profile) => {
    const keys = createTestKeys(profile);
    const sender = new SrtpSender(keys, createAead);
    const receiver = new SrtpReceiver(swapSides(keys), createAead);
    const corpus: Uint8Array[] = [];
    for (let sn = 0; sn < 4; sn++) {
      const plain = rtpPacket({ sn, ssrc: 1, payloadBytes: 30 * sn, extensionWords: sn % 3 });
      const bytes = new Uint8Array(plain.length + 16);
      bytes.set(plain);
      corpus.push(bytes.slice(0, sender.protectRtp(bytes, 0, plain.length)));
      const report = new Uint8Array(48);
      report.set(senderReport(1, sn));
      corpus.push(report.slice(0, sender.protectRtcp(report, 0, 28)));
    }
    const genuine = new Set(corpus.map((bytes) => bytes.toHex()));
    runMutations(corpus, 10_000, SEED, (bytes) => {
      const before = bytes.toHex();
      const opened = Math.max(
        receiver.unprotectRtp(bytes.slice(), bytes.length),
        receiver.unprotectRtcp(bytes.slice(), bytes.length),
      );
      if (opened > 0 && !genuine.has(before)) throw new Error("A forgery was taken");
    });
  },
);
