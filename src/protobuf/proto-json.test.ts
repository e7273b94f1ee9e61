import { expect, test } from "bun:test";
import { ServerError } from "../base/errors.ts";
import { google, livekit } from "../gen/livekit.js";
import { encodeMessage } from "./codec.ts";
import {
  readProtoJson,
  toProtoJson,
  unknownNames,
  writeProtoJson,
  writeTwirpJson,
} from "./proto-json.ts";

test("webhook and signal JSON is camelCase and leaves defaults out", () => {
  const event = { event: "room_started", createdAt: 17, room: { sid: "RM_1", numParticipants: 0 } };
  expect(writeProtoJson(livekit.WebhookEvent, event)).toBe(
    '{"event":"room_started","room":{"sid":"RM_1"},"createdAt":"17"}',
  );
});

test("a message may be given by its full name", () => {
  expect(writeProtoJson("livekit.TrackUnpublishedResponse", { trackSid: "TR_1" })).toBe(
    '{"trackSid":"TR_1"}',
  );
});

test("Twirp JSON is snake_case and has every field", () => {
  expect(JSON.parse(writeTwirpJson(livekit.DeleteIngressRequest, {}))).toEqual({ ingress_id: "" });
  expect(JSON.parse(writeTwirpJson(livekit.ParticipantInfo, { sid: "PA_1", kind: 4 }))).toEqual({
    sid: "PA_1",
    identity: "",
    state: "JOINING",
    tracks: [],
    metadata: "",
    joined_at: "0",
    joined_at_ms: "0",
    name: "",
    version: 0,
    permission: null,
    region: "",
    is_publisher: false,
    kind: "AGENT",
    attributes: {},
    disconnect_reason: "UNKNOWN_REASON",
    kind_details: [],
    data_tracks: [],
    client_protocol: 0,
    capabilities: [],
  });
});

test("Twirp JSON leaves unset members of a oneof and unset optional fields out", () => {
  const json = toProtoJson(livekit.DataPacket, {}, { schemaNames: true, defaults: true });
  expect(json).not.toContainKey("user");
  const message = toProtoJson(livekit.ChatMessage, {}, { schemaNames: true, defaults: true });
  expect(message).not.toContainKey("edit_timestamp");
});

test("a oneof member and an optional field are written even if default", () => {
  expect(toProtoJson(livekit.SignalRequest, { ping: 0 })).toEqual({ ping: "0" });
  expect(toProtoJson(livekit.ChatMessage, { editTimestamp: 0 })).toEqual({ editTimestamp: "0" });
});

test.each([
  [0.1, 0.1],
  [Math.fround(0.1), 0.1],
  [16_777_216, 16_777_216],
  [1e-45, 1e-45],
  [Number.NaN, "NaN"],
  [Number.NEGATIVE_INFINITY, "-Infinity"],
])("the 32-bit float %p is written as %p", (level, expected) => {
  expect(toProtoJson(livekit.SpeakerInfo, { level })).toEqual({ level: expected });
});

test("an enum number without a name is written as the number", () => {
  expect(toProtoJson(livekit.TrackInfo, { type: 77 as livekit.TrackType })).toEqual({ type: 77 });
});

test("times and durations are written as text and read back", () => {
  const ringingTimeout = { seconds: 1, nanos: 500_000_000 };
  const text = writeProtoJson(livekit.TransferSIPParticipantRequest, { ringingTimeout });
  expect(text).toBe('{"ringingTimeout":"1.500s"}');
  const read = readProtoJson(livekit.TransferSIPParticipantRequest, text);
  expect(read.ringingTimeout).toMatchObject(ringingTimeout);

  const sample = writeProtoJson(livekit.MetricSample, { normalizedTimestamp: { seconds: 1 } });
  expect(sample).toBe('{"normalizedTimestamp":"1970-01-01T00:00:01Z"}');
});

test("an Any is written with its type and read back", () => {
  const value = encodeMessage(livekit.SIPStatus, { status: "busy" });
  const any = google.protobuf.Any.create({
    type_url: "type.googleapis.com/livekit.SIPStatus",
    value,
  });
  const text = writeProtoJson(google.protobuf.Any, any);
  expect(JSON.parse(text)).toEqual({
    "@type": "type.googleapis.com/livekit.SIPStatus",
    status: "busy",
  });
  expect(readProtoJson(google.protobuf.Any, text)).toEqual(any);
});

