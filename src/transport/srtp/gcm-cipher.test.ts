import { expect, test } from "bun:test";
import { AEADS, type NamedAead } from "../../../test/support/aeads.ts";
import { GcmCipher } from "./gcm-cipher.ts";

const hex = (text: string): Uint8Array => Uint8Array.fromHex(text.replaceAll(/\s/g, ""));
const upTo = (count: number): Uint8Array => Uint8Array.from({ length: count }, (_, i) => i);

// The vectors give session keys, so nothing is derived here.
function cipherWithKey(keyBytes: number, aead: NamedAead): GcmCipher {
  const salt = hex("51756964 2070726f 2071756f");
  const keys = {
    rtpKey: upTo(keyBytes),
    rtpSalt: salt,
    rtcpKey: upTo(keyBytes),
    rtcpSalt: salt,
  };
  return new GcmCipher(keys, aead.create);
}

const RTP = `8040f17b 8041f8d3 5501a0b2 47616c6c 69612065 7374206f 6d6e6973 20646976 69736120
  696e2070 61727465 73207472 6573`;
const RTCP = `81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61 deadbeef
  deadbeef deadbeef deadbeef deadbeef`;

const RTP_VECTORS = [
  {
    keyBytes: 16,
    sealed: `8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5 0d294e6f
      42a5f47a 51c7d19b 36de3adf 8833899d 7f27beb1 6a9152cf 765ee439 0cce`,
  },
  {
    keyBytes: 32,
    sealed: `8040f17b 8041f8d3 5501a0b2 32b1de78 a822fe12 ef9f78fa 332e33aa b1801238 9a58e2f3
      b50b2a02 76ffae0f 1ba63799 b87b7aa3 db36dfff d6b0f9bb 7878d7a7 6c13`,
  },
].flatMap((vector) => AEADS.map((aead) => ({ ...vector, aead })));

test.each(RTP_VECTORS)(
  "GcmCipher seals and opens the RTP packet of RFC 7714 §16, $keyBytes-byte key, $aead.name",
  (vector) => {
    const cipher = cipherWithKey(vector.keyBytes, vector.aead);
    const plain = hex(RTP);
    const bytes = new Uint8Array(plain.length + 3 + 16);
    bytes.set(plain, 3);
    const length = cipher.sealRtp(bytes, 3, 12, plain.length, 0);
    expect(bytes.subarray(3, 3 + length).toHex()).toBe(hex(vector.sealed).toHex());
    expect(cipher.openRtp(bytes, 3, 12, length, 0)).toBe(plain.length);
    expect(bytes.subarray(3, 3 + plain.length).toHex()).toBe(plain.toHex());
  },
);

const RTCP_VECTORS = [
  {
    keyBytes: 16,
    sealed: `81c8000d 4d617273 63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7 6c06f32d c676a5f1
      730d6fda 4ce09b46 86303ded 0bb9275b c84aa458 96cf4d2f c5abf872 45d9eade 800005d4`,
  },
  {
    keyBytes: 32,
    sealed: `81c8000d 4d617273 d50ae4d1 f5ce5d30 4ba297e4 7d470c28 2c3ece5d bffe0a50 a2eaa5c1
      110555be 8415f658 c61de047 6f1b6fad 1d1eb30c 4446839f 57ff6f6c b26ac3be 800005d4`,
  },
].flatMap((vector) => AEADS.map((aead) => ({ ...vector, aead })));

test.each(RTCP_VECTORS)(
  "GcmCipher seals and opens the RTCP packet of RFC 7714 §17, $keyBytes-byte key, $aead.name",
  (vector) => {
    const cipher = cipherWithKey(vector.keyBytes, vector.aead);
    const plain = hex(RTCP);
    const bytes = new Uint8Array(plain.length + 20);
    bytes.set(plain);
    const length = cipher.sealRtcp(bytes, 0, plain.length, 0x5d4);
    expect(bytes.subarray(0, length).toHex()).toBe(hex(vector.sealed).toHex());
    expect(cipher.openRtcp(bytes, 0, length)).toBe(plain.length);
    expect(bytes.subarray(0, plain.length).toHex()).toBe(plain.toHex());
  },
);

test.each([...AEADS])(
  "GcmCipher takes the RTCP packet of RFC 7714 §17.3 that is only authenticated, $name",
  (aead) => {
    const sealed = hex(`81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61
    deadbeef deadbeef deadbeef deadbeef deadbeef 841dd968 3dd78ec9 2ae58790 125f62b3 000005d4`);
    const plainLength = sealed.length - 20;
    expect(cipherWithKey(16, aead).openRtcp(sealed, 0, sealed.length)).toBe(plainLength);
    expect(sealed.subarray(0, plainLength).toHex()).toBe(hex(RTCP).toHex());
    sealed[20] = sealed[20]! ^ 1;
    expect(cipherWithKey(16, aead).openRtcp(sealed, 0, sealed.length)).toBe(-1);
  },
);

test.each([...AEADS])("a closed GcmCipher seals and opens nothing, $name", (aead) => {
  const cipher = cipherWithKey(16, aead);
  cipher.close();
  cipher.close();
  const bytes = new Uint8Array(64);
  expect(() => cipher.sealRtp(bytes, 0, 12, 20, 0)).toThrow("closed");
  expect(() => cipher.openRtp(bytes, 0, 12, 40, 0)).toThrow("closed");
  expect(() => cipher.sealRtcp(bytes, 0, 20, 0)).toThrow("closed");
  expect(() => cipher.openRtcp(bytes, 0, 40)).toThrow("closed");
});
