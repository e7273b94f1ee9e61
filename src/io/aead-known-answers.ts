import type { AeadFactory } from "../crypto/aead.ts";

const TAG_BYTES = 16;

/**
 * Test cases 4 and 16 of the GCM specification (McGrew and Viega, appendix B), there and back, and
 * with a wrong tag, in one context: what packets will ask of it.
 */
const KNOWN_ANSWERS: readonly { readonly key: string; readonly sealed: string }[] = [
  {
    key: "feffe9928665731c6d6a8f9467308308",
    sealed:
      "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e" +
      "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091" +
      "5bc94fbc3221a5db94fae95ae7121a47",
  },
  {
    key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
    sealed:
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa" +
      "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662" +
      "76fc6ece0f4e1768cddf8853bb2d551b",
  },
];
const KNOWN_NONCE = "cafebabefacedbaddecaf888";
const KNOWN_AAD = "feedfacedeadbeeffeedfacedeadbeefabaddad2";
const KNOWN_TEXT =
  "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72" +
  "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";

/** Whether what is made seals and opens as AES-GCM does. */
export function passesKnownAnswers(create: AeadFactory): boolean {
  const nonce = Uint8Array.fromHex(KNOWN_NONCE);
  const aad = Uint8Array.fromHex(KNOWN_AAD);
  const text = Uint8Array.fromHex(KNOWN_TEXT);
  try {
    return KNOWN_ANSWERS.every(({ key, sealed }) => {
      const aead = create(Uint8Array.fromHex(key));
      try {
        const bytes = new Uint8Array(text.length + TAG_BYTES);
        for (let round = 0; round < 2; round++) {
          bytes.set(text);
          aead.seal(nonce, aad, bytes, 0, text.length);
          if (bytes.toHex() !== sealed) return false;
          bytes[bytes.length - 1]! ^= 1;
          const forged = bytes.toHex();
          if (aead.open(nonce, aad, bytes, 0, bytes.length) !== -1) return false;
          if (bytes.toHex() !== forged) return false;
          bytes[bytes.length - 1]! ^= 1;
          if (aead.open(nonce, aad, bytes, 0, bytes.length) !== text.length) return false;
          if (bytes.subarray(0, text.length).toHex() !== KNOWN_TEXT) return false;
        }
        return true;
      } finally {
        aead.close();
      }
    });
  } catch {
    return false; // it refuses a key or a call
  }
}
