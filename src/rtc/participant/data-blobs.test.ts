import { expect, test } from "bun:test";
import { type TestClient, TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";

const Reason = livekit.RequestResponse.Reason;
const ENABLED = { enableDataBlobs: true };
const KEY = { generic: "k" };

function store(client: TestClient, key: livekit.IDataBlobKey | undefined, contents: string): void {
  const blob = {
    ...(key === undefined ? {} : { key }),
    contents: new TextEncoder().encode(contents),
  };
  client.send({ storeDataBlobRequest: { requestId: 7, blob } });
}

/** The contents; undefined when the request is refused. */
function fetch(
  client: TestClient,
  participantIdentity: string,
  key: livekit.IDataBlobKey,
): string | undefined {
  client.link.clear();
  client.send({ getDataBlobRequest: { requestId: 8, participantIdentity, key } });
  const [response] = client.link.all("getDataBlobResponse");
  if (response === undefined) return undefined;
  expect(response.requestId).toBe(8);
  return new TextDecoder().decode(response.blob?.contents ?? undefined);
}

test("a blob that one participant stores others can fetch, and it itself", () => {
  const rooms = new TestRooms(ENABLED);
  const [a, b] = [rooms.join("a"), rooms.join("b")];
  store(a, KEY, "first");
  expect(a.link.last("storeDataBlobResponse")).toMatchObject({ requestId: 7, key: KEY });
  expect([fetch(b, "a", KEY), fetch(a, "a", KEY), fetch(a, "b", KEY)]).toEqual([
    "first",
    "first",
    undefined,
  ]);
  store(a, KEY, "second");
  expect(fetch(b, "a", KEY)).toBe("second");
  expect(b.link.last("getDataBlobResponse").blob?.key).toMatchObject(KEY);
});

test("keys of schemas are told apart by name and encoding, and from plain ones", () => {
  const rooms = new TestRooms(ENABLED);
  const a = rooms.join("a");
  const keys: livekit.IDataBlobKey[] = [
    { generic: "s" },
    { schemaId: { name: "s" } },
    { schemaId: { name: "s", encoding: { wellKnown: 1 } } },
    { schemaId: { name: "s", encoding: { custom: "1" } } },
    { schemaId: { name: "t", encoding: { custom: "1" } } },
    { schemaId: { name: '"s",1', encoding: { custom: "1" } } },
  ];
  for (const [index, key] of keys.entries()) store(a, key, `contents ${index}`);
  expect(keys.map((key) => fetch(a, "a", key))).toEqual(keys.map((_, i) => `contents ${i}`));
});

test.each([
  {
    title: "without a key",
    key: undefined,
    contents: "x",
    reason: Reason.INVALID_REQUEST,
    message: "data blob is invalid",
  },
  {
    title: "with nothing in its key",
    key: {},
    contents: "x",
    reason: Reason.INVALID_REQUEST,
    message: "data blob is invalid",
  },
  {
    title: "with an empty key",
    key: { generic: "" },
    contents: "x",
    reason: Reason.INVALID_REQUEST,
    message: "data blob is invalid",
  },
  {
    title: "with a key of 257 bytes",
    key: { generic: `${"é".repeat(128)}x` },
    contents: "x",
    reason: Reason.INVALID_REQUEST,
    message: "data blob is invalid",
  },
  {
    title: "with a schema of an empty encoding",
    key: { schemaId: { name: "s", encoding: { custom: "" } } },
    contents: "x",
    reason: Reason.INVALID_REQUEST,
    message: "encoding identifier is empty or exceeds the maximum length",
  },
  {
    title: "with a schema of an encoding of 33 bytes",
    key: { schemaId: { name: "s", encoding: { custom: "c".repeat(33) } } },
    contents: "x",
    reason: Reason.INVALID_REQUEST,
    message: "encoding identifier is empty or exceeds the maximum length",
  },
  {
    title: "without contents",
    key: KEY,
    contents: "",
    reason: Reason.INVALID_REQUEST,
    message: "data blob is empty",
  },
  {
    title: "above the limit",
    key: KEY,
    contents: "x".repeat(64_000),
    reason: Reason.LIMIT_EXCEEDED,
    message: "async attribute definition exceeds limit",
  },
])("a blob $title is refused", ({ key, contents, reason, message }) => {
  const rooms = new TestRooms(ENABLED);
  const a = rooms.join("a");
  store(a, key, contents);
  expect(a.link.last("requestResponse")).toMatchObject({ requestId: 7, reason, message });
  expect(a.link.kinds).not.toContain("storeDataBlobResponse");
  expect(fetch(a, "a", KEY)).toBeUndefined();
});

test("keys and contents of all blobs count, up to the limit; a blob counts once", () => {
  const rooms = new TestRooms({ ...ENABLED, maxDataBlobsBytes: 100 });
  const a = rooms.join("a");
  store(a, { generic: "k1" }, "x".repeat(48));
  store(a, { generic: "k2" }, "x".repeat(49));
  expect(a.link.last("requestResponse").reason).toBe(Reason.LIMIT_EXCEEDED);
  store(a, { generic: "k2" }, "x".repeat(48));
  store(a, { generic: "k1" }, "y".repeat(48));
  expect(fetch(a, "a", { generic: "k1" })).toBe("y".repeat(48));
  store(a, { generic: "k1" }, "z".repeat(49));
  expect(fetch(a, "a", { generic: "k1" })).toBe("y".repeat(48));
  store(a, { generic: "k1" }, "z");
  store(a, { generic: "k3" }, "x".repeat(45));
  expect(fetch(a, "a", { generic: "k3" })).toBe("x".repeat(45));
});

test("limits of 0 are none", () => {
  const rooms = new TestRooms({ ...ENABLED, maxDataBlobsBytes: 0, maxDataBlobKeyBytes: 0 });
  const a = rooms.join("a");
  const key = { generic: "k".repeat(1_000) };
  store(a, key, "x".repeat(100_000));
  expect(fetch(a, "a", key)?.length).toBe(100_000);
});

test("blobs last as long as the session, in another room too, and those of hidden ones are there", async () => {
  const rooms = new TestRooms(ENABLED);
  const a = rooms.join("a").connect();
  const ghost = rooms.join("ghost", { video: { hidden: true } }).connect();
  const there = rooms.join("b", { room: "there" }).connect();
  store(a, KEY, "of a");
  store(ghost, KEY, "of a ghost");
  expect(fetch(a, "ghost", KEY)).toBe("of a ghost");
  expect(fetch(there, "a", KEY)).toBeUndefined();
  await rooms.rooms.move("demo", "a", "there");
  expect(fetch(there, "a", KEY)).toBe("of a");
  a.resume({ room: "there" });
  expect(fetch(there, "a", KEY)).toBe("of a");
  rooms.join("a", { room: "there" });
  expect(fetch(there, "a", KEY)).toBeUndefined();
  expect(there.link.last("requestResponse").message).toBe("data blob not found");
});

test("a stored blob holds on to nothing of the request that it came in", () => {
  const rooms = new TestRooms(ENABLED);
  const a = rooms.join("a");
  const contents = new Uint8Array(1_000).fill(1).subarray(10, 12);
  a.participant.dataBlobs.store({ blob: { key: KEY, contents } });
  contents.fill(2);
  const stored = a.participant.dataBlobs.find(KEY)!.contents;
  expect([stored.buffer.byteLength, ...stored]).toEqual([2, 1, 1]);
});
