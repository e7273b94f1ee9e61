import { createCertificate } from "../../src/crypto/certificate.ts";
import { createKeyShare } from "../../src/crypto/key-share.ts";
import { randomBytes } from "../../src/crypto/random-bytes.ts";
import {
  createDtlsFactory,
  type DtlsFactoryOptions,
} from "../../src/transport/dtls/dtls-factory.ts";
import type { DtlsFactory } from "../../src/transport/dtls/dtls-session.ts";
import { createAead } from "./aeads.ts";

/** Our own DTLS with a certificate of its own. */
export function createTestDtlsFactory(options: Partial<DtlsFactoryOptions> = {}): DtlsFactory {
  return createDtlsFactory({
    certificate: createCertificate(Date.UTC(2026, 0), randomBytes),
    createAead,
    createKeyShare,
    random: randomBytes,
    ...options,
  });
}
