import { ByteReader, readU16List } from "./byte-reader.ts";
import { ByteWriter, writeU16List } from "./byte-writer.ts";

/** ECParameters with a named curve, the only form in use (RFC 8422 §5.4). */
const CURVE_TYPE_NAMED = 3;
/** A peer's chain is looked at no further than its first certificate; longer ones are malformed. */
const CERTIFICATES_MAX = 8;
const CLIENT_CERTIFICATE_ECDSA = 64;
const CLIENT_CERTIFICATE_RSA = 1;

/** A signature and its scheme: DigitallySigned (RFC 5246 §4.7), a CertificateVerify's body. */
export type SignedBytes = { readonly scheme: number; readonly signature: Uint8Array };

/** @returns the DER certificates, views of the body; undefined when it is malformed */
export function readCertificates(body: Uint8Array): readonly Uint8Array[] | undefined {
  const message = new ByteReader(body);
  const list = new ByteReader(message.vector24());
  const certificates: Uint8Array[] = [];
  while (list.hasMore) {
    if (certificates.length === CERTIFICATES_MAX) return undefined;
    certificates.push(list.vector24());
  }
  const isWhole = message.isWhole && list.isWhole && certificates.every(({ length }) => length > 0);
  return isWhole ? certificates : undefined;
}

export function writeCertificates(certificates: readonly Uint8Array[]): Uint8Array {
  const list = new ByteWriter();
  for (const certificate of certificates) list.vector24(certificate);
  return new ByteWriter().vector24(list.finish()).finish();
}

/** The server's share of the key and its signature (RFC 8422 §5.4). */
export type ServerKeyExchange = SignedBytes & {
  readonly group: number;
  readonly publicKey: Uint8Array;
  /** What is signed behind both randoms: the first bytes of the body. */
  readonly params: Uint8Array;
};

/** @returns undefined when the body is malformed; its arrays are views of the body */
export function readServerKeyExchange(body: Uint8Array): ServerKeyExchange | undefined {
  const reader = new ByteReader(body);
  const curveType = reader.u8();
  const group = reader.u16();
  const publicKey = reader.vector8();
  const params = body.subarray(0, reader.offset);
  const scheme = reader.u16();
  const signature = reader.vector16();
  if (!reader.isWhole || curveType !== CURVE_TYPE_NAMED) return undefined;
  return { group, publicKey, params, scheme, signature };
}

/** The part of a ServerKeyExchange that is signed. */
export function writeKeyParams(group: number, publicKey: Uint8Array): Uint8Array {
  return new ByteWriter().u8(CURVE_TYPE_NAMED).u16(group).vector8(publicKey).finish();
}

export function writeServerKeyExchange(params: Uint8Array, signed: SignedBytes): Uint8Array {
  return new ByteWriter().bytes(params).bytes(writeSigned(signed)).finish();
}

/** @returns the schemes that the peer verifies; undefined when the body is malformed */
export function readCertificateRequest(body: Uint8Array): readonly number[] | undefined {
  const reader = new ByteReader(body);
  reader.vector8(); // certificate types: the schemes say more
  const schemes = readU16List(reader.vector16());
  reader.vector16(); // names of authorities: nobody's certificate is signed by one
  return reader.isWhole ? schemes : undefined;
}

export function writeCertificateRequest(schemes: readonly number[]): Uint8Array {
  return new ByteWriter()
    .vector8(Uint8Array.of(CLIENT_CERTIFICATE_ECDSA, CLIENT_CERTIFICATE_RSA))
    .vector16(writeU16List(schemes))
    .u16(0)
    .finish();
}

/** @returns the client's public key, a view; undefined when the body is malformed */
export function readClientKeyExchange(body: Uint8Array): Uint8Array | undefined {
  const reader = new ByteReader(body);
  const publicKey = reader.vector8();
  return reader.isWhole ? publicKey : undefined;
}

export function writeClientKeyExchange(publicKey: Uint8Array): Uint8Array {
  return new ByteWriter().vector8(publicKey).finish();
}

/** @returns undefined when the body is malformed; the signature is a view */
export function readSigned(body: Uint8Array): SignedBytes | undefined {
  const reader = new ByteReader(body);
  const scheme = reader.u16();
  const signature = reader.vector16();
  return reader.isWhole ? { scheme, signature } : undefined;
}

export function writeSigned({ scheme, signature }: SignedBytes): Uint8Array {
  return new ByteWriter().u16(scheme).vector16(signature).finish();
}
