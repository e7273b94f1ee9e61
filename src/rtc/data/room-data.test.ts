import { expect, test } from "bun:test";
import { type TestClient, TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";

const { RELIABLE, LOSSY } = livekit.DataPacket.Kind;

function threeClients(): { rooms: TestRooms; a: TestClient; b: TestClient; c: TestClient } {
  const rooms = new TestRooms();
  const [a, b, c] = ["a", "b", "c"].map((identity) => rooms.join(identity).connect());
  return { rooms, a: a!, b: b!, c: c! };
}

function user(text: string): livekit.IUserPacket {
  return { payload: new TextEncoder().encode(text) };
}

function texts(client: TestClient, label = "_reliable"): string[] {
  return client
    .receivedData(label)
    .map((packet) => new TextDecoder().decode(packet.user?.payload ?? new Uint8Array()));
}

test("a packet goes to all others and never back, on the channel that it came on", () => {
  const { a, b, c } = threeClients();
  a.sendData({ user: user("one"), kind: LOSSY, sequence: 1 });
  a.sendData({ user: user("two") }, "_lossy");
  for (const client of [b, c]) {
    expect(texts(client)).toEqual(["one"]);
    expect(texts(client, "_lossy")).toEqual(["two"]);
    expect(client.receivedData()[0]).toMatchObject({
      kind: RELIABLE,
      participantIdentity: "a",
      participantSid: a.sid,
      sequence: 1,
    });
    expect(client.receivedData("_lossy")[0]?.kind).toBe(LOSSY);
  }
  expect(a.receivedData()).toEqual([]);
});

test.each([
  { title: "identities of the packet", packet: () => ({ destinationIdentities: ["b"] }) },
  {
    title: "identities inside the user packet",
    packet: () => ({ user: { destinationIdentities: ["b"] } }),
  },
  {
    title: "sids inside the user packet",
    packet: (b: TestClient) => ({ user: { destinationSids: [b.sid] } }),
  },
])("destinations are $title", ({ packet }) => {
  const { a, b, c } = threeClients();
  a.sendData({ user: user("x"), ...packet(b) });
  expect(b.receivedData()).toHaveLength(1);
  expect(c.receivedData()).toEqual([]);
});

test("identities and sids add up, and an identity that looks like a sid is no sid", () => {
  const { rooms, a, b, c } = threeClients();
  const spy = rooms.join(c.sid).connect();
  a.sendData({ user: { destinationSids: [c.sid], destinationIdentities: ["b"] } });
  expect(b.receivedData()).toHaveLength(1);
  expect(c.receivedData()).toHaveLength(1);
  expect(spy.receivedData()).toEqual([]);
});

test("a sender that names itself hears nothing", () => {
  const { a, b } = threeClients();
  a.sendData({ user: user("x"), destinationIdentities: ["a"] });
  expect(a.receivedData()).toEqual([]);
  expect(b.receivedData()).toEqual([]);
});

test("without canPublishData nothing is forwarded", () => {
  const { rooms, b } = threeClients();
  const mute = rooms.join("m", { video: { canPublishData: false } }).connect();
  mute.sendData({ user: user("x") });
  expect(b.receivedData()).toEqual([]);
});

test("what an administrator changes takes effect at once", () => {
  const { a, b } = threeClients();
  a.participant.setGrant({ ...a.participant.grant, canPublishData: false });
  a.sendData({ user: user("not allowed") });
  a.participant.setGrant({ ...a.participant.grant, canPublishData: true, hidden: true });
  a.sendData({ user: user("hidden") });
  expect(texts(b)).toEqual(["hidden"]);
  expect(b.receivedData()[0]?.participantIdentity).toBe("");
});

test("a media thread is told of a participant once, and of what changes for data alone", () => {
  const { rooms, a } = threeClients();
  expect(rooms.thread.of("set-data-member")).toHaveLength(3);
  a.participant.updateProfile({ name: "another", metadata: "m" });
  expect(rooms.thread.of("set-data-member")).toHaveLength(3);
  a.send({ leave: {} });
  expect(rooms.thread.of("remove-data-member")).toHaveLength(1);
});

test("streams are counted with their type and length", async () => {
  const { rooms, a } = threeClients();
  const streamHeader = { streamId: "s", mimeType: "text/plain", totalLength: 5, textHeader: {} };
  a.sendData({ streamHeader, destinationIdentities: ["b"] });
  const scraped = await rooms.registry.text();
  const labels = 'type="text",mime_type="text"';
  expect(scraped).toContain(`livekit_datapacket_stream_bytes_sum{${labels}} 5`);
  expect(scraped).toContain(`livekit_datapacket_stream_dest_count_sum{${labels}} 1`);
});

test("bytes that are no packet are dropped", () => {
  const { a, b } = threeClients();
  a.sendData(Uint8Array.of(0xff, 0xff, 0xff));
  a.sendData(new Uint8Array(0));
  expect(b.receivedData()).toHaveLength(1);
  expect(b.receivedData()[0]?.participantIdentity).toBe("a");
});

test("reliable packets are taken once, in growing order; lossy and unnumbered ones always", () => {
  const { a, b } = threeClients();
  for (const sequence of [1, 1, 3, 2, 5, 0, 0]) {
    a.sendData({ user: user(String(sequence)), sequence });
  }
  a.sendData({ user: user("lossy"), sequence: 2 }, "_lossy");
  expect(texts(b)).toEqual(["1", "3", "5", "0", "0"]);
  expect(texts(b, "_lossy")).toEqual(["lossy"]);
});

test("each sender has sequences of its own", () => {
  const { a, b, c } = threeClients();
  a.sendData({ user: user("a"), sequence: 9 });
  b.sendData({ user: user("b"), sequence: 1 });
  expect(texts(c)).toEqual(["a", "b"]);
});

test("a nonce is delivered once", () => {
  const { a, b } = threeClients();
  const nonce = Uint8Array.from({ length: 16 }, (_, i) => i);
  for (let i = 0; i < 3; i++) a.sendData({ user: { ...user("once"), nonce } });
  a.sendData({ user: { ...user("short"), nonce: nonce.slice(1) } });
  a.sendData({ user: { ...user("short"), nonce: nonce.slice(1) } });
  expect(texts(b)).toEqual(["once", "short", "short"]);
});

test("nonces are forgotten after a hundred others", () => {
  const { a, b } = threeClients();
  const nonceOf = (i: number) => Uint8Array.from({ length: 16 }, () => i);
  for (let i = 0; i <= 100; i++) a.sendData({ user: { ...user("x"), nonce: nonceOf(i) } });
  a.sendData({ user: { ...user("again"), nonce: nonceOf(0) } });
  expect(texts(b).at(-1)).toBe("again");
});

test("the payload of a channel of another name is forwarded as user data", () => {
  const { a, b } = threeClients();
  a.sendData(new TextEncoder().encode("raw"), "my-channel");
  expect(texts(b)).toEqual(["raw"]);
  expect(b.receivedData()[0]).toMatchObject({ participantIdentity: "a", kind: RELIABLE });
});

test("a hidden sender is not named, but numbered", () => {
  const { rooms, b } = threeClients();
  const hidden = rooms.join("h", { video: { hidden: true } }).connect();
  hidden.sendData({ user: user("x"), sequence: 4 });
  const [packet] = b.receivedData();
  expect(packet).toMatchObject({
    participantIdentity: "",
    participantSid: hidden.sid,
    sequence: 4,
  });
  expect(packet?.user).toMatchObject({ participantIdentity: "", participantSid: "" });
});

const FORWARDED: { title: string; packet: livekit.IDataPacket }[] = [
  { title: "DTMF", packet: { sipDtmf: { code: 1 } } },
  { title: "speakers", packet: { speaker: { speakers: [] } } },
  { title: "chat", packet: { chatMessage: { id: "1" } } },
  { title: "stream headers", packet: { streamHeader: { streamId: "s" } } },
  { title: "stream chunks", packet: { streamChunk: { streamId: "s" } } },
  { title: "stream trailers", packet: { streamTrailer: { streamId: "s" } } },
  { title: "RPC requests", packet: { rpcRequest: { id: "1" } } },
  { title: "RPC acks", packet: { rpcAck: { requestId: "1" } } },
  { title: "RPC responses", packet: { rpcResponse: { requestId: "1", payload: "x" } } },
  { title: "encrypted packets", packet: { encryptedPacket: { keyIndex: 1 } } },
  { title: "packets of no kind", packet: { sequence: 3 } },
];

test.each(FORWARDED)("$title are forwarded in the sender's own name", ({ packet }) => {
  const { a, b } = threeClients();
  a.sendData({ ...packet, participantIdentity: "other" });
  expect(b.receivedData()[0]).toMatchObject({ ...packet, participantIdentity: "a" });
});

test("metrics are not forwarded", () => {
  const { a, b } = threeClients();
  a.sendData({ metrics: { timestampMs: 1 } });
  expect(b.receivedData()).toEqual([]);
});

test("transcriptions are forwarded of agents only, and in the agent's name", () => {
  const { rooms, a, b } = threeClients();
  const agent = rooms.join("agent", { claims: { kind: "agent" } }).connect();
  const transcription = { transcribedParticipantIdentity: "a" };
  a.sendData({ transcription });
  expect(b.receivedData()).toEqual([]);
  agent.sendData({ transcription, participantIdentity: "a" });
  expect(b.receivedData()[0]).toMatchObject({ participantIdentity: "agent", transcription });
});

test("an agent may speak for another in chat and text streams, which are marked", () => {
  const { rooms, b } = threeClients();
  const agent = rooms.join("agent", { video: { agent: true } }).connect();
  agent.sendData({ chatMessage: { id: "1" }, participantIdentity: "a" });
  agent.sendData({ streamHeader: { streamId: "s", textHeader: {} }, participantIdentity: "a" });
  agent.sendData({ streamHeader: { streamId: "s", byteHeader: {} }, participantIdentity: "a" });
  agent.sendData({ streamChunk: { streamId: "s" }, participantIdentity: "a" });
  agent.sendData({ chatMessage: { id: "2" } });
  const [chat, text, bytes, chunk, own] = b.receivedData();
  expect(chat).toMatchObject({ participantIdentity: "a", chatMessage: { generated: true } });
  expect(chat?.participantSid).toBe(agent.sid);
  expect(text?.participantIdentity).toBe("a");
  expect(text?.streamHeader?.textHeader?.generated).toBe(true);
  expect(bytes?.participantIdentity).toBe("agent");
  expect(chunk?.participantIdentity).toBe("agent");
  expect(own).toMatchObject({ participantIdentity: "agent", chatMessage: { generated: false } });
});

test("a participant that is no agent cannot speak for another", () => {
  const { a, b } = threeClients();
  a.sendData({ chatMessage: { id: "1" }, participantIdentity: "c" });
  expect(b.receivedData()[0]).toMatchObject({
    participantIdentity: "a",
    chatMessage: { generated: false },
  });
});

test("numbered packets of the last ten seconds reach one whose channel opens, in order", () => {
  const { rooms, a, b } = threeClients();
  a.sendData({ user: user("before the join"), sequence: 1 });
  const late = rooms.join("late");
  a.sendData({ user: user("too old"), sequence: 2 });
  rooms.advance(5_000);
  a.sendData({ user: user("first"), sequence: 3 });
  b.sendData({ user: user("other sender"), sequence: 1 });
  a.sendData({ user: user("not for it"), sequence: 4, destinationIdentities: ["b"] });
  rooms.advance(6_000);
  a.sendData({ user: user("last"), sequence: 5 });
  late.connect();
  expect(texts(late)).toEqual(["first", "other sender", "last"]);
  a.sendData({ user: user("live"), sequence: 6 });
  expect(texts(late).at(-1)).toBe("live");
});

test("unnumbered packets are held for one who is joining, up to 100 000 bytes", () => {
  const { rooms, a } = threeClients();
  const late = rooms.join("late");
  const payload = new Uint8Array(30_000);
  for (let i = 0; i < 5; i++) a.sendData({ user: { payload, topic: String(i) } });
  late.connect();
  expect(late.receivedData().map((packet) => packet.user?.topic)).toEqual(["0", "1", "2"]);
});

test("lossy packets are not kept for anybody", () => {
  const { rooms, a } = threeClients();
  const late = rooms.join("late");
  a.sendData({ user: user("x") }, "_lossy");
  late.connect();
  expect(late.receivedData("_lossy")).toEqual([]);
});

test("a channel that is opened again gets nothing twice", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const single = rooms.join("s", { isSinglePeerConnection: true }).connect();
  a.sendData({ user: user("once"), sequence: 1 });
  single.connect();
  expect(texts(single)).toEqual(["once"]);
});

test("a client without a subscriber connection gets its data on its own channels", () => {
  const rooms = new TestRooms();
  const a = rooms.join("a").connect();
  const b = rooms.join("b", { video: { canSubscribe: false } }).connect();
  a.sendData({ user: user("x") });
  const { peerId } = b.participant.transports.publisher.peer;
  expect(rooms.thread.sentData(peerId, "_reliable")).toHaveLength(1);
});

test("data tracks are not mistaken for messages", () => {
  const { a, b } = threeClients();
  a.sendData(new Uint8Array(12), "_data_track");
  expect(b.receivedData()).toEqual([]);
  expect(b.receivedData("_data_track")).toEqual([]);
});
