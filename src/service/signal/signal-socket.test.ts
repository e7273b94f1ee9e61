import { expect, test } from "bun:test";
import { FakeScheduler } from "../../../test/support/fake-scheduler.ts";
import { FakeSocket } from "../../../test/support/test-http.ts";
import { livekit } from "../../gen/livekit.js";
import { SignalFrame } from "../../rtc/signal/signal-frame.ts";
import { SignalCounts } from "../../telemetry/metrics/room-metrics.ts";
import { SignalSocket } from "./signal-socket.ts";

class Connection {
  readonly scheduler = new FakeScheduler();
  readonly socket = new FakeSocket();
  readonly counts = new SignalCounts();
  readonly requests: (string | undefined)[] = [];
  lost = 0;
  readonly signal: SignalSocket;

  constructor(messageBytesMax = 1_000) {
    this.signal = new SignalSocket({
      scheduler: this.scheduler,
      messageBytesMax,
      counts: this.counts,
    });
    this.signal.attach({
      handle: ({ message }) => this.requests.push(message),
      linkLost: () => {
        this.lost += 1;
      },
    });
  }

  open(): this {
    this.signal.onOpen(this.socket);
    return this;
  }

  sendBinary(request: livekit.ISignalRequest): void {
    this.signal.onFrame(livekit.SignalRequest.encode(request).finish());
  }

  last(): livekit.SignalResponse {
    return livekit.SignalResponse.decode(this.socket.frames.at(-1) as Uint8Array);
  }
}

test("what is sent before the socket opens comes first, in order, in binary", () => {
  const connection = new Connection();
  connection.signal.send(new SignalFrame({ refreshToken: "one" }));
  connection.signal.send(new SignalFrame({ refreshToken: "two" }));
  connection.open();
  connection.signal.send(new SignalFrame({ refreshToken: "three" }));
  const tokens = connection.socket.frames.map(
    (frame) => livekit.SignalResponse.decode(frame as Uint8Array).refreshToken,
  );
  expect(tokens).toEqual(["one", "two", "three"]);
});

test("answers are in the format of the last frame of the client", () => {
  const connection = new Connection().open();
  connection.signal.onFrame('{"pingReq":{"timestamp":"7"},"unknown":1}');
  const wallMs = String(connection.scheduler.wallMs());
  expect(JSON.parse(connection.socket.frames.at(-1) as string)).toEqual({
    pongResp: { lastPingTimestamp: "7", timestamp: wallMs },
  });
  connection.signal.send(new SignalFrame({ trackPublished: { cid: "c" } }));
  expect(connection.socket.frames.at(-1)).toBe('{"trackPublished":{"cid":"c"}}');
  connection.sendBinary({ pingReq: { timestamp: 8 } });
  expect(connection.last().pongResp?.lastPingTimestamp).toBe(8);
});

test("each ping has its own answer, at once, and goes on to the room", () => {
  const connection = new Connection().open();
  connection.sendBinary({ ping: 5 });
  expect(connection.last()).toMatchObject({ message: "pong", pong: connection.scheduler.wallMs() });
  connection.sendBinary({ pingReq: { timestamp: 5, rtt: 3 } });
  expect(connection.last().message).toBe("pongResp");
  expect(connection.requests).toEqual(["ping", "pingReq"]);
  expect(connection.socket.frames).toHaveLength(2);
});

test("the socket is pinged every ten seconds while it is open", () => {
  const connection = new Connection();
  connection.scheduler.advance(30_000);
  connection.open();
  connection.scheduler.advance(30_000);
  expect(connection.socket.pings).toBe(3);
  connection.signal.onClose();
  connection.scheduler.advance(30_000);
  expect(connection.socket.pings).toBe(3);
  expect(connection.scheduler.pendingCount).toBe(0);
});

test.each([
  { title: "binary", frame: new Uint8Array(1_001) },
  { title: "text", frame: `{"ping":"1"}${" ".repeat(1_000)}` },
  { title: "text of more bytes than letters", frame: `{"x":"${"é".repeat(600)}"}` },
])("a $title frame over the limit closes the socket", ({ frame }) => {
  const connection = new Connection().open();
  connection.signal.onFrame(frame);
  expect(connection.socket.closed).toEqual({
    code: 1009,
    reason: "message larger than 1000 bytes",
  });
  expect(connection.lost).toBe(1);
  expect(connection.requests).toEqual([]);
});

