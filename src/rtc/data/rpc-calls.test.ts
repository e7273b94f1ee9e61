import { expect, test } from "bun:test";
import { type TestClient, TestRooms } from "../../../test/support/test-room.ts";
import type { ServerError } from "../../base/errors.ts";
import { livekit } from "../../gen/livekit.js";

function callOf(client: TestClient): livekit.DataPacket {
  return client.receivedData().findLast(({ value }) => value === "rpcRequest")!;
}

function perform(
  client: TestClient,
  request: { payload?: string; responseTimeoutMs?: number } = {},
) {
  const { rpc } = client.rooms.room();
  return rpc.perform(client.participant, {
    method: "greet",
    payload: request.payload ?? "p",
    responseTimeoutMs: request.responseTimeoutMs ?? 0,
  });
}

async function refusalOf(promise: Promise<string>): Promise<{ code: string; message: string }> {
  const error = (await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )) as ServerError;
  return { code: error.code, message: error.message };
}

function answer(client: TestClient, response: livekit.IRpcResponse): void {
  const call = callOf(client);
  client.sendData({
    destinationIdentities: [call.participantIdentity],
    rpcResponse: { requestId: call.rpcRequest?.id ?? "", ...response },
  });
}

test("a call reaches its participant alone and ends with the answer", async () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  const result = perform(a);
  const call = callOf(a);
  expect(call).toMatchObject({
    kind: livekit.DataPacket.Kind.RELIABLE,
    destinationIdentities: ["a"],
    sequence: 0,
    rpcRequest: { method: "greet", payload: "p", responseTimeoutMs: 15_000, version: 1 },
  });
  expect(call.participantIdentity).toMatch(/^[0-9a-f-]{36}$/);
  a.sendData({
    destinationIdentities: [call.participantIdentity],
    rpcAck: { requestId: call.rpcRequest?.id ?? "" },
  });
  rooms.advance(14_000);
  answer(a, { payload: "hello" });
  expect(await result).toBe("hello");
  expect(b.receivedData()).toEqual([]);
});

test("an error of the method is told with its code, message and data", async () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const result = refusalOf(perform(a));
  answer(a, { error: { code: 1500, message: "my error", data: "d" } });
  expect(await result).toEqual({ code: "internal", message: "RpcError 1500: my error: d" });
});

test.each([
  [1400, "invalid_argument", "RpcError 1400: Method not supported at destination"],
  [1401, "not_found", "RpcError 1401: Recipient not found"],
  [1404, "unimplemented", "RpcError 1404: Unsupported RPC version"],
  [1504, "malformed", "RpcError 1504: Response payload too large"],
  [77, "internal", "RpcError 77: "],
] as const)("error %d is %s", async (number, code, message) => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const result = refusalOf(perform(a));
  answer(a, { error: { code: number } });
  expect(await result).toEqual({ code, message });
});

test("a payload over 15360 bytes is not sent", async () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  expect(await refusalOf(perform(a, { payload: "é".repeat(7_681) }))).toEqual({
    code: "malformed",
    message: "RpcError 1402: Request payload too large",
  });
  expect(a.receivedData()).toEqual([]);
});

test("no ack within seven seconds is a connection timeout", async () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const result = refusalOf(perform(a));
  rooms.advance(7_000);
  expect(await result).toEqual({ code: "canceled", message: "RpcError 1501: Connection timeout" });
});

test("no answer after the ack is a response timeout, after the time that was asked for", async () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const result = refusalOf(perform(a, { responseTimeoutMs: 20_000 }));
  a.sendData({ rpcAck: { requestId: callOf(a).rpcRequest?.id ?? "" } });
  rooms.advance(20_000);
  expect(await result).toEqual({ code: "canceled", message: "RpcError 1502: Response timeout" });
});

test("a participant that leaves, and a room that ends, end their calls", async () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  const [left, ended] = [refusalOf(perform(a)), refusalOf(perform(b))];
  a.send({ leave: {} });
  rooms.room().close(livekit.DisconnectReason.ROOM_DELETED);
  const gone = { code: "unavailable", message: "RpcError 1503: Recipient disconnected" };
  expect(await left).toEqual(gone);
  expect(await ended).toEqual(gone);
  expect(rooms.scheduler.pendingCount).toBe(1);
});

test("nobody else can answer a call, and its answer stays between two clients", async () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  const result = perform(a);
  const requestId = callOf(a).rpcRequest?.id ?? "";
  b.sendData({ rpcResponse: { requestId, payload: "forged" }, destinationIdentities: ["a"] });
  expect(a.receivedData().at(-1)?.rpcResponse?.payload).toBe("forged");
  answer(a, { payload: "true" });
  expect(await result).toBe("true");
});

test("an answer with neither payload nor error is forwarded and ends nothing", async () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  const result = perform(a);
  const requestId = callOf(a).rpcRequest?.id ?? "";
  a.sendData({ rpcResponse: { requestId } });
  expect(b.receivedData()).toHaveLength(1);
  answer(a, { payload: "" });
  expect(await result).toBe("");
});

test("a media thread tells of one ack, and forgets the request with its answer", async () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b").connect();
  const result = perform(a);
  const requestId = callOf(a).rpcRequest?.id ?? "";
  let told = 0;
  const { onEvent } = rooms.thread;
  rooms.thread.onEvent = (event) => {
    if (event.kind === "rpc-answered") told += 1;
    onEvent(event);
  };
  for (let i = 0; i < 5; i++) a.sendData({ rpcAck: { requestId } });
  expect(told).toBe(1);
  answer(a, { payload: "x" });
  expect(await result).toBe("x");
  expect(b.receivedData()).toEqual([]);
  answer(a, { payload: "again" });
  expect(told).toBe(2);
  expect(b.receivedData()).toEqual([]);
  a.sendData({ rpcAck: { requestId } });
  expect(b.receivedData()).toHaveLength(1);
});

test("a wait of fifty days is cut to an hour", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  perform(a, { responseTimeoutMs: 2 ** 32 - 1 }).catch(() => {});
  expect(callOf(a).rpcRequest?.responseTimeoutMs).toBe(3_600_000);
});

test("a thousand calls may wait in a room, not more", async () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  for (let i = 0; i < 1_000; i++) perform(a).catch(() => {});
  expect((await refusalOf(perform(a))).code).toBe("resource_exhausted");
});

test("a call waits for a participant whose channel opens in time", async () => {
  const rooms = new TestRooms();
  const a = rooms.join("a");
  const result = perform(a);
  rooms.advance(3_000);
  a.connect();
  answer(a, { payload: "late" });
  expect(await result).toBe("late");
});
