import { afterAll, beforeAll, expect, test } from "bun:test";
import { freePort } from "../support/free-port.ts";
import {
  hearSilence,
  hearTone,
  isLike,
  NativeClient,
  RED,
  watch,
} from "../support/native-client.ts";
import { openChannel } from "../support/open-channel.ts";
import { ServerProcess } from "../support/server-process.ts";
import { until } from "../support/until.ts";

/** Rooms on two media threads: the second participant of a room is on another one than the first. */

const TIMEOUT_MS = 30_000;
const MEGABYTES = 4;

let server: ServerProcess;
let metricsPort = 0;

beforeAll(async () => {
  metricsPort = await freePort();
  const first = await freePort();
  server = await ServerProcess.start({
    config: {
      prometheus: { port: metricsPort },
      room: { enable_remote_unmute: true },
      // each media thread takes a port of its own
      rtc: { udp_port: `${first}-${first + 9}`, workers: 2, room_spill_participants: 1 },
    },
  });
  expect(server.log).toContain('"workers":2');
});

afterAll(async () => {
  await server.stop();
});

async function relayedPackets(): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  return Number(/^parley_relay_packets_total\S* (\d+)/m.exec(text)?.[1] ?? 0);
}

test(
  "sound and pictures cross between the threads in both directions",
  async () => {
    const before = await relayedPackets();
    await using ada = await NativeClient.join(server, "span", "ada");
    await using bob = await NativeClient.join(server, "span", "bob");
    await ada.publishTone("low", 440);
    await bob.publishTone("high", 660);
    await ada.publishColour("red", RED, { width: 640, height: 360 }, true);
    await hearTone((await bob.subscribed("low")).track, 440);
    await hearTone((await ada.subscribed("high")).track, 660);
    const { track } = await bob.subscribed("red");
    const early = await watch(track, 10);
    expect([early, isLike(early, RED)]).toEqual([early, true]);
    // up to the best layer of three
    await until(async () => (await watch(track, 1)).width === 640, { what: "the best layer" });

    // somebody on each thread who comes later
    for (const name of ["carl", "dora"]) {
      await using late = await NativeClient.join(server, "span", name);
      const picture = await watch((await late.subscribed("red")).track, 10);
      expect([picture, isLike(picture, RED)]).toEqual([picture, true]);
      await hearTone((await late.subscribed("low")).track, 440);
      await hearTone((await late.subscribed("high")).track, 660);
    }
    await until(async () => (await relayedPackets()) > before + 100, { what: "the counters" });
  },
  TIMEOUT_MS,
);

test(
  "a mute, an unpublished track and the publisher's leaving reach the other thread",
  async () => {
    await using ada = await NativeClient.join(server, "life", "ada");
    await using bob = await NativeClient.join(server, "life", "bob");
    const { sid } = await ada.publishTone("voice", 440);
    const { track } = await bob.subscribed("voice");
    await hearTone(track, 440);
    await server.rooms.mutePublishedTrack("life", "ada", sid!, true);
    await bob.event("trackMuted");
    await hearSilence(track);
    await server.rooms.mutePublishedTrack("life", "ada", sid!, false);
    await bob.event("trackUnmuted");
    await hearTone(track, 440);
    await ada.room.localParticipant!.unpublishTrack(sid!);
    await bob.event("trackUnpublished");
    await ada.publishTone("again", 770);
    await hearTone((await bob.subscribed("again")).track, 770);
    await ada.leave();
    await bob.event("participantDisconnected", ({ identity }) => identity === "ada");
    await using cleo = await NativeClient.join(server, "life", "cleo");
    await cleo.publishTone("next", 550);
    await hearTone((await bob.subscribed("next")).track, 550);
  },
  TIMEOUT_MS,
);

test(
  "data reaches everybody on both threads: messages, files, and calls",
  async () => {
    await using ada = await NativeClient.join(server, "data", "ada");
    await using bob = await NativeClient.join(server, "data", "bob");
    await using carl = await NativeClient.join(server, "data", "carl");
    for (const [from, to] of [
      [ada, bob],
      [bob, ada],
      [ada, carl],
    ] as const) {
      await openChannel(from, to);
    }
    for (let i = 0; i < 100; i++) {
      const bytes = Uint8Array.of(i);
      await ada.room.localParticipant!.publishData(bytes, { reliable: true, topic: "count" });
    }
    for (const client of [bob, carl]) {
      for (let i = 0; i < 100; i++) {
        const [bytes, sender] = await client.event(
          "dataReceived",
          (_, __, ___, topic) => topic === "count",
        );
        expect([bytes[0], sender?.identity]).toEqual([i, "ada"]);
      }
    }
    const received = new Promise<number>((resolve) => {
      bob.room.registerByteStreamHandler("file", async (reader) => {
        let bytes = 0;
        for await (const chunk of reader) bytes += chunk.length;
        resolve(bytes);
      });
    });
    const writer = await ada.room.localParticipant!.streamBytes({
      topic: "file",
      destinationIdentities: ["bob"],
    });
    for (let i = 0; i < MEGABYTES; i++) await writer.write(new Uint8Array(1_000_000).fill(i));
    await writer.close();
    expect(await received).toBe(MEGABYTES * 1_000_000);
    ada.room.localParticipant!.registerRpcMethod("greet", ({ payload }) =>
      Promise.resolve(`hello ${payload}`),
    );
    const answer = await bob.room.localParticipant!.performRpc({
      destinationIdentity: "ada",
      method: "greet",
      payload: "bob",
    });
    expect(answer).toBe("hello bob");
    await server.rooms.sendData("data", new TextEncoder().encode("to all"), 0, { topic: "api" });
    for (const client of [ada, bob, carl]) {
      const [bytes] = await client.event("dataReceived", (_, __, ___, topic) => topic === "api");
      expect(new TextDecoder().decode(bytes)).toBe("to all");
    }
  },
  TIMEOUT_MS,
);

test(
  "into a room that is live on another thread participants are moved and forwarded",
  async () => {
    await using ada = await NativeClient.join(server, "here", "ada");
    await using bob = await NativeClient.join(server, "there", "bob");
    await using cleo = await NativeClient.join(server, "there", "cleo");
    await ada.publishTone("voice", 440);
    await bob.publishTone("answer", 660);
    await server.rooms.forwardParticipant("here", "ada", "there");
    for (const client of [bob, cleo]) await hearTone((await client.subscribed("voice")).track, 440);
    await server.rooms.removeParticipant("there", "ada");
    for (const client of [bob, cleo]) {
      await client.event("participantDisconnected", ({ identity }) => identity === "ada");
    }
    await server.rooms.moveParticipant("here", "ada", "there");
    await ada.event("moved");
    for (const client of [bob, cleo]) await hearTone((await client.subscribed("voice")).track, 440);
    await hearTone((await ada.subscribed("answer")).track, 660);
    await openChannel(ada, bob);
    await openChannel(cleo, ada);
  },
  TIMEOUT_MS,
);
