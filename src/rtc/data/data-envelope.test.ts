import { expect, test } from "bun:test";
import fc from "fast-check";
import { livekit } from "../../gen/livekit.js";
import { type FieldValue, writeFields } from "../../protobuf/splice.ts";
import { type Envelope, markGenerated, writeEnvelope } from "./data-envelope.ts";

/** A field that our schema has not, as a newer client might send it. */
const NEW_FIELD: FieldValue = { number: 777, text: "from the future" };

const ENVELOPE: Envelope = {
  kind: livekit.DataPacket.Kind.LOSSY,
  senderSid: "PA_sender",
  senderIdentity: "sender",
  userSid: "PA_sender",
  destinationIdentities: ["x", "y"],
};

function encode(packet: livekit.IDataPacket, ...more: FieldValue[]): Uint8Array {
  const bytes = livekit.DataPacket.encode(packet).finish();
  return Uint8Array.from([...bytes, ...writeFields(more)]);
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
      destinationIdentities: ["nobody"],
      sequence: 9,
      sipDtmf: { code: 3, digit: "#" },
    },
    NEW_FIELD,
  );
  const written = writeEnvelope(bytes, ENVELOPE)!;
  const packet = livekit.DataPacket.decode(written);
  expect(packet).toMatchObject({
    kind: livekit.DataPacket.Kind.LOSSY,
    participantIdentity: "sender",
    participantSid: "PA_sender",
    destinationIdentities: ["x", "y"],
    sequence: 9,
    sipDtmf: { code: 3, digit: "#" },
  });
  expect(hasNewField(written)).toBe(true);
});

test("a user packet says the same inside, for older clients", () => {
  const user = {
    participantSid: "PA_liar",
    participantIdentity: "liar",
    destinationIdentities: ["nobody"],
    destinationSids: ["PA_kept"],
    payload: Uint8Array.of(1, 2, 3),
    topic: "t",
  };
  const packet = livekit.DataPacket.decode(writeEnvelope(encode({ user }), ENVELOPE)!);
  expect(packet.user).toMatchObject({
    participantSid: "PA_sender",
    participantIdentity: "sender",
    destinationIdentities: ["x", "y"],
    destinationSids: ["PA_kept"],
    topic: "t",
  });
  expect([...(packet.user?.payload ?? [])]).toEqual([1, 2, 3]);
});

test("a hidden sender is known by its sid alone, which tells repeated messages", () => {
  const hidden = { ...ENVELOPE, senderIdentity: "", userSid: "" };
  const packet = livekit.DataPacket.decode(
    writeEnvelope(encode({ user: { participantIdentity: "liar" } }), hidden)!,
  );
  expect(packet.participantSid).toBe("PA_sender");
  expect(packet.participantIdentity).toBe("");
  expect(packet.user).toMatchObject({ participantSid: "", participantIdentity: "" });
});

test("an agent's chat message is marked and keeps what we do not know", () => {
  const chat = livekit.ChatMessage.encode({ id: "1", message: "hi" }).finish();
  const bytes = writeFields([
    { number: 9, bytes: Uint8Array.from([...chat, ...writeFields([NEW_FIELD])]) },
  ]);
  const marked = markGenerated(bytes)!;
  expect(livekit.DataPacket.decode(marked).chatMessage).toMatchObject({
    id: "1",
    message: "hi",
    generated: true,
  });
  expect(hasNewField(marked)).toBe(true);
});

test("the header of a text stream is marked, that of a byte stream is not", () => {
  const text = encode({ streamHeader: { streamId: "s", topic: "t", textHeader: { version: 2 } } });
  const header = livekit.DataPacket.decode(markGenerated(text)!).streamHeader;
  expect(header).toMatchObject({ streamId: "s", topic: "t" });
  expect(header?.textHeader).toMatchObject({ version: 2, generated: true });
  const bytes = encode({ streamHeader: { streamId: "s", byteHeader: { name: "n" } } });
  expect(markGenerated(bytes)).toBeUndefined();
  expect(markGenerated(encode({ user: {} }))).toBeUndefined();
});

test("no bytes make it throw, and what comes out can be decoded when what went in could", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const written = writeEnvelope(bytes, ENVELOPE);
      markGenerated(bytes);
      let isMessage = true;
      try {
        livekit.DataPacket.decode(bytes);
      } catch {
        isMessage = false;
      }
      if (isMessage && written !== undefined) livekit.DataPacket.decode(written);
    }),
    { numRuns: 2_000 },
  );
});
