import { ByteReader, readU16List } from "./byte-reader.ts";
import { ByteWriter, writeU16List } from "./byte-writer.ts";
import { type HelloExtensions, readExtensions, writeExtensions } from "./hello-extensions.ts";
import { DTLS_1_2 } from "./record.ts";

export const RANDOM_BYTES = 32;
const SESSION_ID_BYTES_MAX = 32;
/** In a list of suites it stands for an empty `renegotiation_info` (RFC 5746 §3.3). */
export const RENEGOTIATION_SCSV = 0x00ff;

/** RFC 6347 §4.2.1 with RFC 5246 §7.4.1.2. */
export type ClientHello = {
  readonly version: number;
  /** 32 bytes */
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  /** Empty in a first hello. */
  readonly cookie: Uint8Array;
  readonly cipherSuites: readonly number[];
  /** Of which 0 is none, the only one in use. */
  readonly compressionMethods: Uint8Array;
  readonly extensions: HelloExtensions;
};

/** @returns undefined when the body is malformed; vectors are copies */
export function readClientHello(body: Uint8Array): ClientHello | undefined {
  const reader = new ByteReader(body);
  const version = reader.u16();
  const random = reader.bytes(RANDOM_BYTES);
  const sessionId = reader.vector8();
  const cookie = reader.vector8();
  const cipherSuites = readU16List(reader.vector16());
  const compressionMethods = reader.vector8();
  const extensions = readExtensions(reader);
  if (
    extensions === undefined ||
    cipherSuites === undefined ||
    cipherSuites.length === 0 ||
    sessionId.length > SESSION_ID_BYTES_MAX
  ) {
    return undefined;
  }
  return {
    version,
    random: random.slice(),
    sessionId: sessionId.slice(),
    cookie: cookie.slice(),
    cipherSuites,
    compressionMethods: compressionMethods.slice(),
    extensions,
  };
}

export function writeClientHello(
  hello: Omit<ClientHello, "extensions"> & { extensions: Omit<HelloExtensions, "types"> },
): Uint8Array {
  return new ByteWriter()
    .u16(hello.version)
    .bytes(hello.random)
    .vector8(hello.sessionId)
    .vector8(hello.cookie)
    .vector16(writeU16List(hello.cipherSuites))
    .vector8(hello.compressionMethods)
    .bytes(writeExtensions(hello.extensions))
    .finish();
}

/** RFC 5246 §7.4.1.3. */
export type ServerHello = {
  readonly version: number;
  /** 32 bytes */
  readonly random: Uint8Array;
  readonly cipherSuite: number;
  readonly compressionMethod: number;
  readonly extensions: HelloExtensions;
};

/** @returns undefined when the body is malformed; vectors are copies */
export function readServerHello(body: Uint8Array): ServerHello | undefined {
  const reader = new ByteReader(body);
  const version = reader.u16();
  const random = reader.bytes(RANDOM_BYTES);
  const sessionId = reader.vector8();
  const cipherSuite = reader.u16();
  const compressionMethod = reader.u8();
  const extensions = readExtensions(reader);
  if (extensions === undefined || sessionId.length > SESSION_ID_BYTES_MAX) return undefined;
  return { version, random: random.slice(), cipherSuite, compressionMethod, extensions };
}

/** With an empty session id: nothing is resumed. */
export function writeServerHello(
  hello: Omit<ServerHello, "extensions"> & { extensions: Omit<HelloExtensions, "types"> },
): Uint8Array {
  return new ByteWriter()
    .u16(hello.version)
    .bytes(hello.random)
    .u8(0)
    .u16(hello.cipherSuite)
    .u8(hello.compressionMethod)
    .bytes(writeExtensions(hello.extensions))
    .finish();
}

/** @returns the cookie of a HelloVerifyRequest, or undefined when it is malformed */
export function readHelloVerifyRequest(body: Uint8Array): Uint8Array | undefined {
  const reader = new ByteReader(body);
  reader.u16(); // says nothing of the version that will be spoken (RFC 6347 §4.2.1)
  const cookie = reader.vector8();
  return reader.isWhole && cookie.length > 0 ? cookie.slice() : undefined;
}

export function writeHelloVerifyRequest(cookie: Uint8Array): Uint8Array {
  return new ByteWriter().u16(DTLS_1_2).vector8(cookie).finish();
}
