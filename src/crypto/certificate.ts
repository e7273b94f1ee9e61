import { createHash, generateKeyPairSync, X509Certificate } from "node:crypto";
import { type PrivateKey, type PublicKey, signEcdsaSha256 } from "./signatures.ts";

const SERIAL_BYTES = 16;
const DAY_MS = 86_400_000;
/** Peers know certificates by their fingerprints and look at no dates; others may. */
const LIFE_MS = 3650 * DAY_MS;
const COMMON_NAME = "WebRTC";

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const SEQUENCE = 0x30;
const SET = 0x31;
const EXPLICIT_0 = 0xa0;
/** AlgorithmIdentifier of ecdsa-with-SHA256 (RFC 5758 §3.2). */
const ECDSA_SHA256: Uint8Array = Uint8Array.fromHex("300a06082a8648ce3d040302");
/** OBJECT IDENTIFIER of commonName (RFC 5280 §A.1). */
const COMMON_NAME_ID: Uint8Array = Uint8Array.fromHex("0603550403");

/** A certificate and the key that belongs to it. */
export type OwnCertificate = {
  readonly der: Uint8Array;
  /** ECDSA, P-256. */
  readonly privateKey: PrivateKey;
};

/**
 * Makes a key and a self-signed certificate for it (RFC 5280), as WebRTC uses them: ECDSA with
 * P-256 and SHA-256.
 *
 * @param wallMs wall time; it is valid from a day before that
 * @param random fills the bytes with unpredictable ones
 */
export function createCertificate(
  wallMs: number,
  random: (bytes: Uint8Array) => void,
): OwnCertificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const serial = new Uint8Array(SERIAL_BYTES);
  random(serial);
  serial[0] = (serial[0]! & 0x3f) | 0x40; // positive, and no byte too long
  const name = der(
    SEQUENCE,
    der(SET, der(SEQUENCE, COMMON_NAME_ID, der(UTF8_STRING, ascii(COMMON_NAME)))),
  );
  const body = der(
    SEQUENCE,
    der(EXPLICIT_0, der(INTEGER, Uint8Array.of(2))), // version 3
    der(INTEGER, serial),
    ECDSA_SHA256,
    name,
    der(SEQUENCE, time(wallMs - DAY_MS), time(wallMs + LIFE_MS)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = signEcdsaSha256(privateKey, [body]);
  const bits = der(BIT_STRING, Uint8Array.of(0), signature);
  return { der: der(SEQUENCE, body, ECDSA_SHA256, bits), privateKey };
}

/** `sha-256` fingerprint of a DER certificate as in SDP: upper case, colons (RFC 8122 §5). */
export function fingerprintOf(certificate: Uint8Array): string {
  const digest = createHash("sha256").update(certificate).digest("hex").toUpperCase();
  return digest.match(/../g)!.join(":");
}

/** Public key of a DER certificate; undefined when it is none. */
export function publicKeyOf(certificate: Uint8Array): PublicKey | undefined {
  try {
    return new X509Certificate(certificate).publicKey;
  } catch {
    return undefined; // the only way node:crypto says so
  }
}

/** One DER value of these contents (X.690 §8.1); they have below 65536 bytes. */
function der(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, { length }) => sum + length, 0);
  const header =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >>> 8, length & 0xff];
  return Uint8Array.from(Buffer.concat([Uint8Array.from(header), ...contents]));
}

/** UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5280 §4.1.2.5). */
function time(wallMs: number): Uint8Array {
  const digits = `${new Date(wallMs).toISOString().replace(/\.\d+Z$|\D/g, "")}Z`;
  return digits < "2050"
    ? der(UTC_TIME, ascii(digits.slice(2)))
    : der(GENERALIZED_TIME, ascii(digits));
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