test("frames at the limit are taken, and a limit of zero is none", () => {
  const connection = new Connection().open();
  connection.signal.onFrame(`{"ping":"1"}${" ".repeat(988)}`);
  expect(connection.requests).toEqual(["ping"]);
  const unbounded = new Connection(0).open();
  unbounded.signal.onFrame(`{"ping":"1"}${" ".repeat(1_000_000)}`);
  expect(unbounded.requests).toEqual(["ping"]);
});

test.each([
  { title: "half a message", frame: Uint8Array.of(0x0a, 0x05, 1) },
  { title: "no JSON", frame: "{" },
  { title: "JSON that is no object", frame: "[1]" },
  { title: "null", frame: "null" },
  { title: "a member of a wrong type", frame: '{"mute":{"muted":"yes"}}' },
  { title: "two requests in one", frame: '{"ping":"1","leave":{}}' },
])("$title closes the socket with a reason, and its session loses it", ({ frame }) => {
  const connection = new Connection().open();
  connection.signal.onFrame(frame);
  expect(connection.socket.closed).toEqual({
    code: 1007,
    reason: "message could not be decoded as a SignalRequest",
  });
  expect(connection.lost).toBe(1);
  connection.signal.onFrame('{"ping":"1"}');
  connection.signal.send(new SignalFrame({ pong: 1 }));
  expect(connection.requests).toEqual([]);
  expect(connection.socket.frames).toEqual([]);
});

test("an empty frame is an empty request", () => {
  const connection = new Connection().open();
  connection.signal.onFrame(new Uint8Array(0));
  expect(connection.requests).toEqual([undefined]);
});

test("the server closes with 1000 and no reason, after what it sent, and says it once", () => {
  const connection = new Connection().open();
  connection.signal.send(new SignalFrame({ leave: {} }));
  connection.signal.close();
  connection.signal.close();
  connection.signal.send(new SignalFrame({ pong: 1 }));
  expect(connection.last().message).toBe("leave");
  expect(connection.socket.frames).toHaveLength(1);
  expect(connection.socket.closed).toEqual({ code: 1000, reason: "" });
  expect(connection.scheduler.pendingCount).toBe(0);
});

test("a session that ended before the socket opened still says its last words", () => {
  const connection = new Connection();
  connection.signal.send(new SignalFrame({ leave: {} }));
  connection.signal.close();
  connection.open();
  expect(connection.last().message).toBe("leave");
  expect(connection.socket.closed).toEqual({ code: 1000, reason: "" });
});

test("messages for a socket that never opens are bounded", () => {
  const connection = new Connection();
  for (let i = 0; i < 60_000; i++) connection.signal.send(new SignalFrame({ pong: i + 1 }));
  connection.open();
  expect(connection.socket.frames).toHaveLength(50_000);
  expect(connection.socket.closed).toBeDefined();
  expect(livekit.SignalResponse.decode(connection.socket.frames[0] as Uint8Array).pong).toBe(1);
});

test("a client that floods the server loses its connection, and is told why", () => {
  const connection = new Connection().open();
  let sent = 0;
  while (connection.socket.closed === undefined && sent < 10_000) {
    connection.sendBinary({ mute: { sid: `TR_${sent}` } });
    sent += 1;
  }
  expect(sent).toBeLessThan(6_000);
  expect(connection.socket.closed).toEqual({
    code: 1008,
    reason: "too many messages: more than 1000 or 8 MiB wait",
  });
  expect(connection.lost).toBe(1);
  const handled = connection.requests.length;
  connection.scheduler.advance(60_000);
  expect(connection.requests).toHaveLength(handled);
});

test("who says good-bye in the midst of it is heard", () => {
  const connection = new Connection().open();
  for (let message = 0; message < 4_500; message++) connection.sendBinary({ mute: { sid: "x" } });
  connection.sendBinary({ leave: {} });
  connection.signal.onClose();
  expect(connection.requests.at(-1)).toBe("leave");
  expect(connection.lost).toBe(1);
});
