import type { AeadFactory } from "../../src/crypto/aead.ts";
import { createAesGcm } from "../../src/crypto/aes-gcm.ts";

export type NamedAead = { readonly name: string; readonly create: AeadFactory };

export const PORTABLE_AEAD: NamedAead = { name: "node:crypto", create: createAesGcm };

/** All that work here. */
export const AEADS: readonly NamedAead[] = [PORTABLE_AEAD];

/** What the server takes here. */
export const createAead: AeadFactory = PORTABLE_AEAD.create;
