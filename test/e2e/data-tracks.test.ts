import { afterAll, beforeAll, expect, test } from "bun:test";
import { NativeClient } from "../support/native-client.ts";
import { NativeDataTracks } from "../support/native-data-tracks.ts";
import { ServerProcess } from "../support/server-process.ts";
import { until } from "../support/until.ts";

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.start({ args: ["--enable_participant_data_blob"] });
});

afterAll(async () => {
  await server.stop();
});

test("native clients send each other frames on data tracks", async () => {
  await using ada = await NativeClient.join(server, "tracks", "ada");
  await using bob = await NativeClient.join(server, "tracks", "bob");
  const tracks = new NativeDataTracks();
  for (const [from, name, value] of [
    [ada, "of ada", 1],
    [bob, "of bob", 2],
  ] as const) {
    const handle = await tracks.publish(from, name);
    const frames = await tracks.subscribe(name);
    const payload = new Uint8Array(3_000).fill(value);
    await until(
      () => {
        if (frames.length === 0) tracks.push(handle, { payload, userTimestamp: 5n });
        return frames.length > 0;
      },
      { what: `a frame ${name}` },
    );
    expect(Uint8Array.from(frames[0]!.payload)).toEqual(payload);
    expect(frames[0]!.userTimestamp).toBe(5n);
  }
}, 30_000);

test("a schema that a native client defines others can get", async () => {
  await using ada = await NativeClient.join(server, "schemas", "ada");
  await using bob = await NativeClient.join(server, "schemas", "bob");
  const tracks = new NativeDataTracks();
  const definition = '{ "type": "object" }';
  expect(await tracks.defineSchema(ada, "pose", definition)).toBe("");
  expect(await tracks.getSchema(bob, "ada", "pose")).toBe(definition);
  expect(await tracks.getSchema(bob, "ada", "other")).toBeUndefined();
}, 30_000);
