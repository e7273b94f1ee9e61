import { expect, test } from "bun:test";
import fc from "fast-check";
import { NATIVE_AEAD } from "../../test/support/aeads.ts";
import type { Aead, AeadFactory } from "../crypto/aead.ts";
import { AesGcm, createAesGcm } from "../crypto/aes-gcm.ts";
import { passesKnownAnswers } from "./aead-known-answers.ts";
import { loadNativeAead } from "./native-aead.ts";

const TAG_BYTES = 16;

/** What needs the system's libcrypto is skipped where it is missing, and says so by its name. */
const nativeTest = test.skipIf(NATIVE_AEAD === null);

function createNative(key: Uint8Array): Aead {
  if (NATIVE_AEAD === null) throw new Error("There is no libcrypto here");
  return NATIVE_AEAD.create(key);
}

/** A packet amid other bytes, in an array of the kind that Bun's sockets or our ports have. */
type Case = {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly aad: Uint8Array;
  readonly text: Uint8Array;
  readonly offset: number;
  readonly isBuffer: boolean;
};

const bytesOf = (minLength: number, maxLength: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength, maxLength });
const lengths = fc.oneof(fc.constantFrom(0, 1, 15, 16, 17, 1500), fc.nat(1500));
const cases: fc.Arbitrary<Case> = fc.record({
  key: fc.oneof(bytesOf(16, 16), bytesOf(32, 32)),
  nonce: bytesOf(12, 12),
  aad: bytesOf(0, 300),
  text: fc
    .tuple(lengths, fc.nat(255))
    .map(([length, first]) => Uint8Array.from({ length }, (_, i) => first + i * 31)),
  offset: fc.nat(40),
  isBuffer: fc.boolean(),
});

function place({ text, offset, isBuffer }: Case): Uint8Array {
  const size = offset + text.length + TAG_BYTES + 8;
  const bytes = isBuffer ? Buffer.allocUnsafe(size) : new Uint8Array(size);
  bytes.fill(0xee);
  bytes.set(text, offset);
  return bytes;
}

nativeTest("with libcrypto: packets are sealed byte for byte as node:crypto seals them", () => {
  fc.assert(
    fc.property(cases, (packet) => {
      const { key, nonce, aad, text, offset } = packet;
      const native = createNative(key);
      const ours = place(packet);
      const theirs = place(packet);
      for (let round = 0; round < 2; round++) {
        expect(native.seal(nonce, aad, ours, offset, text.length)).toBe(text.length + TAG_BYTES);
        new AesGcm(key).seal(nonce, aad, theirs, offset, text.length);
        expect(ours.toHex()).toBe(theirs.toHex());
        expect(native.open(nonce, aad, ours, offset, text.length + TAG_BYTES)).toBe(text.length);
        new AesGcm(key).open(nonce, aad, theirs, offset, text.length + TAG_BYTES);
        expect(ours.toHex()).toBe(theirs.toHex());
      }
      native.close();
    }),
    { numRuns: 300 },
  );
});

nativeTest("with libcrypto: whatever is changed, the tag is wrong and no byte is touched", () => {
  const changes = fc.record({
    part: fc.constantFrom("nonce", "aad", "sealed" as const),
    at: fc.nat(),
    bit: fc.nat(7),
  });
  fc.assert(
    fc.property(cases, changes, (packet, { part, at, bit }) => {
      const { key, offset, text } = packet;
      const nonce = packet.nonce.slice();
      const aad = packet.aad.slice();
      const native = createNative(key);
      const bytes = place(packet);
      const length = native.seal(nonce, aad, bytes, offset, text.length);
      const sealed = bytes.subarray(offset, offset + length);
      const changed = part === "nonce" ? nonce : part === "aad" && aad.length > 0 ? aad : sealed;
      const index = at % changed.length;
      changed[index] = changed[index]! ^ (1 << bit);
      const before = bytes.toHex();
      expect(native.open(nonce, aad, bytes, offset, length)).toBe(-1);
      expect(bytes.toHex()).toBe(before);
      changed[index] = changed[index]! ^ (1 << bit);
      expect(native.open(nonce, aad, bytes, offset, length)).toBe(text.length);
      expect(bytes.subarray(offset, offset + text.length).toHex()).toBe(text.toHex());
      native.close();
    }),
    { numRuns: 300 },
  );
});

nativeTest("with libcrypto: keys do not mix, however their packets do", () => {
  const keys = [1, 2, 3, 4].map((value) => new Uint8Array(value % 2 === 0 ? 16 : 32).fill(value));
  const natives = keys.map(createNative);
  const arenas = [new Uint8Array(64), new Uint8Array(64 * 1024), Buffer.alloc(200)];
  const nonce = new Uint8Array(12);
  const aad = new Uint8Array(20).fill(9);
  for (let i = 0; i < 600; i++) {
    nonce[11] = i;
    nonce[10] = i >> 8;
    const arena = arenas[i % arenas.length]!;
    const key = keys[i % keys.length]!;
    const length = i % (arena.length - TAG_BYTES);
    arena.fill(i, 0, length);
    const expected = arena.slice();
    new AesGcm(key).seal(nonce, aad, expected, 0, length);
    natives[i % keys.length]!.seal(nonce, aad, arena, 0, length);
    expect(Buffer.compare(arena, expected)).toBe(0);
  }
  for (const native of natives) native.close();
});

