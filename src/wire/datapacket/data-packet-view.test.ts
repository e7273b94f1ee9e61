import { expect, test } from "bun:test";
import { DataPacket } from "@livekit/protocol";
import fc from "fast-check";
import { arbitraryMessage } from "../../../test/support/arbitrary-message.ts";
import { livekit } from "../../gen/livekit.js";
import { type FieldValue, writeFields } from "../protobuf/splice.ts";
import { DataPacketView } from "./data-packet-view.ts";
import type { SpanList } from "./span-list.ts";

function encode(packet: livekit.IDataPacket, ...more: FieldValue[]): Uint8Array {
  const bytes = livekit.DataPacket.encode(packet).finish();
  return Uint8Array.from([...bytes, ...writeFields(more)]);
}

function namesIn(view: DataPacketView, spans: SpanList): string[] {
  return Array.from({ length: spans.count }, (_, i) =>
    new TextDecoder().decode(view.bytes.subarray(spans.start(i), spans.end(i))),
  );
}

test("what routing needs is found wherever it stands", () => {
  const view = new DataPacketView();
  const nonce = Uint8Array.from({ length: 16 }, (_, i) => i);
  const bytes = encode(
    {
      kind: livekit.DataPacket.Kind.LOSSY,
      participantIdentity: "me",
      destinationIdentities: ["a", "ü"],
      user: { payload: Uint8Array.of(1, 2), destinationSids: ["PA_1"], nonce },
      sequence: 4_294_967_295,
    },
    { number: 777, text: "new" },
  );
  expect(view.read(bytes)).toBe(true);
  expect(view).toMatchObject({ value: 2, isLossy: true, sequence: 4_294_967_295 });
  expect(namesIn(view, view.destinations)).toEqual(["a", "ü"]);
  expect(namesIn(view, view.destinationSids)).toEqual(["PA_1"]);
  expect([...bytes.subarray(view.payloadStart, view.payloadEnd)]).toEqual([1, 2]);
  expect(bytes.slice(view.nonceStart, view.nonceStart + 16)).toEqual(nonce);
  expect(new TextDecoder().decode(bytes.subarray(view.identityStart, view.identityEnd))).toBe("me");
  expect(view.isForAll).toBe(false);
});

test("nothing of the packet before is left", () => {
  const view = new DataPacketView();
  view.read(
    encode({ participantIdentity: "x", destinationIdentities: ["a"], user: { topic: "t" } }),
  );
  expect(view.read(new Uint8Array(0))).toBe(true);
  expect(view).toMatchObject({ value: 0, identityStart: -1, nonceStart: -1, isForAll: true });
  expect(view.kept.byteLength + view.keptUser.byteLength).toBe(0);
});

/** Field 99, groups in each other. */
function groups(depth: number): Uint8Array {
  return Uint8Array.from([...Array(depth).fill([0x9b, 6]), ...Array(depth).fill([0x9c, 6])].flat());
}

test("a group is a field that we do not know, and stays", () => {
  const view = new DataPacketView();
  // with a text, a number and another group in it
  const group = Uint8Array.of(0x9b, 6, 0x12, 2, 0x61, 0x62, 0x18, 1, 0x23, 0x24, 0x9c, 6);
  const bytes = Uint8Array.from([...group, ...encode({ user: { topic: "t" } })]);
  expect(view.read(bytes)).toBe(true);
  expect(view.kept.byteLength).toBe(group.length);
  expect(DataPacket.fromBinary(bytes).value).toMatchObject({ value: { topic: "t" } });
  expect(view.read(groups(32))).toBe(true);
});

test("of several values the last one counts, and one in pieces is put together", () => {
  const value = fc.oneof(
    fc.record({ user: fc.record({ topic: fc.string(), destinationSids: fc.array(fc.string()) }) }),
    fc.record({ chatMessage: fc.record({ id: fc.string(), message: fc.string() }) }),
    fc.record({ rpcAck: fc.record({ requestId: fc.string() }) }),
    fc.record({ destinationIdentities: fc.array(fc.string(), { maxLength: 2 }) }),
  );
  const view = new DataPacketView();
  fc.assert(
    fc.property(fc.array(value, { maxLength: 5 }), (packets) => {
      const bytes = Uint8Array.from(packets.flatMap((packet) => [...encode(packet)]));
      const expected = DataPacket.fromBinary(bytes);
      expect(view.read(bytes)).toBe(true);
      expect(DataPacket.fromBinary(view.bytes).toJson()).toEqual(expected.toJson());
      const { user } = livekit.DataPacket.decode(view.bytes);
      expect(namesIn(view, view.destinationSids)).toEqual(user?.destinationSids ?? []);
    }),
  );
});

