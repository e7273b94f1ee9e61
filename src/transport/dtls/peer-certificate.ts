import { fingerprintOf, publicKeyOf } from "../../crypto/certificate.ts";
import type { PublicKey } from "../../crypto/signatures.ts";
import { Alert } from "../../wire/dtls/alert.ts";
import { readCertificates } from "../../wire/dtls/key-exchange.ts";
import { discard, type Reaction, refuse } from "./handshake-state.ts";

/** The key of the peer's certificate when its fingerprint is the announced one. */
export function checkCertificate(
  body: Uint8Array,
  fingerprint: string,
): { readonly key: PublicKey } | Reaction {
  const certificates = readCertificates(body);
  if (certificates === undefined) return discard("peer's Certificate message is malformed");
  const [certificate] = certificates;
  if (certificate === undefined) {
    return refuse(Alert.HandshakeFailure, "Peer shows no certificate");
  }
  if (fingerprintOf(certificate) !== fingerprint) {
    return refuse(
      Alert.BadCertificate,
      "Peer's certificate does not have the fingerprint of its description",
    );
  }
  const key = publicKeyOf(certificate);
  if (key === undefined) {
    return refuse(Alert.UnsupportedCertificate, "Peer's certificate has no key that we can use");
  }
  return { key };
}
