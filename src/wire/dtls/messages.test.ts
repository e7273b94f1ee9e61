import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import { FragmentView, readFragment, writeFragment, writeMessage } from "./handshake.ts";
import {
  readClientHello,
  readHelloVerifyRequest,
  readServerHello,
  writeClientHello,
  writeHelloVerifyRequest,
  writeServerHello,
} from "./hello.ts";
import {
  readCertificateRequest,
  readCertificates,
  readClientKeyExchange,
  readServerKeyExchange,
  readSigned,
  writeCertificateRequest,
  writeCertificates,
  writeClientKeyExchange,
  writeKeyParams,
  writeServerKeyExchange,
  writeSigned,
} from "./key-exchange.ts";

const u16 = fc.integer({ min: 0, max: 65_535 });
const list16 = fc.array(u16, { minLength: 1, maxLength: 20 });
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });
const vector8 = fc.uint8Array({ maxLength: 255 });
const random = fc.uint8Array({ minLength: 32, maxLength: 32 });
const extensions = fc.record({
  groups: optional(list16),
  pointFormats: optional(vector8),
  signatureSchemes: optional(list16),
  srtpProfiles: optional(list16),
  hasExtendedMasterSecret: fc.boolean(),
  versions: optional(list16),
  renegotiation: optional(vector8),
});
const clientHello = fc.record({
  version: u16,
  random,
  sessionId: fc.uint8Array({ maxLength: 32 }),
  cookie: vector8,
  cipherSuites: list16,
  compressionMethods: vector8,
  extensions,
});

/** Nothing that is shorter or longer than the body is taken for it. */
function expectExact(body: Uint8Array, read: (body: Uint8Array) => unknown): void {
  for (let cut = 0; cut < body.length; cut++) expect(read(body.subarray(0, cut))).toBeUndefined();
  expect(read(Uint8Array.of(...body, 0))).toBeUndefined();
}

describe("a hello", () => {
  test("is read as it was written", () => {
    fc.assert(
      fc.property(clientHello, (hello) => {
        expect(readClientHello(writeClientHello(hello))).toMatchObject(hello);
        const { version, extensions: said } = hello;
        const answer = { version, random: hello.random, cipherSuite: 7, compressionMethod: 1 };
        const body = writeServerHello({ ...answer, extensions: said });
        expect(readServerHello(body)).toMatchObject({ ...answer, extensions: said });
      }),
    );
  });

  const sample = {
    version: 0xfefd,
    random: new Uint8Array(32).fill(1),
    sessionId: Uint8Array.of(2),
    cookie: Uint8Array.of(3),
    cipherSuites: [0xc02b],
    compressionMethods: Uint8Array.of(0),
    extensions: {
      groups: [29],
      pointFormats: Uint8Array.of(0),
      signatureSchemes: [0x0403],
      srtpProfiles: [7],
      hasExtendedMasterSecret: true,
      versions: undefined,
      renegotiation: new Uint8Array(0),
    },
  };
  /** The sample up to its extensions. */
  const BARE_BYTES = 44;
  /** The same, and others behind. */
  const withExtensions = (list: Uint8Array): Uint8Array => {
    const bare = writeClientHello(sample).subarray(0, BARE_BYTES);
    return new ByteWriter().bytes(bare).vector16(list).finish();
  };

  test("is whole or is none", () => {
    const body = writeClientHello(sample);
    for (let cut = 0; cut < body.length; cut++) {
      const hello = readClientHello(body.subarray(0, cut));
      // a hello may end before its extensions
      expect([cut, hello === undefined]).toEqual([cut, cut !== BARE_BYTES]);
    }
    expect(readClientHello(Uint8Array.of(...body, 0))).toBeUndefined();
    expect(readClientHello(body.subarray(0, BARE_BYTES))?.extensions.types).toEqual([]);
  });

  test.each([
    { title: "the same extension twice", list: [0, 23, 0, 0, 0, 23, 0, 0] },
    { title: "an extension that is cut off", list: [0, 10, 0, 4, 0, 2, 0] },
    { title: "half a group", list: [0, 10, 0, 3, 0, 1, 0] },
    { title: "no groups in their extension", list: [0, 10, 0, 2, 0, 0] },
    { title: "more in an extension than it has", list: [0, 10, 0, 5, 0, 2, 0, 29, 0] },
    { title: "an extended master secret with a body", list: [0, 23, 0, 1, 0] },
    { title: "SRTP profiles without a key identifier", list: [0, 14, 0, 4, 0, 2, 0, 7] },
    { title: "half a version", list: [0, 43, 0, 2, 1, 254] },
    { title: "65 extensions", list: Array.from({ length: 65 }, (_, i) => [1, i, 0, 0]).flat() },
  ])("with $title is malformed", ({ list }) => {
    expect(readClientHello(withExtensions(Uint8Array.from(list)))).toBeUndefined();
  });

  test("keeps the types of extensions that we do not know", () => {
    const list = Uint8Array.of(0x1a, 0x1a, 0, 0, 0, 16, 0, 2, 0, 0);
    expect(readClientHello(withExtensions(list))?.extensions.types).toEqual([0x1a1a, 16]);
  });

  test("has at least one cipher suite and a session id of at most 32 bytes", () => {
    expect(readClientHello(writeClientHello({ ...sample, cipherSuites: [] }))).toBeUndefined();
    const sessionId = new Uint8Array(33);
    expect(readClientHello(writeClientHello({ ...sample, sessionId }))).toBeUndefined();
  });

  test("can be asked for with a cookie", () => {
    const cookie = Uint8Array.of(1, 2, 3);
    const body = writeHelloVerifyRequest(cookie);
    expect(readHelloVerifyRequest(body)).toEqual(cookie);
    expectExact(body, readHelloVerifyRequest);
    expect(readHelloVerifyRequest(writeHelloVerifyRequest(new Uint8Array(0)))).toBeUndefined();
  });
});

