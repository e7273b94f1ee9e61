import { expect, test } from "bun:test";
import { FakeSocket, TestHttp } from "../../../test/support/test-http.ts";
import { joinToken, testToken } from "../../../test/support/tokens.ts";
import { livekit } from "../../gen/livekit.js";

const UPGRADE = { headers: { Upgrade: "websocket" } };

function withToken(token: string, query = "", path = "/rtc"): string {
  return `${path}?access_token=${token}${query}`;
}

/** Opens the newest accepted socket and decodes what it was sent. */
function open(http: TestHttp): { socket: FakeSocket; messages: livekit.SignalResponse[] } {
  const socket = new FakeSocket();
  http.upgraded.at(-1)?.onOpen(socket);
  const messages = socket.frames.map((frame) => livekit.SignalResponse.decode(frame as Uint8Array));
  return { socket, messages };
}

async function join(http: TestHttp, token: string, query = ""): Promise<livekit.SignalResponse[]> {
  expect((await http.fetch(withToken(token, query), UPGRADE)).status).toBe(200);
  return open(http).messages;
}

const attributes = Buffer.from('{"k":"from query"}').toString("base64url");

type Row = { title: string; token: string; query?: string; status: number; body: string };

const LADDER: Row[] = [
  {
    title: "no video grant",
    token: testToken(),
    query: "&attributes=!!!",
    status: 401,
    body: "no permissions to access the room",
  },
  {
    title: "attributes that cannot be decoded",
    token: testToken({ claims: { video: {} } }),
    query: "&attributes=!!!",
    status: 400,
    body: "cannot decode attributes",
  },
  {
    title: "no roomJoin",
    token: testToken({ claims: { sub: "", video: {} } }),
    status: 401,
    body: "permissions denied",
  },
  {
    title: "no identity",
    token: testToken({ claims: { sub: "", video: { roomJoin: true } } }),
    status: 400,
    body: "identity cannot be empty",
  },
  {
    title: "an identity of 257 bytes",
    token: testToken({ claims: { sub: `${"é".repeat(128)}x`, video: { roomJoin: true } } }),
    status: 400,
    body: "participant identity length exceeds limits: max length 256",
  },
  {
    title: "no room",
    token: testToken({ claims: { video: { roomJoin: true } } }),
    status: 400,
    body: "no room name",
  },
  {
    title: "a room name of 257 bytes",
    token: joinToken("a", { room: "r".repeat(257), canPublish: false }),
    query: "&publish=x",
    status: 400,
    body: "room name length exceeds limits: max length 256",
  },
  {
    title: "a publish name that makes the identity too long",
    token: joinToken("a"),
    query: `&publish=${"x".repeat(255)}`,
    status: 400,
    body: "participant identity length exceeds limits: max length 256",
  },
  {
    title: "publish without canPublish",
    token: joinToken("a", { canPublish: false }),
    query: "&publish=x",
    status: 401,
    body: "no permissions to access the room",
  },
  {
    title: "attributes without canUpdateOwnMetadata",
    token: joinToken("a"),
    query: `&attributes=${attributes}`,
    status: 401,
    body: "no permissions to access the room",
  },
  {
    title: "identity and room at the limit",
    token: joinToken("é".repeat(128), { room: "r".repeat(256) }),
    status: 200,
    body: "success",
  },
];

test.each(LADDER)("validate answers $title with $status", async (row) => {
  const http = new TestHttp();
  const url = withToken(row.token, row.query, "/rtc/validate");
  expect(await http.answer(url)).toEqual([row.status, row.body]);
  expect(http.rooms.rooms.rooms()).toEqual([]);
});

test.each(LADDER.filter(({ status, query }) => status !== 200 && query !== "&attributes=!!!"))(
  "a connection with $title is refused before the upgrade",
  async (row) => {
    const http = new TestHttp();
    expect(await http.answer(withToken(row.token, row.query), UPGRADE)).toEqual([
      row.status,
      row.body,
    ]);
    expect(http.upgraded).toEqual([]);
    expect(http.rooms.rooms.rooms()).toEqual([]);
  },
);

test("a connection goes without attributes that cannot be decoded", async () => {
  const http = new TestHttp();
  const [first] = await join(http, joinToken("a"), "&attributes=!!!");
  expect(first?.join?.participant?.attributes).toEqual({});
});

test("a room that does not exist is refused without auto-create, unless the token may create", async () => {
  const http = new TestHttp({ autoCreate: false });
  const url = (token: string) => withToken(token, "", "/rtc/validate");
  expect(await http.answer(url(joinToken("a")))).toEqual([404, "requested room does not exist"]);
  expect((await http.answer(url(joinToken("a", { roomCreate: true }))))[0]).toBe(200);
  http.rooms.rooms.create({ name: "demo" });
  expect((await http.answer(url(joinToken("a"))))[0]).toBe(200);
});

