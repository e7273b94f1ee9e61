import { expect, test } from "bun:test";
import { MeasuredServer, OUR_SERVER } from "../load/measured-server.ts";
import { readProcessUsage } from "../load/process-usage.ts";
import { startLoad } from "../load/start-load.ts";

const PARTICIPANTS = 3;
const STREAMS = PARTICIPANTS * (PARTICIPANTS - 1);
/** A second of everything, roughly. */
const PACKETS = STREAMS * 100;
const LIMIT_MS = 20_000;

test("the load generator's clients hear and see each other", async () => {
  await using server = await MeasuredServer.start(
    process.env["PARLEY_SERVER"] ?? OUR_SERVER,
    undefined,
  );
  using run = startLoad(server.access);
  const clients = await run.join(
    Array.from({ length: PARTICIPANTS }, (_, i) => ({
      room: "load",
      identity: `participant-${i}`,
      autoSubscribe: true,
    })),
  );
  await run.publish(clients, { audio: true, video: "simulcast" });
  const arrived = await run.waitFor(() => {
    run.check();
    const { audioStreams, videoStreams, packets } = run.sums();
    return audioStreams === STREAMS && videoStreams === STREAMS && packets > PACKETS;
  }, LIMIT_MS);
  expect(arrived, JSON.stringify(run.sums())).toBe(true);
  expect(run.latency.summary().count).toBeGreaterThan(PACKETS);
  expect(readProcessUsage(server.pid).rssBytes).toBeGreaterThan(0);
}, 60_000);
