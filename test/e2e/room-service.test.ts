import { afterAll, beforeAll, expect, test } from "bun:test";
import { RoomServiceClient, type TwirpError } from "livekit-server-sdk";
import { NativeClient } from "../support/native-client.ts";
import { ServerProcess } from "../support/server-process.ts";
import { until } from "../support/until.ts";

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.start();
});

afterAll(async () => {
  await server.stop();
});

test("a room is made with its options, listed, changed and deleted", async () => {
  const { rooms } = server;
  const made = await rooms.createRoom({
    name: "office",
    emptyTimeout: 120,
    maxParticipants: 7,
    metadata: "floor 1",
  });
  expect(made).toMatchObject({ name: "office", emptyTimeout: 120, maxParticipants: 7 });
  expect(made.sid).toStartWith("RM_");

  const listed = await rooms.listRooms(["office", "elsewhere"]);
  expect(listed.map(({ sid, metadata }) => [sid, metadata])).toEqual([[made.sid, "floor 1"]]);

  await rooms.deleteRoom("office");
  expect(await rooms.listRooms(["office"])).toEqual([]);
});

test("participants are listed, changed and removed", async () => {
  const { rooms } = server;
  await using ada = await NativeClient.join(server, "people", "ada");
  await using _bob = await NativeClient.join(server, "people", "bob");

  const listed = await rooms.listParticipants("people");
  expect(listed.map(({ identity }) => identity).toSorted()).toEqual(["ada", "bob"]);
  const one = await rooms.getParticipant("people", "ada");
  expect(one).toMatchObject({ identity: "ada", name: "ada's name" });

  await rooms.updateParticipant("people", "ada", { metadata: "on the phone" });
  const metadata = (): string => ada.room.localParticipant?.metadata ?? "";
  await until(() => metadata() === "on the phone", { what: "the metadata at the participant" });

  await rooms.removeParticipant("people", "ada");
  await ada.event("disconnected");
  const left = await rooms.listParticipants("people");
  expect(left.map(({ identity }) => identity)).toEqual(["bob"]);
});

test("data of the API reaches the room under its topic", async () => {
  await using ada = await NativeClient.join(server, "notice", "ada");
  const payload = new TextEncoder().encode("lunch is ready");
  const received = ada.event("dataReceived", (_, __, ___, topic) => topic === "kitchen");
  // The participant may be in the room before its data channel is open: ask again until it came.
  let isDone = false;
  void received.finally(() => {
    isDone = true;
  });
  await until(
    async () => {
      if (!isDone) await server.rooms.sendData("notice", payload, 0, { topic: "kitchen" });
      return isDone;
    },
    { what: "the data" },
  );
  expect(new TextDecoder().decode((await received)[0])).toBe("lunch is ready");
});

test("who is not there is not found, and a wrong secret is refused", async () => {
  const { rooms } = server;
  const missing = rooms.getParticipant("nowhere", "nobody");
  expect(await missing.catch((error: TwirpError) => error.code)).toBe("not_found");

  const stranger = new RoomServiceClient(server.httpUrl, "test-key", "not the secret at all");
  const refused = stranger.listRooms().catch((error: unknown) => error);
  expect(await refused).toMatchObject({ status: 401 });
});