test("without an upgrade the answer is an empty 404, whatever the grants", async () => {
  const http = new TestHttp();
  for (const token of [joinToken("a"), testToken()]) {
    expect(await http.answer(withToken(token))).toEqual([404, ""]);
  }
  expect(http.rooms.rooms.rooms()).toEqual([]);
});

test("join is the first frame, and in it what token and query said", async () => {
  const http = new TestHttp();
  const token = joinToken("a", { canUpdateOwnMetadata: true });
  const query = `&sdk=js&protocol=16&client_protocol=1&attributes=${attributes}`;
  const [first] = await join(http, token, query);
  expect(first?.join?.participant).toMatchObject({
    identity: "a",
    clientProtocol: 1,
    attributes: { k: "from query" },
  });
});

test("a full room surfaces as a closed connection, and validate does not know of it", async () => {
  const http = new TestHttp({ maxParticipants: 1 });
  await join(http, joinToken("a"));
  expect(await http.answer(withToken(joinToken("b")), UPGRADE)).toEqual([
    500,
    "connection closed by media",
  ]);
  const validate = withToken(joinToken("b"), "", "/rtc/validate");
  expect(await http.answer(validate)).toEqual([200, "success"]);
});

test("a socket that cannot be upgraded leaves nobody in the room", async () => {
  const http = new TestHttp();
  http.canUpgrade = false;
  expect((await http.answer(withToken(joinToken("a")), UPGRADE))[0]).toBe(404);
  expect(http.rooms.room().participants()).toEqual([]);
});

test("a publish-only connection has a name of its own and subscribes to nothing", async () => {
  const http = new TestHttp();
  const [first] = await join(http, joinToken("a"), "&publish=screen");
  expect(first?.join?.participant).toMatchObject({
    identity: "a#screen",
    permission: { canSubscribe: false },
  });
});

test("a room's configuration comes from the token that creates it", async () => {
  const http = new TestHttp();
  const roomConfig = { emptyTimeout: 41, departure_timeout: 7, maxParticipants: 5, metadata: "m" };
  const video = { roomJoin: true, room: "demo" };
  const [first] = await join(http, testToken({ claims: { video, roomConfig } }));
  expect(first?.join?.room).toMatchObject({
    emptyTimeout: 41,
    departureTimeout: 7,
    maxParticipants: 5,
    metadata: "m",
  });
});

test("a room configuration that cannot be read is refused", async () => {
  const http = new TestHttp();
  const claims = { video: { roomJoin: true, room: "demo" }, roomConfig: { emptyTimeout: "x" } };
  const [status, body] = await http.answer(withToken(testToken({ claims })), UPGRADE);
  expect(status).toBe(401);
  expect(body).toStartWith("invalid token: roomConfig: ");
});

test("a resume of nobody gets its leave as the first frame, then the close", async () => {
  const http = new TestHttp();
  await http.fetch(withToken(joinToken("a"), "&reconnect=1&sid=PA_x&protocol=16"), UPGRADE);
  const { socket, messages } = open(http);
  expect(messages.map(({ message }) => message)).toEqual(["leave"]);
  expect(messages[0]?.leave?.action).toBe(livekit.LeaveRequest.Action.RECONNECT);
  expect(socket.closed).toEqual({ code: 1000, reason: "" });
});

test("a resume takes the session over and closes the old socket", async () => {
  const http = new TestHttp();
  await http.fetch(withToken(joinToken("a"), "&protocol=16"), UPGRADE);
  const { socket: old } = open(http);
  const [first] = await join(http, joinToken("a"), "&protocol=16&reconnect=1");
  expect(first?.message).toBe("reconnect");
  expect(old.closed).toEqual({ code: 1000, reason: "" });
});

test.each([
  {
    title: "Cloudflare",
    headers: { "CF-Connecting-IP": "1.1.1.1", "X-Forwarded-For": "2.2.2.2" },
    address: "1.1.1.1",
  },
  {
    title: "a proxy",
    headers: { "X-Forwarded-For": "2.2.2.2, 3.3.3.3", "X-Real-IP": "4.4.4.4" },
    address: "2.2.2.2, 3.3.3.3",
  },
  { title: "another proxy", headers: { "X-Real-IP": "4.4.4.4" }, address: "4.4.4.4" },
  { title: "nobody", headers: {}, address: "192.0.2.1" },
])("the client's address is as $title says", async ({ headers, address }) => {
  const http = new TestHttp();
  const init = { headers: { ...UPGRADE.headers, ...headers } as Record<string, string> };
  await http.fetch(withToken(joinToken("a")), init);
  expect(http.rooms.room().findParticipant("a")?.client.info.address).toBe(address);
});

