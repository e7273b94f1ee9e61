import { expect, test } from "bun:test";
import { TestHttp } from "../../../test/support/test-http.ts";
import { settle, type TestClient } from "../../../test/support/test-room.ts";
import { testToken } from "../../../test/support/tokens.ts";
import { livekit } from "../../gen/livekit.js";

const { DisconnectReason } = livekit;

function tokenOf(video: Readonly<Record<string, unknown>>): string {
  return testToken({ claims: { video } });
}

const CREATOR = tokenOf({ roomCreate: true });
const LISTER = tokenOf({ roomList: true });
const ADMIN = tokenOf({ roomAdmin: true, room: "demo" });
const DENIED = { code: "unauthenticated", msg: "permissions denied" };

test("CreateRoom makes a room once", async () => {
  const http = new TestHttp();
  const { json } = await http.call("CreateRoom", { name: "x", departureTimeout: 11 }, CREATOR);
  expect(json).toMatchObject({ name: "x", departure_timeout: 11, empty_timeout: 300 });
  const again = await http.call("CreateRoom", { name: "x", departureTimeout: 12 }, CREATOR);
  expect(again.json).toMatchObject({ sid: json["sid"], departure_timeout: 11 });
});

test("CreateRoom refuses long names and metadata, and recordings without a recorder", async () => {
  const http = new TestHttp({ maxMetadataBytes: 100 });
  const long = await http.call("CreateRoom", { name: "é".repeat(129) }, CREATOR);
  expect(long).toMatchObject({ status: 400, json: { code: "invalid_argument" } });
  const metadata = await http.call("CreateRoom", { name: "x", metadata: "m".repeat(101) }, CREATOR);
  expect(metadata.json).toEqual({
    code: "invalid_argument",
    msg: "metadata size exceeds limits 100",
    meta: { argument: "metadata size exceeds limits" },
  });
  expect(await http.call("CreateRoom", { name: "x", egress: {} }, CREATOR)).toEqual({
    status: 500,
    json: { code: "internal", msg: "egress not connected (redis required)" },
  });
  expect(http.rooms.rooms.rooms()).toEqual([]);
});

test("CreateRoom refuses agents with more metadata or attributes than a dispatch may have", async () => {
  const http = new TestHttp({ maxMetadataBytes: 100, maxAttributesBytes: 50 });
  const create = async (agent: object): Promise<unknown> => {
    const agents = [{ agent_name: "small" }, agent];
    return (await http.call("CreateRoom", { name: "x", agents }, CREATOR)).json;
  };
  expect(await create({ metadata: "m".repeat(101) })).toEqual({
    code: "invalid_argument",
    msg: "metadata size exceeds limits 100",
    meta: { argument: "metadata size exceeds limits" },
  });
  expect(await create({ attributes: { key: "v".repeat(48) } })).toEqual({
    code: "invalid_argument",
    msg: "attribute size exceeds limits 50",
    meta: { argument: "attribute size exceeds limits" },
  });
  expect(http.rooms.rooms.rooms()).toEqual([]);
  const largest = { metadata: "m".repeat(100), attributes: { key: "v".repeat(47) } };
  expect(await create(largest)).toMatchObject({ name: "x" });
});

test("ListRooms lists all rooms or those named", async () => {
  const http = new TestHttp();
  for (const name of ["one", "two"]) http.rooms.rooms.create({ name });
  const names = async (request: object) => {
    const { json } = await http.call("ListRooms", request, LISTER);
    return (json["rooms"] as { name: string }[]).map(({ name }) => name);
  };
  expect(await names({})).toEqual(["one", "two"]);
  expect(await names({ names: ["two", "three"] })).toEqual(["two"]);
});

test("DeleteRoom ends a room, once", async () => {
  const http = new TestHttp();
  const a = http.rooms.join("a");
  expect((await http.call("DeleteRoom", { room: "demo" }, CREATOR)).status).toBe(200);
  expect(a.link.last("leave").reason).toBe(DisconnectReason.ROOM_DELETED);
  expect(await http.call("DeleteRoom", { room: "demo" }, CREATOR)).toEqual({
    status: 404,
    json: { code: "not_found", msg: "requested room does not exist" },
  });
});

test("ListParticipants shows everybody, hidden ones too, and nobody of an unknown room", async () => {
  const http = new TestHttp();
  expect((await http.call("ListParticipants", { room: "demo" }, ADMIN)).json).toEqual({
    participants: [],
  });
  http.rooms.join("a");
  http.rooms.join("h", { video: { hidden: true } });
  const { json } = await http.call("ListParticipants", { room: "demo" }, ADMIN);
  const identities = (json["participants"] as { identity: string }[]).map(
    ({ identity }) => identity,
  );
  expect(identities).toEqual(["a", "h"]);
});

