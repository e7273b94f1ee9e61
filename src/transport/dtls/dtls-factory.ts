import type { AeadFactory } from "../../crypto/aead.ts";
import { fingerprintOf, type OwnCertificate } from "../../crypto/certificate.ts";
import type { KeyShareFactory } from "../../crypto/key-share.ts";
import { ClientHandshake } from "./client-handshake.ts";
import type { DtlsFactory } from "./dtls-session.ts";
import { APPLICATION_BYTES_MAX, Dtls12Session } from "./dtls12-session.ts";
import { RecordLayer } from "./record-layer.ts";
import { SEALED_OVERHEAD_BYTES } from "./record-protection.ts";
import { ServerHandshake } from "./server-handshake.ts";

export type DtlsFactoryOptions = {
  readonly certificate: OwnCertificate;
  readonly createAead: AeadFactory;
  readonly createKeyShare: KeyShareFactory;
  /** Fills the bytes with unpredictable ones. */
  readonly random: (bytes: Uint8Array) => void;
  /** Servers ask each client for a cookie first. Only of use where ICE does not come before. */
  readonly requiresCookie?: boolean;
};

/** Makes DTLS 1.2 sessions that show one certificate. */
export function createDtlsFactory(options: DtlsFactoryOptions): DtlsFactory {
  const { certificate, createAead, createKeyShare, random, requiresCookie = false } = options;
  // what a session writes is sent before it returns, so they share it
  const out = new Uint8Array(APPLICATION_BYTES_MAX + SEALED_OVERHEAD_BYTES);
  return {
    localFingerprint: fingerprintOf(certificate.der),
    create({ role, remoteFingerprint, events }) {
      const handshakeOptions = {
        remoteFingerprint: remoteFingerprint.toUpperCase(),
        certificate,
        createKeyShare,
        random,
      };
      const handshake =
        role === "server"
          ? new ServerHandshake(handshakeOptions, requiresCookie)
          : new ClientHandshake(handshakeOptions);
      return new Dtls12Session(events, handshake, new RecordLayer(createAead), out);
    },
  };
}
