import { expect, test } from "bun:test";
import { livekit } from "../../gen/livekit.js";
import { type FieldValue, writeFields } from "../protobuf/splice.ts";
import { DataPacketView } from "./data-packet-view.ts";
import { PacketEnvelope } from "./packet-envelope.ts";

const SENDER = { sid: "PA_sender", identity: "sender", userSid: "PA_sender" };
/** A field that our schema has not, as a newer client might send it. */
const NEW_FIELD: FieldValue = { number: 777, text: "from the future" };

function encode(packet: livekit.IDataPacket, ...more: FieldValue[]): Uint8Array {
  const bytes = livekit.DataPacket.encode(packet).finish();
  return Uint8Array.from([...bytes, ...writeFields(more)]);
}

function written(bytes: Uint8Array, sender = SENDER, isLossy = false): Uint8Array {
  const view = new DataPacketView();
  expect(view.read(bytes)).toBe(true);
  return new PacketEnvelope(sender).write(view, isLossy);
}

function hasNewField(bytes: Uint8Array): boolean {
  return Buffer.from(bytes).includes(Buffer.from("from the future"));
}

test("the sender that a packet claims is replaced, the rest stays byte for byte", () => {
  const bytes = encode(
    {
      kind: livekit.DataPacket.Kind.RELIABLE,
      participantIdentity: "liar",
      participantSid: "PA_liar",
      destinationIdentities: ["x", "y"],
      sequence: 9,
      sipDtmf: { code: 3, digit: "#" },
    },
    NEW_FIELD,
  );
  const out = written(bytes, SENDER, true);
  expect(livekit.DataPacket.decode(out)).toMatchObject({
    kind: livekit.DataPacket.Kind.LOSSY,
    participantIdentity: "sender",
    participantSid: "PA_sender",
    destinationIdentities: ["x", "y"],
    sequence: 9,
    sipDtmf: { code: 3, digit: "#" },
  });
  expect(hasNewField(out)).toBe(true);
});

const LEVELS: { title: string; outer: string[]; inner: string[] }[] = [
  { title: "in the packet", outer: ["x"], inner: ["nobody"] },
  { title: "in the user packet", outer: [], inner: ["x"] },
];

test.each(LEVELS)(
  "a user packet says the same inside as outside: destinations $title",
  ({ outer, inner }) => {
    const user = livekit.UserPacket.encode({
      participantSid: "PA_liar",
      participantIdentity: "liar",
      destinationIdentities: inner,
      destinationSids: ["PA_kept"],
      payload: new Uint8Array(200).fill(7),
      topic: "t",
    }).finish();
    const bytes = encode(
      { destinationIdentities: outer },
      { number: 2, bytes: Uint8Array.from([...user, ...writeFields([NEW_FIELD])]) },
    );
    const out = written(bytes);
    const decoded = livekit.DataPacket.decode(out);
    expect(decoded.destinationIdentities).toEqual(["x"]);
    expect(decoded.user).toMatchObject({
      participantSid: "PA_sender",
      participantIdentity: "sender",
      destinationIdentities: ["x"],
      destinationSids: ["PA_kept"],
      topic: "t",
      payload: new Uint8Array(200).fill(7),
    });
    expect(hasNewField(out)).toBe(true);
  },
);

test("a hidden sender is known by its sid alone, which tells repeated messages", () => {
  const hidden = { sid: "PA_sender", identity: "", userSid: "" };
  const packet = livekit.DataPacket.decode(
    written(encode({ user: { participantIdentity: "liar" } }), hidden),
  );
  expect(packet.participantSid).toBe("PA_sender");
  expect(packet.participantIdentity).toBe("");
  expect(packet.user).toMatchObject({ participantSid: "", participantIdentity: "" });
});

test.each([0, 1, 127, 128, 16_383, 16_384, 65_535])("%d raw bytes become a user packet", (size) => {
  const payload = new Uint8Array(size).fill(3);
  const packet = livekit.DataPacket.decode(new PacketEnvelope(SENDER).wrap(payload));
  expect(packet).toMatchObject({ participantIdentity: "sender", participantSid: "PA_sender" });
  expect(packet.user?.payload).toEqual(payload);
  expect(packet.user?.participantIdentity).toBe("sender");
});
