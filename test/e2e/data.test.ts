import { afterAll, beforeAll, expect, test } from "bun:test";
import { NativeClient } from "../support/native-client.ts";
import { ServerProcess } from "../support/server-process.ts";
import { until } from "../support/until.ts";

const MESSAGES = 200;

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.start();
});

afterAll(async () => {
  await server.stop();
});

/** Sends until the first comes through: a channel may open a little after the join. */
async function openChannel(from: NativeClient, to: NativeClient): Promise<void> {
  let isOpen = false;
  const opened = to
    .event("dataReceived", (_, __, ___, topic) => topic === "open?")
    .then(() => {
      isOpen = true;
    });
  await until(
    async () => {
      const options = { reliable: true, topic: "open?" };
      if (!isOpen) await from.room.localParticipant!.publishData(new Uint8Array(1), options);
      return isOpen;
    },
    { what: "an open data channel" },
  );
  await opened;
}

function message(index: number): Uint8Array {
  const bytes = new Uint8Array(1000).fill(index);
  new DataView(bytes.buffer).setUint32(0, index);
  return bytes;
}

test("reliable data arrives whole, in order and once, at everybody else", async () => {
  await using ada = await NativeClient.join(server, "post", "ada");
  await using bob = await NativeClient.join(server, "post", "bob");
  await using carl = await NativeClient.join(server, "post", "carl");
  await openChannel(ada, bob);
  await openChannel(ada, carl);

  for (let i = 0; i < MESSAGES; i++) {
    await ada.room.localParticipant!.publishData(message(i), { reliable: true, topic: "post" });
  }
  for (const receiver of [bob, carl]) {
    for (let i = 0; i < MESSAGES; i++) {
      const [bytes, sender] = await receiver.event(
        "dataReceived",
        (_, __, ___, topic) => topic === "post",
      );
      expect(sender?.identity).toBe("ada");
      expect(Buffer.from(bytes).equals(message(i))).toBe(true);
    }
  }
});

test("lossy data arrives too, on a network that loses nothing", async () => {
  await using ada = await NativeClient.join(server, "radio", "ada");
  await using bob = await NativeClient.join(server, "radio", "bob");
  await openChannel(ada, bob);
  let isHeard = false;
  const heard = bob
    .event("dataReceived", (_, __, ___, topic) => topic === "radio")
    .then(([bytes]) => {
      isHeard = true;
      return bytes;
    });
  await until(
    async () => {
      const options = { reliable: false, topic: "radio" };
      if (!isHeard) await ada.room.localParticipant!.publishData(message(7), options);
      return isHeard;
    },
    { what: "a lossy message" },
  );
  expect(Buffer.from(await heard).equals(message(7))).toBe(true);
});

test("data with an addressee reaches nobody else", async () => {
  await using ada = await NativeClient.join(server, "letter", "ada");
  await using bob = await NativeClient.join(server, "letter", "bob");
  await using carl = await NativeClient.join(server, "letter", "carl");
  await openChannel(ada, bob);
  await openChannel(ada, carl);
  const publish = (text: string, to: string[]): Promise<void> =>
    ada.room.localParticipant!.publishData(new TextEncoder().encode(text), {
      reliable: true,
      topic: "letter",
      destination_identities: to,
    });
  await publish("for bob", ["bob"]);
  await publish("for all", []);

  const isLetter = (_: unknown, __: unknown, ___: unknown, topic: string | undefined): boolean =>
    topic === "letter";
  const read = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  expect(read((await bob.event("dataReceived", isLetter))[0])).toBe("for bob");
  // In order: had the first come to carl as well, it would be the one that he sees.
  expect(read((await carl.event("dataReceived", isLetter))[0])).toBe("for all");
});

test("a text stream longer than one packet arrives whole", async () => {
  await using ada = await NativeClient.join(server, "story", "ada");
  await using bob = await NativeClient.join(server, "story", "bob");
  await openChannel(ada, bob);
  const { promise, resolve } = Promise.withResolvers<string>();
  bob.room.registerTextStreamHandler("story", async (reader) => resolve(await reader.readAll()));
  const story = Array.from({ length: 20_000 }, (_, i) => `word${i}`).join(" ");
  await ada.room.localParticipant!.sendText(story, { topic: "story" });
  expect((await promise) === story).toBe(true);
});