test("both naming styles are read, unknown fields and enum names are ignored", () => {
  const text = `{"room_name":"a","new_thing":[{"x":1}],"ping":null}`;
  expect(readProtoJson(livekit.ListParticipantsRequest, text).room).toBe("");
  const request = readProtoJson(
    livekit.CreateRoomRequest,
    '{"name":"a","empty_timeout":5,"departureTimeout":"6","agents":[{"agent_name":"b"}],"zz":{}}',
  );
  expect(request).toMatchObject({ name: "a", emptyTimeout: 5, departureTimeout: 6 });
  expect(request.agents[0]?.agentName).toBe("b");
  const info = readProtoJson(
    livekit.ParticipantPermission,
    '{"canPublishSources":["CAMERA",2,"HOLOGRAM"]}',
  );
  expect(info.canPublishSources).toEqual([livekit.TrackSource.CAMERA, 2]);
});

test("what is read has the defaults of a decoded message, nested ones too", () => {
  const event = readProtoJson(livekit.WebhookEvent, '{"room":{"sid":"RM_1"},"track":null}');
  expect(event.room?.metadata).toBe("");
  expect(event.track).toBeNull();
});

test("bytes are read in standard and URL base64", () => {
  const data = (text: string) => readProtoJson(livekit.SendDataRequest, `{"data":"${text}"}`).data;
  expect(data("+/8=")).toEqual(Uint8Array.of(0xfb, 0xff));
  expect(data("-_8")).toEqual(Uint8Array.of(0xfb, 0xff));
});

test("the largest 64-bit integers are rounded down, not wrapped around", () => {
  const text = '{"creationTime":"9223372036854775807"}';
  const room = readProtoJson(livekit.Room, text);
  const again = livekit.Room.decode(encodeMessage(livekit.Room, room));
  expect(again.creationTime).toBe(2 ** 63 - 1024);
});

test("a map's key __proto__ is a key like any other", () => {
  const text = '{"attributes":{"__proto__":"x","a":"b"}}';
  const info = readProtoJson(livekit.ParticipantInfo, text);
  expect(Object.getPrototypeOf(info.attributes)).toBe(Object.prototype);
  expect(writeProtoJson(livekit.ParticipantInfo, info)).toBe(text);
  const decoded = livekit.ParticipantInfo.decode(encodeMessage(livekit.ParticipantInfo, info));
  expect(writeProtoJson(livekit.ParticipantInfo, decoded)).toBe(text);
});

test.each([
  ["{", "JSON"],
  ["[]", "is no object"],
  ["null", "is no object"],
  ['{"sid":1}', "livekit.Room.sid is no string"],
  ['{"sid":"\\ud800"}', "livekit.Room.sid is no valid Unicode"],
  ['{"emptyTimeout":-1}', "livekit.Room.emptyTimeout is out of range"],
  ['{"emptyTimeout":1.5}', "livekit.Room.emptyTimeout is no integer"],
  ['{"emptyTimeout":"1 "}', "livekit.Room.emptyTimeout is no number"],
  ['{"emptyTimeout":"Infinity"}', "livekit.Room.emptyTimeout is no integer"],
  ['{"creationTime":"9223372036854777000"}', "livekit.Room.creationTime is out of range"],
  ['{"activeRecording":"true"}', "livekit.Room.activeRecording is not true or false"],
  ['{"enabledCodecs":{}}', "livekit.Room.enabledCodecs is no array"],
  ['{"enabledCodecs":[null]}', "livekit.Room.enabledCodecs[0] is no object"],
  ['{"empty_timeout":1,"emptyTimeout":1}', "livekit.Room.emptyTimeout is given twice"],
])("%s is refused: %s", (text, what) => {
  let thrown: unknown;
  try {
    readProtoJson(livekit.Room, text);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(ServerError);
  expect((thrown as ServerError).code).toBe("malformed");
  expect((thrown as ServerError).message).toContain(what);
});

test("two members of a oneof are refused", () => {
  expect(() => readProtoJson(livekit.SignalRequest, '{"ping":1,"simulate":{}}')).toThrow(
    "one too many of message",
  );
});

test("JSON nested without bound is refused, not followed", () => {
  const text = `{"x":${"[".repeat(500_000)}${"]".repeat(500_000)}}`;
  try {
    readProtoJson(livekit.Room, text);
  } catch (error) {
    expect(error).toBeInstanceOf(ServerError);
  }
  const type = '"@type":"google.protobuf.Any"';
  const anyInAny = `${`{${type},"value":`.repeat(300)}{}${"}".repeat(300)}`;
  expect(() => readProtoJson(google.protobuf.Any, anyInAny)).toThrow("nested too deep");
});

test("names that a message does not have are found at any depth", () => {
  const names = (json: unknown) => unknownNames("livekit.RoomConfiguration", json);
  expect(names({ maxParticipants: 1, empty_timeout: 2, tags: { any: "name" } })).toEqual([]);
  expect(
    names({ a: 1, agents: [{}, { b: 1, agentName: "x" }], egress: { room: { c: 2 } } }),
  ).toEqual(["a", "agents[1].b", "egress.room.c"]);
  for (const json of [undefined, null, 5, "x", []]) expect(names(json)).toEqual([]);
});
