import { afterAll, beforeAll, expect, test } from "bun:test";
import { RpcError } from "@livekit/rtc-node";
import { NativeClient } from "../support/native-client.ts";
import { openChannel } from "../support/open-channel.ts";
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

/** Bytes of which each block differs from all others. */
function fileOf(size: number): Uint8Array {
  const words = Uint32Array.from({ length: size / 4 }, (_, i) => Math.imul(i, 2_654_435_761));
  return new Uint8Array(words.buffer);
}

test("a file of several megabytes arrives whole", async () => {
  await using ada = await NativeClient.join(server, "file", "ada");
  await using bob = await NativeClient.join(server, "file", "bob");
  await openChannel(ada, bob);
  const file = fileOf(4_000_000);
  const { promise, resolve } = Promise.withResolvers<Uint8Array>();
  bob.room.registerByteStreamHandler("file", async (reader) => {
    resolve(Buffer.concat(await reader.readAll()));
  });
  const writer = await ada.room.localParticipant!.streamBytes({
    name: "file.bin",
    topic: "file",
    totalSize: file.length,
    destinationIdentities: ["bob"],
  });
  for (let at = 0; at < file.length; at += 100_000) {
    await writer.write(file.subarray(at, at + 100_000));
  }
  await writer.close();
  expect(Buffer.from(await promise).equals(Buffer.from(file))).toBe(true);
}, 60_000);

test("RPC goes from client to client, and from the API to a client", async () => {
  await using ada = await NativeClient.join(server, "call", "ada");
  await using bob = await NativeClient.join(server, "call", "bob");
  await openChannel(ada, bob);
  bob.room.localParticipant!.registerRpcMethod("greet", async ({ callerIdentity, payload }) => {
    if (payload === "fail") throw new RpcError(1_234, "as it was asked for", "why");
    return `${callerIdentity === "ada" ? "ada" : "somebody"} said ${payload}`;
  });
  const ask = (payload: string): Promise<string> =>
    ada.room.localParticipant!.performRpc({
      destinationIdentity: "bob",
      method: "greet",
      payload,
    });
  const long = "x".repeat(10_000);
  expect(await ask(long)).toBe(`ada said ${long}`);
  expect(await ask("fail").catch(({ code, message }) => [code, message])).toEqual([
    1_234,
    "as it was asked for",
  ]);

  const token = await server.token("call", "admin", { roomAdmin: true });
  const perform = (body: object): Promise<Response> =>
    fetch(`${server.httpUrl}/twirp/livekit.RoomService/PerformRpc`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ room: "call", destination_identity: "bob", ...body }),
    });
  const answered = await perform({ method: "greet", payload: "hello" });
  expect(await answered.json()).toEqual({ payload: "somebody said hello" });
  const failed = await perform({ method: "nothing", payload: "" });
  expect(failed.status).toBe(400);
  expect(await failed.text()).toContain("RpcError 1400");
}, 60_000);

test("who is joining misses nothing of what is sent meanwhile", async () => {
  await using ada = await NativeClient.join(server, "early", "ada");
  await using bob = await NativeClient.join(server, "early", "bob");
  await openChannel(ada, bob);
  const joining = NativeClient.join(server, "early", "late");
  let isJoined = false;
  void joining.finally(() => {
    isJoined = true;
  });
  let sent = 0;
  const options = { reliable: true, topic: "count", destination_identities: ["late"] };
  await until(
    async () => {
      await ada.room.localParticipant!.publishData(message(sent++), options);
      return isJoined;
    },
    { what: "the join" },
  );
  await ada.room.localParticipant!.publishData(message(sent++), options);
  await using late = await joining;
  const indexOf = (bytes: Uint8Array): number =>
    new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const isCount = (_: Uint8Array, __: unknown, ___: unknown, topic?: string) => topic === "count";
  let index = indexOf((await late.event("dataReceived", isCount))[0]);
  while (index < sent - 1) {
    const [bytes] = await late.event("dataReceived", isCount);
    index += 1;
    expect(indexOf(bytes)).toBe(index);
  }
}, 60_000);

test("nobody learns who a hidden sender is", async () => {
  await using ada = await NativeClient.join(server, "mask", "ada");
  await using ghost = await NativeClient.join(server, "mask", "ghost", { hidden: true });
  let isHeard = false;
  const heard = ada
    .event("dataReceived", (_, __, ___, topic) => topic === "boo")
    .then((event) => {
      isHeard = true;
      return event;
    });
  await until(
    async () => {
      const options = { reliable: true, topic: "boo" };
      if (!isHeard) await ghost.room.localParticipant!.publishData(message(1), options);
      return isHeard;
    },
    { what: "the hidden sender's message" },
  );
  const [bytes, sender] = await heard;
  expect(Buffer.from(bytes).equals(message(1))).toBe(true);
  expect(sender).toBeUndefined();
  expect([...ada.room.remoteParticipants.keys()]).toEqual([]);
}, 60_000);
