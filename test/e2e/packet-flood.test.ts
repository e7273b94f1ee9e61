import { expect, test } from "bun:test";
import { startLoad } from "../load/start-load.ts";
import { freePort } from "../support/free-port.ts";
import { type FloodKind, floodPacket } from "../support/packet-flood.ts";
import { API_KEY, API_SECRET, ServerProcess } from "../support/server-process.ts";
import { until } from "../support/until.ts";

const KINDS: readonly FloodKind[] = ["checks", "sealed", "hellos", "junk"];
/** No more at once than the smallest receive buffer holds: what is lost there nobody can keep. */
const BURST = 150;
const BURSTS = 100;
const CALLERS = 4;
/** Of every stream, beside the flood and after it. */
const PACKETS_OF_EACH = 50;
const LIMIT_MS = 30_000;

test("beside a flood of small packets of all kinds, a call loses nothing, and counters tell", async () => {
  const [udpPort, metricsPort] = [await freePort(), await freePort()];
  await using server = await ServerProcess.start({
    config: { rtc: { udp_port: udpPort }, prometheus: { port: metricsPort } },
  });
  using run = startLoad({ url: server.wsUrl, key: API_KEY, secret: API_SECRET });
  const clients = await run.join(
    Array.from({ length: CALLERS }, (_, i) => ({
      room: "call",
      identity: `caller-${i}`,
      autoSubscribe: true,
    })),
  );
  await run.publish(clients, { audio: true, video: "none" });
  const fewest = () => Math.min(...clients.map(({ received }) => received.fewestPackets()));
  const flows = async (): Promise<void> => {
    const isThere = () => {
      run.check();
      return run.sums().audioStreams === CALLERS * (CALLERS - 1);
    };
    expect(await run.waitFor(isThere, LIMIT_MS)).toBe(true);
    const enough = fewest() + PACKETS_OF_EACH;
    expect(await run.waitFor(() => fewest() >= enough, LIMIT_MS)).toBe(true);
  };
  await flows();

  const sockets = await Promise.all(
    KINDS.map(() => Bun.udpSocket({ hostname: "127.0.0.1", socket: { data() {} } })),
  );
  for (let burst = 0; burst < BURSTS; burst++) {
    const kind = KINDS[burst % KINDS.length]!;
    const socket = sockets[burst % KINDS.length]!;
    for (let i = 0; i < BURST; i++) {
      socket.send(floodPacket(kind, "nobody", burst * BURST + i), udpPort, "127.0.0.1");
    }
    // the server has taken it when something of the call came through behind it
    const more = fewest() + 1;
    expect(await run.waitFor(() => fewest() >= more, LIMIT_MS)).toBe(true);
  }
  for (const socket of sockets) socket.close();
  await flows();

  const { packets, expected } = run.sums();
  expect(packets).toBe(expected);
  const dropped = async (reason: string): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    const name = "parley_media_dropped_packets_total";
    return Number(new RegExp(`^${name}{reason="${reason}",[^}]*} (\\d+)$`, "m").exec(text)?.[1]);
  };
  await until(async () => (await dropped("flood")) > 0 && (await dropped("unknown")) > BURSTS, {
    what: "the flood to be counted",
  });
}, 90_000);
