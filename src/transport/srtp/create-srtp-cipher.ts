import type { AeadFactory } from "../../crypto/aead.ts";
import type { SrtpProfile } from "../dtls/dtls-session.ts";
import { CounterCipher } from "./counter-cipher.ts";
import { GcmCipher } from "./gcm-cipher.ts";
import type { SrtpCipher } from "./srtp-cipher.ts";

/** @param masterKey and `masterSalt`: 16 and 14 bytes for counter mode, 16 or 32 and 12 for AEAD */
export function createSrtpCipher(
  profile: SrtpProfile,
  masterKey: Uint8Array,
  masterSalt: Uint8Array,
  createAead: AeadFactory,
): SrtpCipher {
  return profile === "AES128_CM_HMAC_SHA1_80"
    ? CounterCipher.fromMaster(masterKey, masterSalt)
    : GcmCipher.fromMaster(masterKey, masterSalt, createAead);
}
