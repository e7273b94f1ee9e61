import { expect, test } from "bun:test";
import { livekit } from "../../gen/livekit.js";
import { type FieldValue, writeFields } from "../protobuf/splice.ts";
import { markGenerated, readRpcAnswer, readStreamHeader } from "./packet-values.ts";

const NEW_FIELD: FieldValue = { number: 777, text: "from the future" };

function hasNewField(bytes: Uint8Array): boolean {
  return Buffer.from(bytes).includes(Buffer.from("from the future"));
}

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
  const encode = (packet: livekit.IDataPacket) => livekit.DataPacket.encode(packet).finish();
  const text = encode({ streamHeader: { streamId: "s", topic: "t", textHeader: { version: 2 } } });
  const header = livekit.DataPacket.decode(markGenerated(text)!).streamHeader;
  expect(header).toMatchObject({ streamId: "s", topic: "t" });
  expect(header?.textHeader).toMatchObject({ version: 2, generated: true });
  const bytes = encode({ streamHeader: { streamId: "s", byteHeader: { name: "n" } } });
  expect(markGenerated(bytes)).toBeUndefined();
  expect(markGenerated(encode({ user: {} }))).toBeUndefined();
});

test.each([
  { title: "an ack", bytes: livekit.RpcAck.encode({ requestId: "r" }), isComplete: false },
  {
    title: "an empty payload",
    bytes: livekit.RpcResponse.encode({ requestId: "r", payload: "" }),
    isComplete: true,
  },
  {
    title: "an error",
    bytes: livekit.RpcResponse.encode({ requestId: "r", error: {} }),
    isComplete: true,
  },
  {
    title: "a compressed payload",
    bytes: livekit.RpcResponse.encode({ requestId: "r", compressedPayload: Uint8Array.of(1) }),
    isComplete: false,
  },
])(
  "of $title the request is known, and whether the server can read it",
  ({ bytes, isComplete }) => {
    expect(readRpcAnswer(bytes.finish())).toEqual({ requestId: "r", isComplete });
  },
);

test("a stream's header tells its type, MIME type and length", () => {
  const encode = (header: livekit.DataStream.IHeader) =>
    readStreamHeader(livekit.DataStream.Header.encode(header).finish());
  expect(encode({ mimeType: "text/plain", textHeader: {}, totalLength: 0 })).toEqual({
    type: "text",
    mimeType: "text/plain",
    totalBytes: 0,
  });
  expect(encode({ byteHeader: {}, totalLength: 5_000_000_000 })).toEqual({
    type: "bytes",
    mimeType: "",
    totalBytes: 5_000_000_000,
  });
  expect(encode({})).toEqual({ type: "unknown", mimeType: "", totalBytes: undefined });
});

test("malformed values are none", () => {
  expect(readRpcAnswer(Uint8Array.of(0x0a, 9))).toBeUndefined();
  expect(readStreamHeader(Uint8Array.of(0x22))).toBeUndefined();
});