test("GetParticipant tells state, permission and tracks", async () => {
  const http = new TestHttp();
  const a = http.rooms.join("a", { claims: { name: "A" } }).connect();
  const sid = a.publish("cam");
  const { json } = await http.call("GetParticipant", { room: "demo", identity: "a" }, ADMIN);
  expect(json).toMatchObject({
    sid: a.sid,
    identity: "a",
    name: "A",
    state: "ACTIVE",
    is_publisher: true,
    permission: { can_publish: true },
    tracks: [{ sid, mime_type: "video/VP8", muted: false }],
  });
});

test("RemoveParticipant removes one, who may come again", async () => {
  const http = new TestHttp();
  const a = http.rooms.join("a");
  const request = { room: "demo", identity: "a" };
  expect((await http.call("RemoveParticipant", request, ADMIN)).status).toBe(200);
  expect(a.link.last("leave").reason).toBe(DisconnectReason.PARTICIPANT_REMOVED);
  expect((await http.call("RemoveParticipant", request, ADMIN)).status).toBe(404);
  expect(http.rooms.join("a").link.kinds[0]).toBe("join");
});

function muteRequest(client: TestClient, sid: string, muted: boolean): object {
  return { room: "demo", identity: client.identity, track_sid: sid, muted };
}

test("MutePublishedTrack tells the publisher first, then everyone", async () => {
  const http = new TestHttp();
  const a = http.rooms.join("a").connect();
  const sid = a.publish("cam");
  await settle();
  a.link.clear();
  const { json } = await http.call("MutePublishedTrack", muteRequest(a, sid, true), ADMIN);
  expect(json["track"]).toMatchObject({ sid, muted: true });
  expect(a.link.kinds).toEqual(["mute", "update"]);
  expect(a.link.last("mute")).toMatchObject({ sid, muted: true });
});

test("an unknown track is muted for the client alone, an unknown participant not at all", async () => {
  const http = new TestHttp();
  const a = http.rooms.join("a");
  const unknown = await http.call("MutePublishedTrack", muteRequest(a, "TR_no", true), ADMIN);
  expect(unknown).toMatchObject({ status: 200, json: { track: null } });
  expect(a.link.last("mute").sid).toBe("TR_no");
  const request = { room: "demo", identity: "nobody", track_sid: "TR_no", muted: true };
  expect((await http.call("MutePublishedTrack", request, ADMIN)).status).toBe(404);
});

test("unmuting needs the configuration's leave", async () => {
  for (const enableRemoteUnmute of [false, true]) {
    const http = new TestHttp({ enableRemoteUnmute });
    const a = http.rooms.join("a").connect();
    const sid = a.publish("cam", { muted: true });
    const { status, json } = await http.call(
      "MutePublishedTrack",
      muteRequest(a, sid, false),
      ADMIN,
    );
    if (enableRemoteUnmute) expect(json["track"]).toMatchObject({ muted: false });
    else {
      expect(status).toBe(412);
      expect(json).toEqual({ code: "failed_precondition", msg: "remote unmute not enabled" });
    }
  }
});

test("UpdateParticipant changes name, metadata and attributes without the client's permission", async () => {
  const http = new TestHttp();
  const a = http.rooms.join("a", { claims: { attributes: { del: "1", keep: "2" } } });
  const b = http.rooms.join("b");
  const request = {
    room: "demo",
    identity: "a",
    name: "N",
    metadata: "M",
    attributes: { del: "", add: "3" },
  };
  const { json } = await http.call("UpdateParticipant", request, ADMIN);
  expect(json).toMatchObject({ name: "N", metadata: "M" });
  expect(json["attributes"]).toEqual({ keep: "2", add: "3" });
  expect(b.infoOf("a")).toMatchObject({ name: "N", metadata: "M" });
  expect(a.link.all("requestResponse")).toEqual([]);
});

test("UpdateParticipant replaces the permission as a whole, which a token then carries", async () => {
  const http = new TestHttp();
  const a = http.rooms
    .join("a", { video: { canUpdateOwnMetadata: true, recorder: true } })
    .connect();
  const sid = a.publish("cam");
  const permission = { can_subscribe: true, can_publish_data: true };
  const request = { room: "demo", identity: "a", permission };
  const { json } = await http.call("UpdateParticipant", request, ADMIN);
  expect(json["permission"]).toMatchObject({
    can_subscribe: true,
    can_publish: false,
    can_publish_data: true,
    can_update_metadata: false,
    recorder: true,
  });
  expect(json).toMatchObject({ is_publisher: false, tracks: [] });
  expect(a.link.last("trackUnpublished").trackSid).toBe(sid);
  await settle();
  expect(http.rooms.issued.at(-1)?.video.canPublish).toBe(false);
});

