import { expect, test } from "bun:test";
import { livekit } from "../../src/gen/livekit.js";
import { DataPacketView } from "../../src/wire/datapacket/data-packet-view.ts";
import { PacketEnvelope } from "../../src/wire/datapacket/packet-envelope.ts";
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
  { streamHeader: { streamId: "s", mimeType: "m", totalLength: 9, textHeader: {} } },
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
    if (!view.read(bytes)) return;
    const value = bytes.subarray(view.valueStart, view.valueEnd);
    readRpcAnswer(value);
    readStreamHeader(value);
    markGenerated(bytes);
    const out = envelope.write(view, false);
    let before: livekit.DataPacket;
    try {
      before = livekit.DataPacket.decode(bytes);
    } catch {
      return; // what is inside the value is the receivers' to refuse
    }
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
