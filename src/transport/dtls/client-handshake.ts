import { Group } from "../../crypto/key-share.ts";
import {
  type PublicKey,
  SignatureScheme,
  signEcdsaSha256,
  VERIFIED_SCHEMES,
  verifySignature,
} from "../../crypto/signatures.ts";
import { Alert } from "../../wire/dtls/alert.ts";
import { type HandshakeMessage, HandshakeType } from "../../wire/dtls/handshake.ts";
import {
  RANDOM_BYTES,
  readHelloVerifyRequest,
  readServerHello,
  type ServerHello,
  writeClientHello,
} from "../../wire/dtls/hello.ts";
import { ExtensionType } from "../../wire/dtls/hello-extensions.ts";
import {
  readCertificateRequest,
  readServerKeyExchange,
  type ServerKeyExchange,
  writeCertificates,
  writeClientKeyExchange,
  writeSigned,
} from "../../wire/dtls/key-exchange.ts";
import { DTLS_1_2 } from "../../wire/dtls/record.ts";
import { CIPHER_SUITES } from "./cipher-suites.ts";
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
import { SRTP_PROFILES } from "./srtp-profiles.ts";

const NO_BYTES: Uint8Array = new Uint8Array(0);
const GROUPS: readonly Group[] = [Group.X25519, Group.P256];
/** What we name in our hello, so what a server may answer to. */
const OFFERED_EXTENSIONS: readonly number[] = [
  ExtensionType.RenegotiationInfo,
  ExtensionType.ExtendedMasterSecret,
  ExtensionType.SupportedGroups,
  ExtensionType.PointFormats,
  ExtensionType.SignatureAlgorithms,
  ExtensionType.UseSrtp,
];

/** What may come next. */
const AWAITED = {
  hello: [HandshakeType.HelloVerifyRequest, HandshakeType.ServerHello],
  certificate: [HandshakeType.Certificate],
  keyExchange: [HandshakeType.ServerKeyExchange],
  request: [HandshakeType.CertificateRequest, HandshakeType.ServerHelloDone],
  done: [HandshakeType.ServerHelloDone],
  finished: [HandshakeType.Finished],
} as const satisfies Record<string, readonly number[]>;

/** The client's side (RFC 6347 §4.2.4, RFC 5246 §7.3): what our own tools speak. */
export class ClientHandshake implements Handshake {
  readonly state: HandshakeState = new HandshakeState("client");
  readonly #options: HandshakeOptions;
  #awaited: readonly number[] = AWAITED.hello;
  #cookie: Uint8Array = NO_BYTES;
  #serverKey: PublicKey | undefined;
  #keyExchange: ServerKeyExchange | undefined;
  /** Schemes that the server verifies; undefined while it wants no certificate. */
  #requestedSchemes: readonly number[] | undefined;

  constructor(options: HandshakeOptions) {
    this.#options = options;
    this.state.clientRandom = new Uint8Array(RANDOM_BYTES);
    options.random(this.state.clientRandom);
  }

  begin(): readonly HandshakeMessage[] {
    this.state.say(
      HandshakeType.ClientHello,
      writeClientHello({
        version: DTLS_1_2,
        random: this.state.clientRandom,
        sessionId: NO_BYTES,
        cookie: this.#cookie,
        cipherSuites: CIPHER_SUITES.map(({ id }) => id),
        compressionMethods: Uint8Array.of(0),
        extensions: {
          groups: GROUPS,
          pointFormats: Uint8Array.of(0),
          signatureSchemes: VERIFIED_SCHEMES,
          srtpProfiles: SRTP_PROFILES.map(({ id }) => id),
          hasExtendedMasterSecret: true,
          versions: undefined,
          renegotiation: NO_BYTES,
        },
      }),
    );
    return this.state.takeFlight();
  }

  take(message: HandshakeMessage): Reaction {
    if (!this.#awaited.includes(message.type)) {
      const due = this.#awaited.join(" or ");
      return discard(`peer sent handshake message ${message.type} where ${due} was due`);
    }
    switch (message.type) {
      case HandshakeType.HelloVerifyRequest:
        return this.#takeVerifyRequest(message);
      case HandshakeType.ServerHello:
        return this.#takeHello(message);
      case HandshakeType.Certificate:
        return this.#takeCertificate(message);
      case HandshakeType.ServerKeyExchange:
        return this.#takeKeyExchange(message);
      case HandshakeType.CertificateRequest:
        return this.#takeRequest(message);
      case HandshakeType.ServerHelloDone:
        return this.#takeDone(message);
      default:
        return this.#takeFinished(message);
    }
  }

