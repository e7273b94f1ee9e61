import { expect, test } from "bun:test";
import { livekit } from "../../src/gen/livekit.js";
import { DataPacketView } from "../../src/wire/datapacket/data-packet-view.ts";
import { PacketEnvelope } from "../../src/wire/datapacket/packet-envelope.ts";
import { PacketField } from "../../src/wire/datapacket/packet-fields.ts";
import {
  markGenerated,
  readRpcAnswer,
  readStreamHeader,
} from "../../src/wire/datapacket/packet-values.ts";
import type { SpanList } from "../../src/wire/datapacket/span-list.ts";
import { runMutations } from "../support/mutate.ts";

const SEED = 90_210;
const SENDER = { sid: "PA_true", identity: "true", userSid: "PA_true" };

const CORPUS = [
  { participantIdentity: "a", user: { payload: Uint8Array.of(1, 2, 3), topic: "t" } },
  { sequence: 70_000, user: { destinationIdentities: ["a", "b"], destinationSids: ["PA_1"] } },
  { destinationIdentities: ["x"], user: { nonce: new Uint8Array(16), destinationSids: ["PA"] } },
  { kind: 1, chatMessage: { id: "1", message: "hi" }, participantSid: "PA_x" },
  { rpcResponse: { requestId: "r", error: { code: 1, message: "m" } }, sequence: 3 },
  { streamHeader: { streamId: "s", mimeType: "m", totalLength: 9, textHeader: { version: 1 } } },
  { streamHeader: { attributes: { a: "b", c: "d" }, byteHeader: { name: "n" } } },
  { streamTrailer: { streamId: "s", reason: "r", attributes: { a: "b" } } },
  { streamChunk: { streamId: "s", chunkIndex: 9, content: Uint8Array.of(1), version: 2 } },
  {
    transcription: { trackId: "t", segments: [{ id: "1", text: "x", startTime: 4, final: true }] },
  },
  { speaker: { speakers: [{ sid: "PA", level: 0.5, active: true }] } },
  { sipDtmf: { code: 3, digit: "#" } },
  { encryptedPacket: { keyIndex: 1, iv: Uint8Array.of(1), encryptedValue: Uint8Array.of(2) } },
  { rpcRequest: { id: "1", method: "m", responseTimeoutMs: 5, version: 1 } },
].map((packet) => livekit.DataPacket.encode(packet as livekit.IDataPacket).finish());

function namesIn(view: DataPacketView, spans: SpanList): string[] {
  return Array.from({ length: spans.count }, (_, i) =>
    new TextDecoder().decode(view.bytes.subarray(spans.start(i), spans.end(i))),
  );
}

test("what the view takes, protobufjs reads the same, and what is sent on has its true sender", () => {
  const view = new DataPacketView();
  const envelope = new PacketEnvelope(SENDER);
  let taken = 0;
  runMutations(CORPUS, 60_000, SEED, (bytes) => {
    // what metrics say is not looked at: nobody is sent them
    if (!view.read(bytes) || view.value === PacketField.Metrics) return;
    const value = view.bytes.subarray(view.valueStart, view.valueEnd);
    readRpcAnswer(value);
    readStreamHeader(value);
    markGenerated(view.bytes);
    const out = envelope.write(view, false);
    // of several values protobufjs keeps all; the view has made one of them
    const before = livekit.DataPacket.decode(view.bytes);
    taken += 1;
    const after = livekit.DataPacket.decode(out);
    expect(after.participantSid).toBe("PA_true");
    expect(after.participantIdentity).toBe("true");
    expect(after.sequence).toBe(before.sequence);
    expect(view.sequence).toBe(before.sequence);
    expect(after.value).toBe(before.value);
    const named = before.destinationIdentities;
    const identities = named.length > 0 ? named : (before.user?.destinationIdentities ?? []);
    expect(namesIn(view, view.destinations)).toEqual(identities);
    expect(after.destinationIdentities).toEqual(identities);
    expect(namesIn(view, view.destinationSids)).toEqual(before.user?.destinationSids ?? []);
    if (!before.user) return;
    expect(after.user?.participantIdentity).toBe("true");
    expect(after.user?.payload).toEqual(before.user.payload);
    expect(after.user?.destinationSids).toEqual(before.user.destinationSids);
  });
  expect(taken).toBeGreaterThan(1_000);
});
