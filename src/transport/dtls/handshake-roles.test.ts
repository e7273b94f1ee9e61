import { describe, expect, test } from "bun:test";
import { createCertificate, fingerprintOf, type OwnCertificate } from "../../crypto/certificate.ts";
import { createKeyShare, Group } from "../../crypto/key-share.ts";
import { randomBytes } from "../../crypto/random-bytes.ts";
import { SignatureScheme } from "../../crypto/signatures.ts";
import { Alert } from "../../wire/dtls/alert.ts";
import { type HandshakeMessage, HandshakeType } from "../../wire/dtls/handshake.ts";
import {
  type ClientHello,
  readClientHello,
  readServerHello,
  type ServerHello,
  writeClientHello,
  writeHelloVerifyRequest,
  writeServerHello,
} from "../../wire/dtls/hello.ts";
import type { HelloExtensions } from "../../wire/dtls/hello-extensions.ts";
import {
  readServerKeyExchange,
  writeCertificateRequest,
  writeCertificates,
  writeClientKeyExchange,
  writeKeyParams,
  writeServerKeyExchange,
  writeSigned,
} from "../../wire/dtls/key-exchange.ts";
import { ClientHandshake } from "./client-handshake.ts";
import type { HandshakeOptions } from "./handshake-options.ts";
import type { Reaction } from "./handshake-state.ts";
import { ServerHandshake } from "./server-handshake.ts";

const OURS = createCertificate(0, randomBytes);
const THEIRS = createCertificate(0, randomBytes);

function options(own: OwnCertificate, other: OwnCertificate): HandshakeOptions {
  const remoteFingerprint = fingerprintOf(other.der);
  return { remoteFingerprint, certificate: own, createKeyShare, random: randomBytes };
}

const createServer = (): ServerHandshake => new ServerHandshake(options(OURS, THEIRS), false);
const createClient = (): ClientHandshake => new ClientHandshake(options(THEIRS, OURS));

function flightOf(reaction: Reaction): readonly HandshakeMessage[] {
  if (reaction.kind !== "taken") throw new Error(reaction.why);
  return reaction.flight;
}

type HelloChange = Partial<Omit<ClientHello, "extensions">> & {
  readonly extensions?: Partial<HelloExtensions>;
};

/** Our client's hello, with something in it changed. */
function changedHello({ extensions, ...fields }: HelloChange): HandshakeMessage {
  const [message] = createClient().begin();
  const hello = readClientHello(message!.body)!;
  const changed = { ...hello, ...fields, extensions: { ...hello.extensions, ...extensions } };
  return { ...message!, body: writeClientHello(changed) };
}