  #takeVerifyRequest(message: HandshakeMessage): Reaction {
    const cookie = readHelloVerifyRequest(message.body);
    if (cookie === undefined || this.#cookie.length > 0) {
      return discard("peer's HelloVerifyRequest is malformed, or its second");
    }
    this.#cookie = cookie;
    this.state.forgetTranscript();
    return answer(this.begin());
  }

  #takeHello(message: HandshakeMessage): Reaction {
    const hello = readServerHello(message.body);
    if (hello === undefined) return discard("peer's ServerHello is malformed");
    const refusal = this.#choose(hello);
    if (refusal !== undefined) return refusal;
    this.state.serverRandom = hello.random;
    this.state.isExtended = hello.extensions.hasExtendedMasterSecret;
    return this.#heard(message, AWAITED.certificate);
  }

  /** Notes what the server chose; @returns why it cannot be. */
  #choose({
    version,
    cipherSuite,
    compressionMethod,
    extensions,
  }: ServerHello): Reaction | undefined {
    if (version !== DTLS_1_2) {
      return refuse(Alert.ProtocolVersion, "Peer does not speak DTLS 1.2");
    }
    const suite = CIPHER_SUITES.find(({ id }) => id === cipherSuite);
    const { pointFormats, renegotiation, srtpProfiles, types } = extensions;
    if (
      suite === undefined ||
      compressionMethod !== 0 ||
      pointFormats?.includes(0) === false ||
      (renegotiation !== undefined && renegotiation.length > 0)
    ) {
      return refuse(Alert.IllegalParameter, "Peer chose what was not offered");
    }
    if (!types.every((type) => OFFERED_EXTENSIONS.includes(type))) {
      return refuse(Alert.UnsupportedExtension, "Peer answers an extension that was not offered");
    }
    const profile = SRTP_PROFILES.find(({ id }) => id === srtpProfiles?.[0]);
    if (profile === undefined || srtpProfiles?.length !== 1) {
      return refuse(Alert.IllegalParameter, "Peer chose none of our SRTP profiles");
    }
    this.state.suite = suite;
    this.state.profile = profile;
    return undefined;
  }

  #takeCertificate(message: HandshakeMessage): Reaction {
    const checked = checkCertificate(message.body, this.#options.remoteFingerprint);
    if ("kind" in checked) return checked;
    this.#serverKey = checked.key;
    return this.#heard(message, AWAITED.keyExchange);
  }

  #takeKeyExchange(message: HandshakeMessage): Reaction {
    const keyExchange = readServerKeyExchange(message.body);
    if (keyExchange === undefined) return discard("peer's ServerKeyExchange is malformed");
    const { group, params, scheme, signature } = keyExchange;
    const { clientRandom, serverRandom } = this.state;
    const signed = [clientRandom, serverRandom, params];
    const key = this.#serverKey;
    if (key === undefined || !verifySignature(scheme, key, signed, signature)) {
      return refuse(Alert.DecryptError, "Peer does not hold its certificate's key");
    }
    if (!GROUPS.some((ours) => ours === group)) {
      return refuse(Alert.IllegalParameter, "Peer chose a group that was not offered");
    }
    this.#keyExchange = keyExchange;
    return this.#heard(message, AWAITED.request);
  }

  #takeRequest(message: HandshakeMessage): Reaction {
    const schemes = readCertificateRequest(message.body);
    if (schemes === undefined) return discard("peer's CertificateRequest is malformed");
    if (!schemes.includes(SignatureScheme.EcdsaP256Sha256)) {
      return refuse(Alert.HandshakeFailure, "Peer does not verify ECDSA with SHA-256");
    }
    this.#requestedSchemes = schemes;
    return this.#heard(message, AWAITED.done);
  }

  #takeDone(message: HandshakeMessage): Reaction {
    if (message.body.length > 0) return discard("peer's ServerHelloDone is malformed");
    const { state } = this;
    const { certificate, createKeyShare } = this.#options;
    const group = this.#keyExchange?.group === Group.X25519 ? Group.X25519 : Group.P256;
    const share = createKeyShare(group);
    const premaster = share.agree(this.#keyExchange?.publicKey ?? NO_BYTES);
    if (premaster === undefined) {
      return refuse(Alert.IllegalParameter, "Peer's public key is not of the chosen group");
    }
    state.hear(message);
    const isKnown = this.#requestedSchemes !== undefined;
    if (isKnown) state.say(HandshakeType.Certificate, writeCertificates([certificate.der]));
    state.say(HandshakeType.ClientKeyExchange, writeClientKeyExchange(share.publicKey));
    state.deriveKeys(premaster);
    if (isKnown) {
      const signature = signEcdsaSha256(certificate.privateKey, state.transcript);
      const signed = { scheme: SignatureScheme.EcdsaP256Sha256, signature };
      state.say(HandshakeType.CertificateVerify, writeSigned(signed));
    }
    state.sayFinished();
    this.#awaited = AWAITED.finished;
    return answer(state.takeFlight());
  }

  #takeFinished(message: HandshakeMessage): Reaction {
    if (!this.state.isFinishedRight(message.body)) {
      return refuse(Alert.DecryptError, "Peer's Finished message does not match the handshake");
    }
    return complete([]);
  }

  #heard(message: HandshakeMessage, awaited: readonly number[]): Reaction {
    this.state.hear(message);
    this.#awaited = awaited;
    return TAKEN;
  }
}
