import type { OwnCertificate } from "../../crypto/certificate.ts";
import type { KeyShareFactory } from "../../crypto/key-share.ts";

/** What a handshake needs of its surroundings. */
export type HandshakeOptions = {
  /** As in SDP: `sha-256`, upper case, colons. */
  readonly remoteFingerprint: string;
  readonly certificate: OwnCertificate;
  readonly createKeyShare: KeyShareFactory;
  /** Fills the bytes with unpredictable ones. */
  readonly random: (bytes: Uint8Array) => void;
};