describe("the server", () => {
  test.each<{ title: string; change: HelloChange; alert: Alert; why: string }>([
    {
      title: "of DTLS 1.0 only",
      change: { version: 0xfeff },
      alert: Alert.ProtocolVersion,
      why: "DTLS 1.2",
    },
    {
      title: "of TLS",
      change: { version: 0x0303 },
      alert: Alert.ProtocolVersion,
      why: "DTLS 1.2",
    },
    {
      title: "of DTLS 1.3 only",
      change: { extensions: { versions: [0xfefc] } },
      alert: Alert.ProtocolVersion,
      why: "DTLS 1.2",
    },
    {
      title: "without our cipher suites",
      change: { cipherSuites: [0xc02f, 0x1301] },
      alert: Alert.HandshakeFailure,
      why: "cipher suites",
    },
    {
      title: "that insists on compression",
      change: { compressionMethods: Uint8Array.of(1) },
      alert: Alert.IllegalParameter,
      why: "compression",
    },
    {
      title: "without our groups",
      change: { extensions: { groups: [24, 25] } },
      alert: Alert.HandshakeFailure,
      why: "X25519",
    },
    {
      title: "with compressed points only",
      change: { extensions: { pointFormats: Uint8Array.of(1) } },
      alert: Alert.HandshakeFailure,
      why: "X25519",
    },
    {
      title: "without our signature scheme",
      change: { extensions: { signatureSchemes: [0x0804] } },
      alert: Alert.HandshakeFailure,
      why: "ECDSA",
    },
    {
      title: "that names no signature scheme",
      change: { extensions: { signatureSchemes: undefined } },
      alert: Alert.HandshakeFailure,
      why: "ECDSA",
    },
    {
      title: "of a renegotiation",
      change: { extensions: { renegotiation: new Uint8Array(12) } },
      alert: Alert.HandshakeFailure,
      why: "renegotiates",
    },
    {
      title: "without SRTP",
      change: { extensions: { srtpProfiles: undefined } },
      alert: Alert.HandshakeFailure,
      why: "SRTP",
    },
    {
      title: "without our SRTP profiles",
      change: { extensions: { srtpProfiles: [2, 5] } },
      alert: Alert.HandshakeFailure,
      why: "SRTP",
    },
  ])("refuses a hello $title", ({ change, alert, why }) => {
    const reaction = createServer().take(changedHello(change));
    expect(reaction).toMatchObject({ kind: "refused", alert });
    expect(reaction.kind === "refused" && reaction.why).toContain(why);
  });

  /** What the server says to a hello. */
  function answerTo(change: HelloChange): { hello: ServerHello; group: number } {
    const flight = flightOf(createServer().take(changedHello(change)));
    expect(flight.map(({ type }) => type)).toEqual([2, 11, 12, 13, 14]);
    expect(flight.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4]);
    const hello = readServerHello(flight[0]!.body)!;
    return { hello, group: readServerKeyExchange(flight[2]!.body)!.group };
  }

  test("answers who offers DTLS 1.3 as well in DTLS 1.2, and no version extension", () => {
    const { hello } = answerTo({ extensions: { versions: [0x7a7a, 0xfefc, 0xfefd] } });
    expect(hello.version).toBe(0xfefd);
    expect(hello.extensions.versions).toBeUndefined();
    expect(answerTo({ version: 0xfefc }).hello.version).toBe(0xfefd);
  });

  test("chooses what it likes best of what is offered", () => {
    const best = answerTo({
      cipherSuites: [0xc02c, 0xc02b],
      extensions: { groups: [24, 23, 29], srtpProfiles: [1, 8, 7] },
    });
    expect([best.hello.cipherSuite, best.group]).toEqual([0xc02b, Group.X25519]);
    expect(best.hello.extensions.srtpProfiles).toEqual([7]);
    const other = answerTo({
      cipherSuites: [0x1301, 0xc02c],
      extensions: { groups: [23], srtpProfiles: [1, 8] },
    });
    expect([other.hello.cipherSuite, other.group]).toEqual([0xc02c, Group.P256]);
    expect(other.hello.extensions.srtpProfiles).toEqual([8]);
    expect(answerTo({ extensions: { groups: undefined } }).group).toBe(Group.P256);
  });

  test("answers only those extensions that were there", () => {
    const few = {
      pointFormats: undefined,
      hasExtendedMasterSecret: false,
      renegotiation: undefined,
    };
    expect(answerTo({ extensions: few }).hello.extensions.types).toEqual([14]);
    const { types } = answerTo({}).hello.extensions;
    expect([...types].toSorted((a, b) => a - b)).toEqual([11, 14, 23, 0xff01]);
    const signalled = answerTo({ cipherSuites: [0xc02b, 0x00ff], extensions: few });
    expect(signalled.hello.extensions.renegotiation).toEqual(new Uint8Array(0));
  });

  test("passes over a malformed hello, and takes the next", () => {
    const server = createServer();
    const [hello] = createClient().begin();
    const half = { ...hello!, body: hello!.body.subarray(0, 60) };
    expect(server.take(half).kind).toBe("discarded");
    expect(server.take({ ...hello!, type: HandshakeType.Certificate }).kind).toBe("discarded");
    expect(server.take(hello!).kind).toBe("taken");
  });

  /** A server that has answered, and what our client answers to that. */
  function halfway() {
    const server = createServer();
    const client = createClient();
    const flight = flightOf(server.take(client.begin()[0]!));
    const answers = flight.map((message) => client.take(message));
    return { server, answer: flightOf(answers.at(-1)!) };
  }

  test.each<{ title: string; index: number; body: Uint8Array; alert: Alert; why: string }>([
    {
      title: "no certificate",
      index: 0,
      body: writeCertificates([]),
      alert: Alert.HandshakeFailure,
      why: "Peer shows no certificate",
    },
    {
      title: "another certificate",
      index: 0,
      body: writeCertificates([OURS.der, THEIRS.der]),
      alert: Alert.BadCertificate,
      why: "Peer's certificate does not have the fingerprint of its description",
    },
    {
      title: "a key of another group",
      index: 1,
      body: writeClientKeyExchange(createKeyShare(Group.P256).publicKey),
      alert: Alert.IllegalParameter,
      why: "Peer's public key is not of the chosen group",
    },
    {
      title: "somebody else's signature",
      index: 2,
      body: writeSigned({ scheme: SignatureScheme.EcdsaP256Sha256, signature: new Uint8Array(70) }),
      alert: Alert.DecryptError,
      why: "Peer does not hold its certificate's key",
    },
    {
      title: "a signature by SHA-1",
      index: 2,
      body: writeSigned({ scheme: 0x0203, signature: new Uint8Array(70) }),
      alert: Alert.DecryptError,
      why: "Peer does not hold its certificate's key",
    },
    {
      title: "a wrong Finished message",
      index: 3,
      body: new Uint8Array(12),
      alert: Alert.DecryptError,
      why: "Peer's Finished message does not match the handshake",
    },
    {
      title: "a Finished message that is too long",
      index: 3,
      body: new Uint8Array(13),
      alert: Alert.DecryptError,
      why: "Peer's Finished message does not match the handshake",
    },
  ])("refuses a client that shows $title", ({ index, body, alert, why }) => {
    const { server, answer } = halfway();
    for (const message of answer.slice(0, index)) expect(server.take(message).kind).toBe("taken");
    expect(server.take({ ...answer[index]!, body })).toEqual({ kind: "refused", alert, why });
  });

  test("does not go on without the client's certificate, or without its signature", () => {
    for (const left of [0, 1, 2]) {
      const { server, answer } = halfway();
      const reactions = answer
        .filter((_, index) => index !== left)
        .map((message) => server.take(message).kind);
      expect(reactions.slice(left)).not.toContain("taken");
    }
  });

  test("knows a certificate whose fingerprint is right but which is none", () => {
    const junk = { der: new Uint8Array(100).fill(48), privateKey: THEIRS.privateKey };
    const server = new ServerHandshake(options(OURS, junk), false);
    server.take(createClient().begin()[0]!);
    const body = writeCertificates([junk.der]);
    const reaction = server.take({ type: HandshakeType.Certificate, seq: 1, body });
    expect(reaction).toMatchObject({ kind: "refused", alert: Alert.UnsupportedCertificate });
  });
});

