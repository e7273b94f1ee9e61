import { expect, test } from "bun:test";
import { TestHttp } from "../../../test/support/test-http.ts";
import { testToken } from "../../../test/support/tokens.ts";
import { livekit } from "../../gen/livekit.js";
import { encodingOf } from "./twirp-codec.ts";

const PATH = "/twirp/livekit.RoomService";
const ADMIN = testToken({ claims: { video: { roomCreate: true, roomList: true } } });
const JSON_TYPE = { "Content-Type": "application/json" };

function post(
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = JSON_TYPE,
): RequestInit {
  return { method: "POST", headers: { Authorization: `Bearer ${ADMIN}`, ...headers }, body };
}

async function errorOf(response: Response): Promise<Record<string, unknown>> {
  expect(response.headers.get("content-type")).toStartWith("application/json");
  return { status: response.status, ...((await response.json()) as object) };
}

test("JSON answers have names of the schema, every field, and 64-bit numbers as strings", async () => {
  const http = new TestHttp();
  const { status, json } = await http.call("CreateRoom", { name: "x", emptyTimeout: 17 }, ADMIN);
  expect(status).toBe(200);
  expect(json).toMatchObject({
    name: "x",
    empty_timeout: 17,
    num_participants: 0,
    active_recording: false,
    metadata: "",
    creation_time: String(Math.floor(http.rooms.scheduler.wallMs() / 1000)),
  });
});

test("JSON requests may use either style of names, and unknown ones are ignored", async () => {
  const http = new TestHttp();
  const request = { name: "x", empty_timeout: 5, maxParticipants: 6, no_such_field: [1] };
  const { json } = await http.call("CreateRoom", request, ADMIN);
  expect(json).toMatchObject({ empty_timeout: 5, max_participants: 6 });
});

test("protobuf is answered in protobuf", async () => {
  const http = new TestHttp();
  const body = livekit.CreateRoomRequest.encode({ name: "x", metadata: "m" }).finish();
  const type = { "Content-Type": "application/protobuf" };
  const response = await http.fetch(`${PATH}/CreateRoom`, post(new Uint8Array(body), type));
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/protobuf");
  const room = livekit.Room.decode(new Uint8Array(await response.arrayBuffer()));
  expect(room).toMatchObject({ name: "x", metadata: "m" });
});

test.each([
  ["application/json", "json"],
  ["Application/JSON; charset=utf-8", "json"],
  ["application/protobuf", "protobuf"],
  ["application/protobuf;x", "protobuf"],
  ["text/plain", undefined],
  ["application/jsonx", undefined],
  ["", undefined],
])("the content type %p means %p", (type, encoding) => {
  expect(encodingOf(type)).toBe(encoding as "json");
});

test.each(["NoSuchMethod", "constructor", "__proto__", "toString", "hasOwnProperty"])(
  "%s is no method",
  async (method) => {
    const response = await new TestHttp().fetch(`${PATH}/${method}`, post("{}"));
    expect(await errorOf(response)).toEqual({
      status: 404,
      code: "bad_route",
      msg: `no handler for path "${PATH}/${method}"`,
      meta: { twirp_invalid_route: `POST ${PATH}/${method}` },
    });
  },
);

test("another HTTP method or content type is no route", async () => {
  const http = new TestHttp();
  const get = await http.fetch(`${PATH}/ListRooms`, { headers: JSON_TYPE });
  expect(await errorOf(get)).toMatchObject({ status: 404, code: "bad_route" });
  const text = await http.fetch(`${PATH}/ListRooms`, post("{}", { "Content-Type": "text/plain" }));
  expect(await errorOf(text)).toMatchObject({
    status: 404,
    code: "bad_route",
    msg: 'unexpected Content-Type: "text/plain"',
  });
});

test.each([
  { title: "broken JSON", body: "{nope", type: "application/json" },
  { title: "no JSON", body: "", type: "application/json" },
  { title: "JSON of a wrong type", body: '{"names":"x"}', type: "application/json" },
  { title: "broken protobuf", body: new Uint8Array([0xff, 0xff]), type: "application/protobuf" },
])("$title is malformed", async ({ body, type }) => {
  const init = post(body, { "Content-Type": type });
  const response = await new TestHttp().fetch(`${PATH}/ListRooms`, init);
  expect(await errorOf(response)).toMatchObject({ status: 400, code: "malformed" });
});

test("a body without a stated length is cut at the limit", async () => {
  const http = new TestHttp();
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(1_000)),
  });
  const init = { ...post("{}"), body, duplex: "half" } as RequestInit;
  const response = await http.fetch(`${PATH}/ListRooms`, init);
  expect(await errorOf(response)).toMatchObject({ status: 400, code: "malformed" });
});

test("an error that is a bug is answered as internal", async () => {
  const http = new TestHttp();
  http.rooms.rooms.rooms = () => {
    throw new Error("a bug");
  };
  const response = await http.fetch(`${PATH}/ListRooms`, post("{}"));
  expect(await errorOf(response)).toMatchObject({ status: 500, code: "internal" });
});
