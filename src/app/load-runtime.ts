import { createAesGcm } from "../crypto/aes-gcm.ts";
import { createCertificate } from "../crypto/certificate.ts";
import { createKeyShare } from "../crypto/key-share.ts";
import { randomBytes } from "../crypto/random-bytes.ts";
import { randomUint32 } from "../crypto/random-uint32.ts";
import { openClientSocket } from "../io/client-udp.ts";
import { loadNativeAead } from "../io/native-aead.ts";
import type { LoadRuntime } from "../loadtest/load-runtime.ts";
import { createDtlsFactory } from "../transport/dtls/dtls-factory.ts";

/** Of load clients: the same ciphers and DTLS as the server's, and sockets of this machine. */
export function createLoadRuntime(wallMs: number): LoadRuntime {
  const createAead = loadNativeAead()?.create ?? createAesGcm;
  return {
    dtls: createDtlsFactory({
      certificate: createCertificate(wallMs, randomBytes),
      createAead,
      createKeyShare,
      random: randomBytes,
    }),
    createAead,
    processTag: randomUint32() & 0xffff,
    openSocket: openClientSocket,
  };
}
