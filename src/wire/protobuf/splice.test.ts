import { expect, test } from "bun:test";
import fc from "fast-check";
import { livekit } from "../../gen/livekit.js";
import { decodeMessage, encodeMessage } from "../../protobuf/codec.ts";
import {
  forEachField,
  nestRepeated,
  readBytesField,
  replaceFields,
  writeFields,
} from "./splice.ts";

/** Field 1000, varint 5: no schema of ours has it. */
const UNKNOWN = Uint8Array.fromHex("c03e05");

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

test("an envelope is rewritten while unknown fields and the payload stay as they are", () => {
  const packet = encodeMessage(livekit.DataPacket, {
    participantIdentity: "forged",
    user: { payload: Uint8Array.of(1, 2, 3), topic: "t" },
    destinationIdentities: ["a", "b"],
  });
  const out = replaceFields(concat(packet, UNKNOWN), {
    remove: [4, 5],
    append: writeFields([{ number: 4, text: "alice" }]),
  })!;
  const read = decodeMessage(livekit.DataPacket, out);
  expect(read.participantIdentity).toBe("alice");
  expect(read.destinationIdentities).toEqual([]);
  expect(read.user?.payload).toEqual(Uint8Array.of(1, 2, 3));
  expect(out.toHex()).toContain(UNKNOWN.toHex());
});

test("replaceFields keeps the rest byte for byte and in order", () => {
  const field = fc.record({
    number: fc.integer({ min: 1, max: 12 }),
    varint: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  });
  const numbers = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 });
  fc.assert(
    fc.property(fc.array(field), numbers, fc.array(field), (fields, remove, append) => {
      const kept = fields.filter(({ number }) => !remove.includes(number));
      expect(replaceFields(writeFields(fields), { remove, append: writeFields(append) })).toEqual(
        writeFields([...kept, ...append]),
      );
    }),
  );
});

test("fields are read as protobufjs writes them", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(), fc.uint8Array(), (topic, n, payload) => {
      const bytes = encodeMessage(livekit.UserPacket, { topic, startTime: n, payload });
      expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(readBytesField(bytes, 4))).toBe(
        topic,
      );
      expect(readBytesField(bytes, 2) ?? new Uint8Array(0)).toEqual(payload);
    }),
  );
});

test("writeFields writes what protobufjs reads", () => {
  const bytes = writeFields([
    { number: 4, text: "grüße" },
    { number: 9, varint: 2 ** 53 - 1 },
    { number: 2, bytes: Uint8Array.of(0, 255) },
  ]);
  const packet = decodeMessage(livekit.UserPacket, bytes);
  expect(packet).toMatchObject({ topic: "grüße", startTime: 2 ** 53 - 1 });
  expect(packet.payload).toEqual(Uint8Array.of(0, 255));
});

test("the last of several values counts", () => {
  const bytes = writeFields([
    { number: 2, bytes: Uint8Array.of(1) },
    { number: 2, bytes: Uint8Array.of(2) },
    { number: 1, varint: 1 },
  ]);
  expect(readBytesField(bytes, 2)).toEqual(Uint8Array.of(2));
});

test("a visitor that answers false sees no more", () => {
  const bytes = writeFields([
    { number: 1, varint: 1 },
    { number: 2, varint: 2 },
  ]);
  const seen: number[] = [];
  const isMessage = forEachField(bytes, (field) => {
    seen.push(field.number);
    return false;
  });
  expect([isMessage, seen]).toEqual([true, [1]]);
});

test.each([
  ["a cut tag", "80"],
  ["field number zero", "0000"],
  ["a tag beyond 32 bits", "808080808001"],
  ["a cut varint", "08ff"],
  ["a varint of eleven bytes", "08ffffffffffffffffffff01"],
  ["a cut length", "0aff"],
  ["a length past the end", "0a0401"],
  ["a length of almost 2^64", "0affffffffffffffffff01"],
  ["a cut 32-bit value", "0d000000"],
  ["a cut 64-bit value", "0900000000000000"],
  ["a group", "0b0c"],
])("%s is no message", (_, hex) => {
  const bytes = Uint8Array.fromHex(hex);
  expect(forEachField(bytes, () => {})).toBe(false);
  expect(replaceFields(bytes, { remove: [1], append: new Uint8Array(0) })).toBeUndefined();
  expect(readBytesField(bytes, 1)).toBeUndefined();
});

test("a message put together of encoded parts reads as the whole does", () => {
  const part = fc.record({ identity: fc.string(), metadata: fc.string({ maxLength: 300 }) });
  fc.assert(
    fc.property(fc.array(part), fc.string({ maxLength: 200 }), (others, version) => {
      const head = encodeMessage(livekit.JoinResponse, { serverVersion: version });
      const infos = others.map((info) => encodeMessage(livekit.ParticipantInfo, info));
      expect(decodeMessage(livekit.SignalResponse, nestRepeated(1, head, 3, infos))).toEqual(
        decodeMessage(
          livekit.SignalResponse,
          encodeMessage(livekit.SignalResponse, {
            join: { serverVersion: version, otherParticipants: others },
          }),
        ),
      );
    }),
  );
});