test("a browser that does not name itself is known by its header, and configured for", async () => {
  const http = new TestHttp();
  const agent = "Mozilla/5.0 (Android 14; Mobile; rv:124.0) Gecko/124.0 Firefox/124.0";
  const headers = { ...UPGRADE.headers, "User-Agent": agent };
  await http.fetch(withToken(joinToken("a"), "&sdk=js&protocol=16"), { headers });
  const [join] = open(http).messages;
  const disabled = join?.join?.clientConfiguration?.disabledCodecs;
  expect(disabled?.codecs?.map(({ mime }) => mime)).toEqual(["video/AV1"]);
  expect(disabled?.publish?.map(({ mime }) => mime)).toEqual(["video/H264"]);
});

test("a token's preset and configuration make the room that it joins first", async () => {
  const webinar = new livekit.RoomConfiguration({ emptyTimeout: 60, maxParticipants: 5 });
  const recorded = new livekit.RoomConfiguration({ egress: { tracks: {} } });
  const http = new TestHttp({ roomPresets: new Map(Object.entries({ webinar, recorded })) });
  const token = (room: string, claims: Readonly<Record<string, unknown>>) =>
    testToken({ claims: { video: { roomJoin: true, room }, ...claims } });
  const [preset] = await join(http, token("a", { roomPreset: "webinar" }));
  expect(preset?.join?.room).toMatchObject({ emptyTimeout: 60, maxParticipants: 5 });
  const roomConfig = { maxParticipants: 4 };
  const [both] = await join(http, token("b", { roomPreset: "webinar", roomConfig }));
  expect(both?.join?.room).toMatchObject({ emptyTimeout: 60, maxParticipants: 4 });

  for (const roomPreset of ["nope", "recorded"]) {
    const refused = await http.fetch(withToken(token("c", { roomPreset })), UPGRADE);
    expect([refused.status, await refused.text()]).toEqual([500, "connection closed by media"]);
    expect(http.rooms.rooms.find("c")).toBeUndefined();
  }
  const [live] = await join(http, token("a", { roomPreset: "nope" }));
  expect(live?.join?.room?.maxParticipants).toBe(5);
});

test("a node at its limit takes nobody else, and lets those come back who are there", async () => {
  const http = new TestHttp({ maxNodeTracks: 1 });
  const publisher = http.rooms.join("a").connect();
  expect((await http.fetch(withToken(joinToken("b")), UPGRADE)).status).toBe(200);
  publisher.publish("cam");
  const full: [number, string] = [503, "node has exceeded its configured limit"];
  for (const path of ["/rtc", "/rtc/validate"]) {
    expect(await http.answer(withToken(joinToken("c"), "", path), UPGRADE)).toEqual(full);
    const elsewhere = joinToken("c", { room: "new" });
    expect(await http.answer(withToken(elsewhere, "", path), UPGRADE)).toEqual(full);
  }
  publisher.drop();
  const resumed = await http.fetch(withToken(joinToken("a"), "&reconnect=1"), UPGRADE);
  expect(resumed.status).toBe(200);
  expect(publisher.participant.isSignalConnected).toBe(true);
  publisher.participant.close(livekit.DisconnectReason.CLIENT_INITIATED);
  expect((await http.answer(withToken(joinToken("c"), "", "/rtc/validate")))[0]).toBe(200);
});

test("from the moment that the rooms close nobody is taken: 503, and no room comes to be", async () => {
  const http = new TestHttp();
  await http.fetch(withToken(joinToken("early")), UPGRADE);
  const { socket } = open(http);
  http.rooms.rooms.close(livekit.DisconnectReason.SERVER_SHUTDOWN);
  const { leave } = livekit.SignalResponse.decode(socket.frames.at(-1) as Uint8Array);
  expect(leave?.reason).toBe(livekit.DisconnectReason.SERVER_SHUTDOWN);
  for (const query of ["", "&reconnect=1"]) {
    const late = withToken(joinToken("early"), query);
    expect(await http.answer(late, UPGRADE)).toEqual([503, "server is shutting down"]);
  }
  const validate = withToken(joinToken("late", { room: "other" }), "", "/rtc/validate");
  expect(await http.answer(validate)).toEqual([503, "server is shutting down"]);
  const grant = testToken({ claims: { video: { roomCreate: true } } });
  expect(await http.call("CreateRoom", { name: "other" }, grant)).toEqual({
    status: 503,
    json: { code: "unavailable", msg: "the server is stopping" },
  });
  expect(http.rooms.rooms.rooms()).toEqual([]);
});

test("validation takes any method; a socket is opened by GET alone", async () => {
  const http = new TestHttp();
  const path = withToken(joinToken("a"), "", "/rtc/validate");
  expect(await http.answer(path, { method: "POST" })).toEqual([200, "success"]);
  for (const route of ["/rtc", "/rtc/v1"]) {
    const post = withToken(joinToken("a"), "", route);
    expect(await http.answer(post, { ...UPGRADE, method: "POST" })).toEqual([404, ""]);
  }
  expect(http.upgraded).toEqual([]);
});