describe("messages of the key exchange", () => {
  const signed = { scheme: 0x0403, signature: Uint8Array.of(5, 6, 7) };

  test("are read as they were written, whole", () => {
    const certificates = [new Uint8Array(300).fill(1), Uint8Array.of(2)];
    const certificate = writeCertificates(certificates);
    expect(readCertificates(certificate)).toEqual(certificates);
    expectExact(certificate, readCertificates);
    expect(readCertificates(writeCertificates([]))).toEqual([]);

    const params = writeKeyParams(29, Uint8Array.of(8, 9));
    const keyExchange = writeServerKeyExchange(params, signed);
    expect(readServerKeyExchange(keyExchange)).toEqual({
      group: 29,
      publicKey: Uint8Array.of(8, 9),
      params,
      ...signed,
    });
    expectExact(keyExchange, readServerKeyExchange);

    const request = writeCertificateRequest([0x0403, 0x0804]);
    expect(readCertificateRequest(request)).toEqual([0x0403, 0x0804]);
    expectExact(request, readCertificateRequest);

    const answer = writeClientKeyExchange(Uint8Array.of(4, 5));
    expect(readClientKeyExchange(answer)).toEqual(Uint8Array.of(4, 5));
    expectExact(answer, readClientKeyExchange);

    expect(readSigned(writeSigned(signed))).toEqual(signed);
    expectExact(writeSigned(signed), readSigned);
  });

  test("refuse curves without a name, empty certificates and long chains", () => {
    const params = writeKeyParams(29, Uint8Array.of(8));
    params[0] = 1;
    expect(readServerKeyExchange(writeServerKeyExchange(params, signed))).toBeUndefined();
    expect(readCertificates(writeCertificates([new Uint8Array(0)]))).toBeUndefined();
    const chain = Array.from({ length: 9 }, () => Uint8Array.of(1));
    expect(readCertificates(writeCertificates(chain))).toBeUndefined();
    expect(readCertificates(writeCertificates(chain.slice(1)))).toHaveLength(8);
  });
});

describe("a fragment", () => {
  const message = { type: 11, seq: 0x1234, body: new Uint8Array(500).map((_, i) => i) };

  test("is read as it was written", () => {
    const out = new Uint8Array(600);
    const view = new FragmentView();
    expect(writeFragment(out, 7, message, 100, 50)).toBe(62);
    expect(readFragment(out, 7, 69, view)).toBe(69);
    expect(view).toMatchObject({ type: 11, seq: 0x1234, messageBytes: 500, offset: 100 });
    expect(out.slice(view.partAt, view.partAt + view.partBytes)).toEqual(
      message.body.slice(100, 150),
    );
    for (let end = 7; end < 69; end++) expect(readFragment(out, 7, end, view)).toBe(-1);
  });

  test("lies within its message", () => {
    const whole = writeMessage(message);
    const view = new FragmentView();
    expect(readFragment(whole, 0, whole.length, view)).toBe(512);
    whole[8] = 1; // one byte further
    expect(readFragment(whole, 0, whole.length, view)).toBe(-1);
  });
});

test("ByteReader stays broken once something did not fit", () => {
  const reader = new ByteReader(Uint8Array.of(1, 0, 5, 9, 9));
  expect(reader.u8()).toBe(1);
  expect(reader.vector16()).toEqual(new Uint8Array(0));
  expect(reader.u8()).toBe(0);
  expect(reader.hasMore).toBe(false);
  expect(reader.isWhole).toBe(false);
});
