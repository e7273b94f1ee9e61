import { expect, test } from "bun:test";
import { AesCounter } from "../../crypto/aes-counter.ts";
import { deriveKey, KeyLabel } from "./key-derivation.ts";

const hex = (text: string): Uint8Array => Uint8Array.fromHex(text.replaceAll(" ", ""));

test("AesCounter makes the key stream of RFC 3711 appendix B.2, for short and long input", () => {
  const counter = new AesCounter(hex("2B7E151628AED2A6ABF7158809CF4F3C"));
  counter.initial.set(hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000"));
  const stream = new Uint8Array(0xff02 * 16);
  counter.apply(stream, 0, stream.length);
  const short = new Uint8Array(48);
  counter.apply(short, 0, short.length);
  expect(short).toEqual(stream.slice(0, 48));
  expect(stream.subarray(0, 48).toHex().toUpperCase()).toBe(
    "E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0",
  );
  expect(
    stream
      .subarray(0xfeff * 16, 0xff02 * 16)
      .toHex()
      .toUpperCase(),
  ).toBe(
    "EC8CDF7398607CB0F2D21675EA9EA1E4362B7C3C6773516318A077D7FC5073AE6A2CC3787889374FBEB4C81B17BA6C44",
  );
});

test("deriveKey makes the session keys of RFC 3711 appendix B.3", () => {
  const key = hex("E1F97A0D3E018BE0D64FA32C06DE4139");
  const salt = hex("0EC675AD498AFEEBB6960B3AABE6");
  const derive = (label: KeyLabel, length: number): string =>
    deriveKey(key, salt, label, length).toHex().toUpperCase();
  expect(derive(KeyLabel.RtpEncryption, 16)).toBe("C61E7A93744F39EE10734AFE3FF7A087");
  expect(derive(KeyLabel.RtpSalt, 14)).toBe("30CBBC08863D8C85D49DB34A9AE1");
  expect(derive(KeyLabel.RtpAuthentication, 94)).toBe(
    "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA48F0A0ACF3C34E2359E6CDBCEE049646C43D9327AD175578EF7227098" +
      "6371C10C9A369AC2F94A8C5FBCDDDC256D6E919A48B610EF17C2041E474035766B68642C59BBFC2F34DB60DBDFB2",
  );
});

test("AesCounter gives the same bytes on both sides of the length where it changes its way", () => {
  const counter = new AesCounter(hex("2B7E151628AED2A6ABF7158809CF4F3C"));
  counter.initial.set(hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000"));
  const long = new Uint8Array(700);
  counter.apply(long, 3, 690);
  for (const length of [0, 1, 15, 16, 17, 511, 512, 513]) {
    const bytes = new Uint8Array(700);
    counter.apply(bytes, 3, length);
    expect(bytes.subarray(3, 3 + length)).toEqual(long.subarray(3, 3 + length));
    expect(bytes.subarray(3 + length).every((byte) => byte === 0)).toBe(true);
  }
});
