import { afterAll, beforeAll, expect, test } from "bun:test";
import { ConnectionState, ParticipantKind } from "@livekit/rtc-node";
import { freePort } from "../support/free-port.ts";
import { hearTone, isLike, NativeClient, RED, watch } from "../support/native-client.ts";
import { ServerProcess } from "../support/server-process.ts";
import { until } from "../support/until.ts";

let server: ServerProcess;

beforeAll(async () => {
  // two media threads, each with a port of its own: rooms are placed on them in turn
  const port = await freePort();
  const rtc = { workers: 2, udp_port: `${port}-${port + 9}` };
  server = await ServerProcess.start({ config: { rtc } });
  expect(server.log).toContain('"workers":2');
});

afterAll(async () => {
  await server.stop();
});

async function identitiesIn(room: string): Promise<string[]> {
  return (await server.rooms.listParticipants(room)).map(({ identity }) => identity).toSorted();
}

test("a moved participant leaves one room with its tracks and has the media of the other", async () => {
  await server.rooms.createRoom({ name: "lobby" });
  await using ada = await NativeClient.join(server, "lobby", "ada");
  await using bob = await NativeClient.join(server, "lobby", "bob");
  await ada.publishTone("voice", 440);
  await ada.publishColour("red", RED, { width: 320, height: 240 });
  await bob.publishTone("lobby music", 660);
  await hearTone((await bob.subscribed("voice")).track, 440);
  await ada.subscribed("lobby music");
  const { sid } = await server.rooms.getParticipant("lobby", "ada");

  // the first move makes the room, on the thread that the media is on
  await server.rooms.moveParticipant("lobby", "ada", "stage");
  await ada.event("moved");
  await bob.event("participantDisconnected", ({ identity }) => identity === "ada");
  expect(await identitiesIn("lobby")).toEqual(["bob"]);
  expect(await identitiesIn("stage")).toEqual(["ada"]);
  expect((await server.rooms.getParticipant("stage", "ada")).sid).not.toBe(sid);

  await using cleo = await NativeClient.join(server, "stage", "cleo");
  await cleo.publishTone("stage music", 880);
  await hearTone((await cleo.subscribed("voice")).track, 440);
  const picture = await watch((await cleo.subscribed("red")).track, 10);
  expect([picture, isLike(picture, RED)]).toEqual([picture, true]);
  await hearTone((await ada.subscribed("stage music")).track, 880);

  // and a second one brings somebody into a room that is live
  await server.rooms.moveParticipant("lobby", "bob", "stage");
  await bob.event("moved");
  await hearTone((await cleo.subscribed("lobby music")).track, 660);
  await hearTone((await bob.subscribed("stage music")).track, 880);
  await hearTone((await ada.subscribed("lobby music")).track, 660);
  const others = [...bob.room.remoteParticipants.keys()].toSorted();
  expect(others).toEqual(["ada", "cleo"]);
});

test("into a room that is live on another media thread the client comes with its connections", async () => {
  await using ada = await NativeClient.join(server, "here", "ada");
  await ada.publishTone("voice", 440);
  await using bob = await NativeClient.join(server, "elsewhere", "bob");
  await bob.publishTone("answer", 660);
  await server.rooms.moveParticipant("here", "ada", "elsewhere");
  await ada.event("moved");
  await until(async () => (await identitiesIn("elsewhere")).includes("ada"), {
    what: "ada in the other room",
  });
  await hearTone((await bob.subscribed("voice")).track, 440);
  await hearTone((await ada.subscribed("answer")).track, 660);
  expect(await identitiesIn("here")).toEqual([]);
  expect(ada.room.connectionState).toBe(ConnectionState.CONN_CONNECTED);
});

test("a forwarded participant is heard and seen in both rooms until it leaves", async () => {
  await using ada = await NativeClient.join(server, "studio", "ada");
  await using near = await NativeClient.join(server, "studio", "near");
  await ada.publishTone("voice", 440);
  await server.rooms.forwardParticipant("studio", "ada", "hall");
  await using far = await NativeClient.join(server, "hall", "far");
  await hearTone((await near.subscribed("voice")).track, 440);
  await hearTone((await far.subscribed("voice")).track, 440);
  // what is published later comes too
  await ada.publishColour("red", RED, { width: 320, height: 240 });
  const picture = await watch((await far.subscribed("red")).track, 10);
  expect([picture, isLike(picture, RED)]).toEqual([picture, true]);

  expect(await identitiesIn("studio")).toEqual(["ada", "near"]);
  expect(await identitiesIn("hall")).toEqual(["ada", "far"]);
  expect(far.room.remoteParticipants.get("ada")?.kind).toBe(ParticipantKind.STANDARD);
  expect([...ada.room.remoteParticipants.keys()]).not.toContain("far");

  await server.rooms.removeParticipant("hall", "ada");
  await far.event("participantDisconnected", ({ identity }) => identity === "ada");
  expect(await identitiesIn("studio")).toEqual(["ada", "near"]);
  await server.rooms.forwardParticipant("studio", "ada", "hall");
  await hearTone((await far.subscribed("voice")).track, 440);
  await ada.leave();
  await far.event("participantDisconnected", ({ identity }) => identity === "ada");
});
