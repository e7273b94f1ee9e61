import { expect, test } from "bun:test";
import fc from "fast-check";
import { readBase64, writeBase64 } from "./base64.ts";

test("base64 is what Buffer writes, and is read in all four forms", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      const text = writeBase64(bytes);
      const buffer = Buffer.from(bytes);
      expect(text).toBe(buffer.toString("base64"));
      const url = text.replaceAll("+", "-").replaceAll("/", "_");
      for (const form of [text, text.replaceAll("=", ""), url, buffer.toString("base64url")]) {
        expect(readBase64(form)).toEqual(bytes);
      }
    }),
  );
});

test.each(["A", "AAAAA", "AA=A", "A===", "AAA==", "AA AA", "ÄÄÄÄ", "AAA\n", "====", "="])(
  "%p is no base64",
  (text) => {
    expect(readBase64(text)).toBeUndefined();
  },
);
