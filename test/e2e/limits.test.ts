import { expect, test } from "bun:test";
import type { TwirpError } from "livekit-server-sdk";
import { NativeClient } from "../support/native-client.ts";
import { ServerProcess } from "../support/server-process.ts";
import { until } from "../support/until.ts";

test("a node at its limit of tracks lets nobody else in, and no room be made", async () => {
  await using server = await ServerProcess.start({ config: { limit: { num_tracks: 1 } } });
  await using ada = await NativeClient.join(server, "busy", "ada");
  const validate = async (): Promise<[number, string]> => {
    const token = await server.token("busy", "bob");
    const response = await fetch(`${server.httpUrl}/rtc/validate?access_token=${token}`);
    return [response.status, await response.text()];
  };
  expect(await validate()).toEqual([200, "success"]);
  await ada.publishTone("voice", 440);
  const refusal = await until(
    async () => {
      const answer = await validate();
      return answer[0] === 200 ? undefined : answer;
    },
    { what: "the limit" },
  );
  expect(refusal).toEqual([503, "node has exceeded its configured limit"]);
  const refused = server.rooms.createRoom({ name: "more" }).catch((error: TwirpError) => error);
  expect(await refused).toMatchObject({ message: "reached configured limit for node" });
});

test("a preset that cannot be read stops the start, and is named", async () => {
  await using server = await ServerProcess.spawn({
    config: { room: { room_configurations: { webinar: { max_participantz: 5 } } } },
  });
  expect(await server.exitCode()).toBe(1);
  expect(server.log).toContain(
    "room.room_configurations.webinar: unknown setting max_participantz",
  );
});

test("a token that carries all the metadata that a participant may have is taken", async () => {
  await using server = await ServerProcess.start();
  const token = await server.token("large", "ada", {}, "m".repeat(500_000));
  const url = `${server.httpUrl}/rtc/validate?access_token=${token}`;
  const response = await fetch(url);
  expect([response.status, await response.text()]).toEqual([200, "success"]);
});