test.each([
  { request: { name: "n".repeat(257) }, argument: "name length exceeds limits", limit: 256 },
  { request: { metadata: "m".repeat(101) }, argument: "metadata size exceeds limits", limit: 100 },
  {
    request: { attributes: { k: "v".repeat(100) } },
    argument: "attribute size exceeds limits",
    limit: 100,
  },
])("UpdateParticipant checks $argument before the grant", async ({ request, argument, limit }) => {
  const http = new TestHttp({ maxMetadataBytes: 100, maxAttributesBytes: 100 });
  const { status, json } = await http.call(
    "UpdateParticipant",
    { room: "demo", ...request },
    CREATOR,
  );
  expect(status).toBe(400);
  expect(json).toEqual({
    code: "invalid_argument",
    msg: `${argument} ${limit}`,
    meta: { argument },
  });
});

test("UpdateSubscriptions subscribes and unsubscribes for a participant", async () => {
  const http = new TestHttp();
  const a = http.rooms.join("a").connect();
  const b = http.rooms.join("b", { connection: { isAutoSubscribe: false } }).connect();
  const sid = a.publish("cam");
  const of = { room: "demo", identity: "b" };
  const tracks = { participant_tracks: [{ participant_sid: a.sid, track_sids: [sid] }] };
  await http.call("UpdateSubscriptions", { ...of, ...tracks, subscribe: true }, ADMIN);
  b.negotiate();
  expect(http.rooms.thread.downTracks.size).toBe(1);
  await http.call("UpdateSubscriptions", { ...of, track_sids: [sid], subscribe: false }, ADMIN);
  expect(http.rooms.thread.downTracks.size).toBe(0);
  const unknown = { ...of, track_sids: ["TR_no"], subscribe: true };
  expect((await http.call("UpdateSubscriptions", unknown, ADMIN)).status).toBe(200);
});

test("SendData reaches whom it names, without a sender, once for a nonce", async () => {
  const http = new TestHttp();
  const a = http.rooms.join("a").connect();
  const b = http.rooms.join("b").connect();
  const data = Buffer.from("hi").toString("base64");
  const nonce = Buffer.alloc(16, 7).toString("base64");
  const request = { room: "demo", data, kind: "RELIABLE", topic: "t" };
  await http.call("SendData", request, ADMIN);
  await http.call("SendData", { ...request, destination_identities: ["b"] }, ADMIN);
  await http.call("SendData", { ...request, destination_sids: [a.sid] }, ADMIN);
  for (let i = 0; i < 2; i++) await http.call("SendData", { ...request, nonce }, ADMIN);
  await http.call("SendData", { ...request, kind: "LOSSY" }, ADMIN);
  expect(a.receivedData()).toHaveLength(3);
  expect(b.receivedData()).toHaveLength(3);
  expect(b.receivedData("_lossy")).toHaveLength(1);
  const [packet] = a.receivedData();
  expect(packet).toMatchObject({ participantIdentity: "", participantSid: "", sequence: 0 });
  expect(packet?.user?.topic).toBe("t");
  expect(Buffer.from(packet?.user?.payload ?? []).toString()).toBe("hi");
});

test("SendData takes a nonce of 16 bytes or none, and a room that exists", async () => {
  const http = new TestHttp();
  http.rooms.join("a");
  const nonce = Buffer.alloc(3).toString("base64");
  expect(await http.call("SendData", { room: "demo", data: "", nonce }, ADMIN)).toEqual({
    status: 400,
    json: {
      code: "invalid_argument",
      msg: "nonce should be 16-bytes or not present, got: 3 bytes",
    },
  });
  const other = tokenOf({ roomAdmin: true, room: "other" });
  expect((await http.call("SendData", { room: "other", data: "" }, other)).status).toBe(404);
});

test("UpdateRoomMetadata tells everyone and checks its limit before the grant", async () => {
  const http = new TestHttp({ maxMetadataBytes: 10 });
  const a = http.rooms.join("a");
  const { json } = await http.call("UpdateRoomMetadata", { room: "demo", metadata: "new" }, ADMIN);
  expect(json).toMatchObject({ name: "demo", metadata: "new" });
  expect(a.link.last("roomUpdate").room?.metadata).toBe("new");
  const long = { room: "demo", metadata: "m".repeat(11) };
  expect((await http.call("UpdateRoomMetadata", long, LISTER)).json["code"]).toBe(
    "invalid_argument",
  );
  const other = tokenOf({ roomAdmin: true, room: "other" });
  expect((await http.call("UpdateRoomMetadata", { room: "other" }, other)).status).toBe(404);
});

