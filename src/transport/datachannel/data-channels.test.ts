import { expect, test } from "bun:test";
import { type LinkOptions, SctpLink, seededRandom } from "../../../test/support/sctp-link.ts";
import { type DataChannelEvent, DataChannels, type DataChannelsOptions } from "./data-channels.ts";

function create(
  dtlsRole: "server" | "client",
  options: Partial<DataChannelsOptions> = {},
): DataChannels {
  return new DataChannels({
    random: seededRandom(dtlsRole === "server" ? 1 : 2),
    dtlsRole,
    ...options,
  });
}

function createPair(options: LinkOptions = {}) {
  const server = create("server");
  const client = create("client");
  const link = new SctpLink(server, client, options);
  server.connect(0);
  client.connect(0);
  return { server, client, link };
}

function events(channels: DataChannels): DataChannelEvent[] {
  const list: DataChannelEvent[] = [];
  const isExpected = channels.mayHaveEvents;
  for (let event = channels.pollEvent(); event; event = channels.pollEvent()) list.push(event);
  if (!isExpected) expect(list).toEqual([]);
  return list;
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

const RELIABLE = { label: "_reliable", ordered: true };
const LOSSY = { label: "_lossy", ordered: false, maxRetransmits: 0 };

test("The server opens odd ids, the client even ones, and each side sees the other's channel", () => {
  const { server, client, link } = createPair();
  expect(server.open(RELIABLE)).toBe(1);
  expect(server.open(LOSSY)).toBe(3);
  expect(client.open({ ...RELIABLE, protocol: "chat" })).toBe(0);
  link.run(1000);
  const reliable = { kind: "open", label: "_reliable", ordered: true, maxRetransmits: undefined };
  const lossy = { kind: "open", label: "_lossy", ordered: false, maxRetransmits: 0 };
  const opened = (list: DataChannelEvent[]) =>
    list.sort((x, y) => ("channelId" in x && "channelId" in y ? x.channelId - y.channelId : 0));
  const [connected, ...rest] = events(server);
  expect(connected).toEqual({ kind: "connected" });
  expect(opened(rest)).toEqual([
    { ...reliable, channelId: 0, protocol: "chat" },
    { ...reliable, channelId: 1, protocol: "" },
    { ...lossy, channelId: 3, protocol: "" },
  ] as DataChannelEvent[]);
  expect(opened(events(client).slice(1))).toEqual(opened(rest));
});

test("Negotiated channels open on both sides without a message", () => {
  const { server, client, link } = createPair();
  for (const side of [server, client]) {
    expect(side.openNegotiated(100, RELIABLE)).toBe(true);
    expect(side.openNegotiated(100, RELIABLE)).toBe(false);
    expect(side.openNegotiated(101, LOSSY)).toBe(true);
    expect(side.openNegotiated(70_000, LOSSY)).toBe(false);
  }
  server.send(0, 100, text("early"), true);
  link.run(1000);
  expect(events(server).map((event) => event.kind)).toEqual(["connected", "open", "open"]);
  expect(events(client)).toMatchObject([
    { kind: "connected" },
    { kind: "open", channelId: 100, label: "_reliable" },
    { kind: "open", channelId: 101, label: "_lossy" },
    { kind: "message", channelId: 100, bytes: text("early"), isText: true },
  ]);
  client.openNegotiated(102, LOSSY);
  expect(events(client)).toMatchObject([{ kind: "open", channelId: 102 }]);
});

test("Text, bytes and empty messages of both kinds arrive as they were sent", () => {
  const { server, client, link } = createPair();
  const id = server.open(RELIABLE);
  const messages = [
    { bytes: text("grüße"), isText: true },
    { bytes: Uint8Array.of(0), isText: false },
    { bytes: new Uint8Array(0), isText: true },
    { bytes: new Uint8Array(0), isText: false },
    { bytes: new Uint8Array(65_535).fill(9), isText: false },
  ];
  for (const { bytes, isText } of messages) expect(server.send(0, id, bytes, isText)).toBe("sent");
  link.run(1000);
  expect(events(client).filter((event) => event.kind === "message")).toEqual(
    messages.map((message) => ({ kind: "message", channelId: id, ...message })),
  );
  expect(server.totalBufferedBytes).toBe(0);
});

test("Both sides may write before the peer has confirmed the channel", () => {
  const { server, client, link } = createPair({ loss: 0.3, seed: 4, jitterMs: 30 });
  const id = server.open(LOSSY);
  expect(server.send(0, id, text("first"), true)).toBe("sent");
  let opened = 0;
  const heard: string[] = [];
  link.onStep = () => {
    for (const event of events(client)) {
      if (event.kind === "open") opened += 1;
      if (event.kind === "message") heard.push(new TextDecoder().decode(event.bytes));
    }
  };
  link.run(60_000, () => opened === 1);
  expect(opened).toBe(1);
  expect(heard.length).toBeLessThanOrEqual(1);
});

test("Closing a channel delivers what was queued, closes both sides, and frees the id", () => {
  const { server, client, link } = createPair();
  const id = server.open(RELIABLE);
  link.run(1000);
  events(server);
  events(client);
  server.send(1000, id, new Uint8Array(50_000), false);
  server.closeChannel(id);
  expect(server.send(1000, id, text("late"), true)).toBe("closed");
  link.run(3000);
  expect(events(client)).toMatchObject([
    { kind: "message", channelId: id },
    { kind: "closed", channelId: id },
  ]);
  expect(events(server)).toEqual([{ kind: "closed", channelId: id }]);
  expect(server.open(RELIABLE)).toBe(id);
  server.send(3000, id, text("again"), true);
  link.run(5000);
  expect(events(client)).toMatchObject([
    { kind: "open", channelId: id },
    { kind: "message", bytes: text("again") },
  ]);
});

test("Both sides may close the same channel at once, over a bad link", () => {
  for (let seed = 0; seed < 20; seed++) {
    const { server, client, link } = createPair({ seed, loss: 0.3, jitterMs: 40 });
    const id = server.open(RELIABLE);
    const closed = { server: 0, client: 0 };
    let isOpen = false;
    link.onStep = () => {
      for (const event of events(server)) if (event.kind === "closed") closed.server += 1;
      for (const event of events(client)) {
        if (event.kind === "open") isOpen = true;
        if (event.kind === "closed") closed.client += 1;
      }
    };
    link.run(60_000, () => isOpen);
    server.closeChannel(id);
    client.closeChannel(id);
    link.run(link.nowMs + 30_000);
    expect(closed).toEqual({ server: 1, client: 1 });
  }
});

test("A message to a channel nobody knows is dropped", () => {
  const { server, client, link } = createPair();
  server.openNegotiated(100, RELIABLE);
  server.send(0, 100, text("hello?"), true);
  link.run(1000);
  expect(events(client)).toEqual([{ kind: "connected" }]);
  expect(client.send(1000, 100, text("hello"), true)).toBe("closed");
});

test("Channels beyond the bound are refused by closing them", () => {
  const { server, client, link } = createPair();
  for (let i = 0; i < 100; i++) expect(client.openNegotiated(500 + i, RELIABLE)).toBe(true);
  let ids = 0;
  while (server.open(RELIABLE) >= 0) ids += 1;
  expect(ids).toBe(128);
  const closed = new Set<number>();
  const opened = new Set<number>();
  link.onStep = () => {
    events(client);
    for (const event of events(server)) {
      if (event.kind === "open") opened.add(event.channelId);
      if (event.kind === "closed") closed.add(event.channelId);
    }
  };
  link.run(10_000);
  expect(opened.size).toBe(28);
  expect(closed.size).toBe(100);
});

test("The end of the association closes every channel", () => {
  const { server, client, link } = createPair();
  server.open(RELIABLE);
  server.openNegotiated(100, RELIABLE);
  client.openNegotiated(100, RELIABLE);
  link.run(1000);
  events(server);
  events(client);
  server.close();
  link.run(2000);
  expect(events(server)).toEqual([
    { kind: "closed", channelId: 1 },
    { kind: "closed", channelId: 100 },
    { kind: "disconnected", reason: "aborted", detail: "closed by the application" },
  ]);
  expect(events(client).at(-1)).toEqual({
    kind: "disconnected",
    reason: "peer-aborted",
    detail: "cause 12: closed by the application",
  });
  expect(server.open(RELIABLE)).toBe(-1);
  expect(server.openNegotiated(102, RELIABLE)).toBe(false);
});

test("The buffered amount is told by channel, and its fall to the threshold is an event", () => {
  const { server, link } = createPair();
  const id = server.open(RELIABLE);
  link.run(1000);
  events(server);
  server.setBufferedLow(id, 5000);
  for (let i = 0; i < 20; i++) server.send(1000, id, new Uint8Array(1000), false);
  expect(server.bufferedBytes(id)).toBe(20_000);
  link.run(3000);
  expect(events(server)).toEqual([{ kind: "buffered-low", channelId: id }]);
  expect(server.bufferedBytes(id)).toBe(0);
});

test("An owner that takes no events holds the peer's data back, not memory", () => {
  const server = create("server", { receiveBufferBytes: 100_000 });
  const client = create("client");
  const link = new SctpLink(server, client);
  client.connect(0);
  const id = client.open(RELIABLE);
  for (let i = 0; i < 5000; i++) client.send(0, id, new Uint8Array(1000), false);
  link.run(5000);
  expect(client.bufferedBytes(id)).toBeGreaterThan(4_500_000);
  let received = 0;
  link.onStep = () => {
    received += events(server).filter((event) => event.kind === "message").length;
  };
  link.run(120_000, () => received === 5000);
  expect(received).toBe(5000);
});

test("A peer that starts over keeps negotiated channels and loses the others", () => {
  const { server, client, link } = createPair();
  server.open(RELIABLE);
  server.openNegotiated(100, RELIABLE);
  client.openNegotiated(100, RELIABLE);
  link.run(1000);
  events(server);
  const again = create("client", { random: seededRandom(77) });
  again.openNegotiated(100, RELIABLE);
  const relink = new SctpLink(server, again);
  relink.nowMs = 1000;
  again.connect(1000);
  again.send(1000, 100, text("back"), true);
  relink.run(3000);
  expect(events(server)).toMatchObject([
    { kind: "closed", channelId: 1 },
    { kind: "closed", channelId: 100 },
    { kind: "open", channelId: 100 },
    { kind: "message", channelId: 100, bytes: text("back") },
  ]);
});
