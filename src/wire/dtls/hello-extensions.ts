import { ByteReader, readU16List } from "./byte-reader.ts";
import { ByteWriter, writeU16List } from "./byte-writer.ts";

/** Extensions that we know (RFC 8422, 5246, 5764, 7627, 8446, 5746). */
export const ExtensionType = {
  SupportedGroups: 10,
  PointFormats: 11,
  SignatureAlgorithms: 13,
  UseSrtp: 14,
  ExtendedMasterSecret: 23,
  SupportedVersions: 43,
  RenegotiationInfo: 0xff01,
} as const;

/** Chromium sends fifteen. More are malformed. */
const EXTENSIONS_MAX = 64;

/** What a hello says in its extensions; undefined is what it does not mention. */
export type HelloExtensions = {
  /** Every extension's type, in order; those we do not know too. */
  readonly types: readonly number[];
  readonly groups: readonly number[] | undefined;
  readonly pointFormats: Uint8Array | undefined;
  readonly signatureSchemes: readonly number[] | undefined;
  readonly srtpProfiles: readonly number[] | undefined;
  readonly hasExtendedMasterSecret: boolean;
  readonly versions: readonly number[] | undefined;
  /** `renegotiated_connection`: empty in a first handshake. */
  readonly renegotiation: Uint8Array | undefined;
};

/**
 * Reads what follows the compression methods of a hello.
 *
 * @returns undefined when it is malformed, or names an extension twice
 */
export function readExtensions(hello: ByteReader): HelloExtensions | undefined {
  // a hello may end before the extensions
  const reader = new ByteReader(hello.hasMore ? hello.vector16() : new Uint8Array(0));
  const bodies = new Map<number, Uint8Array>();
  while (reader.hasMore) {
    const type = reader.u16();
    if (bodies.has(type) || bodies.size === EXTENSIONS_MAX) return undefined;
    bodies.set(type, reader.vector16());
  }
  if (!reader.isWhole || !hello.isWhole) return undefined;

  const extendedMasterSecret = bodies.get(ExtensionType.ExtendedMasterSecret);
  if (extendedMasterSecret !== undefined && extendedMasterSecret.length > 0) return undefined;
  const groups = readList16(bodies.get(ExtensionType.SupportedGroups));
  const pointFormats = readVector8(bodies.get(ExtensionType.PointFormats));
  const signatureSchemes = readList16(bodies.get(ExtensionType.SignatureAlgorithms));
  const srtpProfiles = readSrtpProfiles(bodies.get(ExtensionType.UseSrtp));
  const versions = readVersions(bodies.get(ExtensionType.SupportedVersions));
  const renegotiation = readVector8(bodies.get(ExtensionType.RenegotiationInfo));
  if (
    groups === null ||
    pointFormats === null ||
    signatureSchemes === null ||
    srtpProfiles === null ||
    versions === null ||
    renegotiation === null
  ) {
    return undefined;
  }
  return {
    types: [...bodies.keys()],
    groups,
    pointFormats,
    signatureSchemes,
    srtpProfiles,
    hasExtendedMasterSecret: extendedMasterSecret !== undefined,
    versions,
    renegotiation,
  };
}

/** The same from what is to be said; `types` is not looked at. */
export function writeExtensions(extensions: Omit<HelloExtensions, "types">): Uint8Array {
  const all = new ByteWriter();
  const add = (type: number, body: Uint8Array | undefined): void => {
    if (body !== undefined) all.u16(type).vector16(body);
  };
  const list16 = (numbers: readonly number[] | undefined): Uint8Array | undefined =>
    numbers && new ByteWriter().vector16(writeU16List(numbers)).finish();
  const vector8 = (bytes: Uint8Array | undefined): Uint8Array | undefined =>
    bytes && new ByteWriter().vector8(bytes).finish();

  const { srtpProfiles, versions } = extensions;
  add(ExtensionType.RenegotiationInfo, vector8(extensions.renegotiation));
  if (extensions.hasExtendedMasterSecret) {
    add(ExtensionType.ExtendedMasterSecret, new Uint8Array(0));
  }
  add(ExtensionType.SupportedGroups, list16(extensions.groups));
  add(ExtensionType.PointFormats, vector8(extensions.pointFormats));
  add(ExtensionType.SignatureAlgorithms, list16(extensions.signatureSchemes));
  if (srtpProfiles !== undefined) {
    const profiles = new ByteWriter().vector16(writeU16List(srtpProfiles)); // no MKI follows
    add(ExtensionType.UseSrtp, profiles.u8(0).finish());
  }
  add(ExtensionType.SupportedVersions, versions && vector8(writeU16List(versions)));
  return new ByteWriter().vector16(all.finish()).finish();
}

/** The readers below give undefined for an extension that is not there, null for a malformed one. */
function readList16(body: Uint8Array | undefined): readonly number[] | undefined | null {
  if (body === undefined) return undefined;
  const reader = new ByteReader(body);
  const numbers = readU16List(reader.vector16());
  return reader.isWhole && numbers !== undefined && numbers.length > 0 ? numbers : null;
}

function readVector8(body: Uint8Array | undefined): Uint8Array | undefined | null {
  if (body === undefined) return undefined;
  const reader = new ByteReader(body);
  const vector = reader.vector8();
  return reader.isWhole ? vector.slice() : null;
}

/** The master key identifier that may follow the profiles (RFC 5764 §4.1.3) is not taken up. */
function readSrtpProfiles(body: Uint8Array | undefined): readonly number[] | undefined | null {
  if (body === undefined) return undefined;
  const reader = new ByteReader(body);
  const numbers = readU16List(reader.vector16());
  reader.vector8();
  return reader.isWhole && numbers !== undefined && numbers.length > 0 ? numbers : null;
}

function readVersions(body: Uint8Array | undefined): readonly number[] | undefined | null {
  const vector = readVector8(body);
  if (vector === undefined || vector === null) return vector;
  return readU16List(vector) ?? null;
}