test.each(["ForwardParticipant", "MoveParticipant"])(
  "%s is refused in its order",
  async (method) => {
    const http = new TestHttp();
    const a = http.rooms.join("a");
    const request = { room: "demo", identity: "a", destination_room: "there" };
    expect((await http.call(method, request, ADMIN)).json).toEqual(DENIED);
    const grant = (destinationRoom: string) =>
      tokenOf({ roomAdmin: true, room: "demo", destinationRoom });
    const same = await http.call(method, { ...request, destination_room: "demo" }, grant("demo"));
    expect(same).toMatchObject({ status: 400, json: { code: "invalid_argument" } });
    expect(same.json["msg"]).toBe("destination room cannot be the same as source room ");
    const nowhere = await http.call(method, { ...request, destination_room: "" }, grant(""));
    expect(nowhere).toMatchObject({ status: 400, json: { code: "invalid_argument" } });
    const long = "x".repeat(257);
    const tooLong = await http.call(method, { ...request, destination_room: long }, grant(long));
    expect(tooLong).toMatchObject({ status: 400, json: { code: "invalid_argument" } });
    for (const wrong of [{ identity: "b" }, { identity: "" }]) {
      expect(await http.call(method, { ...request, ...wrong }, grant("there"))).toEqual({
        status: 404,
        json: { code: "not_found", msg: "participant does not exist" },
      });
    }
    expect(a.participant.isClosed).toBe(false);
    expect(http.rooms.rooms.rooms()).toHaveLength(1);
  },
);

test("PerformRpc calls a participant and returns its answer", async () => {
  const http = new TestHttp();
  const a = http.rooms.join("a").connect();
  const request = { room: "demo", destination_identity: "a", method: "greet", payload: "p" };
  const result = http.call("PerformRpc", { ...request, response_timeout_ms: 5_000 }, ADMIN);
  while (a.receivedData().length === 0) await new Promise((resolve) => setImmediate(resolve));
  const call = a.receivedData().at(-1);
  expect(call?.rpcRequest).toMatchObject({
    method: "greet",
    payload: "p",
    responseTimeoutMs: 5_000,
  });
  a.sendData({ rpcResponse: { requestId: call?.rpcRequest?.id ?? "", payload: "hello" } });
  expect(await result).toMatchObject({ status: 200, json: { payload: "hello" } });
});

test("PerformRpc needs a destination that is there", async () => {
  const http = new TestHttp();
  http.rooms.join("a").connect();
  const request = { room: "demo", method: "m" };
  expect((await http.call("PerformRpc", request, ADMIN)).json).toEqual({
    code: "invalid_argument",
    msg: "destination identity is required",
  });
  const nobody = { ...request, destination_identity: "nobody" };
  expect((await http.call("PerformRpc", nobody, ADMIN)).status).toBe(404);
});

const OF_A_ROOM = [
  "ListParticipants",
  "GetParticipant",
  "RemoveParticipant",
  "MutePublishedTrack",
  "UpdateParticipant",
  "UpdateSubscriptions",
  "SendData",
  "UpdateRoomMetadata",
  "ForwardParticipant",
  "MoveParticipant",
  "PerformRpc",
];

const NO_ADMIN = [
  { title: "no token", token: undefined },
  { title: "the admin of another room", token: tokenOf({ roomAdmin: true, room: "other" }) },
  {
    title: "roomCreate and roomList",
    token: tokenOf({ roomCreate: true, roomList: true, room: "demo" }),
  },
  { title: "a participant", token: tokenOf({ roomJoin: true, room: "demo" }) },
  { title: "no video grant", token: testToken() },
];

test.each(NO_ADMIN)("$title may do nothing with a room's participants", async ({ token }) => {
  const http = new TestHttp();
  http.rooms.join("a");
  for (const method of OF_A_ROOM) {
    const request = { room: "demo", identity: "a", muted: true };
    expect(await http.call(method, request, token)).toEqual({ status: 401, json: DENIED });
  }
  expect(http.rooms.room().participants()).toHaveLength(1);
});

