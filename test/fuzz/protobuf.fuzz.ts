import { test } from "bun:test";
import { ServerError } from "../../src/base/errors.ts";
import { livekit } from "../../src/gen/livekit.js";
import { decodeMessage, encodeMessage } from "../../src/protobuf/codec.ts";
import { writeProtoJson } from "../../src/protobuf/proto-json.ts";
import { forEachField, readBytesField, replaceFields } from "../../src/wire/protobuf/splice.ts";
import { runMutations } from "../support/mutate.ts";

const SEED = 20_268;

const REQUESTS = [
  { offer: { type: "offer", sdp: "v=0\r\n", id: 7 } },
  { mute: { sid: "TR_1", muted: true } },
  { updateLayers: { layers: [{ width: 1, height: 2, bitrate: 3, ssrc: 4 }] } },
  { updateMetadata: { name: "n", attributes: { a: "b", c: "d" }, requestId: 1 } },
  { pingReq: { timestamp: 1_760_000_000_000, rtt: -5 } },
].map((request) => encodeMessage(livekit.SignalRequest, request));

const PACKETS = [
  {
    participantIdentity: "a",
    user: { payload: Uint8Array.of(1, 2), topic: "t", nonce: undefined },
  },
  { destinationIdentities: ["a", "b"], sequence: 70_000, chatMessage: { id: "1", message: "hi" } },
].map((packet) => encodeMessage(livekit.DataPacket, packet as livekit.DataPacket.$Properties));

test("decoding mutated signal messages throws ServerError only, and what decodes can be written", () => {
  runMutations(REQUESTS, 20_000, SEED, (bytes) => {
    let request: livekit.SignalRequest;
    try {
      request = decodeMessage(livekit.SignalRequest, bytes);
    } catch (error) {
      if (error instanceof ServerError && error.code === "malformed") return;
      throw error;
    }
    JSON.parse(writeProtoJson(livekit.SignalRequest, request));
    decodeMessage(livekit.SignalRequest, encodeMessage(livekit.SignalRequest, request));
  });
});

test("splicing mutated data packets stays inside them and leaves no removed field", () => {
  runMutations(PACKETS, 20_000, SEED, (bytes) => {
    const isMessage = forEachField(bytes, ({ start, valueStart, end }) => {
      if (!(start < valueStart && valueStart <= end && end <= bytes.length)) {
        throw new Error(`Field at ${start}..${valueStart}..${end} of ${bytes.length} bytes`);
      }
    });
    const out = replaceFields(bytes, { remove: [4, 5], append: new Uint8Array(0) });
    if ((out !== undefined) !== isMessage) throw new Error("replaceFields and forEachField differ");
    readBytesField(bytes, 4);
    if (out === undefined) return;
    const isStill = forEachField(out, ({ number }) => {
      if (number === 4 || number === 5) throw new Error(`Field ${number} is still there`);
    });
    if (!isStill) throw new Error("replaceFields made a message into none");
  });
});
