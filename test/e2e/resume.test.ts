import { expect, test } from "bun:test";
import { RoomServiceClient } from "livekit-server-sdk";
import { MeasuredServer, OUR_SERVER } from "../load/measured-server.ts";
import { startLoad } from "../load/start-load.ts";

const PARTICIPANTS = 20;
const PUBLISHERS = 5;
const STREAMS = PUBLISHERS * (PARTICIPANTS - 1);
/** Of every stream, before the break and after the last one is back: a second of sound. */
const PACKETS_OF_EACH = 50;
const GAP_MAX_MS = 200;
const LIMIT_MS = 30_000;

test("twenty signal connections break at once: all sessions resume, and media does not stop", async () => {
  await using server = await MeasuredServer.start(
    process.env["PARLEY_SERVER"] ?? OUR_SERVER,
    undefined,
  );
  using run = startLoad(server.access);
  const clients = await run.join(
    Array.from({ length: PARTICIPANTS }, (_, i) => ({
      room: "resume",
      identity: `participant-${i}`,
      autoSubscribe: true,
    })),
  );
  await run.publish(clients.slice(0, PUBLISHERS), { audio: true, video: "none" });
  const fewest = () => Math.min(...clients.map(({ received }) => received.fewestPackets()));
  const flows = async (packets: number): Promise<void> => {
    const arrived = await run.waitFor(() => {
      run.check();
      return run.sums().audioStreams === STREAMS && fewest() >= packets;
    }, LIMIT_MS);
    expect(arrived, JSON.stringify(run.sums())).toBe(true);
  };
  await flows(PACKETS_OF_EACH);
  const { url, key, secret } = server.access;
  const api = new RoomServiceClient(url.replace("ws:", "http:"), key, secret);
  const sessions = async (): Promise<string[]> =>
    (await api.listParticipants("resume")).map(({ sid }) => sid).toSorted();
  const before = await sessions();
  expect(before).toHaveLength(PARTICIPANTS);

  for (const { received } of clients) received.restartGaps();
  run.longestStallMs = 0;
  for (const client of clients) client.breakSignal();
  await Promise.all(clients.map((client) => client.resume()));
  const isSettled = await run.waitFor(
    () => clients.every((client) => client.isIceSettled),
    LIMIT_MS,
  );
  expect(isSettled).toBe(true);
  await flows(fewest() + PACKETS_OF_EACH);

  expect(await sessions()).toEqual(before);
  // this process's own pauses are not the server's
  expect(run.sums().longestSilenceMs).toBeLessThan(GAP_MAX_MS + run.longestStallMs);
}, 120_000);
