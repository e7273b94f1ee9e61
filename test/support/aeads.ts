import type { AeadFactory } from "../../src/crypto/aead.ts";
import { createAesGcm } from "../../src/crypto/aes-gcm.ts";
import { loadNativeAead } from "../../src/io/native-aead.ts";

export type NamedAead = { readonly name: string; readonly create: AeadFactory };

/** Null where the system has no libcrypto. */
export const NATIVE_AEAD: NamedAead | null = loadNativeAead();
export const PORTABLE_AEAD: NamedAead = { name: "node:crypto", create: createAesGcm };

/** All that work here. */
export const AEADS: readonly NamedAead[] =
  NATIVE_AEAD === null ? [PORTABLE_AEAD] : [PORTABLE_AEAD, NATIVE_AEAD];

/** What the server takes here. */
export const createAead: AeadFactory = (NATIVE_AEAD ?? PORTABLE_AEAD).create;
