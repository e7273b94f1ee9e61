import {
  createHash,
  createHmac,
  createPublicKey,
  type KeyObject,
  verify,
  X509Certificate,
} from "node:crypto";

/** `verify_data` of a Finished message, in bytes (RFC 5246 §7.4.9). */
const VERIFY_DATA_BYTES = 12;
/** ECParameters with a named curve, the only form in use (RFC 8422 §5.4). */
const CURVE_TYPE_NAMED = 3;

/** `sha-256` fingerprint of a DER certificate as in SDP: upper case, colons (RFC 8122 §5). */
export function fingerprintOf(der: Uint8Array): string {
  const digest = createHash("sha256").update(der).digest("hex").toUpperCase();
  return digest.match(/../g)!.join(":");
}

/** Public key of a DER certificate; undefined when it is none. */
export function publicKeyOf(der: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey(
      new X509Certificate(der).publicKey.export({ type: "spki", format: "pem" }),
    );
  } catch {
    return undefined;
  }
}

/** The Finished value that proves knowledge of the master secret (RFC 5246 §5, §7.4.9). */
export function finishedData(
  masterSecret: Uint8Array,
  sender: "client" | "server",
  transcript: Uint8Array,
): Uint8Array {
  const label = new TextEncoder().encode(`${sender} finished`);
  const seed = Buffer.concat([label, createHash("sha256").update(transcript).digest()]);
  const first = createHmac("sha256", masterSecret).update(seed).digest();
  const block = createHmac("sha256", masterSecret).update(first).update(seed).digest();
  return block.subarray(0, VERIFY_DATA_BYTES);
}

/**
 * Whether a CertificateVerify body is a signature of `transcript` (RFC 5246 §7.4.8). werift takes
 * any: without this a peer would only have to know the certificate, not its key.
 */
export function isCertificateVerifyRight(
  body: Uint8Array,
  key: KeyObject,
  transcript: Uint8Array,
): boolean {
  return isSignatureRight(body, 0, key, transcript);
}

/** Whether a ServerKeyExchange is signed by the server's certificate (RFC 8422 §5.4). */
export function isKeyExchangeRight(
  body: Uint8Array,
  key: KeyObject,
  clientRandom: Uint8Array,
  serverRandom: Uint8Array,
): boolean {
  if (body.length < 4 || body[0] !== CURVE_TYPE_NAMED) return false;
  const paramsBytes = 4 + body[3]!;
  const signed = Buffer.concat([clientRandom, serverRandom, body.subarray(0, paramsBytes)]);
  return isSignatureRight(body, paramsBytes, key, signed);
}

/** A DigitallySigned struct: hash and signature algorithm, length, signature. SHA-256 only. */
function isSignatureRight(
  body: Uint8Array,
  at: number,
  key: KeyObject,
  signed: Uint8Array,
): boolean {
  const hash = body[at];
  const algorithm = body[at + 1];
  const signature = body.subarray(at + 4);
  const statedBytes = ((body[at + 2] ?? 0) << 8) | (body[at + 3] ?? 0);
  if (hash !== 4 || statedBytes === 0 || statedBytes !== signature.length) return false;
  const kind = algorithm === 3 ? "ec" : algorithm === 1 ? "rsa" : undefined;
  if (kind === undefined || key.asymmetricKeyType !== kind) return false;
  try {
    return verify("sha256", signed, key, signature);
  } catch {
    return false;
  }
}
