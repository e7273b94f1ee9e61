import { test } from "bun:test";
import { ServerError } from "../../src/base/errors.ts";
import { livekit } from "../../src/gen/livekit.js";
import { decodeMessage, encodeMessage } from "../../src/protobuf/codec.ts";
import { readProtoJson, writeProtoJson, writeTwirpJson } from "../../src/protobuf/proto-json.ts";
import { runMutations } from "../support/mutate.ts";

const SEED = 20_269;

const TEXTS = [
  '{"name":"a","emptyTimeout":5,"agents":[{"agent_name":"b","attributes":{"x":"y"}}],"tags":{}}',
  '{"egress":{"room":{"layout":"grid","fileOutputs":[{"fileType":"MP4","s3":{"bucket":"b"}}]}}}',
  '{"name":"\\u00e9","max_participants":"12","playout_delay":null,"sync_streams":true,"zz":1e99}',
].map((text) => new TextEncoder().encode(text));

test("reading mutated JSON throws ServerError only, and what is read can be written again", () => {
  const decoder = new TextDecoder();
  runMutations(TEXTS, 20_000, SEED, (bytes) => {
    let request: livekit.CreateRoomRequest;
    try {
      request = readProtoJson(livekit.CreateRoomRequest, decoder.decode(bytes));
    } catch (error) {
      if (error instanceof ServerError && error.code === "malformed") return;
      throw error;
    }
    const again = decodeMessage(
      livekit.CreateRoomRequest,
      encodeMessage(livekit.CreateRoomRequest, request),
    );
    const text = writeTwirpJson(livekit.CreateRoomRequest, request);
    if (writeTwirpJson(livekit.CreateRoomRequest, again) !== text) throw new Error("Differs");
    const short = writeProtoJson(livekit.CreateRoomRequest, request);
    const reread = readProtoJson(livekit.CreateRoomRequest, short);
    if (writeProtoJson(livekit.CreateRoomRequest, reread) !== short) throw new Error("Differs");
  });
});