describe("the client", () => {
  /** A client that has said hello, and what our server answers. */
  function halfway() {
    const client = createClient();
    const flight = flightOf(createServer().take(client.begin()[0]!));
    return { client, flight };
  }

  /** The server's hello, with something in it changed. */
  function changedAnswer(
    message: HandshakeMessage,
    change: Partial<Omit<ServerHello, "extensions">> & {
      readonly extensions?: Partial<HelloExtensions>;
    },
  ): HandshakeMessage {
    const hello = readServerHello(message.body)!;
    const { extensions, ...fields } = change;
    const changed = { ...hello, ...fields, extensions: { ...hello.extensions, ...extensions } };
    return { ...message, body: writeServerHello(changed) };
  }

  test.each<{ title: string; change: Parameters<typeof changedAnswer>[1]; alert: Alert }>([
    { title: "another version", change: { version: 0xfeff }, alert: Alert.ProtocolVersion },
    { title: "another suite", change: { cipherSuite: 0xc02f }, alert: Alert.IllegalParameter },
    { title: "compression", change: { compressionMethod: 1 }, alert: Alert.IllegalParameter },
    {
      title: "compressed points",
      change: { extensions: { pointFormats: Uint8Array.of(1) } },
      alert: Alert.IllegalParameter,
    },
    {
      title: "a renegotiation",
      change: { extensions: { renegotiation: new Uint8Array(24) } },
      alert: Alert.IllegalParameter,
    },
    {
      title: "an extension that was not offered",
      change: { extensions: { versions: [0xfefc] } },
      alert: Alert.UnsupportedExtension,
    },
    {
      title: "no SRTP profile",
      change: { extensions: { srtpProfiles: undefined } },
      alert: Alert.IllegalParameter,
    },
    {
      title: "two SRTP profiles",
      change: { extensions: { srtpProfiles: [7, 8] } },
      alert: Alert.IllegalParameter,
    },
  ])("refuses a server that chooses $title", ({ change, alert }) => {
    const { client, flight } = halfway();
    const reaction = client.take(changedAnswer(flight[0]!, change));
    expect(reaction).toMatchObject({ kind: "refused", alert });
  });

  test("refuses a key that the server did not sign, or not for this handshake", () => {
    const { client, flight } = halfway();
    for (const message of flight.slice(0, 2)) client.take(message);
    const params = writeKeyParams(Group.X25519, createKeyShare(Group.X25519).publicKey);
    const { scheme, signature } = readServerKeyExchange(flight[2]!.body)!;
    const forged = writeServerKeyExchange(params, { scheme, signature });
    const refused = { kind: "refused", alert: Alert.DecryptError };
    expect(client.take({ ...flight[2]!, body: forged })).toMatchObject(refused);
    const other = halfway();
    for (const message of other.flight.slice(0, 2)) other.client.take(message);
    expect(other.client.take(flight[2]!)).toMatchObject(refused);
  });

  test("refuses a server that verifies none of our signatures", () => {
    const { client, flight } = halfway();
    for (const message of flight.slice(0, 3)) client.take(message);
    const body = writeCertificateRequest([0x0804]);
    const reaction = client.take({ ...flight[3]!, body });
    expect(reaction).toMatchObject({ kind: "refused", alert: Alert.HandshakeFailure });
  });

  test("shows no certificate to a server that asks for none", () => {
    const { client, flight } = halfway();
    const reactions = flight
      .filter(({ type }) => type !== HandshakeType.CertificateRequest)
      .map((message) => client.take(message));
    const answer = flightOf(reactions.at(-1)!);
    expect(answer.map(({ type }) => type)).toEqual([
      HandshakeType.ClientKeyExchange,
      HandshakeType.Finished,
    ]);
  });

  test("follows one request for a cookie, not two", () => {
    const client = createClient();
    client.begin();
    const request = { type: HandshakeType.HelloVerifyRequest, seq: 0 };
    const body = writeHelloVerifyRequest(Uint8Array.of(1, 2));
    const [hello] = flightOf(client.take({ ...request, body }));
    expect(readClientHello(hello!.body)?.cookie).toEqual(Uint8Array.of(1, 2));
    expect(hello?.seq).toBe(1);
    expect(client.take({ ...request, seq: 1, body }).kind).toBe("discarded");
  });

  test("passes over what is out of turn", () => {
    const { client, flight } = halfway();
    expect(client.take(flight[1]!).kind).toBe("discarded");
    expect(client.take(flight[0]!).kind).toBe("taken");
    expect(client.take(flight[0]!).kind).toBe("discarded");
  });
});
