import { expect, test } from "bun:test";
import fc from "fast-check";
import { updateCrc32c } from "./crc32c.ts";
import { PayloadChecksums } from "./payload-checksums.ts";

test("a checksum put together is that of the whole, whatever was reckoned before", () => {
  const messages = [1, 300, 1200, 9000, 70_000].map((length) =>
    Uint8Array.from({ length }, (_, i) => (i * 31 + length) ^ (i >> 7)),
  );
  const pieces = fc.record({
    head: fc.integer(),
    message: fc.constantFrom(...messages),
    offset: fc.nat(60_000),
    length: fc.oneof(fc.constantFrom(0, 1, 1024, 1171, 1172), fc.nat(1300)),
  });
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 20, maxLength: 60 }), (all) => {
      const checksums = new PayloadChecksums();
      for (const { head, message, offset, length } of all) {
        const at = Math.min(offset, message.length);
        const count = Math.min(length, message.length - at);
        const wanted = updateCrc32c(head, message, at, count);
        expect(checksums.update(head, message, at, count) | 0).toBe(wanted | 0);
        expect(checksums.update(head, message, at, count) | 0).toBe(wanted | 0);
      }
    }),
  );
});