const MALFORMED: { readonly title: string; readonly bytes: Uint8Array }[] = [
  { title: "a tag alone", bytes: Uint8Array.of(0x12) },
  { title: "a length past the end", bytes: Uint8Array.of(0x12, 5, 1) },
  { title: "field number 0", bytes: Uint8Array.of(0x02, 0) },
  { title: "a group without an end", bytes: Uint8Array.of(0x9b, 0x06, 0x08, 1) },
  { title: "a group with the end of another", bytes: Uint8Array.of(0x9b, 0x06, 0xa4, 0x06) },
  { title: "the end of a group that has not begun", bytes: Uint8Array.of(0x9c, 0x06) },
  { title: "a value that is a group", bytes: Uint8Array.of(0x13, 0x14) },
  { title: "groups in groups without end", bytes: groups(33) },
  { title: "a varint without an end", bytes: new Uint8Array(12).fill(0xff) },
  { title: "an identity that is a number", bytes: Uint8Array.of(0x20, 1) },
  { title: "a user packet that is a number", bytes: Uint8Array.of(0x10, 1) },
  { title: "a sequence beyond 32 bits", bytes: writeFields([{ number: 16, varint: 2 ** 32 }]) },
  { title: "a second value that is none", bytes: encode({ user: {} }, { number: 9, text: "?" }) },
  {
    title: "a value in more than 64 pieces",
    bytes: Uint8Array.from(Array(65).fill([0x12, 0]).flat()),
  },
  {
    title: "a field that goes past the user packet",
    bytes: Uint8Array.of(0x12, 2, 0x12, 4, 0x0a, 2, 0x61, 0x61),
  },
  {
    title: "more destinations than a room has people",
    bytes: encode({ destinationIdentities: Array.from({ length: 4_097 }, () => "a") }),
  },
];

test.each(MALFORMED)("$title makes it no packet", ({ bytes }) => {
  expect(new DataPacketView().read(bytes)).toBe(false);
});

const name = fc.string({ unit: "binary", maxLength: 12 });
const names = fc.array(name, { maxLength: 4 });
const packets: fc.Arbitrary<livekit.IDataPacket> = fc.record(
  {
    kind: fc.constantFrom(0, 1),
    participantIdentity: name,
    participantSid: name,
    destinationIdentities: names,
    sequence: fc.integer({ min: 0, max: 0xffff_ffff }),
    user: fc.record({
      payload: fc.uint8Array({ maxLength: 300 }),
      destinationIdentities: names,
      destinationSids: names,
      topic: name,
    }),
  },
  { requiredKeys: [] },
);

test("every packet that clients can make is taken", () => {
  const view = new DataPacketView();
  const arbitrary = arbitraryMessage(DataPacket);
  fc.assert(
    fc.property(arbitrary, (packet) => {
      const bytes = (packet as unknown as DataPacket).toBinary();
      expect(view.read(bytes)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("every packet of protobufjs is read as protobufjs reads it", () => {
  const view = new DataPacketView();
  fc.assert(
    fc.property(packets, (packet) => {
      const bytes = encode(packet);
      const decoded = livekit.DataPacket.decode(bytes);
      expect(view.read(bytes)).toBe(true);
      expect(view.sequence).toBe(decoded.sequence);
      expect(view.value).toBe(decoded.user ? 2 : 0);
      expect(namesIn(view, view.destinationSids)).toEqual(decoded.user?.destinationSids ?? []);
      const outer = decoded.destinationIdentities;
      const inner = decoded.user?.destinationIdentities ?? [];
      expect(namesIn(view, view.destinations)).toEqual(outer.length > 0 ? outer : inner);
    }),
  );
});
