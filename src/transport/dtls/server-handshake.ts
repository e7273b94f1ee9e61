import { equalBytes } from "../../crypto/equal-bytes.ts";
import { Group, type KeyShare } from "../../crypto/key-share.ts";
import {
  type PublicKey,
  SignatureScheme,
  signEcdsaSha256,
  VERIFIED_SCHEMES,
  verifySignature,
} from "../../crypto/signatures.ts";
import { hmacSha256 } from "../../crypto/tls-prf.ts";
import { Alert } from "../../wire/dtls/alert.ts";
import { writeU16List } from "../../wire/dtls/byte-writer.ts";
import { type HandshakeMessage, HandshakeType } from "../../wire/dtls/handshake.ts";
import {
  type ClientHello,
  RANDOM_BYTES,
  RENEGOTIATION_SCSV,
  readClientHello,
  writeHelloVerifyRequest,
  writeServerHello,
} from "../../wire/dtls/hello.ts";
import {
  readClientKeyExchange,
  readSigned,
  writeCertificateRequest,
  writeCertificates,
  writeKeyParams,
  writeServerKeyExchange,
} from "../../wire/dtls/key-exchange.ts";
import { DTLS_1_2 } from "../../wire/dtls/record.ts";
import { CIPHER_SUITES, type CipherSuite } from "./cipher-suites.ts";
import type { HandshakeOptions } from "./handshake-options.ts";
import {
  answer,
  complete,
  discard,
  type Handshake,
  HandshakeState,
  type Reaction,
  refuse,
  TAKEN,
} from "./handshake-state.ts";
import { checkCertificate } from "./peer-certificate.ts";
import { SRTP_PROFILES, type SrtpProfileFacts } from "./srtp-profiles.ts";

const NO_BYTES: Uint8Array = new Uint8Array(0);
const UNCOMPRESSED_POINTS: Uint8Array = Uint8Array.of(0);
const NO_COMPRESSION = 0;
const COOKIE_BYTES = 32;
/** Ours, best first. Both cost the same; X25519 needs no check of the point. */
const GROUPS: readonly Group[] = [Group.X25519, Group.P256];

/** The server's side (RFC 6347 §4.2.4, RFC 5246 §7.3): full handshakes with a client certificate. */
export class ServerHandshake implements Handshake {
  readonly state: HandshakeState = new HandshakeState("server");
  readonly #options: HandshakeOptions;
  /** Undefined when no cookie is asked for. */
  readonly #cookieKey: Uint8Array | undefined;
  #awaited: number = HandshakeType.ClientHello;
  #share: KeyShare | undefined;
  #clientKey: PublicKey | undefined;

  /**
   * @param requiresCookie has the client show that it receives what is sent to its address (RFC
   *   6347 §4.2.1), one more round trip. ICE has shown that the client knows its credentials.
   */
  constructor(options: HandshakeOptions, requiresCookie: boolean) {
    this.#options = options;
    if (requiresCookie) {
      this.#cookieKey = new Uint8Array(COOKIE_BYTES);
      options.random(this.#cookieKey);
    }
  }

  begin(): readonly HandshakeMessage[] {
    return [];
  }

  take(message: HandshakeMessage): Reaction {
    if (message.type !== this.#awaited) {
      return discard(`peer sent handshake message ${message.type} where ${this.#awaited} was due`);
    }
    switch (message.type) {
      case HandshakeType.ClientHello:
        return this.#takeHello(message);
      case HandshakeType.Certificate:
        return this.#takeCertificate(message);
      case HandshakeType.ClientKeyExchange:
        return this.#takeKeyExchange(message);
      case HandshakeType.CertificateVerify:
        return this.#takeVerify(message);
      default:
        return this.#takeFinished(message);
    }
  }

  #takeHello(message: HandshakeMessage): Reaction {
    const hello = readClientHello(message.body);
    if (hello === undefined) return discard("peer's ClientHello is malformed");
    if (!speaksDtls12(hello)) return refuse(Alert.ProtocolVersion, "Peer does not speak DTLS 1.2");
    if (this.#cookieKey !== undefined && !hasCookie(hello, this.#cookieKey)) {
      this.state.say(
        HandshakeType.HelloVerifyRequest,
        writeHelloVerifyRequest(cookieFor(hello, this.#cookieKey)),
      );
      this.state.forgetTranscript();
      return answer(this.state.takeFlight());
    }
    const choice = choose(hello);
    if ("kind" in choice) return choice;
    this.state.hear(message);
    this.#answerHello(hello, choice);
    this.#awaited = HandshakeType.Certificate;
    return answer(this.state.takeFlight());
  }

  #answerHello(hello: ClientHello, { suite, profile, group }: Choice): void {
    const { state } = this;
    const { certificate, random, createKeyShare } = this.#options;
    const { extensions } = hello;
    const serverRandom = new Uint8Array(RANDOM_BYTES);
    random(serverRandom);
    state.clientRandom = hello.random;
    state.serverRandom = serverRandom;
    state.suite = suite;
    state.profile = profile;
    state.isExtended = extensions.hasExtendedMasterSecret;
    this.#share = createKeyShare(group);
    const params = writeKeyParams(group, this.#share.publicKey);
    const isRenegotiationKnown =
      extensions.renegotiation !== undefined || hello.cipherSuites.includes(RENEGOTIATION_SCSV);
    state.say(
      HandshakeType.ServerHello,
      writeServerHello({
        version: DTLS_1_2,
        random: serverRandom,
        cipherSuite: state.suite.id,
        compressionMethod: NO_COMPRESSION,
        extensions: {
          groups: undefined,
          pointFormats: extensions.pointFormats && UNCOMPRESSED_POINTS,
          signatureSchemes: undefined,
          srtpProfiles: [state.profile.id],
          hasExtendedMasterSecret: state.isExtended,
          versions: undefined,
          renegotiation: isRenegotiationKnown ? NO_BYTES : undefined,
        },
      }),
    );
    state.say(HandshakeType.Certificate, writeCertificates([certificate.der]));
    const scheme = SignatureScheme.EcdsaP256Sha256;
    const signed = [hello.random, serverRandom, params];
    const signature = signEcdsaSha256(certificate.privateKey, signed);
    const keyExchange = writeServerKeyExchange(params, { scheme, signature });
    state.say(HandshakeType.ServerKeyExchange, keyExchange);
    state.say(HandshakeType.CertificateRequest, writeCertificateRequest(VERIFIED_SCHEMES));
    state.say(HandshakeType.ServerHelloDone, NO_BYTES);
  }

  #takeCertificate(message: HandshakeMessage): Reaction {
    const checked = checkCertificate(message.body, this.#options.remoteFingerprint);
    if ("kind" in checked) return checked;
    this.#clientKey = checked.key;
    this.state.hear(message);
    this.#awaited = HandshakeType.ClientKeyExchange;
    return TAKEN;
  }

  #takeKeyExchange(message: HandshakeMessage): Reaction {
    const publicKey = readClientKeyExchange(message.body);
    if (publicKey === undefined) return discard("peer's ClientKeyExchange is malformed");
    const premaster = this.#share?.agree(publicKey);
    if (premaster === undefined) {
      return refuse(Alert.IllegalParameter, "Peer's public key is not of the chosen group");
    }
    this.state.hear(message);
    this.state.deriveKeys(premaster);
    this.#share = undefined;
    this.#awaited = HandshakeType.CertificateVerify;
    return TAKEN;
  }

  #takeVerify(message: HandshakeMessage): Reaction {
    const signed = readSigned(message.body);
    if (signed === undefined) return discard("peer's CertificateVerify is malformed");
    const { scheme, signature } = signed;
    const isRight =
      this.#clientKey !== undefined &&
      verifySignature(scheme, this.#clientKey, this.state.transcript, signature);
    if (!isRight) return refuse(Alert.DecryptError, "Peer does not hold its certificate's key");
    this.state.hear(message);
    this.#awaited = HandshakeType.Finished;
    return TAKEN;
  }

  #takeFinished(message: HandshakeMessage): Reaction {
    if (!this.state.isFinishedRight(message.body)) {
      return refuse(Alert.DecryptError, "Peer's Finished message does not match the handshake");
    }
    this.state.hear(message);
    this.state.sayFinished();
    return complete(this.state.takeFlight());
  }
}