test.each([
  { method: "CreateRoom", tokens: [undefined, LISTER, ADMIN] },
  { method: "DeleteRoom", tokens: [undefined, LISTER, ADMIN] },
  { method: "ListRooms", tokens: [undefined, CREATOR, ADMIN] },
])("$method needs its own grant", async ({ method, tokens }) => {
  const http = new TestHttp();
  http.rooms.join("a");
  for (const token of tokens) {
    const request = { name: "demo", room: "demo" };
    expect(await http.call(method, request, token)).toEqual({ status: 401, json: DENIED });
  }
});

test("MoveParticipant moves, and ForwardParticipant forwards", async () => {
  const http = new TestHttp();
  const a = http.rooms.join("a").connect();
  const b = http.rooms.join("b").connect();
  const token = tokenOf({ roomAdmin: true, room: "demo", destinationRoom: "there" });
  const request = { room: "demo", destination_room: "there" };
  const moved = await http.call("MoveParticipant", { ...request, identity: "a" }, token);
  expect(moved).toEqual({ status: 200, json: {} });
  expect(a.link.last("roomMoved").room?.name).toBe("there");
  const forwarded = await http.call("ForwardParticipant", { ...request, identity: "b" }, token);
  expect(forwarded).toEqual({ status: 200, json: {} });

  const admin = tokenOf({ roomAdmin: true, room: "there" });
  const { json } = await http.call("ListParticipants", { room: "there" }, admin);
  expect(json["participants"]).toMatchObject([
    { identity: "a", kind_details: [] },
    { identity: "b", kind_details: ["FORWARDED"] },
  ]);
  const guest = { room: "there", identity: "b" };
  expect((await http.call("GetParticipant", guest, admin)).json).toMatchObject({
    kind_details: ["FORWARDED"],
  });
  expect(await http.call("UpdateParticipant", { ...guest, name: "x" }, admin)).toEqual({
    status: 412,
    json: {
      code: "failed_precondition",
      msg: "the participant is forwarded from demo: address it there",
    },
  });
  expect((await http.call("RemoveParticipant", guest, admin)).status).toBe(200);
  expect((await http.call("GetParticipant", guest, admin)).status).toBe(404);
  expect(b.participant.isClosed).toBe(false);
});

const PRESETS = new Map([
  [
    "webinar",
    new livekit.RoomConfiguration({
      emptyTimeout: 60,
      maxParticipants: 5,
      metadata: "of the preset",
      agents: [{ agentName: "bot" }],
    }),
  ],
  ["recorded", new livekit.RoomConfiguration({ egress: { tracks: {} } })],
]);

test("CreateRoom fills from its preset what the request leaves open", async () => {
  const http = new TestHttp({ roomPresets: PRESETS });
  const made = await http.call("CreateRoom", { name: "x", room_preset: "webinar" }, CREATOR);
  expect(made.json).toMatchObject({
    empty_timeout: 60,
    departure_timeout: 20,
    max_participants: 5,
    metadata: "of the preset",
  });
  expect(http.rooms.room("x").options.agents).toMatchObject([{ agentName: "bot" }]);
  const own = { name: "y", room_preset: "webinar", max_participants: 3, metadata: "own" };
  expect((await http.call("CreateRoom", own, CREATOR)).json).toMatchObject({
    empty_timeout: 60,
    max_participants: 3,
    metadata: "own",
  });
});

test("a preset that nobody configured is refused, unless the room is there already", async () => {
  const http = new TestHttp({ roomPresets: PRESETS });
  const request = { name: "x", room_preset: "nope" };
  expect(await http.call("CreateRoom", request, CREATOR)).toEqual({
    status: 400,
    json: {
      code: "invalid_argument",
      msg: "twirp error unknown: unknown room configuration in create room request",
    },
  });
  const recorded = await http.call("CreateRoom", { name: "x", room_preset: "recorded" }, CREATOR);
  expect(recorded).toMatchObject({ status: 500, json: { code: "internal" } });
  expect(http.rooms.rooms.find("x")).toBeUndefined();
  http.rooms.rooms.create({ name: "x" });
  expect((await http.call("CreateRoom", request, CREATOR)).status).toBe(200);
});

test("CreateRoom is refused while the node carries as much as it may", async () => {
  const http = new TestHttp({ maxNodeTracks: 1 });
  const a = http.rooms.join("a").connect();
  a.publish("cam");
  expect(await http.call("CreateRoom", { name: "x" }, CREATOR)).toEqual({
    status: 500,
    json: { code: "unknown", msg: "reached configured limit for node" },
  });
  a.send({ leave: {} });
  expect((await http.call("CreateRoom", { name: "x" }, CREATOR)).status).toBe(200);
});
