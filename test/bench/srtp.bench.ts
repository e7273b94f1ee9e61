import { bench, do_not_optimize, run, summary } from "mitata";
import type { SrtpProfile } from "../../src/transport/dtls/dtls-session.ts";
import { SrtpReceiver } from "../../src/transport/srtp/srtp-receiver.ts";
import { SrtpSender } from "../../src/transport/srtp/srtp-sender.ts";
import { createTestKeys, rtpPacket, swapSides } from "../support/srtp.ts";

const PROFILES: readonly SrtpProfile[] = [
  "AEAD_AES_128_GCM",
  "AEAD_AES_256_GCM",
  "AES128_CM_HMAC_SHA1_80",
];

for (const payloadBytes of [160, 1200]) {
  summary(() => {
    for (const profile of PROFILES) {
      bench(`protectRtp ${payloadBytes} B, ${profile}`, function* () {
        const sender = new SrtpSender(createTestKeys(profile));
        const plain = rtpPacket({ sn: 0, ssrc: 1, payloadBytes });
        const slab = new Uint8Array(64 * 1536);
        for (let at = 0; at < slab.length; at += 1536) slab.set(plain, at);
        let sn = 0;
        yield () => {
          const at = (sn & 63) * 1536;
          sn = (sn + 1) & 0xffff;
          slab[at] = 0x80;
          slab[at + 2] = sn >> 8;
          slab[at + 3] = sn;
          do_not_optimize(sender.protectRtp(slab, at, plain.length));
        };
      });
    }
  });
  summary(() => {
    for (const profile of PROFILES) {
      bench(`unprotectRtp ${payloadBytes} B, ${profile} (with a copy of the packet)`, function* () {
        const keys = createTestKeys(profile);
        const receiver = new SrtpReceiver(swapSides(keys));
        const plain = rtpPacket({ sn: 7, ssrc: 1, payloadBytes });
        const sealed = new Uint8Array(plain.length + 16);
        sealed.set(plain);
        const length = new SrtpSender(keys).protectRtp(sealed, 0, plain.length);
        const bytes = new Uint8Array(sealed.length);
        yield () => {
          bytes.set(sealed);
          do_not_optimize(receiver.unprotectRtp(bytes, length));
        };
      });
    }
  });
}

await run();
