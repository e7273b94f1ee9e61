/**
 * A call that goes on: `bun test/load/soak.ts [--minutes 5] [--every SECONDS]`. Six participants
 * with sound and simulcast video, all to all, on the compiled binary; each minute it prints what a
 * user would notice, and the server's memory. Ends with 1 when a picture froze after start-up, a
 * packet was lost or a client fell out. `--server 'COMMAND {config}'` runs another server.
 */
import { parseArgs } from "node:util";
import { chooseCores, MeasuredServer, OUR_SERVER } from "./measured-server.ts";
import { readProcessUsage } from "./process-usage.ts";
import { startLoad } from "./start-load.ts";

const PARTICIPANTS = 6;
const STREAMS = PARTICIPANTS * (PARTICIPANTS - 1);
const STREAMS_LIMIT_MS = 20_000;
/** Layers come up and decoders start: what happens before counts as start-up. */
const START_UP_MS = 5_000;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "5" },
    every: { type: "string", default: "60" },
    server: { type: "string", default: OUR_SERVER },
  },
});
const totalMs = Number(values.minutes) * 60_000;
const everyMs = Number(values.every) * 1000;

await using server = await MeasuredServer.start(values.server, chooseCores()?.server);
using run = startLoad(server.access);
const identities = Array.from({ length: PARTICIPANTS }, (_, i) => `participant-${i}`);
const clients = await run.join(
  identities.map((identity) => ({ room: "soak", identity, autoSubscribe: true })),
);
await run.publish(clients, { audio: true, video: "simulcast" });
const isComplete = await run.waitFor(() => {
  const { audioStreams, videoStreams } = run.sums();
  return audioStreams >= STREAMS && videoStreams >= STREAMS;
}, STREAMS_LIMIT_MS);
if (!isComplete) throw new Error("Not every stream has arrived");
await Bun.sleep(START_UP_MS);
for (const { received } of clients) received.restartGaps();

console.log("   time   packets/s   lost   freezes   longest gap   CPU %   RSS MB");
let hasTrouble = false;
let freezes = 0;
let last = { ...run.sums(), ...readProcessUsage(server.pid), atMs: performance.now() };
const startMs = last.atMs;
while (last.atMs - startMs < totalMs - 1) {
  await Bun.sleep(Math.min(everyMs, totalMs - (last.atMs - startMs)));
  const nowMs = performance.now();
  const now = { ...run.sums(), ...readProcessUsage(server.pid), atMs: nowMs };
  // A picture that stands still this very moment has not ended its gap yet.
  const frozen = clients.reduce((sum, { received }) => sum + received.frozenNow(nowMs), 0);
  const elapsedMs = now.atMs - last.atMs;
  const packets = now.packets - last.packets;
  const lost = Math.max(0, now.expected - last.expected - packets);
  const newFreezes = now.freezes - freezes + frozen;
  freezes = now.freezes;
  const left = clients.filter(({ failure }) => failure !== undefined);
  hasTrouble ||= lost > 0 || newFreezes > 0 || left.length > 0;
  console.log(
    [
      `${((now.atMs - startMs) / 1000).toFixed(0)} s`.padStart(7),
      ((packets * 1000) / elapsedMs).toFixed(0).padStart(11),
      String(lost).padStart(6),
      String(newFreezes).padStart(9),
      `${now.longestGapMs.toFixed(0)} ms`.padStart(13),
      ((now.cpuUs - last.cpuUs) / 10 / elapsedMs).toFixed(1).padStart(7),
      (now.rssBytes / 1e6).toFixed(1).padStart(8),
    ].join(" "),
  );
  for (const { identity, failure } of left) console.log(`${identity}: ${failure}`);
  last = now;
}
process.exitCode = hasTrouble ? 1 : 0;
