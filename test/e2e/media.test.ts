import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  BLUE,
  hearSilence,
  hearTone,
  isLike,
  NativeClient,
  RED,
  watch,
} from "../support/native-client.ts";
import { ServerProcess } from "../support/server-process.ts";

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.start({ config: { room: { enable_remote_unmute: true } } });
});

afterAll(async () => {
  await server.stop();
});

test("two participants hear each other", async () => {
  await using ada = await NativeClient.join(server, "talk", "ada");
  await using bob = await NativeClient.join(server, "talk", "bob");
  await ada.publishTone("low", 440);
  await bob.publishTone("high", 660);

  const low = await bob.subscribed("low");
  const high = await ada.subscribed("high");
  expect((await hearTone(low.track, 440)).share).toBeGreaterThan(0.6);
  expect((await hearTone(high.track, 660)).share).toBeGreaterThan(0.6);
});

test("a muted microphone is silent for others until it is unmuted", async () => {
  await using ada = await NativeClient.join(server, "mute", "ada");
  await using bob = await NativeClient.join(server, "mute", "bob");
  const { sid } = await ada.publishTone("voice", 440);
  const { track, publication } = await bob.subscribed("voice");
  await hearTone(track, 440);

  await server.rooms.mutePublishedTrack("mute", "ada", sid!, true);
  await bob.event("trackMuted");
  expect(publication.muted).toBe(true);
  await hearSilence(track);

  await server.rooms.mutePublishedTrack("mute", "ada", sid!, false);
  await bob.event("trackUnmuted");
  await hearTone(track, 440);
});

test("video arrives in its size and colours, also for one who joins later", async () => {
  const size = { width: 320, height: 240 };
  await using ada = await NativeClient.join(server, "film", "ada");
  await using bob = await NativeClient.join(server, "film", "bob");
  await ada.publishColour("red", RED, size);
  const early = await watch((await bob.subscribed("red")).track, 10);
  expect(early).toMatchObject(size);
  expect([early, isLike(early, RED)]).toEqual([early, true]);

  await using carl = await NativeClient.join(server, "film", "carl");
  const late = await watch((await carl.subscribed("red")).track, 10);
  expect([late, isLike(late, RED)]).toEqual([late, true]);
});

test("each of several tracks goes its own way", async () => {
  await using ada = await NativeClient.join(server, "several", "ada");
  await using bob = await NativeClient.join(server, "several", "bob");
  await ada.publishTone("tone", 550);
  await ada.publishColour("red", RED, { width: 320, height: 240 });
  await ada.publishColour("blue", BLUE, { width: 160, height: 120 });

  await hearTone((await bob.subscribed("tone")).track, 550);
  const blue = await watch((await bob.subscribed("blue")).track, 5);
  expect([blue, isLike(blue, BLUE)]).toEqual([blue, true]);
  const red = await watch((await bob.subscribed("red")).track, 5);
  expect([red, isLike(red, RED)]).toEqual([red, true]);
});

test("an unpublished track is gone for others, and a new one takes its place", async () => {
  await using ada = await NativeClient.join(server, "again", "ada");
  await using bob = await NativeClient.join(server, "again", "bob");
  const { sid } = await ada.publishTone("first", 440);
  await hearTone((await bob.subscribed("first")).track, 440);

  await ada.room.localParticipant!.unpublishTrack(sid!);
  const [gone] = await bob.event("trackUnpublished");
  expect(gone.sid).toBe(sid);

  await ada.publishTone("second", 880);
  await hearTone((await bob.subscribed("second")).track, 880);
});

test("a subscriber can do without a track for a while and have it back", async () => {
  await using ada = await NativeClient.join(server, "pause", "ada");
  await using bob = await NativeClient.join(server, "pause", "bob");
  await ada.publishTone("tone", 440);
  const { track, publication } = await bob.subscribed("tone");
  await hearTone(track, 440);
  for (let round = 0; round < 2; round++) {
    publication.setSubscribed(false);
    await bob.event("trackUnsubscribed");
    publication.setSubscribed(true);
    await hearTone((await bob.subscribed("tone")).track, 440);
  }
});

test("one who comes back under the same identity is heard again", async () => {
  await using bob = await NativeClient.join(server, "return", "bob");
  for (const frequencyHz of [440, 770]) {
    await using ada = await NativeClient.join(server, "return", "ada");
    await ada.publishTone(`tone of ${frequencyHz}`, frequencyHz);
    await hearTone((await bob.subscribed(`tone of ${frequencyHz}`)).track, frequencyHz);
    await ada.leave();
    await bob.event("participantDisconnected");
  }
});

test("a second connection with the same identity takes the place of the first", async () => {
  await using bob = await NativeClient.join(server, "double", "bob");
  await using first = await NativeClient.join(server, "double", "ada");
  await first.publishTone("first", 440);
  await hearTone((await bob.subscribed("first")).track, 440);

  await using second = await NativeClient.join(server, "double", "ada");
  await first.event("disconnected");
  await second.publishTone("second", 770);
  await hearTone((await bob.subscribed("second")).track, 770);
});