nativeTest("with libcrypto: keys take turns in any order, and none is left behind", () => {
  const turns = fc.array(
    fc.record({
      key: fc.nat(5),
      does: fc.constantFrom("seal", "open", "refuse", "renew" as const),
      length: fc.nat(40),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(turns, (all) => {
      const keyOf = (slot: number, life: number): Uint8Array =>
        new Uint8Array(slot % 2 === 0 ? 16 : 32).fill(slot * 40 + life);
      const lives = [0, 0, 0, 0, 0, 0];
      const natives = lives.map((life, slot) => createNative(keyOf(slot, life)));
      const nonce = new Uint8Array(12);
      const aad = new Uint8Array(12).fill(3);
      for (const [i, { key: slot, does, length }] of all.entries()) {
        nonce[0] = i;
        const right = new AesGcm(keyOf(slot, lives[slot]!));
        const bytes = new Uint8Array(length + TAG_BYTES).fill(i);
        const text = bytes.toHex().slice(0, length * 2);
        const sealed = bytes.slice();
        right.seal(nonce, aad, sealed, 0, length);
        const native = natives[slot]!;
        if (does === "seal") {
          native.seal(nonce, aad, bytes, 0, length);
          expect(bytes.toHex()).toBe(sealed.toHex());
        } else if (does === "open") {
          expect(native.open(nonce, aad, sealed, 0, sealed.length)).toBe(length);
          expect(sealed.toHex().slice(0, length * 2)).toBe(text);
        } else if (does === "refuse") {
          sealed[length] = sealed[length]! ^ 1;
          expect(native.open(nonce, aad, sealed, 0, sealed.length)).toBe(-1);
        } else {
          native.close();
          lives[slot]! += 1;
          natives[slot] = createNative(keyOf(slot, lives[slot]!));
        }
      }
      for (const native of natives) native.close();
    }),
    { numRuns: 100 },
  );
});

nativeTest("with libcrypto: an array that gets a buffer of its own later is followed", () => {
  const native = createNative(new Uint8Array(16));
  const nonce = new Uint8Array(12);
  const aad = new Uint8Array(0);
  const bytes = new Uint8Array(40);
  native.seal(nonce, aad, bytes, 0, 20);
  expect(new Uint8Array(bytes.buffer, 0, 1)[0]).toBe(bytes[0]!);
  native.open(nonce, aad, bytes, 0, 36);
  expect(bytes.subarray(0, 20).toHex()).toBe("00".repeat(20));
  native.seal(nonce, aad, bytes, 0, 20);
  const moved = new Uint8Array(bytes.buffer.transfer());
  expect(() => native.seal(nonce, aad, bytes, 0, 20)).toThrow("within its array");
  expect(native.open(nonce, aad, moved, 0, 36)).toBe(20);
  native.close();
});

nativeTest("with libcrypto: a closed context is not used, and may be closed again", () => {
  const native = createNative(new Uint8Array(32));
  const bytes = new Uint8Array(40);
  native.close();
  native.close();
  expect(() => native.seal(new Uint8Array(12), bytes, bytes, 0, 8)).toThrow("closed");
  expect(() => native.open(new Uint8Array(12), bytes, bytes, 0, 24)).toThrow("closed");
});

nativeTest("with libcrypto: no address outside of the arrays is handed over", () => {
  const native = createNative(new Uint8Array(16));
  const nonce = new Uint8Array(12);
  const aad = new Uint8Array(4);
  const bytes = new Uint8Array(40);
  for (const [offset, length] of [
    [0, 25],
    [30, 0],
    [-1, 8],
    [0, -1],
    [41, 0],
    [Number.NaN, 8],
    [0, Number.NaN],
  ] as const) {
    expect(() => native.seal(nonce, aad, bytes, offset, length)).toThrow("within its array");
  }
  expect(() => native.open(nonce, aad, bytes, 20, 21)).toThrow("within its array");
  expect(() => native.open(nonce, aad, bytes, -1, 20)).toThrow("within its array");
  expect(native.open(nonce, aad, bytes, 0, 15)).toBe(-1);
  expect(() => native.seal(new Uint8Array(11), aad, bytes, 0, 8)).toThrow("12 bytes");
  expect(() => native.open(new Uint8Array(11), aad, bytes, 0, 24)).toThrow("12 bytes");
  expect(() => createNative(new Uint8Array(24))).toThrow("16 or 32 bytes");
  native.close();
});

test.each([
  { title: "a library that is not there", file: "libcrypto-of-nowhere.so.9" },
  { title: "a library without the functions", file: "libc.so.6" },
])("loadNativeAead gives nothing for $title", ({ file }) => {
  expect(loadNativeAead([{ file, name: "none" }])).toBeNull();
  expect(loadNativeAead([])).toBeNull();
});

/** AES-GCM with one call replaced. */
const brokenBy =
  (change: (right: Aead) => Partial<Aead>): AeadFactory =>
  (key) => {
    const right = createAesGcm(key);
    return {
      seal: (...call) => right.seal(...call),
      open: (...call) => right.open(...call),
      close: () => right.close(),
      ...change(right),
    };
  };

test.each([
  {
    title: "other bytes",
    create: brokenBy(() => ({ seal: (...[, , , , length]) => length + 16 })),
  },
  {
    title: "any tag taken",
    create: brokenBy(() => ({ open: (...[, , , , length]) => length - 16 })),
  },
  { title: "no tag taken", create: brokenBy(() => ({ open: () => -1 })) },
  {
    title: "bytes changed by a wrong tag",
    create: brokenBy((right) => ({
      open: (nonce, aad, bytes, offset, length) => {
        const opened = right.open(nonce, aad, bytes, offset, length);
        if (opened < 0) bytes.fill(0, offset, offset + length);
        return opened;
      },
    })),
  },
  {
    title: "a call refused",
    create: brokenBy(() => ({
      seal: () => {
        throw new Error("refused");
      },
    })),
  },
])("the known answers show $title", ({ create }) => {
  expect(passesKnownAnswers(create)).toBe(false);
});

test("the known answers show nothing wrong with node:crypto", () => {
  expect(passesKnownAnswers(createAesGcm)).toBe(true);
});
