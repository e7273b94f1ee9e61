import { createHash } from "node:crypto";

/** MD5 (RFC 1321) of a text's UTF-8, 16 bytes: STUN's long-term keys are made of it, nothing else. */
export function md5(text: string): Uint8Array {
  return createHash("md5").update(text).digest();
}

/** SHA-256 of a text's UTF-8, 32 bytes. */
export function sha256(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}