type Choice = {
  readonly suite: CipherSuite;
  readonly profile: SrtpProfileFacts;
  readonly group: Group;
};

/** Decides what the handshake is made of, or why there is nothing in common. */
function choose(hello: ClientHello): Choice | Reaction {
  const { cipherSuites, compressionMethods, extensions } = hello;
  const { groups, pointFormats, signatureSchemes, srtpProfiles, renegotiation } = extensions;
  const suite = CIPHER_SUITES.find(({ id }) => cipherSuites.includes(id));
  if (suite === undefined) {
    return refuse(Alert.HandshakeFailure, "Peer offers none of our cipher suites");
  }
  if (!compressionMethods.includes(NO_COMPRESSION)) {
    return refuse(Alert.IllegalParameter, "Peer insists on compression");
  }
  // who names no groups knows P-256 at least (RFC 8422 §4)
  const group = groups === undefined ? Group.P256 : GROUPS.find((ours) => groups.includes(ours));
  if (group === undefined || pointFormats?.includes(0) === false) {
    return refuse(Alert.HandshakeFailure, "Peer offers neither X25519 nor P-256");
  }
  // who names no schemes wants SHA-1 (RFC 5246 §7.4.1.4.1)
  if (signatureSchemes?.includes(SignatureScheme.EcdsaP256Sha256) !== true) {
    return refuse(Alert.HandshakeFailure, "Peer does not verify ECDSA with SHA-256");
  }
  if (renegotiation !== undefined && renegotiation.length > 0) {
    return refuse(Alert.HandshakeFailure, "Peer renegotiates a session that is not ours");
  }
  const profile = SRTP_PROFILES.find(({ id }) => srtpProfiles?.includes(id));
  if (profile === undefined) {
    return refuse(Alert.HandshakeFailure, "Peer offers none of our SRTP profiles");
  }
  return { suite, profile, group };
}

/**
 * DTLS versions count downwards. A client that also speaks 1.3 says so in an extension, and there
 * only (RFC 8446 §4.2.1, RFC 9147 §5.3).
 */
function speaksDtls12({ version, extensions }: ClientHello): boolean {
  if (extensions.versions !== undefined) return extensions.versions.includes(DTLS_1_2);
  return version >>> 8 === DTLS_1_2 >>> 8 && version <= DTLS_1_2;
}

/** Bound to everything in the hello that must stay as it is (RFC 6347 §4.2.1). */
function cookieFor(hello: ClientHello, key: Uint8Array): Uint8Array {
  return hmacSha256(key, [
    hello.random,
    hello.sessionId,
    writeU16List(hello.cipherSuites),
    hello.compressionMethods,
  ]);
}

function hasCookie(hello: ClientHello, key: Uint8Array): boolean {
  if (hello.cookie.length !== COOKIE_BYTES) return false;
  return equalBytes(hello.cookie, 0, cookieFor(hello, key), COOKIE_BYTES);
}
